import Foundation
import RunRecords
import SluiceCore
import Synchronization

/// What will go wrong in one run, drawn before it begins, and what its stand-ins have seen.
final class RunScript: Sendable {
  /// What rsync does besides its work, once it has come to that file.
  enum RsyncAct: Sendable {
    /// Ends with a code and its complaint.
    case end(Int32, String)
    case signal(Int32)
    /// Stands still for so many seconds, and goes on.
    case hang(Double)
    /// The source changes.
    case change(seed: UInt64)
    /// Someone orders the run to stop.
    case stop
    /// Someone holds the run for so many seconds.
    case pause(Double)
    /// Someone starts another run of the profile.
    case compete(RunTask)
    /// The file cannot be read at the source.
    case unreadable
    /// The file goes away at the source.
    case vanish
    /// rsync cannot even be started.
    case unstartable
  }

  struct RsyncOrder: Sendable {
    var at: Int
    var act: RsyncAct
  }

  /// What the warehouse does at one of its calls.
  enum WarehouseAct: Sendable { case failBefore, failAfter, loseRows, stop }

  enum Stage: String, Sendable { case markers, plan, transfer }

  /// One rsync of the run, as it was.
  struct Attempt: Sendable {
    let stage: Stage
    let began: Duration
    var ended: Duration
    /// Files that arrived.
    var files = 0
    /// Whether trying again may help, by what the stand-in did; nil when it ended well.
    var mayRetry: Bool?
    /// rsync's own code; nil when a signal ended it.
    var code: Int32?
    var wasPaused = false
  }

  private struct State {
    var rsyncs = 0
    var warehouseCalls = 0
    var points = 0
    var isHanging = false
    var attempts: [Attempt] = []
    var broken: [String] = []
    var jitter: Draw
    var waits = 0
  }

  let runID: RunID
  let isRehearsal: Bool
  let rsyncOrders: [Int: RsyncOrder]
  let warehouseActs: [Int: WarehouseAct]
  /// The point at which the run's process is killed; 0 for none.
  let killAt: Int
  /// The wait between two tries in which someone orders a stop; 0 for none.
  let stopInWait: Int
  private let state: Mutex<State>

  init(
    _ runID: RunID, isRehearsal: Bool = false, rsync: [Int: RsyncOrder] = [:], warehouse: [Int: WarehouseAct] = [:],
    killAt: Int = 0,
    stopInWait: Int = 0,
    seed: UInt64 = 0
  ) {
    self.runID = runID
    self.isRehearsal = isRehearsal
    rsyncOrders = rsync
    warehouseActs = warehouse
    self.killAt = killAt
    self.stopInWait = stopInWait
    state = Mutex(State(jitter: Draw(seed: seed)))
  }

  // MARK: What the stand-ins ask

  /// The order for the next rsync.
  func nextRsync() -> RsyncOrder? {
    state.withLock {
      $0.rsyncs += 1
      return rsyncOrders[$0.rsyncs]
    }
  }

  /// What happens at the warehouse's next call.
  func nextWarehouseAct() -> WarehouseAct? {
    state.withLock {
      $0.warehouseCalls += 1
      return warehouseActs[$0.warehouseCalls]
    }
  }

  /// Counts a moment at which the process may be killed; true at the one at which it is.
  func isKilledHere() -> Bool {
    state.withLock {
      $0.points += 1
      return $0.points == killAt
    }
  }

  func jitter() -> Double { state.withLock { Double($0.jitter.below(1001)) / 1000 } }

  /// Counts a wait between two tries; true for the one in which a stop is ordered.
  func isStoppedInThisWait() -> Bool {
    state.withLock {
      $0.waits += 1
      return $0.waits == stopInWait
    }
  }

  var isHanging: Bool {
    get { state.withLock { $0.isHanging } }
    set { state.withLock { $0.isHanging = newValue } }
  }

  // MARK: What is known afterwards

  func note(_ attempt: Attempt) { state.withLock { $0.attempts.append(attempt) } }
  func note(broken line: String) { state.withLock { $0.broken.append(line) } }
  var attempts: [Attempt] { state.withLock { $0.attempts } }
  var broken: [String] { state.withLock { $0.broken } }
  /// Whether the run lived to the point at which it was to be killed.
  var wasKilled: Bool { state.withLock { killAt > 0 && $0.points >= killAt } }
  var points: Int { state.withLock { $0.points } }
}
