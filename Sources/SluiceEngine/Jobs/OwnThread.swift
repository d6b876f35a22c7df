import Foundation

/// Runs blocking work on a thread of its own: the Swift pool is only as wide as the machine has cores, and a blocked
/// thread of it stops everything else.
enum OwnThread {
  /// Does the work and hands its result back.
  static func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: work()) }
    }
  }

  /// Does the work and hands its result or error back.
  static func run<Value: Sendable>(throwing work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await run { Result { try work() } }.get()
  }
}
