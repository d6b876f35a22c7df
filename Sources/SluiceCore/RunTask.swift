/// What a run does, each kind with its own options and no other's.
///
/// The compiler leads the way when a kind is added: every question about a kind is asked here, or in an exhaustive `switch`.
package enum RunTask: Sendable, Equatable {
  case sync(SyncTask = SyncTask())
  case cleanup(CleanupTask = CleanupTask())
  case ingest(IngestTask = IngestTask())
  case verify(VerifyTask = VerifyTask())

  /// Whether it only shows what it would do: it touches no data, and its outcome says nothing of the lake's state.
  package var isRehearsal: Bool {
    switch self {
    case .sync(let task): task.isRehearsal
    case .cleanup(let task): task.isRehearsal
    case .ingest(let task): task.isRehearsal
    case .verify: false
    }
  }

  /// Whether it brings, deletes, ingests or verifies something, and so is what `stop` and its like mean by a profile's run.
  package var movesData: Bool { !isRehearsal }

  /// Whether it takes the profile's lock; a rehearsal goes beside anything.
  package var takesLock: Bool { movesData }

  /// Whether it is counted in the metrics.
  package var countsInMetrics: Bool { movesData }

  /// Whether freeing space is all it does, so that a full disk must not keep it from beginning.
  package var freesSpace: Bool {
    switch self {
    case .cleanup(let task): !task.isRehearsal
    case .sync, .ingest, .verify: false
    }
  }

  /// Whether it is a sync that fetches, and so says how the profile's last sync ended.
  package var transfers: Bool {
    switch self {
    case .sync(let task): !task.isRehearsal
    case .cleanup, .ingest, .verify: false
    }
  }

  /// Whether it talks to the source, so that it can be paused and its bandwidth limited.
  package var usesLink: Bool {
    switch self {
    case .sync, .verify: true
    case .cleanup, .ingest: false
    }
  }

  /// Whether its plan is a preview of a sync, which can be applied.
  package var previewsSync: Bool {
    switch self {
    case .sync(let task): task.isRehearsal
    case .cleanup, .ingest, .verify: false
    }
  }

  /// The limit the transfer was asked to start with, in KB/s of 1024 bytes, 0 for none; nil leaves the profile's.
  package var bandwidthLimit: Int? {
    switch self {
    case .sync(let task): task.bandwidthLimit
    case .cleanup, .ingest, .verify: nil
    }
  }

  /// Seconds after which the run ends by itself; nil lets it take its time.
  package var maxDuration: Int? {
    switch self {
    case .sync(let task): task.maxDuration
    case .cleanup, .ingest, .verify: nil
    }
  }

  /// The kind for machines, as `--json` has it: `sync`, `dry-run` (of a sync), `cleanup`, `ingest` or
  /// `verify`.
  package var word: String { FlatTask(self).kind.rawValue }

  /// The kind, a dry run being of one kind with what it rehearses.
  package var kind: String {
    switch self {
    case .sync: "sync"
    case .cleanup: "cleanup"
    case .ingest: "ingest"
    case .verify: "verify"
    }
  }

  /// What a list of runs calls it: only a dry run looks like one.
  package var name: String { isRehearsal ? "dry run" : kind }
}

/// A sync: transfer, then ingest and retention where the profile has them.
package struct SyncTask: Sendable, Equatable, Encodable {
  /// Whether it only lists what would come, go and expire.
  package var isRehearsal = false
  /// Whether the profile's ingest follows the transfer.
  package var ingests = true
  /// Whether the profile's retention follows the transfer.
  package var cleansUp = true
  /// Whether the guards against deleting too much are told to let it pass.
  package var forcesDeletion = false
  /// KB/s of 1024 bytes, 0 for no limit; nil leaves the profile's own.
  package var bandwidthLimit: Int?
  /// How many rsyncs fetch at the same time; nil leaves the profile's own.
  package var lanes: LaneChoice?
  /// Whole seconds after which it ends as a stop ends it, 1 or more; nil lets it take its time.
  package var maxDuration: Int?
  /// The fingerprint of the plan someone saw and confirmed; the run refuses when the world has changed.
  package var confirmedPlan: String?

  /// A whole sync: ingest and retention follow, guards hold, no limit of its own.
  package init() {}

  /// A sync that only shows its plan.
  package static var rehearsal: SyncTask {
    var task = SyncTask()
    task.isRehearsal = true
    return task
  }
}

/// Retention on its own.
package struct CleanupTask: Sendable, Equatable, Encodable {
  /// Whether it only shows what would be deleted.
  package var isRehearsal = false
  /// Whether the guard against deleting too much is told to let it pass.
  package var forcesDeletion = false
  /// The fingerprint of the plan someone saw and confirmed; the run refuses when the world has changed.
  package var confirmedPlan: String?

  /// A cleanup that deletes and whose guards hold.
  package init() {}
}

/// An ingest on its own.
package struct IngestTask: Sendable, Equatable, Encodable {
  /// What is ingested.
  package enum Selection: Sendable, Equatable, Codable {
    /// What pending markers name.
    case pending
    /// One marker, by name.
    case marker(name: String)
    /// The archives that are there, without markers: from the first day to the last, both included, nil being open.
    case backfill(since: CalendarDay?, until: CalendarDay?)
    /// Nothing: what the ledger says is compared with what the warehouse holds.
    case verification
  }

  /// Whether it only lists what would be read.
  package var isRehearsal = false
  /// Whether what is in already is ingested again.
  package var isForced = false
  /// Which files, rows or markers it is about.
  package var selection = Selection.pending
  /// Files that are taken from now on though their `.CHECKSUM` says otherwise; they are ingested too.
  package var acceptance: FileAcceptance?
  /// Files whose acceptance is taken back; what their `.CHECKSUM` says counts again, at once.
  package var withdrawn: [String] = []

  /// An ingest of what is pending.
  package init() {}

  /// The one marker it is about; nil when it is about more.
  package var marker: String? {
    if case .marker(let name) = selection { return name }
    return nil
  }

  /// Whether it goes by days instead of markers.
  package var isBackfill: Bool {
    if case .backfill = selection { return true }
    return false
  }
}

/// A task for a profile: what a launcher hands over.
package struct RunRequest: Sendable, Equatable {
  /// The profile, by name.
  package var profile: String
  /// What to do with it.
  package var task: RunTask

  /// A request of that task for that profile.
  package init(profile: String, task: RunTask) {
    self.profile = profile
    self.task = task
  }
}
