/// A task as one bag of options beside a word for its kind.
///
/// `run.json` had this form before forms had numbers, and `--json` prints it: scripts read it.
package struct FlatTask: Sendable, Equatable {
  /// The kinds; that of a sync's dry run is its own.
  package enum Kind: String, Sendable, Codable {
    case sync
    case dryRun = "dry-run"
    case cleanup, ingest, verify
  }

  /// All kinds' options together.
  package struct Options: Sendable, Equatable, Encodable {
    /// Of a sync: the profile's ingest does not follow.
    package var noIngest = false
    /// Of a sync: the profile's retention does not follow.
    package var noCleanup = false
    /// Of a sync and a cleanup: the guards against deleting too much let it pass.
    package var forceDelete = false
    /// Of a sync: KB/s of 1024 bytes, 0 for no limit; nil leaves the profile's own.
    package var bandwidthLimit: Int?
    /// Of a sync: how many rsyncs fetch at the same time; nil leaves the profile's own.
    package var lanes: LaneChoice?
    /// Of a sync: whole seconds after which it ends as a stop ends it; nil lets it take its time.
    package var maxDuration: Int?
    /// Of an ingest: what is in already is ingested again.
    package var forceIngest = false
    /// Of an ingest: by days instead of markers.
    package var backfill = false
    /// Of a backfill and a verification: the first day, included; nil is open.
    package var since: CalendarDay?
    /// Of a backfill: its last day, included; nil is open.
    package var until: CalendarDay?
    /// Of an ingest: ledger and warehouse are only compared.
    package var verify = false
    /// Of a cleanup and an ingest; a sync's dry run is a kind.
    package var dryRun = false
    /// Of an ingest: the one marker it is about.
    package var marker: String?
    /// Of an ingest: files that are taken though their `.CHECKSUM` says otherwise, and why.
    package var accept: FileAcceptance?
    /// Of an ingest: files whose acceptance is taken back; nil when there are none.
    package var withdraw: [String]?
    /// Of a sync and a cleanup: the fingerprint of the confirmed plan.
    package var expectedPlan: String?
    /// Of a verification: the share of the files; nil is all.
    package var subset: VerifySubset?
    /// Of a verification: what differs is fetched again; nil of other kinds.
    package var repair: Bool?
  }

  /// What the run does, a sync's dry run as a kind of its own.
  package var kind: Kind
  /// The options of its kind; those of other kinds keep their defaults.
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
      options.lanes = task.lanes
      options.maxDuration = task.maxDuration
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
      options.accept = task.acceptance
      options.withdraw = task.withdrawn.isEmpty ? nil : task.withdrawn
      switch task.selection {
      case .pending: break
      case .marker(let name): options.marker = name
      case .backfill(let since, let until): (options.backfill, options.since, options.until) = (true, since, until)
      case .verification: options.verify = true
      }
    case .verify(let task):
      kind = .verify
      options.subset = task.subset
      options.since = task.since
      options.repair = task.repairs
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
      task.acceptance = options.accept
      task.withdrawn = options.withdraw ?? []
      task.selection = selection
      return .ingest(task)
    case .verify:
      var task = VerifyTask()
      task.subset = options.subset
      task.since = options.since
      task.repairs = options.repair ?? false
      return .verify(task)
    }
  }

  private var sync: SyncTask {
    var task = SyncTask()
    task.isRehearsal = kind == .dryRun || options.dryRun
    task.ingests = !options.noIngest
    task.cleansUp = !options.noCleanup
    task.forcesDeletion = options.forceDelete
    task.bandwidthLimit = options.bandwidthLimit
    task.lanes = options.lanes
    task.maxDuration = options.maxDuration
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
    case noIngest, noCleanup, forceDelete, bandwidthLimit, lanes, maxDuration, forceIngest, backfill, since, until,
      verify, dryRun
    case marker, expectedPlan, accept, withdraw, subset, repair
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
    lanes = try container.decodeIfPresent(LaneChoice.self, forKey: .lanes)
    maxDuration = try container.decodeIfPresent(Int.self, forKey: .maxDuration)
    forceIngest = try container.decode(.forceIngest, default: false)
    backfill = try container.decode(.backfill, default: false)
    since = try container.decodeIfPresent(CalendarDay.self, forKey: .since)
    until = try container.decodeIfPresent(CalendarDay.self, forKey: .until)
    verify = try container.decode(.verify, default: false)
    dryRun = try container.decode(.dryRun, default: false)
    marker = try container.decodeIfPresent(String.self, forKey: .marker)
    accept = try container.decodeIfPresent(FileAcceptance.self, forKey: .accept)
    withdraw = try container.decodeIfPresent([String].self, forKey: .withdraw)
    expectedPlan = try container.decodeIfPresent(String.self, forKey: .expectedPlan)
    subset = try container.decodeIfPresent(VerifySubset.self, forKey: .subset)
    repair = try container.decodeIfPresent(Bool.self, forKey: .repair)
  }
}
