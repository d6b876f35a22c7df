/// A command of the operator's own: a program that the dashboard runs for the profile under its cursor.
package struct OwnCommand: Sendable, Hashable {
  /// How the program is run.
  package enum Mode: String, Sendable, CaseIterable {
    /// In the background, in a session of its own, without a terminal.
    case detached
    /// On the dashboard's terminal, until it ends.
    case terminal
  }

  /// What footer, help and lists call it; no two of a lake's are called the same.
  package let name: String
  /// Its key as written; checked by the dashboard's keymap.
  package let key: String
  /// The program and its arguments, at least one word; no shell sees them.
  package let words: [OwnWord]
  /// How it is run.
  package let mode: Mode
  /// Whether Enter is waited for when it has ended, so that what it printed on the terminal can be read.
  package let waits: Bool
  /// Where its key stands in the configuration.
  package let place: Place

  /// A place in the configuration file.
  package struct Place: Sendable, Hashable {
    /// 1 for the first line.
    package let line: Int
    /// The key's path, such as `data_lake.commands[0].key`.
    package let path: String

    /// A place; the line from 1.
    package init(line: Int, path: String) {
      self.line = line
      self.path = path
    }
  }

  /// A command; see the properties.
  package init(
    name: String, key: String, words: [OwnWord], mode: Mode = .detached, waits: Bool = false,
    place: Place = Place(line: 1, path: "")
  ) {
    self.name = name
    self.key = key
    self.words = words
    self.mode = mode
    self.waits = waits
    self.place = place
  }

  /// Whether another one does the same under the same name, whatever its key and wherever it stands.
  package func does(asMuchAs other: OwnCommand) -> Bool {
    name == other.name && words == other.words && mode == other.mode && waits == other.waits
  }

  /// The words on one line, as written: those with blanks or quotes in them are quoted as a shell has it.
  package var line: String {
    words.map { word in
      let isPlain = !word.text.isEmpty && !word.text.contains { $0.isWhitespace || "'\"\\".contains($0) }
      return isPlain ? word.text : ShellLine.text([word.text])
    }.joined(separator: " ")
  }
}

/// An own command with the facts of a profile in its words, to be run.
package struct OwnCommandRun: Sendable, Equatable {
  /// What is run.
  package let command: OwnCommand
  /// The profile it is run for.
  package let profile: String
  /// Program and arguments; at least one.
  package let words: [String]

  /// A run of a command for a profile, its words filled in.
  package init(_ command: OwnCommand, for profile: String, words: [String]) {
    self.command = command
    self.profile = profile
    self.words = words
  }
}

/// What became of an own command's program.
package enum OwnCommandEnd: Sendable, Equatable {
  /// It never ran; why, as the system says it.
  case notStarted(reason: String)
  /// It ended by itself.
  case exited(Int32)
  /// A signal ended it.
  case signalled(Int32)

  /// Whether it ended by itself, with 0.
  package var isGood: Bool { self == .exited(0) }
}
