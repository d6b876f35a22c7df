extension RunOutcome {
  /// The worst of several, in the order of their exit codes; a success when there is none.
  package static func worst(_ outcomes: some Sequence<RunOutcome>) -> RunOutcome {
    let code = ExitCode.worst(outcomes.map(ExitCode.init))
    return allCases.first { ExitCode($0) == code } ?? .success
  }
}
