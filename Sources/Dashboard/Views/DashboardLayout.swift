import SluiceCore
import TerminalUI

/// Where things are on a screen of a given size; what is drawn and what the mouse hits are the same rectangles.
struct DashboardLayout: Sendable, Equatable {
  var header: Rect
  /// The table with its frame; empty when only the pane is shown.
  var table: Rect
  /// The table's heading line; empty on the smallest screens.
  var heading: Rect
  /// The table's profiles.
  var rows: Rect
  /// The pane with its frame; empty when only the table is shown.
  var pane: Rect
  /// The line the tabs are on.
  var tabs: Rect
  /// The pane's page.
  var page: Rect
  var footer: Rect
  /// Whether table and pane have frames.
  var isFramed: Bool

  /// Rows beyond which the pane gives way to the table.
  private static let paneRows = 32

  init(_ model: DashboardModel) {
    let screen = Rect(x: 0, y: 0, width: model.width, height: model.height)
    let hasWarnings = !(model.summary?.warnings ?? []).isEmpty
    let headerRows = screen.height >= 20 ? (hasWarnings ? 3 : 2) : screen.height >= 8 ? 1 : 0
    let (top, below) = screen.splitTop(headerRows)
    let (body, bottom) = below.splitBottom(screen.height >= 4 ? 1 : 0)
    header = top
    footer = bottom
    let none = Rect(x: 0, y: 0, width: 0, height: 0)
    let isSplit = body.height >= 12 && !model.isZoomed
    isFramed = body.height >= 8 && body.width >= 30
    (table, pane) = (none, none)
    if isSplit {
      // The table takes what its rows need, up to nearly half, or to what a page has use for; the pane lives on the rest.
      let wanted = max(model.lines.count, 1) + (isFramed ? 3 : 1)
      let most = max(6, body.height * 45 / 100, body.height - Self.paneRows)
      (table, pane) = body.splitTop(min(wanted, most))
    } else if model.focus == .table {
      table = body
    } else {
      pane = body
    }
    let inner = isFramed ? table.inset() : table
    (heading, rows) = inner.splitTop(inner.height >= 2 ? 1 : 0)
    if isFramed {
      tabs = Rect(x: pane.x + 1, y: pane.y, width: pane.width - 2, height: pane.isEmpty ? 0 : 1)
      page = pane.inset(horizontal: 2, vertical: 1)
    } else {
      (tabs, page) = pane.splitTop(pane.height >= 2 ? 1 : 0)
    }
    if pane.isEmpty { page = none }
    if table.isEmpty { (heading, rows) = (none, none) }
  }
}

extension DashboardModel {
  /// Whether the pane has a frame that a scroll bar can sit on.
  var isFramed: Bool { DashboardLayout(self).isFramed }
}
