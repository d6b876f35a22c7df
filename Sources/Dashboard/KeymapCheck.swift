package import SluiceCore

/// Whether the keys that a configuration chooses can be followed; for `validate`.
package enum KeymapCheck {
  /// A sentence for each choice that the dashboard leaves aside.
  ///
  /// - Parameter overrides: Keys by the action's configuration name.
  package static func problems(_ overrides: [String: String]) -> [String] {
    Command.keymap(overrides: overrides, language: .english).problems
  }

  /// What keeps own commands from having the keys that are written.
  ///
  /// - Parameter overrides: Keys by the action's configuration name, which count as taken.
  package static func problems(of commands: [OwnCommand], overrides: [String: String]) -> [OwnKeyProblem] {
    Command.adding(
      commands, to: Command.keymap(overrides: overrides, language: .english).keymap, language: .english
    ).problems
  }
}
