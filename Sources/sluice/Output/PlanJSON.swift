import SluiceCore

/// What a dry run's `--json` says of its plan: a sync's, an ingest's, or a cleanup's, which is its retention alone.
enum PlanJSON: Encodable {
  case sync(SyncPlanJSON)
  case cleanup(RetentionJSON)
  case ingest(IngestPlanJSON)

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .sync(let plan): try plan.encode(to: encoder)
    case .cleanup(let plan): try plan.encode(to: encoder)
    case .ingest(let plan): try plan.encode(to: encoder)
    }
  }

  /// The plan of a dry run; nil for runs that plan nothing of the kind.
  ///
  /// - Parameters:
  ///   - task: What was asked for.
  ///   - plan: As the journal has it.
  ///   - changes: The per-file list.
  init?(_ task: RunTask, _ plan: PlanSummary, changes: [FileChange]) {
    switch task {
    case .sync(let task):
      guard task.isRehearsal else { return nil }
      self = .sync(SyncPlanJSON(plan, changes: changes))
    case .cleanup:
      guard let retention = plan.retention else { return nil }
      self = .cleanup(RetentionJSON(retention))
    case .ingest: self = .ingest(IngestPlanJSON(files: plan.files, bytes: plan.bytes, toRead: changes))
    case .verify: return nil
    }
  }
}

/// What an ingest would read.
struct IngestPlanJSON: Encodable {
  var files: Int
  var bytes: Int64
  /// Oldest first; `update` for a file the ledger knows.
  var toRead: [FileChange]

  enum CodingKeys: String, CodingKey {
    case files, bytes
    case toRead = "to_read"
  }
}

/// What a sync would do.
struct SyncPlanJSON: Encodable {
  var files: Int
  var bytes: Int64
  var deletions: Int
  /// What the disk must take beyond what it holds now.
  var neededBytes: Int64?
  var freeBytes: Int64?
  /// Whether the guard for free space lets it pass; nil when the free space is not known.
  var fits: Bool?
  var retention: RetentionJSON?
  var changes: [FileChange]

  init(_ plan: PlanSummary, changes: [FileChange]) {
    files = plan.files
    bytes = plan.bytes
    deletions = plan.deletions
    freeBytes = plan.freeBytes
    neededBytes = plan.neededBytes
    fits = plan.fit?.fits
    retention = plan.retention.map(RetentionJSON.init)
    self.changes = changes
  }

  enum CodingKeys: String, CodingKey {
    case files, bytes, deletions, fits, retention, changes
    case neededBytes = "needed_bytes"
    case freeBytes = "free_bytes"
  }
}

/// What retention would delete, and what it keeps.
struct RetentionJSON: Encodable {
  /// One directory that would go.
  struct Directory: Encodable {
    var name: String
    var files: Int
    var bytes: Int64
  }

  /// Sums over the directories that would go.
  struct Totals: Encodable {
    var directories: Int
    var files: Int
    var bytes: Int64
  }

  var cutoff: CalendarDay?
  var directories: [Directory]
  var totals: Totals
  var keptDirectories: Int
  var heldByMarkers: [String]
  var undated: [String]
  /// Those of `undated` whose names end in a date that retention does not know.
  var datedOtherwise: [String]

  init(_ plan: RetentionPlan) {
    cutoff = plan.cutoff
    directories = plan.expired.map { Directory(name: $0.name, files: $0.files, bytes: $0.bytes) }
    totals = Totals(directories: plan.expired.count, files: plan.expiredFiles, bytes: plan.expiredBytes)
    keptDirectories = plan.keptCount
    heldByMarkers = plan.heldByMarkers
    undated = plan.undated
    datedOtherwise = plan.datedOtherwise
  }

  enum CodingKeys: String, CodingKey {
    case cutoff, directories, totals, undated
    case keptDirectories = "kept_directories"
    case heldByMarkers = "held_by_markers"
    case datedOtherwise = "dated_otherwise"
  }
}
