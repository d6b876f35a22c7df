/// A bar that fills from the left, in eighths of a column where the glyphs allow and it is wanted.
package struct ProgressBar: Sendable, Hashable {
  /// How much is done, 0…1; nil is unknown and shows an empty track.
  package var fraction: Double?
  /// What is announced but not there yet, drawn after the done part: 0…1 of the whole.
  package var pending: Double
  /// The colour of the part that is done.
  package var filled: ColorRole
  /// The colour of the part that is announced.
  package var pendingRole: ColorRole
  /// Whether it moves in eighths of a column; in whole columns it changes, and costs a slow link, far less often.
  package var isFine: Bool

  /// A bar; both shares are 0…1 and are cut to that range when it is drawn.
  package init(
    fraction: Double?, pending: Double = 0, filled: ColorRole = .barFilled, pendingRole: ColorRole = .info,
    isFine: Bool = true
  ) {
    self.fraction = fraction
    self.pending = pending
    self.filled = filled
    self.pendingRole = pendingRole
    self.isFine = isFine
  }

  /// Draws the bar; the last step is only filled when the fraction is 1 or more.
  package func draw(in buffer: inout ScreenBuffer, x: Int, y: Int, width: Int) {
    guard width > 0 else { return }
    let steps = isFine ? buffer.glyphs.barSteps : buffer.glyphs.barSteps.suffix(1)
    let total = width * steps.count
    let done = Self.steps(fraction ?? 0, of: total)
    let announced = min(total, done + Self.steps(pending, of: total))
    for column in 0..<width {
      let isDone = column * steps.count < done
      let role = isDone ? filled : pendingRole
      let part = min(steps.count, max(0, (isDone ? done : announced) - column * steps.count))
      // An empty cell has the track's colour twice: solid in colour, a shade where there are no colours.
      let cell =
        part > 0
        ? Cell(steps[steps.startIndex + part - 1], Style(role, on: .barEmpty))
        : Cell(buffer.glyphs.barEmpty, Style(.barEmpty, on: .barEmpty))
      buffer.set(cell, x: x + column, y: y)
    }
  }

  private static func steps(_ fraction: Double, of total: Int) -> Int {
    guard fraction > 0 else { return 0 }  // also false for a fraction that is not a number
    if fraction >= 1 { return total }
    return max(1, min(total - 1, Int(fraction * Double(total))))
  }
}
