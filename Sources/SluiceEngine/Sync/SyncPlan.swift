import SluiceCore
import Transport

/// What a sync is about to do, and whether it may.
struct SyncPlan: Sendable {
  var summary = PlanSummary()
  /// Bytes the list took on the wire, for telling payload from it.
  var wireBytes: Int64 = 0
  /// Dated top-level directories the transfer will make.
  var newDirectories: [String] = []
  /// Names that are not here yet, of files, directories and links: each takes an inode.
  var newNames = 0
  /// Files the disk can still take; nil where it does not count them.
  var freeFiles: Int64?
  /// Regular files in the source's list, after the filters.
  var sourceFiles = 0
  /// Lines of rsync's list: whatever it would do, to a time or a right as well.
  var entries = 0
  /// Which of what is to come is compressed already.
  var compressed = CompressedFiles()
  /// Files of some size, for lanes.
  var lanes = LaneCandidates()
  /// Seconds to the source and back; nil when that could not be measured.
  var roundTrip: Double?
  /// Whether the list ended without a complaint.
  var isWhole = false
  /// The list's end, of a plan that is complete two round trips before it; nil when it has ended.
  var ending: Task<Result<RsyncRun.Outcome, SyncAborted>, Never>?
  /// Whether a transfer would find nothing to do: what came to the source since is the next run's, as always.
  var leavesNothingToDo: Bool { isWhole && entries == 0 }

  /// Whether the list ended without a complaint, waited for where it has not ended.
  func endedWhole() async -> Bool {
    guard let ending else { return isWhole }
    guard case .success(let outcome) = await ending.value else { return false }
    return outcome.failure == nil
  }

  /// Bytes the list took on the wire, waited for where it has not ended.
  func listingBytes() async -> Int64 {
    guard let ending else { return wireBytes }
    guard case .success(let outcome) = await ending.value else { return 0 }
    return outcome.counters?.bytesIn ?? 0
  }

  /// What of the source could not be listed; such a run is no success.
  var problems: [RunProblem] = []
  /// A directory, relative to the profile's, in which another lake begins, when something in it would be deleted.
  var nestedLake: String?
  /// Set when the source lists no file at all while the lake has some.
  var emptySource: RunProblem?
  /// Why the sync may not go on; empty when it may.
  var refusals: [Refusal] = []
}
