package import Foundation

/// How a profile is, in the one word that decides its place in the table.
package enum ProfileState: String, Sendable, Codable, CaseIterable {
  /// In order of need of attention.
  case failed, refused, interrupted, partial, stale, gaps, running, never, acknowledged, fine, disabled
}

/// Size and extent of a profile's directory, from the background scan.
package struct DirectoryUsage: Sendable, Equatable, Codable {
  /// Apparent bytes of the regular files.
  package var sizeBytes: Int64 = 0
  /// Bytes the files take on the disk.
  package var allocatedBytes: Int64 = 0
  /// Regular files, 0 or more.
  package var files = 0
  /// The oldest day that names of directories and archives with data speak of; nil without one.
  package var earliestDay: CalendarDay?
  /// The newest day that names of directories and archives with data speak of, tomorrow at most; nil without one.
  package var latestDay: CalendarDay?
  /// Days after tomorrow that such names speak of; nil without one.
  package var futureDays: FutureDays?
  /// Data files that hold nothing; nil when they were not looked for.
  package var emptyFiles: EmptyFiles?
  /// When the scan ended.
  package var scannedAt: Date

  /// The usage of an empty directory, scanned at that time.
  package init(scannedAt: Date) { self.scannedAt = scannedAt }
}

/// How many markers of a profile are in which state.
package struct MarkerCounts: Sendable, Equatable, Codable {
  /// Markers whose files wait to be ingested.
  package var pending = 0
  /// Markers whose files are verified in the warehouse.
  package var ingested = 0
  /// Files put aside with a reason.
  package var quarantinedFiles = 0
  /// Files of which the warehouse did not hold what was sent, when that was last verified.
  package var differingFiles = 0
  /// Files taken though their `.CHECKSUM` says otherwise, as somebody decided; sorted by path.
  package var accepted: [AcceptedFile] = []
  /// Newest day that is wholly in the warehouse.
  package var newestIngestedDay: CalendarDay?

  /// Counts of a profile without markers.
  package init() {}
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
  /// Size of the directory; nil until it was scanned.
  package var usage: DirectoryUsage?
  /// Whether the directory, which held files when it was last counted, is away or empty now.
  package var isDataGone = false
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
  /// The newest sync run that is over; how the last sync ended is `lastSync`.
  package var lastSyncRun: PastRun?
  /// The last run, when it could not even begin and so left nothing in the lake; nil when it began.
  package var unstartedRun: PastRun?
  /// Why no run can leave a record now, as a sentence; nil when one can.
  package var stateProblem: String?
  /// What the next cleanup would delete, when it is known.
  package var nextRetention: RetentionPlan?
  /// The word that a failure is known, as it was given; whether it is in force tells `acknowledgement(now:)`.
  package var acknowledgement: Acknowledgement?

  /// The status of a profile of which nothing is known yet.
  package init(profile: Profile) { self.profile = profile }

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
    let ended = lastRun.flatMap { $0.record.isRehearsal ? nil : $0.result.outcome }
    // A cleanup that went well does not make a sync good that did not: the worse of the two counts.
    let outcomes = [ended, lastSync?.outcome].compactMap { $0 }
    if outcomes.contains(.failed) || isDataGone { return .failed }
    if outcomes.contains(.refused) { return .refused }
    if outcomes.contains(.interrupted) { return .interrupted }
    // A file put aside, or lost in the warehouse, is not in, whatever ran since.
    if outcomes.contains(.partial) || markers.quarantinedFiles > 0 || markers.differingFiles > 0
      || verification.findings > 0
    {
      return .partial
    }
    guard checkpoint != nil else { return .never }
    if isStale(now: now) { return .stale }
    return coverage.map { $0.holes > 0 } ?? false ? .gaps : .fine
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
