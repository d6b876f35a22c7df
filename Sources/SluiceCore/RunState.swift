/// A run as its journal tells it: a state machine that refuses an impossible order of events.
package struct RunState: Sendable, Equatable {
  /// An event that cannot follow what was before it.
  package struct IllegalTransition: Error, Equatable {
    package var from: RunPhase
    package var event: String
  }

  package private(set) var phase: RunPhase = .starting
  package private(set) var plan: PlanSummary?
  package private(set) var transfer: TransferTotals?
  package private(set) var retries = 0
  /// What went wrong for good, in order; the result's problems are these.
  package private(set) var problems: [RunProblem] = []
  /// What went wrong last, a try that another followed included.
  package private(set) var lastProblem: RunProblem?
  package private(set) var published: [String] = []
  package private(set) var result: RunResult?
  package private(set) var lastSequence = 0

  package init() {}

  /// Whether the run has said how it ended.
  package var isOver: Bool { result != nil }

  /// Takes the next event of the journal.
  ///
  /// - Throws: `IllegalTransition` when the sequence number does not follow, when anything comes after the end, or
  ///   when a phase cannot follow the one before; the state is then unchanged.
  package mutating func apply(_ event: RunEvent) throws(IllegalTransition) {
    guard event.sequence == lastSequence + 1, !isOver else { throw illegal(event) }
    switch event.kind {
    case .phase(let next):
      guard Self.mayFollow(phase, next) else { throw illegal(event) }
      phase = next
    case .log, .steered, .ingesting, .ingested, .cleaned: break
    case .transferred(let totals): transfer = totals
    case .planned(let summary): plan = summary
    case .retry(_, _, let problem):
      guard phase == .transferring || phase == .planning || phase == .markers || phase == .waiting else {
        throw illegal(event)
      }
      retries += 1
      lastProblem = problem
    case .problem(let problem):
      problems.append(problem)
      lastProblem = problem
    case .published(let names):
      guard phase == .publishing else { throw illegal(event) }
      published += names
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
    case (.waiting, .markers), (.waiting, .planning), (.waiting, .transferring): true
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
