import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Opens the list of the programs that the run in question has started.
  mutating func openCommands() -> [DashboardEffect] {
    guard let run = runInQuestion else { return [] }
    overlay = .commands(CommandList(run: run.id, profile: run.profile))
    return [.ask(LakeQuestion(.commands(run.id), of: run.profile))]
  }

  /// Takes a run's commands for the list that waits for them.
  mutating func take(_ commands: [RunCommand], of subject: LakeQuestion.Subject) {
    guard case .commands(var list) = overlay, subject == .commands(list.run) else { return }
    guard !commands.isEmpty else {
      overlay = nil
      say(.noCommands)
      return
    }
    list.commands = commands
    list.place.update(count: commands.count, height: commands.count)
    // What the run was for comes last.
    list.place.end()
    overlay = .commands(list)
  }

  mutating func press(_ key: Key, in list: CommandList) -> [DashboardEffect] {
    var list = list
    switch keymap.action(for: key) {
    case .back, .quit, .commandLines:
      overlay = nil
      return []
    case .copy, .open:
      guard let command = list.selected else { return [] }
      overlay = nil
      return [.copy(command.line)]
    case let command?:
      list.place.move(command)
      overlay = .commands(list)
      return []
    case nil: return []
    }
  }
}
