import Synchronization

/// A task beside a process: started when the process is known, ended when it is over.
final class WatchTask: Sendable {
  private let task = Mutex<Task<TransferSteering.Findings, Never>?>(nil)

  /// Begins the watch; called once.
  func start(_ watch: @escaping @Sendable () async -> TransferSteering.Findings) {
    task.withLock { $0 = Task.detached { await watch() } }
  }

  /// Ends the watch and says what it found.
  func finish() async -> TransferSteering.Findings {
    guard let task = task.withLock({ $0 }) else { return TransferSteering.Findings() }
    task.cancel()
    return await task.value
  }
}
