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
      guard let id = PaneView.tab(atColumn: event.x, self, layout) else { return [] }
      focus = .pane
      return open(id)
    }
    guard layout.pane.contains(x: event.x, y: event.y) else { return [] }
    focus = .pane
    pages[tab.index].select(line: event.y - page.room(in: layout.page).list.y)
    return event.kind == .doublePress && page.opensOnDoublePress ? openUnderCursor() : []
  }

  private mutating func scroll(by rows: Int, at event: MouseEvent, _ layout: DashboardLayout) -> [DashboardEffect] {
    if layout.table.contains(x: event.x, y: event.y) {
      table.scroll(by: rows)
      return loadPage()
    }
    guard layout.pane.contains(x: event.x, y: event.y) else { return [] }
    pages[tab.index].scroll(by: rows)
    return []
  }
}
