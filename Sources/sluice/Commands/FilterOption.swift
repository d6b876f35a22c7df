import ArgumentParser
import Dashboard

/// Which profiles of the table are shown.
struct FilterOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only these profiles: words as after `/` in the dashboard, such as 'gate state:failed age>2d !old'.",
      valueName: "WORDS"))
  var filter: String?

  func validate() throws {
    if let problem = words.problems.first { throw ValidationError("--filter \(problem)") }
  }

  /// The filter as it is asked of each profile; all pass without one.
  var words: ProfileFilter { ProfileFilter(filter ?? "") }
}
