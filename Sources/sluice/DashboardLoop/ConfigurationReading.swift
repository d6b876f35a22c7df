import Dispatch
import FoundationEssentials
import Glibc
import LakeFiles
import Synchronization

/// The configuration while it is read on a thread of its own, so that a large one does not hold the screen back.
final class ConfigurationReading: Sendable {
  typealias Outcome = Result<LakeAccess, any Error>

  private let result: Mutex<Outcome?>
  private let isOver: DispatchSemaphore

  /// One that was read already.
  init(_ access: LakeAccess) {
    result = Mutex(.success(access))
    isOver = DispatchSemaphore(value: 1)
  }

  /// Begins to read; the calling thread's signal mask is the new thread's too.
  ///
  /// - Parameters:
  ///   - path: The file; nil looks at the places the guide lists.
  ///   - whenOver: Called on that thread once `outcome` is there.
  init(path: String?, whenOver: @escaping @Sendable () -> Void) {
    result = Mutex(nil)
    isOver = DispatchSemaphore(value: 0)
    OwnThread.start("sluice reading") { [self] in
      let outcome = Outcome { try LakeAccess(path: path) }
      result.withLock { $0 = outcome }
      isOver.signal()
      whenOver()
    }
  }

  /// Nil while it is being read.
  var outcome: Outcome? { result.withLock { $0 } }

  /// Waits for the end of it.
  ///
  /// - Throws: `CommandFailure` with every problem of the file.
  func access() throws -> LakeAccess {
    isOver.wait()
    isOver.signal()
    guard let outcome else { throw CancellationError() }
    return try outcome.get()
  }
}
