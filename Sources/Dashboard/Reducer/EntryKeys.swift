import TerminalUI

extension DashboardModel {
  /// Begins typing a filter or a search for what has the focus.
  mutating func beginEntry() {
    if focus == .pane, let query = page.query {
      entry = Entry(purpose: .page(tab), field: TextField(query, limit: 100))
    } else {
      entry = Entry(purpose: .table, field: TextField(filter, limit: 100))
    }
  }

  /// Takes a key for the text on the bottom line; what it does is seen with every letter.
  mutating func pressInEntry(_ key: Key) -> [DashboardEffect] {
    guard var entry else { return [] }
    switch entry.field.handle(key) {
    case .submitted:
      self.entry = nil
      return []
    case .cancelled:
      self.entry = nil
      return use("", for: entry.purpose)
    case .changed:
      self.entry = entry
      return use(entry.field.text, for: entry.purpose)
    case .moved:
      self.entry = entry
      return []
    case .ignored:
      // Arrows still move through what is left of the list.
      guard let command = keymap.action(for: key), [.up, .down, .pageUp, .pageDown].contains(command),
        !key.isCharacter
      else { return [] }
      return move(command)
    }
  }

  private mutating func use(_ text: String, for purpose: Entry.Purpose) -> [DashboardEffect] {
    switch purpose {
    case .table:
      use(filter: text)
      return loadPage()
    case .page(let id):
      pages[id.index].setQuery(text)
      return []
    }
  }
}

extension Key {
  fileprivate var isCharacter: Bool {
    if case .character = self { return true }
    return false
  }
}
