package import Foundation

/// Runs work on a thread that the file system takes for another user: root alone cannot meet a refusal otherwise.
package enum UnprivilegedUser {
  /// `nobody` on every Linux.
  package static let userID: uid_t = 65_534

  /// Only root can become someone else.
  package static let isPossible = geteuid() == 0

  /// The result of `body`, or nil when it threw.
  ///
  /// setfsuid(2) concerns the calling thread alone, unlike seteuid(2), which would change all tests running meanwhile.
  package static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async -> Value? {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        guard let symbol = dlsym(nil, "setfsuid") else { return continuation.resume(returning: nil) }
        let setFileSystemUser = unsafeBitCast(symbol, to: (@convention(c) (uid_t) -> Int32).self)
        _ = setFileSystemUser(userID)
        continuation.resume(returning: try? body())
      }
    }
  }
}
