import Foundation
import Synchronization

/// Time that passes only when someone waits, or when the simulation says so.
final class SimulatedClock: Sendable {
  private let state: Mutex<(now: Date, uptime: Duration)>

  init(start: Date) { state = Mutex((start, .zero)) }

  var now: Date { state.withLock { $0.now } }
  var uptime: Duration { state.withLock { $0.uptime } }

  /// Lets time pass, on the wall clock as well.
  func advance(by duration: Duration) {
    state.withLock {
      $0.now += Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
      $0.uptime += duration
    }
  }
}
