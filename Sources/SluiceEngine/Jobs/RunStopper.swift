import Synchronization

/// The request that a run ends; made from any thread or signal loop, looked at by the job between and inside its steps.
package final class RunStopper: Sendable {
  private let requester = Mutex<String?>(nil)

  package init() {}

  /// Asks the run to end; the first asker is remembered.
  ///
  /// - Parameter who: For the journal: `SIGINT`, `the dashboard`, `sluice stop (user ops)`.
  package func stop(by who: String) {
    requester.withLock { if $0 == nil { $0 = who } }
  }

  /// Who asked; nil while nobody did.
  package var stoppedBy: String? { requester.withLock { $0 } }
  package var isStopped: Bool { stoppedBy != nil }
}
