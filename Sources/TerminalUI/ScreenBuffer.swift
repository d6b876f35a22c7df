/// One character cell.
///
/// A double-width character fills its first cell; the second holds an empty `text`.
package struct Cell: Sendable, Hashable {
  /// One grapheme as drawn, without control characters; empty for the right half of a wide one.
  package var text: String
  package var style: Style

  package init(_ text: String = " ", _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// A screen in memory.
///
/// Views draw into it; a backend brings what changed onto the terminal; tests read its text.
package struct ScreenBuffer: Sendable, Equatable {
  package let width: Int
  package let height: Int
  package private(set) var cells: [Cell]

  /// An empty screen of that many columns and rows, each 0 or more.
  package init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    cells = Array(repeating: Cell(), count: self.width * self.height)
  }

  /// The cell at a place, or a blank outside the screen.
  package subscript(x: Int, y: Int) -> Cell {
    guard x >= 0, y >= 0, x < width, y < height else { return Cell() }
    return cells[y * width + x]
  }

  /// Puts one cell; outside the screen nothing happens.
  package mutating func set(_ cell: Cell, x: Int, y: Int) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    cells[y * width + x] = cell
  }

  /// The rows as text, trailing blanks cut: what snapshot tests compare.
  package var text: String {
    (0..<height).map { y in
      var line = ""
      for x in 0..<width { line += cells[y * width + x].text }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
