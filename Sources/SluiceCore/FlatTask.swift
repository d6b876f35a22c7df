/// A task as one bag of options beside a word for its kind.
///
/// `run.json` had this form before forms had numbers, and `--json` prints it: scripts read it.
package struct FlatTask: Sendable, Equatable {
  /// The kinds; that of a sync's dry run is its own.
  package enum Kind: String, Sendable, Codable {
    case sync
    case dryRun = "dry-run"
    case cleanup, ingest
  }

  /// All kinds' options together.
  package struct Options: Sendable, Equatable, Encodable {
    package var noIngest = false
    package var noCleanup = false
    package var forceDelete = false
    package var bandwidthLimit: Int?
    package var forceIngest = false
    package var backfill = false
    package var since: CalendarDay?
    package var until: CalendarDay?
    package var verify = false
    /// Of a cleanup and an ingest; a sync's dry run is a kind.
    package var dryRun = false
    package var marker: String?
    package var expectedPlan: String?
  }

  package var kind: Kind
  package var options = Options()

  /// The bag for a task.
  package init(_ task: RunTask) {
    switch task {
    case .sync(let task):
      kind = task.isRehearsal ? .dryRun : .sync
      options.noIngest = !task.ingests
      options.noCleanup = !task.cleansUp
      options.forceDelete = task.forcesDeletion
      options.bandwidthLimit = task.bandwidthLimit
      options.expectedPlan = task.confirmedPlan
    case .cleanup(let task):
      kind = .cleanup
      options.dryRun = task.isRehearsal
      options.forceDelete = task.forcesDeletion
      options.expectedPlan = task.confirmedPlan
    case .ingest(let task):
      kind = .ingest
      options.dryRun = task.isRehearsal
      options.forceIngest = task.isForced
      switch task.selection {
      case .pending: break
      case .marker(let name): options.marker = name
      case .backfill(let since, let until): (options.backfill, options.since, options.until) = (true, since, until)
      case .verification: options.verify = true
      }
    }
  }

  /// The task the bag stands for; options of other kinds are passed over.
  package var task: RunTask {
    switch kind {
    case .sync, .dryRun: return .sync(sync)
    case .cleanup:
      var task = CleanupTask()
      task.isRehearsal = options.dryRun
      task.forcesDeletion = options.forceDelete
      task.confirmedPlan = options.expectedPlan
      return .cleanup(task)
    case .ingest:
      var task = IngestTask()
      task.isRehearsal = options.dryRun
      task.isForced = options.forceIngest
      task.selection = selection
      return .ingest(task)
    }
  }

  private var sync: SyncTask {
    var task = SyncTask()
    task.isRehearsal = kind == .dryRun || options.dryRun
    task.ingests = !options.noIngest
    task.cleansUp = !options.noCleanup
    task.forcesDeletion = options.forceDelete
    task.bandwidthLimit = options.bandwidthLimit
    task.confirmedPlan = options.expectedPlan
    return task
  }

  private var selection: IngestTask.Selection {
    if options.verify { return .verification }
    if options.backfill { return .backfill(since: options.since, until: options.until) }
    return options.marker.map { .marker(name: $0) } ?? .pending
  }
}

extension FlatTask: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind, options
  }

  /// Reads the two keys from among a record's own.
  ///
  /// - Throws: `DecodingError` when the kind is absent or unknown, or an option holds something else.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    kind = try container.decode(Kind.self, forKey: .kind)
    options = try container.decode(.options, default: Options())
  }
}

extension FlatTask.Options: Decodable {
  private enum CodingKeys: String, CodingKey {
    case noIngest, noCleanup, forceDelete, bandwidthLimit, forceIngest, backfill, since, until, verify, dryRun, marker
    case expectedPlan
  }

  /// Reads the options; absent ones take their defaults.
  ///
  /// - Throws: `DecodingError` when one holds something else.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    noIngest = try container.decode(.noIngest, default: false)
    noCleanup = try container.decode(.noCleanup, default: false)
    forceDelete = try container.decode(.forceDelete, default: false)
    bandwidthLimit = try container.decodeIfPresent(Int.self, forKey: .bandwidthLimit)
    forceIngest = try container.decode(.forceIngest, default: false)
    backfill = try container.decode(.backfill, default: false)
    since = try container.decodeIfPresent(CalendarDay.self, forKey: .since)
    until = try container.decodeIfPresent(CalendarDay.self, forKey: .until)
    verify = try container.decode(.verify, default: false)
    dryRun = try container.decode(.dryRun, default: false)
    marker = try container.decodeIfPresent(String.self, forKey: .marker)
    expectedPlan = try container.decodeIfPresent(String.self, forKey: .expectedPlan)
  }
}
