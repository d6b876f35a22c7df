package import FoundationEssentials

/// How a profile's newest sync ended: the one answer for `status`, `stats`, the dashboard and the next run.
///
/// A sync that came to its end wrote the checkpoint. One that was killed did not, and is known only by its run; a
/// checkpoint of an earlier tool has no run.
package struct SyncEnding: Sendable, Equatable {
  /// How its transfer ended.
  package var outcome: RunOutcome
  /// When, in UTC as the checkpoint spells it.
  package var time: String
  /// Files it brought.
  package var filesTransferred: Int
  /// Payload bytes it brought.
  package var bytesTransferred: Int64
  /// Seconds it took.
  package var durationSeconds: Double
  /// What went wrong, a sentence each.
  package var errors: [String]

  /// Whether a next sync goes on from what this one left.
  package var isIncomplete: Bool { outcome != .success }
  /// When, where the text is a time.
  package var date: Date? { TextFormat.date(utc: time) }

  /// The newer of a profile's checkpoint and its newest sync run that is over; nil when there never was a sync.
  package init?(checkpoint: Checkpoint?, run: PastRun?) {
    if let run, checkpoint.map({ Self.isNewer(run, than: $0) }) ?? true {
      self.init(run)
    } else if let checkpoint {
      self.init(checkpoint)
    } else {
      return nil
    }
  }

  private init(_ checkpoint: Checkpoint) {
    outcome = checkpoint.lastSyncStatus
    time = checkpoint.lastSyncTime
    filesTransferred = checkpoint.filesTransferred
    bytesTransferred = checkpoint.bytesTransferred
    durationSeconds = checkpoint.durationSeconds
    errors = checkpoint.errors
  }

  private init(_ run: PastRun) {
    outcome = run.result.transferOutcome ?? run.result.outcome
    time = TextFormat.utc(run.result.endedAt)
    filesTransferred = run.result.filesTransferred
    bytesTransferred = run.result.bytesTransferred
    durationSeconds = run.result.durationSeconds
    errors = run.result.problems.map(\.message)
  }

  private static func isNewer(_ run: PastRun, than checkpoint: Checkpoint) -> Bool {
    if let id = checkpoint.runID.flatMap({ RunID(text: $0) }) { return run.record.id > id }
    guard let time = checkpoint.lastSync else { return true }
    return run.record.startedAt >= time
  }
}
