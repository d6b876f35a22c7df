import FoundationEssentials
import LakeFiles
import Rsync
import SluiceCore
import Synchronization

/// Takes the source's list of files while rsync prints it, and says of each what there is to do: nothing, a finding at
/// once, or a comparison of its bytes, which goes into lists on disk.
///
/// Of a file it keeps one number, so that a list of any length takes little memory.
final class SourceInventory: Sendable {
  /// What tells a file that came or changed at the source since the last sync from one that the lake has lost.
  struct LastSync: Sendable {
    /// When it began, by this machine's clock.
    var began: Date
    /// When it ended, by the same clock.
    var ended: Date
    /// When the verification began: a time of the source's that lies after it was set by a clock that is ahead.
    var now: Date
  }

  /// Files to be compared together.
  struct Batch: Sendable {
    var list: String
    var files: Int
    var bytes: Int64
  }

  private struct State {
    var lists: [PathList] = []
    /// Sums of the paths the source's list has, of those in scope.
    var listed: Set<UInt64> = []
    var notSyncedYet = 0
    var failure: FileFailure?
  }

  /// A batch is so long that starting rsync for it costs nothing, and so short that there is news of it.
  private static let batchFiles = 5_000
  private static let batchBytes: Int64 = 512 << 20

  private let scope: VerifyScope
  private let directory: DirectoryDescriptor
  private let lastSync: (began: Int64, ended: Int64, now: Int64)?
  private let listDirectory: String
  private let findings: VerifyFindings
  private let state = Mutex(State())

  /// - Parameters:
  ///   - directory: The profile's.
  ///   - lastSync: The last successful sync; nil when there never was one.
  ///   - listDirectory: Where the lists lie.
  init(
    scope: VerifyScope, directory: DirectoryDescriptor, lastSync: LastSync?, listDirectory: String,
    findings: VerifyFindings
  ) {
    self.scope = scope
    self.directory = directory
    func seconds(_ moment: Date) -> Int64 { Int64(moment.timeIntervalSince1970.rounded(.down)) }
    self.lastSync = lastSync.map { (seconds($0.began), seconds($0.ended), seconds($0.now)) }
    self.listDirectory = listDirectory
    self.findings = findings
  }

  /// Files in scope that the source lists.
  var listedCount: Int { state.withLock { $0.listed.count } }
  /// Files that are new or changed at the source since the last sync.
  var notSyncedYet: Int { state.withLock { $0.notSyncedYet } }

  /// Whether the source's list has a file of that path.
  func lists(_ path: String) -> Bool { state.withLock { $0.listed.contains(Fingerprint.number(of: path)) } }

  /// Forgets what a try that failed has listed.
  func reset() {
    state.withLock { $0 = State() }
    findings.clear()
  }

  /// Takes entries in rsync's order.
  func add(_ changes: [FileChange]) {
    for change in changes {
      switch change.kind {
      case .create, .update, .link: if scope.contains(change.path) { add(change) }
      case .directory, .delete, .attributes: break
      }
    }
  }

  /// Ends the lists.
  ///
  /// - Throws: When one of them could not be written.
  func batches() throws(FileFailure) -> [Batch] {
    let (lists, failure) = state.withLock { ($0.lists, $0.failure) }
    if let failure { throw failure }
    var batches: [Batch] = []
    for list in lists {
      try list.finish()
      batches.append(Batch(list: list.path, files: list.files, bytes: list.bytes))
    }
    return batches
  }

  /// Notes a file that turned out to have changed at the source meanwhile.
  func noteChangedMeanwhile() { state.withLock { $0.notSyncedYet += 1 } }

  /// Whether a file's time here and there say that it came or changed at the source after the last sync began: nothing
  /// is wrong with it, the next sync fetches it.
  ///
  /// - Parameter here: When the lake's file was changed, in seconds; nil without one.
  func isNews(_ source: SourceMark?, here: Int64?) -> Bool {
    guard let source, let lastSync else { return false }
    guard let here else {
      // Of a clock that is ahead, and of the second the sync began in, nobody can say that the sync had not fetched it.
      return source.modified > lastSync.began && source.modified <= lastSync.now
    }
    // A sync gives its files the source's time: what has a later one was written here since.
    let isWrittenHere = here > lastSync.ended && here <= lastSync.now
    return source.modified >= lastSync.began && here != source.modified && !isWrittenHere
  }

  /// When a file of the lake was changed last, in seconds; nil without one.
  func modified(_ path: String) -> Int64? {
    local(path).map { Self.seconds($0.status) }
  }

  private func add(_ change: FileChange) {
    state.withLock { _ = $0.listed.insert(Fingerprint.number(of: change.path)) }
    guard let (name, status) = local(change.path) else {
      if isNews(change.source, here: nil) { return noteChangedMeanwhile() }
      return findings.add(change.path, .missing, bytes: change.bytes)
    }
    let isLink = change.kind == .link
    guard status.kind == (isLink ? .link : .file) else {
      return findings.add(change.path, .notAFile, bytes: change.bytes)
    }
    if !isLink, status.size != change.bytes {
      if isNews(change.source, here: Self.seconds(status)) { return noteChangedMeanwhile() }
      return findings.add(
        change.path, .otherSize(here: status.size, source: change.bytes), bytes: change.bytes)
    }
    toCompare(name, bytes: isLink ? 0 : change.bytes)
  }

  private func toCompare(_ name: [UInt8], bytes: Int64) {
    state.withLock { state in
      guard state.failure == nil else { return }
      if state.lists.last.map({ $0.files >= Self.batchFiles || $0.bytes + bytes > Self.batchBytes }) ?? true {
        do throws(FileFailure) {
          try state.lists.last?.finish()
          state.lists.append(try PathList("\(listDirectory)/compare-\(state.lists.count + 1)"))
        } catch {
          state.failure = error
          return
        }
      }
      state.lists.last?.add(name, bytes: bytes)
    }
  }

  /// Whole seconds since 1970, as rsync prints them.
  private static func seconds(_ status: FileStatus) -> Int64 {
    let (whole, rest) = status.modified.quotientAndRemainder(dividingBy: 1_000_000_000)
    return rest < 0 ? whole - 1 : whole
  }

  /// The lake's file of a path that rsync printed.
  private func local(_ path: String) -> (name: [UInt8], status: FileStatus)? {
    for bytes in SourcePath.bytes(of: path) {
      if let status = try? directory.status(of: FileName(bytes: bytes)) { return (bytes, status) }
    }
    return nil
  }
}
