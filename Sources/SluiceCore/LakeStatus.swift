package import FoundationEssentials

/// How a profile is, in the one word that decides its place in the table.
package enum ProfileState: String, Sendable, Codable, CaseIterable {
  /// In order of need of attention.
  case failed, refused, interrupted, partial, stale, late, gaps, running, never, acknowledged, fine, disabled
}

/// Size and extent of a profile's directory, from the background scan.
package struct DirectoryUsage: Sendable, Equatable, Codable {
  /// How many sentences of what could not be read are kept.
  package static let unreadKept = 5

  /// Apparent bytes of the regular files, without pieces of files whose transfer was broken off.
  package var sizeBytes: Int64 = 0
  /// Bytes the files take on the disk, such pieces included.
  package var allocatedBytes: Int64 = 0
  /// Regular files, 0 or more, without such pieces.
  package var files = 0
  /// The oldest day that names of directories and archives with data speak of; nil without one.
  package var earliestDay: CalendarDay?
  /// The newest day that names of directories and archives with data speak of, tomorrow at most; nil without one.
  package var latestDay: CalendarDay?
  /// Days after tomorrow that such names speak of; nil without one.
  package var futureDays: FutureDays?
  /// Data files that hold nothing; nil when they were not looked for.
  package var emptyFiles: EmptyFiles?
  /// Sentences of what could not be read, so that there may be more than was counted; nil when all was read.
  package var unread: [String]?
  /// The newest days of dated directories and of archives of one day that hold data, oldest first, at most
  /// `DayUsage.kept`; nil when this is not a scan's own result: they are not kept in files, which everything that starts
  /// has to read.
  package var days: [DayUsage]?
  /// When the scan ended.
  package var scannedAt: Date

  private enum CodingKeys: String, CodingKey {
    case sizeBytes, allocatedBytes, files, earliestDay, latestDay, futureDays, emptyFiles, unread, scannedAt
  }

  /// The usage of an empty directory, scanned at that time.
  package init(scannedAt: Date) { self.scannedAt = scannedAt }
}

/// Data of a profile that was there and is not to be seen now.
package struct LostData: Sendable, Equatable {
  /// Files when they were last counted, 0 or more; nil when they never were.
  package var files: Int?
  /// Whether the directory had a disk of its own, which is not mounted now.
  package var isDiskMissing: Bool

  /// A loss of these facts.
  package init(files: Int?, isDiskMissing: Bool = false) {
    self.files = files
    self.isDiskMissing = isDiskMissing
  }

  /// What is gone, without a full stop.
  ///
  /// - Parameter directory: The profile's, absolute.
  package func sentence(of directory: String) -> String {
    let held = files.map { ", which held \(TextFormat.counted($0, "file"))" } ?? ""
    return isDiskMissing
      ? "the disk of \(directory)\(held)\(files == nil ? "" : ",") is not mounted"
      : "nothing is left in \(directory)\(held)"
  }
}

/// A run that is alive, as its directory shows it.
package struct LiveRun: Sendable, Equatable {
  /// Who started what.
  package var record: RunRecord
  /// The newest figures.
  package var progress: LiveProgress
  /// What the run planned; nil before that.
  package var plan: PlanSummary?
  /// Tries that ended badly so far, 0 or more.
  package var retries: Int
  /// The newest problem the run reported; nil without one.
  package var lastProblem: RunProblem?
  /// Whether its process is suspended (`^Z`, `kill -STOP`), so that nothing of it moves and no order is obeyed.
  package var isSuspended = false

  /// Whether its transfer stands still because somebody wanted that.
  package var isHeld: Bool { progress.isPaused || isSuspended }

  /// A live run with these facts.
  package init(
    record: RunRecord, progress: LiveProgress, plan: PlanSummary? = nil, retries: Int = 0,
    lastProblem: RunProblem? = nil
  ) {
    self.record = record
    self.progress = progress
    self.plan = plan
    self.retries = retries
    self.lastProblem = lastProblem
  }
}

extension LiveRun {
  /// Whether it fetches again what a verification found wrong: no sync, though the transfer is a sync's.
  package var isRepairing: Bool {
    guard case .verify = record.task else { return false }
    return progress.phase == .transferring
  }
}

/// A run that is over, as history lists it.
///
/// A dead run without a result reads `interrupted`.
package struct PastRun: Sendable, Equatable, Codable {
  /// Who started what.
  package var record: RunRecord
  /// How it ended.
  package var result: RunResult

  /// A finished run of that record and result.
  package init(record: RunRecord, result: RunResult) {
    self.record = record
    self.result = result
  }
}

/// All that the table and the Overview show of one profile.
package struct ProfileStatus: Sendable, Equatable {
  /// The profile as configured.
  package var profile: Profile
  /// What the last sync left behind; nil when there was none, or it cannot be read.
  package var checkpoint: Checkpoint?
  /// A sentence when the checkpoint could not be read.
  package var checkpointProblem: String?
  /// Size of the directory; nil until it was scanned, and when it cannot be looked at now.
  package var usage: DirectoryUsage?
  /// A sentence when the directory could not be read: then nobody knows its size.
  package var usageProblem: String?
  /// What the directory has lost as a whole; nil while it holds anything, and when it never did.
  package var lostData: LostData?
  /// Whether a scan of the directory is under way.
  package var isScanning = false
  /// How many markers are in which state.
  package var markers = MarkerCounts()
  /// The run that is alive; nil when there is none.
  package var liveRun: LiveRun?
  /// The newest run that is over and did more than look; nil when there is none.
  package var lastRun: PastRun?
  /// The holes of its coverage when they were last counted; nil before the first count.
  package var coverage: CoverageCounts?
  /// What verifications have found.
  package var verification = VerificationStatus()
  /// Runs since the newest sync, beside the last one, whose ends may still count; newest first.
  package var otherRuns: [PastRun] = []
  /// The newest sync run that is over; how the last sync ended is `lastSync`.
  package var lastSyncRun: PastRun?
  /// How the newest syncs ended; nil until they are read, which is later than the rest.
  package var recentSyncs: RecentSyncs?
  /// The last run, when it could not even begin and so left nothing in the lake; nil when it began.
  package var unstartedRun: PastRun?
  /// Why no run can leave a record now, as a sentence; nil when one can.
  package var stateProblem: String?
  /// What the next cleanup would delete, when it is known.
  package var nextRetention: RetentionPlan?
  /// The word that a failure is known, as it was given; whether it is in force tells `acknowledgement(now:)`.
  package var acknowledgement: Acknowledgement?

  /// Whether the configuration has the profile; where it has not, a run of it goes on, and nothing but that run is known.
  package internal(set) var isConfigured = true

  /// The status of a profile of which nothing is known yet.
  package init(profile: Profile) { self.profile = profile }

  /// Sentences of records that are there and cannot be read: what they would say is not known.
  package var recordProblems: [String] {
    [checkpointProblem, verification.problem].compactMap { $0 }
  }

  /// Sentences of data that is there, for all that is known, and could not be read: no figure is sure then.
  package var unread: [String] {
    // The ledger is told among the troubles.
    var told = Set([markers.ledgerProblem].compactMap { $0 })
    let all = [usageProblem].compactMap { $0 } + (usage?.unread ?? []) + (coverage?.unread ?? [])
    return all.filter { told.insert($0).inserted }
  }

  /// Whether all data is gone, or its disk.
  package var isDataGone: Bool { lostData != nil }

  /// Whether nobody can look at the directory: its disk is not mounted, or it may not be read.
  package var isUnseen: Bool { lostData?.isDiskMissing ?? false || usageProblem != nil }

  /// How the newest sync ended; nil when there never was one.
  package var lastSync: SyncEnding? { SyncEnding(checkpoint: checkpoint, run: lastSyncRun) }

  /// The profile's state at a moment.
  package func state(now: Date) -> ProfileState {
    let state = plainState(now: now)
    // A live run is looked at first, and most profiles have nothing to acknowledge.
    return acknowledgement == nil || acknowledgement(now: now) == nil ? state : .acknowledged
  }

  /// The state as it is without anybody's acknowledgement.
  package func plainState(now: Date) -> ProfileState {
    if liveRun != nil { return .running }
    guard profile.isEnabled else { return .disabled }
    // A cleanup that went well does not make a sync good that did not: the worst of those that count.
    let outcomes = standingRuns.map(\.outcome) + [lastSync?.outcome].compactMap { $0 }
    if outcomes.contains(.failed) || isDataGone { return .failed }
    if outcomes.contains(.refused) { return .refused }
    if outcomes.contains(.interrupted) { return .interrupted }
    // A file put aside, or lost in the warehouse, is not in, whatever ran since.
    // Nor is one known to be well whose records nobody can read.
    if outcomes.contains(.partial) || markers.isTroubled || verification.findings > 0 || !recordProblems.isEmpty {
      return .partial
    }
    let isLate = isLate(now: now)
    guard checkpoint != nil else { return isLate ? .late : .never }
    if isStale(now: now) { return .stale }
    if isLate { return .late }
    let isOdd = coverage?.odd?.seriesOnTwoGrids ?? 0 > 0
    return coverage?.holes ?? 0 > 0 || isOdd || usage?.emptyFiles?.count ?? 0 > 0 || !unread.isEmpty ? .gaps : .fine
  }

  /// Whether the last success, or the newest data, is older than the profile allows.
  package func isStale(now: Date) -> Bool {
    if let limit = profile.staleAfter?.seconds {
      guard let success = checkpoint?.lastSuccess else { return true }
      if now.timeIntervalSince(success) > limit { return true }
    }
    if let limit = profile.dataStaleAfter?.seconds, let newest = usage?.latestDay {
      // A day is complete when it is over: its data's age counts from its end.
      if now.timeIntervalSince(newest.adding(days: 1).start) > limit { return true }
    }
    return false
  }
}

/// The lake as a whole, for the header.
package struct LakeSummary: Sendable, Equatable {
  /// The lake's root, absolute.
  package var rootDirectory: String
  /// The configuration file, absolute.
  package var configurationPath: String
  /// Bytes free for this user on the lake's disk; nil when it cannot be asked.
  package var freeBytes: Int64?
  /// Bytes the lake's disk holds in all; nil when it cannot be asked.
  package var totalBytes: Int64?
  /// Sentences that concern the whole lake: root vanished, configuration broken.
  package var warnings: [String]

  /// A summary with these facts.
  package init(
    rootDirectory: String, configurationPath: String, freeBytes: Int64? = nil, totalBytes: Int64? = nil,
    warnings: [String] = []
  ) {
    self.rootDirectory = rootDirectory
    self.configurationPath = configurationPath
    self.freeBytes = freeBytes
    self.totalBytes = totalBytes
    self.warnings = warnings
  }
}

/// One line of a log as a pane shows it.
package struct LogLine: Sendable, Equatable {
  /// When it was said.
  package var time: Date
  /// How serious it is.
  package var level: LogLevel
  /// The line without its time and level.
  package var text: String

  /// A line said at that time.
  package init(time: Date, level: LogLevel, text: String) {
    self.time = time
    self.level = level
    self.text = text
  }
}

/// What the lake holds of one series on one day.
package enum CoverageCell: String, Sendable, Codable {
  case missing, arrived, ingested, short, quarantined, expired
  /// Its archive is gone from the lake; its rows are in the warehouse, says the ledger.
  case warehouseOnly = "warehouse-only"
}

/// One row of the coverage table: a dated-directory series, or a symbol and interval.
package struct CoverageSeries: Sendable, Equatable, Codable {
  /// The series' name: a dated directory's without its date, or a symbol and an interval.
  package var name: String
  /// One cell a day, from the table's first day on.
  package var cells: [CoverageCell]
  /// The series' own first day, also where the table shows only a part; nil when the cells tell.
  package var firstDay: CalendarDay?
  /// The series' last day; nil when the cells tell.
  package var lastDay: CalendarDay?
  /// Days on which the configuration expects the series; nil when it does not speak of it.
  package var expected: [ExpectedDays]?
  /// Why days are short that look as if they were there, and which missing ones were, oldest first; nil when there are
  /// none.
  package var remarks: [CoverageRemark]?

  /// Whether it is a series of candles, which an ingest brings into the warehouse, and not one of dated directories.
  package var holdsKlines: Bool {
    let words = name.split(separator: " ")
    return words.count == 3 && Market(rawValue: String(words[0])) != nil
  }

  /// A row with these cells, one a day.
  package init(
    name: String, cells: [CoverageCell], firstDay: CalendarDay? = nil, lastDay: CalendarDay? = nil,
    expected: [ExpectedDays]? = nil
  ) {
    self.name = name
    self.cells = cells
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.expected = expected
  }
}

/// What is there, day by day.
package struct CoverageTable: Sendable, Equatable, Codable {
  /// The day of every series' first cell.
  package var firstDay: CalendarDay
  /// The rows, sorted by name.
  package var series: [CoverageSeries]
  /// Names of which nothing is read and nothing is in the rows; nil when there are none.
  package var skipped: SkippedFiles?
  /// The last day that can be missing, when the table reaches further: the newest of all series or that anything is
  /// expected on, or yesterday; nil when it does not.
  package var newestDay: CalendarDay?
  /// Sentences of what could not be read, so that the rows may lack something; nil when all was read.
  package var unread: [String]?
  /// Whether the directory could not be looked at, so that nothing is known; nil when it could.
  package var isUnseen: Bool?
  /// Whether days in the warehouse only are as they should be, since a sync deletes what the source has let go; nil is no.
  package var followsDeletions: Bool?
  /// Candles that are there and not as their interval has them; nil when there are none.
  package var odd: OddCandles?
  /// The bytes that lie in the lake of each series' days, beside `series` and its cells; nil where nobody counted them, and
  /// not kept in files.
  package var bytes: [[Int64]]?

  private enum CodingKeys: String, CodingKey {
    case firstDay, series, skipped, newestDay, unread, isUnseen, followsDeletions, odd
  }

  /// A table that begins on that day.
  package init(firstDay: CalendarDay, series: [CoverageSeries]) {
    self.firstDay = firstDay
    self.series = series
  }
}

extension Duration {
  /// The whole span as seconds.
  package var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
