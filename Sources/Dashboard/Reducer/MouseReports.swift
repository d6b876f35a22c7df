import TerminalUI

extension DashboardModel {
  /// Takes a mouse report: rows and tabs are pressed, lists are scrolled.
  mutating func take(_ event: MouseEvent) -> [DashboardEffect] {
    let layout = DashboardLayout(self)
    switch event.kind {
    case .scrollUp, .scrollDown: return scroll(by: event.kind == .scrollDown ? 3 : -3, at: event, layout)
    case .press, .doublePress: break
    }
    if layout.rows.contains(x: event.x, y: event.y) {
      focus = .table
      guard let row = table.row(atLine: event.y - layout.rows.y) else { return [] }
      table.select(row)
      return loadPage() + (event.kind == .doublePress ? openUnderCursor() : [])
    }
    if layout.tabs.contains(x: event.x, y: event.y) {
      guard let tab = PaneView.tab(atColumn: event.x, self, layout) else { return [] }
      focus = .pane
      return open(tab)
    }
    guard layout.pane.contains(x: event.x, y: event.y) else { return [] }
    focus = .pane
    select(line: event.y - PageRoom(self, layout.page).list.y)
    return event.kind == .doublePress && tab == .history ? openUnderCursor() : []
  }

  private mutating func scroll(by rows: Int, at event: MouseEvent, _ layout: DashboardLayout) -> [DashboardEffect] {
    if layout.table.contains(x: event.x, y: event.y) {
      table.scroll(by: rows)
      return loadPage()
    }
    guard layout.pane.contains(x: event.x, y: event.y) else { return [] }
    switch tab {
    case .overview: break
    case .preview: preview?.page?.place.scroll(by: rows)
    case .log: log?.move { $0.scroll(by: rows) }
    case .history:
      if history?.open != nil { history?.open?.place.scroll(by: rows) } else { history?.place.scroll(by: rows) }
    case .markers: markers?.place.scroll(by: rows)
    case .coverage: coverage?.series.scroll(by: rows)
    }
    return []
  }

  private mutating func select(line: Int) {
    switch tab {
    case .overview: break
    case .preview:
      if let row = preview?.page?.place.row(atLine: line) { preview?.page?.place.select(row) }
    case .log:
      if log?.isWrapping == false, let row = log?.place.row(atLine: line) { log?.move { $0.select(row) } }
    case .history:
      if let row = history?.open?.place.row(atLine: line) {
        history?.open?.place.select(row)
      } else if history?.open == nil, let row = history?.place.row(atLine: line) {
        history?.place.select(row)
      }
    case .markers:
      if let row = markers?.place.row(atLine: line) { markers?.place.select(row) }
    case .coverage:
      if let row = coverage?.series.row(atLine: line) { coverage?.series.select(row) }
    }
  }
}
