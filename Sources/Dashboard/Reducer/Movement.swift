import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Moves the cursor of the half that has the focus.
  mutating func move(_ command: Command) -> [DashboardEffect] {
    if command == .left || command == .right { return moveSideways(forward: command == .right) }
    if focus == .pane, pages[tab.index].move(command) { return [] }
    moveTable { $0.move(command) }
    return loadPage()
  }

  private mutating func moveSideways(forward: Bool) -> [DashboardEffect] {
    if focus == .pane, pages[tab.index].moveSideways(forward: forward) { return [] }
    return open(tab.neighbor(forward ? 1 : -1))
  }

  /// What Enter does: deeper into what the cursor is on.
  mutating func openUnderCursor() -> [DashboardEffect] {
    guard focus == .pane else { return openMenu() }
    return follow(pages[tab.index].open(self))
  }

  /// What Esc does: one step back, never out of the program.
  mutating func goBack() -> [DashboardEffect] {
    if focus == .pane {
      if pages[tab.index].goBack() { return [] }
      if isZoomed { isZoomed = false } else { focus = .table }
      return []
    }
    if isZoomed {
      isZoomed = false
    } else if !filter.isEmpty {
      use(filter: "")
      return loadPage()
    } else if !marked.isEmpty {
      marked = []
    } else {
      say(.quitting(key: keymap.keyName(for: .quit)))
    }
    return []
  }

  mutating func markUnderCursor() -> [DashboardEffect] {
    guard let name = selectedName else { return [] }
    if marked.remove(name) == nil { marked.insert(name) }
    moveTable { $0.move(by: 1) }
    return loadPage()
  }
}
