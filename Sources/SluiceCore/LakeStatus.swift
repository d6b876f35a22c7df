package import Foundation

/// How a profile is, in the one word that decides its place in the table.
package enum ProfileState: String, Sendable, Codable, CaseIterable {
  /// In order of need of attention.
  case failed, refused, interrupted, partial, stale, running, never, fine, disabled
}

/// Size and extent of a profile's directory, from the background scan.
package struct DirectoryUsage: Sendable, Equatable, Codable {
  package var sizeBytes: Int64 = 0
  package var allocatedBytes: Int64 = 0
  package var files = 0
  package var earliestDay: CalendarDay?
  package var latestDay: CalendarDay?
  /// Data files that hold nothing; nil when they were not looked for.
  package var emptyFiles: EmptyFiles?
  package var scannedAt: Date

  package init(scannedAt: Date) { self.scannedAt = scannedAt }
}

/// How many markers of a profile are in which state.
package struct MarkerCounts: Sendable, Equatable, Codable {
  package var pending = 0
  package var ingested = 0
  /// Files put aside with a reason.
  package var quarantinedFiles = 0
  /// Files of which the warehouse did not hold what was sent, when that was last verified.
  package var differingFiles = 0
  /// Newest day that is wholly in the warehouse.
  package var newestIngestedDay: CalendarDay?

  package init() {}
}

/// A run that is alive, as its directory shows it.
package struct LiveRun: Sendable, Equatable {
  package var record: RunRecord
  package var progress: LiveProgress
  package var plan: PlanSummary?
  package var retries: Int
  package var lastProblem: RunProblem?

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
  package var record: RunRecord
  package var result: RunResult

  package init(record: RunRecord, result: RunResult) {
    self.record = record
    self.result = result
  }
}

/// All that the table and the Overview show of one profile.
package struct ProfileStatus: Sendable, Equatable {
  package var profile: Profile
  package var checkpoint: Checkpoint?
  /// A sentence when the checkpoint could not be read.
  package var checkpointProblem: String?
  package var usage: DirectoryUsage?
  package var isScanning = false
  package var markers = MarkerCounts()
  package var liveRun: LiveRun?
  package var lastRun: PastRun?
  /// What the next cleanup would delete, when it is known.
  package var nextRetention: RetentionPlan?

  package init(profile: Profile) { self.profile = profile }

  /// The profile's state at a moment.
  package func state(now: Date) -> ProfileState {
    if liveRun != nil { return .running }
    guard profile.isEnabled else { return .disabled }
    let ended = lastRun.flatMap { $0.record.isRehearsal ? nil : $0.result.outcome }
    // A cleanup that went well does not make a sync good that did not: the worse of the two counts.
    let outcomes = [ended, checkpoint?.lastSyncStatus].compactMap { $0 }
    if outcomes.contains(.failed) { return .failed }
    if outcomes.contains(.refused) { return .refused }
    if outcomes.contains(.interrupted) { return .interrupted }
    // A file put aside, or lost in the warehouse, is not in, whatever ran since.
    if outcomes.contains(.partial) || markers.quarantinedFiles > 0 || markers.differingFiles > 0 { return .partial }
    guard checkpoint != nil else { return .never }
    return isStale(now: now) ? .stale : .fine
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
  package var rootDirectory: String
  package var configurationPath: String
  package var freeBytes: Int64?
  package var totalBytes: Int64?
  /// Sentences that concern the whole lake: root vanished, configuration broken.
  package var warnings: [String]

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
  package var time: Date
  package var level: LogLevel
  package var text: String

  package init(time: Date, level: LogLevel, text: String) {
    self.time = time
    self.level = level
    self.text = text
  }
}

/// A marker as the Markers pane lists it.
package struct MarkerEntry: Sendable, Equatable, Codable {
  package enum State: String, Sendable, Codable { case pending, ingested, quarantined, noFiles = "no-files", invalid }

  package var name: String
  package var state: State
  package var files: Int
  package var rows: Int
  package var ingestedAt: Date?
  /// Files put aside: path and reason.
  package var quarantined: [QuarantinedFile]

  package init(
    name: String, state: State, files: Int = 0, rows: Int = 0, ingestedAt: Date? = nil,
    quarantined: [QuarantinedFile] = []
  ) {
    self.name = name
    self.state = state
    self.files = files
    self.rows = rows
    self.ingestedAt = ingestedAt
    self.quarantined = quarantined
  }
}

/// A data file that could not be ingested, and why.
package struct QuarantinedFile: Sendable, Equatable, Codable {
  package var path: String
  package var reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// What the lake holds of one series on one day.
package enum CoverageCell: String, Sendable, Codable {
  case missing, arrived, ingested, short, quarantined, expired
}

/// One row of the coverage table: a dated-directory series, or a symbol and interval.
package struct CoverageSeries: Sendable, Equatable, Codable {
  package var name: String
  /// One cell a day, from the table's first day on.
  package var cells: [CoverageCell]
  /// The series' own first and last day, also where the table shows only a part; nil when the cells tell.
  package var firstDay: CalendarDay?
  package var lastDay: CalendarDay?

  package init(name: String, cells: [CoverageCell], firstDay: CalendarDay? = nil, lastDay: CalendarDay? = nil) {
    self.name = name
    self.cells = cells
    self.firstDay = firstDay
    self.lastDay = lastDay
  }
}

/// What is there, day by day.
package struct CoverageTable: Sendable, Equatable, Codable {
  package var firstDay: CalendarDay
  package var series: [CoverageSeries]

  package init(firstDay: CalendarDay, series: [CoverageSeries]) {
    self.firstDay = firstDay
    self.series = series
  }
}

extension Duration {
  /// The whole span as seconds.
  package var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
