import Foundation

/// Sends blocks on a thread of its own, over a connection of its own.
///
/// `start` and `finish` are called by turns, from one thread.
final class BlockSender: @unchecked Sendable {
  /// One request.
  struct Insert {
    var statement: String
    var parameters: [(String, String)]
    var block: NativeBlock
  }

  // Used by the sending thread only, while there is one.
  private let connection: ClickHouseConnection
  private var inserts: [Insert] = []
  // The rest is guarded by the condition.
  private let condition = NSCondition()
  private var isBusy = false
  private var fault: WarehouseFault?

  init(_ connection: ClickHouseConnection) { self.connection = connection }

  /// Begins to send and returns at once.
  ///
  /// - Parameter whenIn: Called on the sending thread when all is in or something failed.
  func start(_ inserts: [Insert], whenIn: @escaping @Sendable () -> Void) {
    condition.lock()
    self.inserts = inserts
    isBusy = true
    condition.unlock()
    Thread.detachNewThread { [self] in
      Thread.current.name = "sluice send"
      run()
      whenIn()
    }
  }

  /// Waits for the end of what was begun.
  func finish() throws(WarehouseFault) {
    condition.lock()
    defer { condition.unlock() }
    while isBusy { condition.wait() }
    defer { fault = nil }
    if let fault { throw fault }
  }

  private func run() {
    var failed: WarehouseFault?
    do throws(WarehouseFault) {
      for insert in inserts {
        _ = try connection.perform(insert.statement, parameters: insert.parameters, body: insert.block)
      }
    } catch {
      failed = error
    }
    inserts = []
    condition.lock()
    defer { condition.unlock() }
    fault = failed
    isBusy = false
    condition.broadcast()
  }
}
