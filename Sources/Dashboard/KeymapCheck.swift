import SluiceCore

/// Whether the keys that a configuration chooses can be followed; for `validate`.
package enum KeymapCheck {
  /// A sentence for each choice that the dashboard leaves aside.
  ///
  /// - Parameter overrides: Keys by the action's configuration name.
  package static func problems(_ overrides: [String: String]) -> [String] {
    Command.keymap(overrides: overrides, language: .english).problems
  }
}
