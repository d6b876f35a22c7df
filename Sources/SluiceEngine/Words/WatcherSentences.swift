import LakeFiles
import SluiceCore

/// What the watcher tells besides statuses and answers.
enum WatcherSentences {
  static let configurationTaken = "The configuration has changed and was taken over."
  /// The same where it lacks profiles that it had; runs of theirs that go on are named first, for nothing stops them.
  ///
  /// - Parameters:
  ///   - names: These profiles.
  ///   - run: A profile's run that goes on; nil where none does.
  static func taken(without names: [String], _ run: (String) -> RunRecord?) -> String {
    let runs = names.compactMap(run)
    let going = runs.map { run in
      "The \(run.task.name) of \(run.profile) goes on, though it is not in the configuration any more: "
        + "`sluice stop \(run.profile)` ends it."
    }
    let others = names.filter { name in !runs.contains { $0.profile == name } }
    let gone = others.isEmpty ? [] : ["Not in the configuration any more: \(TextFormat.listed(others))."]
    return names.isEmpty ? configurationTaken : (going + gone).joined(separator: " ")
  }

  /// The state's directory is another one now, and runs go on in the old one, where nothing looks at them any more.
  static func stateMoved(from directory: String, _ runs: [RunRecord]) -> String {
    let names = TextFormat.listed(runs.map(\.profile).sorted())
    return "The configuration has another state_dir; what goes on in \(directory) is not shown any more: \(names)."
  }

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
