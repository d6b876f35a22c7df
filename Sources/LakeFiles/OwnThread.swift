import Foundation

/// Runs blocking work on a thread of its own, so that the two threads of the global pool stay free.
package enum OwnThread {
  /// Waits, without blocking a thread of the pool, until `body` has run on a new thread.
  package static func run<Result: Sendable>(_ name: String, _ body: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
      start(name) { continuation.resume(returning: body()) }
    }
  }

  /// Starts `body` on a new thread and returns at once.
  package static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.name = name
    thread.start()
  }
}
