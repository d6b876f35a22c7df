import SluiceCore
import Synchronization

/// What of a transfer its lanes have told already, so that the ordinary pass after them does not tell it again.
///
/// Safe to use from any thread.
final class ToldChanges: Sendable {
  private struct State {
    var paths: Set<String> = []
    var repeatedFiles = 0
  }

  private let state = Mutex(State())

  /// Files that were told before and came once more, since `new(of:)` was asked first.
  var repeatedFiles: Int { state.withLock { $0.repeatedFiles } }

  /// Whether a path was told.
  func contains(_ path: String) -> Bool { state.withLock { $0.paths.contains(path) } }

  /// Takes what a lane tells, and says what of it is new.
  func add(_ changes: [FileChange]) -> [FileChange] {
    state.withLock { state in changes.filter { state.paths.insert($0.path).inserted } }
  }

  /// What of an ordinary pass's changes no lane has told.
  func new(of changes: [FileChange]) -> [FileChange] {
    state.withLock { state in
      guard !state.paths.isEmpty else { return changes }
      return changes.filter { change in
        guard change.kind != .delete, state.paths.contains(change.path) else { return true }
        if change.kind == .create || change.kind == .update { state.repeatedFiles += 1 }
        return false
      }
    }
  }
}
