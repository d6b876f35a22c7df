import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Takes a key: to the dialog that is open, to the text being typed, or through the keymap.
  mutating func press(_ key: Key) -> [DashboardEffect] {
    // These three work whatever is open: a terminal user's last resort must not depend on a dialog.
    switch key {
    case .control("c"): return [.quit]
    case .control("z"): return [.suspend]
    case .control("l"): return [.repaint]
    default: break
    }
    message = nil
    isUntouched = false
    if overlay != nil { return pressInOverlay(key) }
    if entry != nil { return pressInEntry(key) }
    if case .mouse(let event) = key { return take(event) }
    guard let command = keymap.action(for: key) else {
      say(.unknownKey(key.spelling, help: keymap.keyName(for: .help)))
      return []
    }
    // The table alone has hosts; anywhere else the key is what readers of long texts know it as.
    return pressed(command == .hosts && focus == .pane ? .top : command)
  }

  /// Does what a key means, or says why it does nothing now.
  mutating func pressed(_ command: Command) -> [DashboardEffect] {
    guard let obstacle = reasonAgainst(command) else { return perform(command) }
    say(.refused(obstacle))
    return []
  }

  private mutating func perform(_ command: Command) -> [DashboardEffect] {
    if type(of: page).commands.contains(command) { return follow(pages[tab.index].perform(command, self)) }
    if case .own(let own) = command { return run(own) }
    if command.isAction { return act(command) }
    switch command {
    case .up, .down, .left, .right, .pageUp, .pageDown, .top, .bottom: return move(command)
    case .page(let id): return open(id)
    case .previousTab: return open(tab.neighbor(-1))
    case .nextTab: return open(tab.neighbor(1))
    case .open: return openUnderCursor()
    case .back: return goBack()
    case .otherHalf:
      focus = focus == .table ? .pane : .table
      return []
    case .zoom:
      isZoomed.toggle()
      return []
    case .mark: return markUnderCursor()
    case .markAll:
      let names = Set(visible.map { rows[$0].name })
      marked = names.isSubset(of: marked) ? marked.subtracting(names) : marked.union(names)
      return []
    default: return changeScreen(command)
    }
  }

  private mutating func changeScreen(_ command: Command) -> [DashboardEffect] {
    switch command {
    case .refresh: return act(.refresh)
    case .palette: openPalette()
    case .filter: beginEntry()
    // The cursor stays on its profile, so the page does too.
    case .sort: sort(by: sort.next)
    case .reverseSort: sort(by: sort)
    case .hosts: toggleGrouping()
    case .columns: overlay = .columns(ColumnChooser())
    case .nameFilter:
      overlay = .asked(TextDialog(purpose: .nameFilter(filter), field: TextField("", limit: 40)))
    case .freeze: return toggleFreeze()
    case .said: overlay = .said(SaidList(count: said.entries.count))
    case .theme: overlay = .themes(ThemeChooser(names: settings.themeNames, current: theme))
    case .lively:
      isLively.toggle()
      refreshFigures()
      say(.lively(isLively))
    case .mouse:
      isMouseOn.toggle()
      say(.mouse(isMouseOn))
      return [.setMouse(isMouseOn)]
    case .copy:
      return copyText.map { [.copy($0)] } ?? []
    case .copies: openCopies()
    case .commandLines: return openCommands()
    case .help: overlay = .help(HelpPage())
    case .repaint: return [.repaint]
    case .suspend: return [.suspend]
    case .quit:
      // Who may start nothing has left nothing behind.
      let leavesSomething = rows.indices.contains { rows[$0].isRunning } || !launches.waiting.isEmpty
      guard leavesSomething, !settings.isReadOnly else { return [.quit] }
      overlay = .question(.quit)
    default: break
    }
    return []
  }

  /// Tells what became of a text to copy; one that may not have arrived is shown.
  mutating func take(copied text: String, _ outcome: ClipboardOutcome) {
    if outcome == .sent { say(.copied(text)) } else { overlay = .text(ShownText(text: text, outcome: outcome)) }
  }
}
