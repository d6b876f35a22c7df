package import SluiceCore
import Synchronization

/// The order that a run ends; given from any thread or signal loop, looked at by the job between and inside its steps.
package final class RunStopper: Sendable {
  private let requester = Mutex<String?>(nil)

  /// A run nobody has asked to end.
  package init() {}

  /// Asks the run to end; the first asker is remembered.
  ///
  /// - Parameter who: For the journal: `SIGINT`, `the dashboard`, `sluice stop (user ops)`.
  package func stop(by who: String) {
    requester.withLock { if $0 == nil { $0 = who } }
  }

  /// Takes a stop over from the orders of others.
  package func obey(_ control: RunControl) {
    if control.stop { stop(by: control.stoppedBy ?? "sluice stop") }
  }

  /// Who asked; nil while nobody did.
  package var stoppedBy: String? { requester.withLock { $0 } }
  /// Whether anyone asked.
  package var isStopped: Bool { stoppedBy != nil }
}
