/// A plan's figures, as the journal keeps them.
package struct PlanSummary: Sendable, Equatable, Codable {
  /// Files to fetch, 0 or more.
  package var files = 0
  /// Bytes of those files.
  package var bytes: Int64 = 0
  /// Entries `--delete` would remove.
  package var deletions = 0
  /// Directories among these entries.
  package var deletedDirectories = 0
  /// What the disk must take beyond what it holds now; nil in plans of versions that did not note it.
  package var neededBytes: Int64?
  /// Free bytes on the lake's disk when the plan was made.
  package var freeBytes: Int64?
  /// Bytes that have to stay free (`min_free`); nil as with `neededBytes`.
  package var reservedBytes: Int64?
  /// What retention would delete; nil without one.
  package var retention: RetentionPlan?
  /// Why the guard holds it back unless it is told to go on, each as a sentence; empty when it does not.
  package var heldBack: [String] = []
  /// Changes when anything that was planned changes; see `SyncTask.confirmedPlan`.
  package var fingerprint = ""

  /// A plan with nothing to do.
  package init() {}

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    files = try keys.decode(.files, default: 0)
    bytes = try keys.decode(.bytes, default: 0)
    deletions = try keys.decode(.deletions, default: 0)
    deletedDirectories = try keys.decode(.deletedDirectories, default: 0)
    neededBytes = try keys.decodeIfPresent(Int64.self, forKey: .neededBytes)
    freeBytes = try keys.decodeIfPresent(Int64.self, forKey: .freeBytes)
    reservedBytes = try keys.decodeIfPresent(Int64.self, forKey: .reservedBytes)
    retention = try keys.decodeIfPresent(RetentionPlan.self, forKey: .retention)
    heldBack = try keys.decode(.heldBack, default: [])
    fingerprint = try keys.decode(.fingerprint, default: "")
  }
}
