import TerminalUI

/// Lines of a label and what it stands for, the labels in a column of their own.
struct FactList {
  private(set) var facts: [(label: String, lines: [StyledLine])] = []

  mutating func add(_ label: String, _ line: StyledLine) {
    facts.append((label, [line]))
  }

  mutating func add(_ label: String, _ text: String, _ role: ColorRole = .standard) {
    add(label, StyledLine(text, role))
  }

  /// Draws from the top of the area and returns the rows used.
  func draw(in area: Rect, into buffer: inout ScreenBuffer) -> Int {
    let labelWidth = min(facts.reduce(0) { max($0, CharacterWidth.of($1.label)) } + 2, area.width / 2)
    var y = area.y
    for fact in facts {
      for (index, line) in fact.lines.enumerated() where y < area.bottom {
        if index == 0 {
          buffer.put(fact.label, x: area.x, y: y, width: max(0, labelWidth - 1), style: Style(.muted))
        }
        buffer.put(line, x: area.x + labelWidth, y: y, width: area.width - labelWidth)
        y += 1
      }
    }
    return y - area.y
  }
}
