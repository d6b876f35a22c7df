import FoundationEssentials
import Klines
import SluiceCore
import Synchronization

/// What a verification has found so far, told by rsync's reader and by the thread that checks files.
///
/// Of any number of files only the first few thousand are kept by name; all are counted once.
final class VerifyFindings: Sendable {
  /// What is wrong with one file: against the source, against itself, or both.
  struct File: Sendable {
    /// What is known of the source's file, where it does not differ.
    enum Source { case same, notListed, unknown }

    var bySource: VerifyFault?
    var byItself: VerifyFault?
    var source = Source.same
    /// Bytes of the source's file, where it differs.
    var sourceBytes: Int64 = 0

    /// Whether fetching it again may help.
    var isRepairable: Bool {
      if bySource != nil { return true }
      return source == .same && byItself?.kind == .unreadable
    }

    /// Whether nothing speaks against it but the `.CHECKSUM` beside it.
    var isDoubtedByChecksum: Bool {
      guard bySource == nil, case .archive(let fault)? = byItself, case .wrongChecksum = fault else { return false }
      return true
    }
  }

  private struct State {
    var files: [String: File] = [:]
    /// Sums of the paths of all, those included that are not kept.
    var known: Set<UInt64> = []
  }

  /// How many are kept by name.
  static let kept = 10_000

  private let state = Mutex(State())

  init() {}

  /// All files with a finding.
  var count: Int { state.withLock { $0.known.count } }

  /// Those kept by name, in the order of their paths.
  var files: [(path: String, file: File)] {
    state.withLock { state in state.files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }

  /// Whether this file has a finding.
  func contains(_ path: String) -> Bool { state.withLock { $0.known.contains(Fingerprint.number(of: path)) } }

  /// Adds how a file differs from the source's.
  ///
  /// - Parameter bytes: Those of the source's file.
  func add(_ path: String, _ fault: VerifyFault, bytes: Int64) {
    change(path) { file in
      file.bySource = fault
      file.sourceBytes = bytes
    }
  }

  /// Adds what a file is wrong in by itself.
  func add(_ path: String, byItself fault: VerifyFault, source: File.Source) {
    change(path) { file in
      file.byItself = fault
      file.source = source
    }
  }

  /// Puts back what was forgotten.
  func restore(_ files: [(path: String, file: File)]) {
    for (path, file) in files { change(path) { $0 = file } }
  }

  /// Notes that nothing is known of the source's file.
  func noteUnknownSource(_ path: String) {
    state.withLock { $0.files[path]?.source = .unknown }
  }

  private func change(_ path: String, _ change: (inout File) -> Void) {
    state.withLock { state in
      let isNew = state.known.insert(Fingerprint.number(of: path)).inserted
      guard isNew ? state.files.count < Self.kept : state.files[path] != nil else { return }
      change(&state.files[path, default: File()])
    }
  }

  /// Forgets all.
  func clear() { state.withLock { $0 = State() } }

  /// Forgets files that are looked at once more.
  func forget(_ paths: some Sequence<String>) {
    state.withLock { state in
      for path in paths {
        state.known.remove(Fingerprint.number(of: path))
        state.files[path] = nil
      }
    }
  }
}
