import LakeFiles
import SluiceCore

/// What of the metrics could not be written.
enum MetricsSentences {
  /// What was to be written.
  enum Part: Sendable, CaseIterable { case totals, file }

  static func problem(_ part: Part, _ failure: FileFailure) -> RunProblem {
    let what =
      switch part {
      case .totals: "The run was not counted in the metrics"
      case .file: "The metrics file was not written"
      }
    var problem = failure.problem
    problem.code = "metrics-not-written"
    problem.message = "\(what): \(failure)."
    return problem
  }
}
