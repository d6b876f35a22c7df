import LakeFiles
import SluiceCore

/// Why a planned directory is still there after a cleanup; `RetentionSentences` says it in words.
enum RetentionFault: Sendable, Equatable {
  /// The name is not dated before the cut-off, whatever the plan said.
  case notExpired(name: String, cutoff: CalendarDay)
  /// Something else has its name now.
  case notDirectory(name: String, path: String)
  /// Files were added while it was emptied.
  case refilled(name: String)
  /// Some of it resisted; the first failure is told, the others named.
  case incomplete(name: String, first: FileFailure, paths: [String])
  /// The profile's directory or the name could not be looked at, or the disk refused the change.
  case file(FileFailure)
}
