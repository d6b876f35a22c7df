import LakeFiles
import Rsync

/// What keeps a run from being a success, apart from rsync's own failures and the guards: the facts, which
/// `JobSentences` says in words.
enum JobFault: Error, Sendable, Equatable {
  /// What a run does once its files are on the disk.
  enum NextStep: Sendable { case sync, syncAndIngest }

  /// An option of `rsync_args` may not be used.
  case refusedOption(UserArguments.Refusal)
  /// The private key that the configuration names is not there, may not be read, or is no file.
  case unusableKey(FileFailure)
  /// What the configuration names as a file for ssh by that key is no file.
  case unusableFile(FileFailure, key: String)
  /// The source lists no file at all while so many entries are here.
  case emptySource(present: Int)
  /// A staged marker could not be put in place.
  case unpublishedMarker(FileFailure)
  /// The disk refused what has arrived.
  case notOnDisk(FileFailure, then: NextStep)
  /// The checkpoint could not be written.
  case unsavedCheckpoint(FileFailure)
  /// The run was given so many seconds, and they are over.
  case outOfTime(seconds: Int)
  /// The profile is not ingested.
  case notIngested
}
