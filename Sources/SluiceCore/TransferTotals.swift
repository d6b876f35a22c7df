/// What a transfer brought, over all its tries.
package struct TransferTotals: Sendable, Equatable, Codable {
  /// How it ended.
  package var outcome: RunOutcome
  /// Files it brought.
  package var files = 0
  /// Payload (rsync's literal data).
  package var bytes: Int64 = 0
  /// What crossed the network, both ways.
  package var wireBytes: Int64 = 0
  /// Files `--delete` removed; directories are not counted.
  package var filesDeleted = 0
  /// Seconds over all tries.
  package var durationSeconds: Double = 0
  /// Whether the run went on from one that was not a success.
  package var wasResumed = false

  /// Totals of a transfer that brought nothing.
  package init(outcome: RunOutcome) { self.outcome = outcome }

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    outcome = try keys.decode(RunOutcome.self, forKey: .outcome)
    files = try keys.decode(.files, default: 0)
    bytes = try keys.decode(.bytes, default: 0)
    wireBytes = try keys.decode(.wireBytes, default: 0)
    filesDeleted = try keys.decode(.filesDeleted, default: 0)
    durationSeconds = try keys.decode(.durationSeconds, default: 0)
    wasResumed = try keys.decode(.wasResumed, default: false)
  }
}
