package import Foundation

/// How loud a line of a log is.
package enum LogLevel: String, Sendable, Codable, CaseIterable, Comparable {
  case debug, info, warning, error

  package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }
  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// One line of a run's `journal.jsonl`, in the order things happened.
package struct RunEvent: Sendable, Equatable, Codable {
  /// What happened.
  package enum Kind: Sendable, Equatable, Codable {
    case phase(RunPhase)
    case log(LogLevel, String)
    case planned(PlanSummary)
    /// A try ended badly and another follows after so many seconds.
    case retry(number: Int, afterSeconds: Double, because: RunProblem)
    case problem(RunProblem)
    /// The transfer is over, well or not.
    case transferred(TransferTotals)
    case published([String])
    /// An ingest begins, with so many pending markers.
    case ingesting(markers: Int)
    /// A marker's files are verified in the warehouse.
    case ingested(marker: String, files: Int, rows: Int)
    case cleaned(CleanupResult)
    /// Someone changed the limit (KB/s, nil unlimited), paused, resumed or stopped the run.
    case steered(RunControl)
    case ended(RunResult)
  }

  /// 1 for the first line, without holes.
  package var sequence: Int
  package var time: Date
  package var kind: Kind

  package init(sequence: Int, time: Date, kind: Kind) {
    self.sequence = sequence
    self.time = time
    self.kind = kind
  }
}

/// `control.json`: what others wish of a run.
///
/// Replaced by rename; the run reads it several times a second.
package struct RunControl: Sendable, Equatable, Codable {
  package var stop = false
  /// Whoever asked for the stop, for the journal.
  package var stoppedBy: String?
  package var isPaused = false
  /// KB/s of 1024 bytes; 0 lifts the limit, nil leaves the run's own.
  package var bandwidthLimit: Int?

  package init() {}
}

/// A plan's figures, as the journal keeps them.
package struct PlanSummary: Sendable, Equatable, Codable {
  package var files = 0
  package var bytes: Int64 = 0
  package var deletions = 0
  /// What the disk must take beyond what it holds now; nil in plans of versions that did not note it.
  package var neededBytes: Int64?
  /// Free bytes on the lake's disk when the plan was made.
  package var freeBytes: Int64?
  /// Bytes that have to stay free (`min_free`); nil as with `neededBytes`.
  package var reservedBytes: Int64?
  package var retention: RetentionPlan?
  /// Changes when anything that was planned changes; see `RunOptions.expectedPlan`.
  package var fingerprint = ""

  package init() {}
}

/// One entry of a plan or of a finished transfer; a line of `changes.jsonl`.
package struct FileChange: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Codable { case create, update, delete, directory, link, attributes }

  package var kind: Kind
  package var path: String
  /// The file's size.
  package var bytes: Int64
  /// What crossed the wire for it; 0 in a plan.
  package var wireBytes: Int64
  /// A sum over what tells the source's file from an earlier one of the same size: its time, and its checksum where
  /// the transfer compares these.
  ///
  /// 0 outside a plan; not kept in files.
  package var sourceVersion: UInt64 = 0

  package init(kind: Kind, path: String, bytes: Int64 = 0, wireBytes: Int64 = 0, sourceVersion: UInt64 = 0) {
    self.kind = kind
    self.path = path
    self.bytes = bytes
    self.wireBytes = wireBytes
    self.sourceVersion = sourceVersion
  }

  enum CodingKeys: String, CodingKey { case kind, path, bytes, wireBytes }
}

/// What a transfer brought, over all its tries.
package struct TransferTotals: Sendable, Equatable, Codable {
  package var outcome: RunOutcome
  package var files = 0
  /// Payload (rsync's literal data).
  package var bytes: Int64 = 0
  /// What crossed the network, both ways.
  package var wireBytes: Int64 = 0
  package var filesDeleted = 0
  package var durationSeconds: Double = 0
  /// Whether the run went on from one that was not a success.
  package var wasResumed = false

  package init(outcome: RunOutcome) { self.outcome = outcome }
}
