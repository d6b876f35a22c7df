import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Takes a mouse report: rows, tabs, columns' heads and counts are pressed, lists are scrolled.
  mutating func take(_ event: MouseEvent) -> [DashboardEffect] {
    let layout = DashboardLayout(self)
    switch event.kind {
    case .scrollUp, .scrollDown: return scroll(by: event.kind == .scrollDown ? 3 : -3, at: event, layout)
    case .press, .doublePress: break
    }
    if layout.rows.contains(x: event.x, y: event.y) {
      focus = .table
      guard let row = table.row(atLine: event.y - layout.rows.y) else { return [] }
      moveTable { $0.select(row) }
      if event.kind == .doublePress { focus = .pane }
      return loadPage()
    }
    if layout.header.contains(x: event.x, y: event.y), event.y == layout.header.y {
      let header = HeaderView(model: self, area: layout.header)
      return header.state(atColumn: event.x).map { toggle($0) } ?? []
    }
    if layout.heading.contains(x: event.x, y: event.y) {
      let columns = TableColumns(self, layout).placed
      guard let column = columns.last(where: { $0.x <= event.x })?.column else { return [] }
      sort(by: column.order)
      return loadPage()
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

  /// Shows the profiles of one state only, or all again where it is these already.
  private mutating func toggle(_ state: ProfileState) -> [DashboardEffect] {
    focus = .table
    use(filter: filter == state.filter ? "" : state.filter)
    return loadPage()
  }

  private mutating func scroll(by rows: Int, at event: MouseEvent, _ layout: DashboardLayout) -> [DashboardEffect] {
    if layout.table.contains(x: event.x, y: event.y) {
      moveTable { $0.scroll(by: rows) }
      return loadPage()
    }
    guard layout.pane.contains(x: event.x, y: event.y) else { return [] }
    pages[tab.index].scroll(by: rows)
    return []
  }
}
