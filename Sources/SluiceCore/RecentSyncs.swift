package import FoundationEssentials

/// How the newest syncs of a profile ended: a strip of them, and since when they have ended like the last one.
package struct RecentSyncs: Sendable, Equatable {
  /// How many ends are kept.
  package static let kept = 14

  /// The ends, oldest first, at most `kept`.
  package private(set) var outcomes: [RunOutcome] = []
  /// Syncs in a row, the newest included, that ended as the newest did; 0 without one.
  package private(set) var repeats = 0
  /// When the first of these began; nil without one.
  package private(set) var since: Date?
  private var newest: RunID?

  /// The ends of syncs, newest first, down to the first that ended otherwise than the newest at least.
  ///
  /// - Parameter runs: Syncs that are over; what only looked is not one.
  package init(newestFirst runs: [PastRun]) {
    for run in runs.reversed() { add(run) }
  }

  /// Takes over how a sync ended; what is no sync, or began before the newest, changes nothing.
  package mutating func add(_ run: PastRun) {
    guard run.record.task.transfers, newest.map({ $0 < run.record.id }) ?? true else { return }
    newest = run.record.id
    if outcomes.last == run.result.outcome {
      repeats += 1
    } else {
      (repeats, since) = (1, run.record.startedAt)
    }
    outcomes = (outcomes + [run.result.outcome]).suffix(Self.kept)
  }
}
