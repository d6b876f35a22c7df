import CLinux
import Glibc

/// Runs blocking work on a thread of its own, so that the two threads of the global pool stay free.
package enum OwnThread {
  /// Waits, without blocking a thread of the pool, until `body` has run on a new thread.
  package static func run<Result: Sendable>(_ name: String, _ body: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
      start(name) { continuation.resume(returning: body()) }
    }
  }

  /// Starts `body` on a new thread and returns at once; on this one, and after it, where no thread can be had.
  package static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(name: name, body: body))
    var thread = pthread_t()
    let result = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
        sluice_name_thread(work.name)
        work.body()
        return nil
      }, work.toOpaque())
    if result == 0 { pthread_detach(thread) } else { work.takeRetainedValue().body() }
  }

  private final class Work {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }
}
