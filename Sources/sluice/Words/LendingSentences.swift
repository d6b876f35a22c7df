/// What became of a text that left the dashboard, in words.
enum LendingSentences {
  /// It lies in a file.
  static func saved(_ path: String) -> String { "Saved: \(path)" }
}
