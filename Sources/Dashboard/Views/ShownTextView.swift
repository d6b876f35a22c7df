import TerminalUI

/// A text over the whole width, without a frame at its sides: a selection must get nothing but the text.
struct ShownTextView {
  let shown: ShownText
  let labels: Labels

  func draw(into buffer: inout ScreenBuffer) {
    let lines = TextWrap.filled(buffer.drawable(shown.text), width: buffer.width)
    let height = min(buffer.height, lines.count + 4)
    let area = Rect(x: 0, y: (buffer.height - height) / 2, width: buffer.width, height: height)
    buffer.fill(area)
    buffer.put(shown.reason.text(labels.language), x: 0, y: area.y + 1, width: area.width, style: Style(.warning))
    buffer.horizontalRule(x: 0, y: area.y, width: area.width)
    let (above, foot) = area.splitBottom(2)
    for (index, line) in lines.prefix(max(0, above.height - 2)).enumerated() {
      buffer.put(line, x: 0, y: area.y + 2 + index, ellipsis: .none)
    }
    guard foot.height == 2, area.height >= 4 else { return }
    buffer.put(OverlayView.answers([("esc", labels[.goBack])]), x: 0, y: foot.y, width: area.width)
    buffer.horizontalRule(x: 0, y: foot.y + 1, width: area.width)
  }
}
