import TerminalUI

extension DashboardModel {
  /// Takes a key for the list of what was said: moving, copying a line, going back.
  mutating func press(_ key: Key, in list: SaidList) -> [DashboardEffect] {
    var list = list
    list.place.update(count: said.entries.count, height: SaidView.listHeight(self))
    let command = keymap.action(for: key)
    switch command {
    case .said, .back, .open, .quit:
      overlay = nil
      return []
    case .copy:
      guard said.entries.indices.contains(list.place.selection) else { return [] }
      return [.copy(said.entries[list.place.selection].text)]
    default:
      if let command { list.place.move(command) }
      overlay = .said(list)
      return []
    }
  }
}
