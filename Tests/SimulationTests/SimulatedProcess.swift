import LakeFiles
import Synchronization

@testable import SluiceEngine

/// The process the stand-in for rsync would be: it can be asked to end.
final class SimulatedProcess: TransferProcess {
  private let state = Mutex((isAlive: true, isTerminated: false))

  /// No process of the machine has so high a number.
  let identity = ProcessIdentity(processID: 2_000_000_000, start: 1)
  var isAlive: Bool { state.withLock { $0.isAlive } }
  var isTerminated: Bool { state.withLock { $0.isTerminated } }
  let cpuTicks: UInt64 = 0

  func end() { state.withLock { $0.isAlive = false } }
  func terminate() { state.withLock { $0.isTerminated = true } }
  func terminateOrphans() { terminate() }
  func killSession() { terminate() }
}
