import TerminalUI

/// How the open page divides its room: what it says above and below, and its list between.
struct PageRoom: Sendable, Equatable {
  var head: Rect
  var list: Rect
  var foot: Rect

  init(_ model: DashboardModel, _ page: Rect) {
    var (headRows, footRows) = (0, 0)
    let isTall = page.height >= 8
    switch model.tab {
    case .overview, .log: break
    case .preview: headRows = page.height >= 5 ? 3 : 1
    case .history: headRows = model.history?.open != nil ? 2 : isTall ? 4 : 1
    case .markers:
      headRows = isTall ? 2 : 1
      footRows = page.height >= 7 ? min(5, page.height / 3) : 0
    case .coverage:
      headRows = 2
      footRows = page.height >= 7 ? 2 : page.height >= 5 ? 1 : 0
    }
    let (top, below) = page.splitTop(headRows)
    (head, (list, foot)) = (top, below.splitBottom(footRows))
    guard model.tab == .coverage, let coverage = model.coverage else { return }
    // The names of the series stand left of the days; the list is the days alone.
    list = list.splitLeft(coverage.labelWidth(in: page.width)).rest
  }
}

extension CoveragePage {
  /// Columns for the names of the series, a blank after them included.
  func labelWidth(in width: Int) -> Int { min(nameWidth + 2, max(4, width / 3)) }
}

extension DashboardModel {
  /// Whether the pane has a frame that a scroll bar can sit on.
  var isFramed: Bool { DashboardLayout(self).isFramed }
}

extension ScreenBuffer {
  /// Draws a scroll bar on the frame right of a list, or, without a frame, over its last column.
  mutating func scrollBar(_ state: ScrollState, beside list: Rect, framed: Bool) {
    guard framed || list.width > 30 else { return }
    scrollBar(state, x: framed ? list.right + 1 : list.right - 1, y: list.y, height: list.height)
  }
}
