import Glibc

/// A system call on a file that failed, with the facts a sentence needs.
package struct FileFailure: Error, Hashable, Sendable {
  /// What was tried.
  package enum Operation: String, Sendable, CaseIterable {
    case open, read, write, sync, rename, create, list, examine, remove, lock, start
    /// The bytes arrived but do not say what they should.
    case decode
    /// A newer program wrote it in a form this one would misread; it must not be replaced.
    case form
  }

  /// What was tried.
  package var operation: Operation
  /// What it was tried on.
  package var path: String
  /// The system's error number; 0 when the system did not refuse (`decode`).
  package var code: Int32
  /// What is wrong with the content, for `decode`.
  package var detail: String?
  /// Whether the disk has room for bytes and none for another file: its inodes are used up.
  package var isOutOfFiles: Bool

  /// A failure of the call that was just made, unless another error number is given.
  package init(_ operation: Operation, path: String, code: Int32 = errno, detail: String? = nil) {
    self.operation = operation
    self.path = path
    self.code = code
    self.detail = detail
    isOutOfFiles = code == ENOSPC && ((try? DiskSpace(at: path))?.holdsNoNewName ?? false)
  }

  /// Something else than a file is at that path, though not read: a pipe, a device or a directory.
  package static func notRegular(_ path: String) -> FileFailure {
    FileFailure(.read, path: path, code: 0, detail: "it is not a regular file")
  }

  /// Whether the file, or a directory on the way to it, is not there.
  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  /// Whether the user may not do it.
  package var isRefused: Bool { code == EACCES || code == EPERM }
  /// Whether the disk, or the user's share of it, is full.
  package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }
}
