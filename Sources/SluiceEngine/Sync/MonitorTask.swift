import Synchronization

/// A task beside a process: started when the process is known, ended when it is over.
final class MonitorTask: Sendable {
  private let task = Mutex<Task<TransferMonitor.Findings, Never>?>(nil)

  /// Begins to watch; called once.
  func start(_ watch: @escaping @Sendable () async -> TransferMonitor.Findings) {
    task.withLock { $0 = Task.detached { await watch() } }
  }

  /// Ends it and says what it found.
  func finish() async -> TransferMonitor.Findings {
    guard let task = task.withLock({ $0 }) else { return TransferMonitor.Findings() }
    task.cancel()
    return await task.value
  }
}
