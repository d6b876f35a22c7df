package import FoundationEssentials

/// A run's end: outcome and figures.
///
/// The last line of the journal, and `result.json` for quick history.
package struct RunResult: Sendable, Equatable, Codable {
  private let form = Form.result.number
  /// The worst of transfer, ingest and cleanup.
  package var outcome: RunOutcome
  /// What the run's process ends with.
  package var exitCode: Int32
  /// How the transfer alone ended; nil when there was none.
  package var transferOutcome: RunOutcome?
  /// How the ingest of a sync ended; nil when there was none.
  package var ingestOutcome: RunOutcome?
  /// How the retention of a sync ended; nil when there was none.
  package var cleanupOutcome: RunOutcome?
  /// Files the run brought.
  package var filesTransferred = 0
  /// Payload the run brought (rsync's literal data).
  package var bytesTransferred: Int64 = 0
  /// What crossed the network, both ways.
  package var wireBytes: Int64 = 0
  /// Files `--delete` removed; directories are not counted.
  package var filesDeleted = 0
  /// Tries after the first.
  package var retries = 0
  /// Whether the run went on from one that was not a success.
  package var wasResumed = false
  /// Names of markers that are new here.
  package var markersPublished: [String] = []
  /// What ingest did; nil without one.
  package var ingest: IngestTotals?
  /// What retention did; nil without one.
  package var cleanup: CleanupResult?
  /// What a verification found; nil without one.
  package var verify: VerifyTotals?
  /// What went wrong, in order.
  package var problems: [RunProblem] = []
  /// When the run began.
  package var startedAt: Date
  /// When it ended.
  package var endedAt: Date

  /// A run's end; the exit code is the outcome's unless another is given.
  package init(outcome: RunOutcome, exitCode: Int32? = nil, startedAt: Date, endedAt: Date) {
    self.outcome = outcome
    self.exitCode = exitCode ?? ExitCode(outcome).rawValue
    self.startedAt = startedAt
    self.endedAt = endedAt
  }

  package init(from decoder: any Decoder) throws {
    try Form.result.check(in: decoder)
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    outcome = try keys.decode(RunOutcome.self, forKey: .outcome)
    exitCode = try keys.decode(.exitCode, default: ExitCode(outcome).rawValue)
    transferOutcome = try keys.decodeIfPresent(RunOutcome.self, forKey: .transferOutcome)
    ingestOutcome = try keys.decodeIfPresent(RunOutcome.self, forKey: .ingestOutcome)
    cleanupOutcome = try keys.decodeIfPresent(RunOutcome.self, forKey: .cleanupOutcome)
    filesTransferred = try keys.decode(.filesTransferred, default: 0)
    bytesTransferred = try keys.decode(.bytesTransferred, default: 0)
    wireBytes = try keys.decode(.wireBytes, default: 0)
    filesDeleted = try keys.decode(.filesDeleted, default: 0)
    retries = try keys.decode(.retries, default: 0)
    wasResumed = try keys.decode(.wasResumed, default: false)
    markersPublished = try keys.decode(.markersPublished, default: [])
    ingest = try keys.decodeIfPresent(IngestTotals.self, forKey: .ingest)
    cleanup = try keys.decodeIfPresent(CleanupResult.self, forKey: .cleanup)
    verify = try keys.decodeIfPresent(VerifyTotals.self, forKey: .verify)
    problems = try keys.decode(.problems, default: [])
    let endedAt = try keys.decode(Date.self, forKey: .endedAt)
    startedAt = try keys.decode(.startedAt, default: endedAt)
    self.endedAt = endedAt
  }

  /// Seconds it took, 0 or more.
  package var durationSeconds: Double { max(0, endedAt.timeIntervalSince(startedAt)) }
}

/// What an ingest brought into the warehouse.
package struct IngestTotals: Sendable, Equatable, Codable {
  /// Markers closed.
  package var markersDone = 0
  /// Markers still open.
  package var markersPending = 0
  /// Files verified in the warehouse.
  package var filesIngested = 0
  /// Files put aside with a reason.
  package var filesQuarantined = 0
  /// Files that were in already.
  package var filesUnchanged = 0
  /// Rows verified.
  package var rows = 0
  /// Rows refused by the checks.
  package var rowsRefused = 0
  /// Rows with an open time that was there before.
  package var duplicates = 0
  /// Rows before their predecessor.
  package var outOfOrder = 0
  /// Candles the files lack.
  package var missingCandles = 0
  /// Candles that two files hold with different values.
  package var disagreements = 0
  /// Files with holes, duplicates or disorder, at most 200; nil when there are none.
  package var rowFindings: [RowFinding]?
  /// Names of which nothing was read; nil when there are none.
  package var skipped: SkippedFiles?
  /// Files this run was told to accept; nil when it was told of none.
  package var accepted: [AcceptedFile]?
  /// Files whose acceptance this run was told to take back; nil when it was told of none.
  package var withdrawn: [AcceptedFile]?

  /// Nothing yet.
  package init() {}

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    markersDone = try keys.decode(.markersDone, default: 0)
    markersPending = try keys.decode(.markersPending, default: 0)
    filesIngested = try keys.decode(.filesIngested, default: 0)
    filesQuarantined = try keys.decode(.filesQuarantined, default: 0)
    filesUnchanged = try keys.decode(.filesUnchanged, default: 0)
    rows = try keys.decode(.rows, default: 0)
    rowsRefused = try keys.decode(.rowsRefused, default: 0)
    duplicates = try keys.decode(.duplicates, default: 0)
    outOfOrder = try keys.decode(.outOfOrder, default: 0)
    missingCandles = try keys.decode(.missingCandles, default: 0)
    disagreements = try keys.decode(.disagreements, default: 0)
    rowFindings = try keys.decodeIfPresent([RowFinding].self, forKey: .rowFindings)
    skipped = try keys.decodeIfPresent(SkippedFiles.self, forKey: .skipped)
    accepted = try keys.decodeIfPresent([AcceptedFile].self, forKey: .accepted)
    withdrawn = try keys.decodeIfPresent([AcceptedFile].self, forKey: .withdrawn)
  }
}
