/// A run as its journal tells it.
///
/// Its writer goes by `apply`, which refuses an impossible order of events; its readers by `fold`, which makes the best
/// of a journal that has lost lines.
package struct RunState: Sendable, Equatable {
  /// An event that cannot follow what was before it.
  package struct IllegalTransition: Error, Equatable {
    /// Where the run was.
    package var from: RunPhase
    /// The event's number and kind, for a report.
    package var event: String
  }

  /// The step the run is at.
  package private(set) var phase: RunPhase = .starting
  /// The newest plan; nil before there is one.
  package private(set) var plan: PlanSummary?
  /// How the transfer ended; nil before it has.
  package private(set) var transfer: TransferTotals?
  /// How often a try was followed by another.
  package private(set) var retries = 0
  /// What went wrong for good, in order; the result's problems are these.
  package private(set) var problems: [RunProblem] = []
  /// What went wrong last, a try that another followed included.
  package private(set) var lastProblem: RunProblem?
  /// Markers that were put in place, in that order.
  package private(set) var published: [String] = []
  /// How the run ended; nil while it goes on.
  package private(set) var result: RunResult?
  /// The number of the last event that was taken; 0 before the first.
  package private(set) var lastSequence = 0

  /// A run whose journal is empty.
  package init() {}

  /// Whether the run has said how it ended.
  package var isOver: Bool { result != nil }

  /// Takes the next event of the journal.
  ///
  /// - Throws: `IllegalTransition` when the sequence number does not follow, when anything comes after the end, or
  ///   when a phase cannot follow the one before; the state is then unchanged.
  package mutating func apply(_ event: RunEvent) throws(IllegalTransition) {
    guard event.sequence == lastSequence + 1, !isOver else { throw illegal(event) }
    guard mayTake(event.kind) else { throw illegal(event) }
    take(event)
  }

  /// Takes the next event a reader found; what came before it may be lost.
  ///
  /// An event that was taken before, and anything after the end, changes nothing.
  package mutating func fold(_ event: RunEvent) {
    guard event.sequence > lastSequence, !isOver else { return }
    take(event)
  }

  private func mayTake(_ kind: RunEvent.Kind) -> Bool {
    switch kind {
    case .phase(let next): Self.mayFollow(phase, next)
    case .retry: [.transferring, .planning, .markers, .verifying, .waiting].contains(phase)
    case .published: phase == .publishing
    default: true
    }
  }

  private mutating func take(_ event: RunEvent) {
    switch event.kind {
    case .phase(let next): phase = next
    case .log, .steered, .ingesting, .ingested, .cleaned, .command: break
    case .transferred(let totals): transfer = totals
    case .planned(let summary): plan = summary
    case .retry(_, _, let problem):
      retries += 1
      lastProblem = problem
    case .problem(let problem):
      problems.append(problem)
      lastProblem = problem
    case .published(let names): published += names
    case .ended(let result):
      phase = .ended
      self.result = result
    }
    lastSequence = event.sequence
  }

  /// Whether a run at `phase` may go to `next`: forward, or back from waiting into another try.
  package static func mayFollow(_ phase: RunPhase, _ next: RunPhase) -> Bool {
    switch (phase, next) {
    case (.ended, _), (_, .ended), (_, .starting): false
    case (.waiting, .markers), (.waiting, .planning), (.waiting, .verifying), (.waiting, .transferring): true
    // What was repaired is verified once more.
    case (.transferring, .verifying): true
    case (.markers, .waiting), (.planning, .waiting), (.transferring, .waiting): true
    // A second pass after vanished files lists the source again.
    case (.transferring, .planning), (.transferring, .markers), (.transferring, .transferring): true
    default: order(phase) < order(next)
    }
  }

  private static func order(_ phase: RunPhase) -> Int { RunPhase.allCases.firstIndex(of: phase) ?? 0 }

  private func illegal(_ event: RunEvent) -> IllegalTransition {
    IllegalTransition(from: phase, event: "#\(event.sequence) \(event.kind)")
  }
}
