/// A small history as columns of different height, the newest value at the right.
package struct Sparkline: Sendable, Hashable {
  /// Oldest first; negative and non-numbers count as 0.
  package var values: [Double]
  /// What a full column stands for; nil is the largest value shown.
  package var maximum: Double?

  /// A history, oldest value first; without a maximum the largest value shown fills its column.
  package init(values: [Double], maximum: Double? = nil) {
    self.values = values
    self.maximum = maximum
  }

  /// Draws into a rectangle of one or more rows; more rows make finer steps.
  package func draw(in buffer: inout ScreenBuffer, rect: Rect, style: Style = Style(.info)) {
    guard !rect.isEmpty else { return }
    let shown = values.suffix(rect.width).map { $0 > 0 ? $0 : 0 }
    let top = maximum ?? shown.max() ?? 0
    let steps = buffer.glyphs.sparkSteps
    let perRow = steps.count - 1
    for (index, value) in shown.enumerated() {
      let x = rect.right - shown.count + index
      let height = Self.height(value, top: top, steps: perRow * rect.height)
      for row in 0..<rect.height {
        let level = min(perRow, max(0, height - row * perRow))
        buffer.set(Cell(steps[level], style), x: x, y: rect.bottom - 1 - row)
      }
    }
  }

  /// The history as one line of text.
  package func text(width: Int, glyphs: Glyphs = .unicode) -> String {
    var buffer = ScreenBuffer(width: width, height: 1, glyphs: glyphs)
    draw(in: &buffer, rect: buffer.bounds)
    return (0..<buffer.width).map { buffer[$0, 0].text }.joined()
  }

  private static func height(_ value: Double, top: Double, steps: Int) -> Int {
    guard value > 0, top > 0 else { return 0 }
    // Something is never shown as nothing.
    guard value < top else { return steps }
    return max(1, Int((value / top * Double(steps)).rounded()))
  }
}
