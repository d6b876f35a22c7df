import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

/// A list of files for rsync's `--files-from`, NUL-separated, on disk: of any length it takes no memory.
///
/// One owner writes it; read when it is closed.
final class PathList {
  let path: String
  private(set) var files = 0
  /// Bytes of its files at the source.
  private(set) var bytes: Int64 = 0
  private let descriptor: Int32
  private var pending: [UInt8] = []
  private var failure: FileFailure?

  /// Makes an empty list, in place of one of that name.
  init(_ path: String) throws(FileFailure) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw FileFailure(.open, path: path) }
  }

  deinit { Glibc.close(descriptor) }

  /// Adds a file by the bytes of its path.
  func add(_ name: some Sequence<UInt8>, bytes size: Int64) {
    files += 1
    bytes += size
    pending += name
    pending.append(0)
    if pending.count > 65_536 { flush() }
  }

  /// Writes what is not written yet.
  ///
  /// - Throws: When not all could be written.
  func finish() throws(FileFailure) {
    flush()
    if let failure { throw failure }
  }

  private func flush() {
    var start = 0
    while start < pending.count, failure == nil {
      let count = pending.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { failure = FileFailure(.write, path: path) }
      start += max(0, count)
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// The paths of a finished list.
  ///
  /// - Throws: When it cannot be read.
  static func paths(of path: String) throws(FileFailure) -> [FileName] {
    let data = try JSONFile.contents(of: path, limit: 1 << 30)
    return data.split(separator: 0).map { FileName(bytes: $0) }
  }
}
