import LakeFiles
import SluiceCore

/// What the watcher tells besides statuses and answers.
enum WatcherSentences {
  static let configurationTaken = "The configuration has changed and was taken over."
  static let configurationRefused = "The changed configuration is not used; the old one stays in force."

  /// What is wrong with the configuration, as long as it is.
  ///
  /// - Parameters:
  ///   - first: The first fault with its place; nil when the file cannot be read at all.
  ///   - count: How many faults there are.
  static func broken(first: String?, count: Int) -> String {
    "The changed configuration is not used: \(first ?? "it cannot be read")"
      + (count > 1 ? " And \(count - 1) more; see sluice validate." : "")
  }

  static func unplanned(_ profile: Profile, _ failure: FileFailure) -> String {
    "The retention of \(profile.name) cannot be planned: \(failure)."
  }
}
