/// One character cell.
///
/// A double-width character fills its first cell; the second holds an empty `text`.
package struct Cell: Sendable, Hashable {
  /// One character as drawn (a spacing scalar and its combining marks), without control characters.
  ///
  /// Empty for the right half of a wide one.
  package var text: String
  /// Colours and attributes, as roles that a theme resolves.
  package var style: Style

  /// A cell with one drawn character, by default a plain blank.
  package init(_ text: String = " ", _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// A screen in memory.
///
/// Views draw into it; a backend brings what changed onto the terminal; tests read its text.
package struct ScreenBuffer: Sendable, Equatable {
  /// Columns, 0 or more.
  package let width: Int
  /// Rows, 0 or more.
  package let height: Int
  /// Which characters views and widgets use for bars, borders and states.
  package let glyphs: Glyphs
  /// All cells, row by row from the top left: `width * height` of them.
  package private(set) var cells: [Cell]

  /// An empty screen of that many columns and rows, each 0 or more.
  package init(width: Int, height: Int, glyphs: Glyphs = .unicode) {
    self.width = max(0, width)
    self.height = max(0, height)
    self.glyphs = glyphs
    cells = Array(repeating: Cell(), count: self.width * self.height)
  }

  /// The whole screen.
  package var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

  /// The cell at a place, or a blank outside the screen.
  package subscript(x: Int, y: Int) -> Cell {
    guard x >= 0, y >= 0, x < width, y < height else { return Cell() }
    return cells[y * width + x]
  }

  /// The first column of a row, from one on, whose cell is not that of an older frame of the same size.
  ///
  /// - Parameters:
  ///   - y: A row of the screen.
  ///   - x: 0 to `width`.
  /// - Returns: `width` when there is none.
  package func nextChange(since old: ScreenBuffer, x: Int, y: Int) -> Int {
    // Here, where a cell's layout is known: asked for from another module every comparison is a call.
    let row = y * width
    var x = x
    while x < width, cells[row + x] == old.cells[row + x] { x += 1 }
    return x
  }

  /// Puts one cell; outside the screen nothing happens.
  ///
  /// Half of a wide character that is written over turns into a blank, so that no half is ever left behind.
  package mutating func set(_ cell: Cell, x: Int, y: Int) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let index = y * width + x
    let old = cells[index].text
    if old.isEmpty {
      if !cell.text.isEmpty, x > 0 { cells[index - 1].text = " " }
    } else if x + 1 < width, cells[index + 1].text.isEmpty {
      cells[index + 1].text = " "
    }
    cells[index] = cell
  }

  /// Puts a cell that has the text of the one there: nothing to mend.
  mutating func replace(_ cell: Cell, x: Int, y: Int) { cells[y * width + x] = cell }

  /// Blanks halves of wide characters that were cut off at the left and the right edge.
  mutating func mendEdges() {
    guard width > 0 else { return }
    for y in 0..<height {
      if cells[y * width].text.isEmpty { cells[y * width].text = " " }
      let last = y * width + width - 1
      if cells[last].text.unicodeScalars.first.map({ CharacterWidth.of($0) == 2 }) == true { cells[last].text = " " }
    }
  }

  /// The rows as text, trailing blanks cut: what snapshot tests compare.
  package var text: String {
    (0..<height).map(rowText).joined(separator: "\n")
  }

  /// One row as text, trailing blanks cut; empty outside the screen.
  package func rowText(_ y: Int) -> String {
    guard y >= 0, y < height else { return "" }
    var line = ""
    for x in 0..<width { line += cells[y * width + x].text }
    while line.last == " " { line.removeLast() }
    return line
  }
}
