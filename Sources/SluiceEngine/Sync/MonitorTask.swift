import LakeFiles
import Synchronization

/// A task beside a process: started when the process is known, ended when it is over.
final class MonitorTask: Sendable {
  private let state = Mutex<(task: Task<TransferMonitor.Findings, Never>?, process: ProcessIdentity?)>((nil, nil))

  /// The process, once it has started.
  var process: ProcessIdentity? { state.withLock { $0.process } }

  /// Begins to watch; called once.
  func start(_ process: ProcessIdentity, _ watch: @escaping @Sendable () async -> TransferMonitor.Findings) {
    state.withLock { $0 = (Task.detached { await watch() }, process) }
  }

  /// Ends it and says what it found.
  func finish() async -> TransferMonitor.Findings {
    guard let task = state.withLock({ $0.task }) else { return TransferMonitor.Findings() }
    task.cancel()
    return await task.value
  }
}
