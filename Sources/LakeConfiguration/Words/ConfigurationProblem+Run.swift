package import SluiceCore

extension ConfigurationProblem {
  /// The problem as runs and commands tell theirs.
  package var runProblem: RunProblem { RunProblem(code: "configuration", message: description) }
}

extension ConfigurationFailure {
  /// Every problem of the file, as runs and commands tell theirs.
  package var runProblems: [RunProblem] { problems.map(\.runProblem) }
}
