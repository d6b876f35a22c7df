import Glibc

/// A lock with a condition to wait for: POSIX threads' own.
package final class Condition: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  /// Unlocked, with nobody waiting.
  package init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Takes the lock; blocks until it is free.
  package func lock() { pthread_mutex_lock(mutex) }

  /// Gives the lock back; only the thread that has it may.
  package func unlock() { pthread_mutex_unlock(mutex) }

  /// Gives the lock back and takes it again once another thread has signalled; it can also return without a signal.
  package func wait() { pthread_cond_wait(condition, mutex) }

  /// Wakes one thread that waits.
  package func signal() { pthread_cond_signal(condition) }

  /// Wakes all threads that wait.
  package func broadcast() { pthread_cond_broadcast(condition) }

  /// Runs a body with the lock held.
  package func withLock<Result>(_ body: () throws -> Result) rethrows -> Result {
    lock()
    defer { unlock() }
    return try body()
  }
}
