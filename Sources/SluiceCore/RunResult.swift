package import Foundation

/// A run's end: outcome and figures.
///
/// The last line of the journal, and `result.json` for quick history.
package struct RunResult: Sendable, Equatable, Codable {
  private let form = Form.result.number
  package var outcome: RunOutcome
  package var exitCode: Int32
  /// How the transfer alone ended; nil when there was none.
  package var transferOutcome: RunOutcome?
  package var filesTransferred = 0
  package var bytesTransferred: Int64 = 0
  package var wireBytes: Int64 = 0
  package var filesDeleted = 0
  package var retries = 0
  package var wasResumed = false
  package var markersPublished: [String] = []
  package var ingest: IngestTotals?
  package var cleanup: CleanupResult?
  package var problems: [RunProblem] = []
  package var startedAt: Date
  package var endedAt: Date

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
    filesTransferred = try keys.decode(.filesTransferred, default: 0)
    bytesTransferred = try keys.decode(.bytesTransferred, default: 0)
    wireBytes = try keys.decode(.wireBytes, default: 0)
    filesDeleted = try keys.decode(.filesDeleted, default: 0)
    retries = try keys.decode(.retries, default: 0)
    wasResumed = try keys.decode(.wasResumed, default: false)
    markersPublished = try keys.decode(.markersPublished, default: [])
    ingest = try keys.decodeIfPresent(IngestTotals.self, forKey: .ingest)
    cleanup = try keys.decodeIfPresent(CleanupResult.self, forKey: .cleanup)
    problems = try keys.decode(.problems, default: [])
    let endedAt = try keys.decode(Date.self, forKey: .endedAt)
    startedAt = try keys.decode(.startedAt, default: endedAt)
    self.endedAt = endedAt
  }

  package var durationSeconds: Double { max(0, endedAt.timeIntervalSince(startedAt)) }
}

/// What an ingest brought into the warehouse.
package struct IngestTotals: Sendable, Equatable, Codable {
  package var markersDone = 0
  package var markersPending = 0
  package var filesIngested = 0
  package var filesQuarantined = 0
  package var filesUnchanged = 0
  package var rows = 0
  package var rowsRefused = 0
  package var duplicates = 0
  package var outOfOrder = 0
  package var missingCandles = 0

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
  }
}
