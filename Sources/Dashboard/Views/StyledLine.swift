import TerminalUI

/// A line made of pieces in different styles.
struct StyledLine: Sendable, Equatable {
  struct Piece: Sendable, Equatable {
    var text: String
    var style: Style
  }

  private(set) var pieces: [Piece] = []

  init() {}

  init(_ text: String, _ style: Style = .plain) { add(text, style) }

  init(_ text: String, _ role: ColorRole) { add(text, Style(role)) }

  mutating func add(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    pieces.append(Piece(text: text, style: style))
  }

  mutating func add(_ text: String, _ role: ColorRole) { add(text, Style(role)) }

  mutating func add(_ line: StyledLine) { pieces += line.pieces }

  var isEmpty: Bool { pieces.isEmpty }

  /// Columns the whole line takes.
  var columns: Int { pieces.reduce(0) { $0 + CharacterWidth.of($1.text) } }
}

extension ScreenBuffer {
  /// Draws a line of pieces, cut at its width, and returns the columns used.
  @discardableResult
  mutating func put(_ line: StyledLine, x: Int, y: Int, width: Int, alignment: TextAlignment = .left) -> Int {
    var column = alignment == .right ? x + max(0, width - line.columns) : x
    let end = x + max(0, width)
    for piece in line.pieces {
      guard column < end else { break }
      column += put(piece.text, x: column, y: y, width: end - column, style: piece.style)
    }
    return column - x
  }
}
