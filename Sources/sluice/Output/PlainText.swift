import TerminalUI

/// Names of files as plain output may hold them.
enum PlainText {
  /// The name with control characters shown, never sent.
  static func escaped(_ name: String) -> String { SafeText.escaped(name) }
}
