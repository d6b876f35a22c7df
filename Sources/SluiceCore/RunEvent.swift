package import FoundationEssentials

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
    /// A program was started, by its words: never with a secret among them.
    case command([String])
    case ended(RunResult)
  }

  private let form = Form.journal.number
  /// 1 for the first line, without holes.
  package var sequence: Int
  /// When it happened, to the millisecond.
  package var time: Date
  /// What happened.
  package var kind: Kind

  /// One event; `sequence` is 1 or more.
  package init(sequence: Int, time: Date, kind: Kind) {
    self.sequence = sequence
    self.time = time
    self.kind = kind
  }

  /// Whether it says which program was started.
  package var isCommand: Bool {
    if case .command = kind { return true }
    return false
  }

  package init(from decoder: any Decoder) throws {
    try Form.journal.check(in: decoder)
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    sequence = try keys.decode(Int.self, forKey: .sequence)
    time = try keys.decode(Date.self, forKey: .time)
    kind = try keys.decode(Kind.self, forKey: .kind)
  }
}
