/// A run whose end still counts, and how much of it.
package struct StandingRun: Sendable, Equatable {
  /// The run.
  package var run: PastRun
  /// The worst of what nothing later has done again; a success when all of it has been.
  package var outcome: RunOutcome
}

/// Which of a profile's runs say how it stands: those since the newest sync, each kind by its newest, and that sync.
///
/// A cleanup that went well does not make an ingest good that did not, nor does a backfill close the markers it never
/// looked at: each is settled only by another of its kind, or by a sync, which does all of them.
package enum StandingRuns {
  /// The runs that count.
  ///
  /// - Parameter runs: In any order, the same one twice counting once; rehearsals count nothing.
  /// - Returns: Newest first; what was settled since is not among them.
  package static func of(_ runs: some Sequence<PastRun>) -> [StandingRun] {
    var standing: [StandingRun] = []
    var seen: [PastRun] = []
    for run in runs.sorted(by: { $0.record.id > $1.record.id }) where !run.record.isRehearsal {
      guard run.record.id != seen.last?.record.id else { continue }
      if let outcome = outcome(of: run, after: seen) { standing.append(StandingRun(run: run, outcome: outcome)) }
      seen.append(run)
      if run.record.task.transfers { break }
    }
    return standing
  }

  /// Whether the end of a run of that task can still count.
  ///
  /// - Parameter later: The tasks of the profile's runs that began after it.
  package static func mayCount(_ task: RunTask, after later: [RunTask]) -> Bool {
    task.transfers || !later.contains { settles($0, task) }
  }

  /// How much of a run still counts; nil when another of its kind came later.
  private static func outcome(of run: PastRun, after later: [PastRun]) -> RunOutcome? {
    if case .sync = run.record.task { return outcome(ofSync: run.result, after: later) }
    return later.contains { settles($0.record.task, run.record.task) } ? nil : run.result.outcome
  }

  /// A sync does several things, each of which may have been done again since.
  private static func outcome(ofSync result: RunResult, after later: [PastRun]) -> RunOutcome? {
    func isDoneAgain(_ task: RunTask) -> Bool { later.contains { settles($0.record.task, task) } }
    let parts: [(outcome: RunOutcome?, isDoneAgain: Bool)] = [
      (result.transferOutcome, false), (result.ingestOutcome, isDoneAgain(.ingest())),
      (result.cleanupOutcome, isDoneAgain(.cleanup())),
    ]
    let known = parts.compactMap(\.outcome)
    // Something else went wrong, which no other run makes good.
    guard RunOutcome.worst(known) == result.outcome else { return result.outcome }
    return .worst(parts.filter { !$0.isDoneAgain }.compactMap(\.outcome))
  }

  /// Whether a later task has done again what an earlier one was to do.
  private static func settles(_ later: RunTask, _ earlier: RunTask) -> Bool {
    switch (later, earlier) {
    case (.sync, _), (.cleanup, .cleanup), (.verify, .verify): true
    case (.ingest(let later), .ingest(let earlier)):
      switch (later.selection, earlier.selection) {
      case (.pending, .pending), (.pending, .marker), (.backfill, .backfill), (.verification, .verification): true
      case (.marker(let one), .marker(let other)): one == other
      default: false
      }
    default: false
    }
  }
}

extension ProfileStatus {
  /// The runs that say how the profile stands, newest first.
  package var standingRuns: [StandingRun] {
    StandingRuns.of(otherRuns + [lastRun, lastSyncRun].compactMap { $0 })
  }

  /// The newest run whose bad end still counts; nil when there is none.
  package var troubledRun: PastRun? { standingRuns.first { $0.outcome != .success }?.run }

  /// That the newest run whose bad end still counts was stopped or died, where no problem of it says so: its figures are
  /// those of an earlier sync, or of half of one.
  package var interruption: String? {
    guard let run = troubledRun, run.result.outcome == .interrupted, run.result.problems.isEmpty else { return nil }
    return "the last \(run.record.task.word) was interrupted"
  }

  /// Takes over a run that has ended just now, in the place its start gives it.
  package mutating func take(ended past: PastRun) {
    guard !past.record.isRehearsal else { return }
    recentSyncs?.add(past)
    func isNewer(than known: PastRun?) -> Bool { known.map { $0.record.id < past.record.id } ?? true }
    let known = otherRuns + [lastRun, lastSyncRun].compactMap { $0 }
    if isNewer(than: lastRun) { lastRun = past }
    if past.record.task.transfers, isNewer(than: lastSyncRun) { lastSyncRun = past }
    otherRuns = StandingRuns.of(known + [past]).map(\.run).filter {
      $0.record.id != lastRun?.record.id && $0.record.id != lastSyncRun?.record.id
    }
  }
}
