package import SluiceCore
import TerminalUI

/// Why an own command has not the key that is written; it is found in the palette and the menu all the same.
package struct OwnKeyProblem: Sendable, Equatable {
  /// What is wrong with a key.
  enum Fault: Sendable, Equatable {
    /// The text is no key's name.
    case unknown
    /// It does this whatever is open and whatever `keymap` says.
    case always(does: String)
    /// An action of the dashboard has it, or another command.
    case taken(by: String)
  }

  /// The command, which knows where it stands in the configuration.
  package let command: OwnCommand
  let fault: Fault

  /// What is wrong, without place and full stop.
  package var message: String {
    let key = SafeText.escaped(command.key)
    return switch fault {
    case .unknown: "\(key) is no key"
    case .always(let verb): "\(key) always \(verb) the dashboard"
    case .taken(let name): "the key \(key) is taken by \(SafeText.escaped(name)) already"
    }
  }

  /// What to do about it.
  package var advice: String {
    switch fault {
    case .unknown: "Write one like U, ctrl-o, f5 or pgdn"
    case .always, .taken: "Choose another key; `?` in the dashboard shows those that are taken"
    }
  }

  /// The same for the bottom line.
  var words: Bilingual {
    let (line, path, key) = (command.place.line, command.place.path, SafeText.escaped(command.key))
    let chinese =
      switch fault {
      case .unknown: "\(key) 不是按键。请写作 U、ctrl-o、f5 或 pgdn。"
      case .always: "\(key) 在面板中总有固定作用。请另选按键；面板中的 `?` 列出已占用的按键。"
      case .taken(let name): "按键 \(key) 已被 \(SafeText.escaped(name)) 占用。请另选按键；面板中的 `?` 列出已占用的按键。"
      }
    let place = Bilingual("Line \(line): \(path): ", "第 \(line) 行：\(path)：")
    return Bilingual(place.english + "\(message). \(advice).", place.chinese + chinese)
  }
}

extension OwnCommand {
  /// Its name and what it runs, for the help.
  var helpLine: String { "\(name): \(line)" }
}

extension Command {
  /// The heading of own commands in the help.
  static let ownGroup = "Your own commands, on the profile under the cursor"

  /// The keymap with own commands behind all others; one whose key cannot be had is there without a key.
  static func adding(
    _ commands: [OwnCommand], to keymap: Keymap<Command>, language: Lake.Language
  ) -> (keymap: Keymap<Command>, problems: [OwnKeyProblem]) {
    var whole = keymap
    var problems: [OwnKeyProblem] = []
    for command in commands {
      let (key, fault) = key(of: command, in: whole)
      if let fault { problems.append(OwnKeyProblem(command: command, fault: fault)) }
      let binding = Binding(
        .own(command), name: "commands \(command.name)", keys: key.map { [$0] } ?? [], label: command.name,
        description: command.helpLine, group: ownGroup)
      whole = Keymap(whole.bindings + [language == .chinese ? binding.inChinese : binding])
    }
    return (whole, problems)
  }

  /// Keys that no keymap has a say in.
  private static let alwaysDone: [Key: String] = [
    .control("c"): "quits", .control("z"): "suspends", .control("l"): "repaints",
  ]

  private static func key(of command: OwnCommand, in keymap: Keymap<Command>) -> (Key?, OwnKeyProblem.Fault?) {
    guard let key = Key(spelling: command.key) else { return (nil, .unknown) }
    if let verb = alwaysDone[key] { return (nil, .always(does: verb)) }
    guard let action = keymap.action(for: key) else { return (key, nil) }
    if case .own(let other) = action { return (nil, .taken(by: other.name)) }
    return (nil, .taken(by: keymap.binding(for: action)?.name ?? command.key))
  }
}

/// What stands below the output of an own command's program until Enter is pressed.
///
/// Pure; called on the loop's thread alone.
/// - Returns: A line, safe to print; nil where the command does not wait.
package func endPrompt(_ model: DashboardModel, _ run: OwnCommandRun) -> String? {
  guard run.command.waits else { return nil }
  let name = SafeText.escaped(run.command.name)
  return model.labels("[\(name) has ended; Enter goes back to sluice]", "[\(name) 已结束；按 Enter 返回 sluice]")
}
