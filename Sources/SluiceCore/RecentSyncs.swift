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
  /// Those of `repeats`, from the newest back, that ended for the newest's reason as well; 0 without one.
  package private(set) var alike = 0
  /// When the first of these began; nil without one.
  package private(set) var alikeSince: Date?
  /// Whether one of `repeats` has left no reason, so that nobody knows whether it was the newest's.
  package private(set) var hasUntold = false
  private var newest: RunID?
  private var reason: String?

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
    let reason = run.result.problems.last?.terms
    let (isSame, isAlike) = (outcomes.last == run.result.outcome, reason == self.reason)
    if isSame { repeats += 1 } else { (repeats, since) = (1, run.record.startedAt) }
    if isSame, isAlike { alike += 1 } else { (alike, alikeSince) = (1, run.record.startedAt) }
    hasUntold = isSame && hasUntold || reason == nil
    self.reason = reason
    outcomes = (outcomes + [run.result.outcome]).suffix(Self.kept)
  }
}
