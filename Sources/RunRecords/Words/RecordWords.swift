import LakeFiles
import SluiceCore

/// What a run's files have to say where something of them is lost or cannot be used.
enum RecordWords {
  /// A run whose process is gone, and that never wrote how it ended.
  static func died(_ record: RunRecord) -> RunProblem {
    RunProblem(
      code: "run-died", message: "The run's process \(record.processID) ended without saying how.",
      advice: "Start it again: it goes on from what is there.")
  }

  /// - Parameter aside: Where the broken checkpoint lies now; nil when it is where it was.
  static func unusableCheckpoint(_ failure: FileFailure, asideAs aside: String?) -> RunProblem {
    guard failure.code == 0, failure.operation != .form else { return failure.problem }
    var message = "The checkpoint \(failure.path) is broken: \(failure.reason)."
    if let aside { message += " It was set aside as \(aside)." }
    return RunProblem(
      code: "checkpoint-corrupt", message: message,
      advice: "Nothing to do: the next sync compares all files and writes a new one", paths: [aside ?? failure.path])
  }

  static func linesMissing(_ count: Int) -> String {
    "\(TextFormat.counted(count, "line")) missing from this journal."
  }

  static func outOfOrder(_ error: RunState.IllegalTransition) -> String {
    "Internal: event out of order (\(error.event) after \(error.from.rawValue))."
  }

  static func orderNotRead(_ failure: FileFailure) -> String { "An order to this run was not read: \(failure)." }
}
