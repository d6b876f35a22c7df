import LakeFiles

/// Runs one sending at a time on a thread of its own.
///
/// `start` and `finish` are called by turns, from one thread.
final class SendingThread: @unchecked Sendable {
  // The rest is guarded by the condition.
  private let condition = Condition()
  private var isBusy = false
  private var fault: WarehouseFault?

  /// Begins to send and returns at once.
  ///
  /// - Parameter whenIn: Called on the sending thread when all is in or something failed.
  func start(
    _ send: @escaping @Sendable () throws(WarehouseFault) -> Void, whenIn: @escaping @Sendable () -> Void
  ) {
    condition.withLock { isBusy = true }
    OwnThread.start("sluice send") { [self] in
      run(send)
      whenIn()
    }
  }

  /// Waits for the end of what was begun; at once when nothing was.
  ///
  /// - Throws: What went wrong with it, once.
  func finish() throws(WarehouseFault) {
    condition.lock()
    defer { condition.unlock() }
    while isBusy { condition.wait() }
    defer { fault = nil }
    if let fault { throw fault }
  }

  private func run(_ send: () throws(WarehouseFault) -> Void) {
    var failed: WarehouseFault?
    do throws(WarehouseFault) { try send() } catch { failed = error }
    condition.lock()
    defer { condition.unlock() }
    fault = failed
    isBusy = false
    condition.broadcast()
  }
}
