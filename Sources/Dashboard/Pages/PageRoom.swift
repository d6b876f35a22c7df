import TerminalUI

/// How a page divides its area: what it says above and below, and its list between.
struct PageRoom: Sendable, Equatable {
  var head: Rect
  var list: Rect
  var foot: Rect

  /// - Parameters:
  ///   - head: Rows above the list, 0 or more.
  ///   - foot: Rows below it, 0 or more.
  init(_ area: Rect, head headRows: Int = 0, foot footRows: Int = 0) {
    let (top, below) = area.splitTop(headRows)
    (head, (list, foot)) = (top, below.splitBottom(footRows))
  }
}
