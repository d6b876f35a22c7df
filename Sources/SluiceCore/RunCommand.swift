/// A program a run has started, by its words; none of them is a secret.
package struct RunCommand: Sendable, Equatable {
  /// What it was started for, in a few words.
  package var purpose: String
  /// The whole command as one line for a shell.
  package var line: String

  /// A command, by what it was for and its line.
  package init(purpose: String, line: String) {
    self.purpose = purpose
    self.line = line
  }

  /// The commands of a run's journal, each once, in their order.
  ///
  /// Behind an rsync that went through sluice's transport, which ends with its run, stands the same one with ssh in its
  /// place, as somebody would start it by hand.
  package static func list(_ events: [RunEvent]) -> [RunCommand] {
    var list: [RunCommand] = []
    for event in events {
      guard case .command(let words) = event.kind else { continue }
      let command = RunCommand(purpose: purpose(words), line: ShellLine.text(words))
      guard !list.contains(command) else { continue }
      list.append(command)
      guard let byHand = byHand(words) else { continue }
      list.append(RunCommand(purpose: command.purpose + ", by hand", line: ShellLine.text(byHand)))
    }
    return list
  }

  private static func purpose(_ words: [String]) -> String {
    let program = words.first?.split(separator: "/").last.map(String.init) ?? ""
    guard program == "rsync" else { return "\(program), login" }
    let isList = words.contains("--dry-run") || words.contains("-n")
    return isList ? "rsync, list" : "rsync, transfer"
  }

  private static func byHand(_ words: [String]) -> [String]? {
    let separator = " -- "
    guard let place = words.firstIndex(where: { $0.contains(" transport ") && $0.contains(separator) }),
      let end = words[place].firstRange(of: separator)
    else { return nil }
    var words = words
    let isJoined = words[place].hasPrefix("--rsh=")
    words[place] = (isJoined ? "--rsh=" : "") + words[place][end.upperBound...]
    return words
  }
}
