import CLinux
package import FoundationEssentials
import Glibc

/// Files that are replaced as a whole: a reader sees the old content or the new one, never a piece.
package enum AtomicFile {
  /// Writes `data` beside the target, syncs it, renames it over the target and syncs the directory.
  ///
  /// The temporary file begins with a dot and is gone after a failure. A link at `path` is replaced, not followed.
  /// - Parameters:
  ///   - data: The whole new content.
  ///   - path: The target; its directory must exist.
  ///   - mode: Permission bits of the new file, before the umask.
  ///   - isDurable: False skips both syncs, for files that are replaced several times a second and may be lost with
  ///     the machine.
  /// - Throws: When the file cannot be created, written, synced or put in place; the old content is then still there.
  package static func write(
    _ data: Data, to path: String, mode: UInt32 = 0o644, isDurable: Bool = true
  ) throws(FileFailure) {
    let (directoryPath, name) = split(path)
    guard !name.isEmpty, name != ".", name != ".." else { throw FileFailure(.create, path: path, code: EISDIR) }
    let directory = try DirectoryDescriptor.open(directoryPath, followingLinks: true)
    // Short and without the target's name: a target of 255 bytes must still have room for its temporary file.
    let temporary = FileName(".sluice-\(getpid())-\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).tmp")
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    let file = temporary.withCString { sluice_openat(directory.descriptor, $0, flags, mode) }
    guard file >= 0 else { throw FileFailure(.create, path: path) }
    do throws(FileFailure) {
      try fill(file, with: data, path: path, isDurable: isDurable)
      let renamed = temporary.withCString { from in
        name.withCString { renameat(directory.descriptor, from, directory.descriptor, $0) }
      }
      guard renamed == 0 else { throw FileFailure(.rename, path: path) }
    } catch {
      try? directory.remove(temporary, isDirectory: false)
      throw error
    }
    if isDurable { try sync(directory) }
  }

  /// Creates a directory and those above it that are missing, each synced into the one above; one that is there
  /// already is fine.
  ///
  /// - Parameter mode: Permission bits of the directories made, before the umask.
  /// - Throws: When one cannot be made, or something else has its name (ENOTDIR).
  package static func createDirectory(_ path: String, mode: UInt32 = 0o755) throws(FileFailure) {
    if path.isEmpty || isDirectory(path) { return }
    let parent = split(path).directory
    if mkdir(path, mode) == 0 { return try syncEntry(in: parent) }
    guard errno == ENOENT else {
      // Another process may have made it between the look and the call.
      let failure = FileFailure(.create, path: path)
      if failure.code == EEXIST { if isDirectory(path) { return } else { throw notDirectory(path) } }
      throw failure
    }
    try createDirectory(parent, mode: mode)
    guard mkdir(path, mode) == 0 || errno == EEXIST else { throw FileFailure(.create, path: path) }
    try syncEntry(in: parent)
  }

  /// Makes earlier creations, renames and removals in a directory survive a power loss.
  ///
  /// - Throws: Operation `sync` when the disk reports an error; a file system that cannot sync is fine.
  package static func sync(_ directory: DirectoryDescriptor) throws(FileFailure) {
    guard fsync(directory.descriptor) == 0 || errno == EINVAL || errno == EROFS else {
      throw FileFailure(.sync, path: directory.path)
    }
  }

  /// The directory and the last part of a path; `.` for a bare name.
  package static func split(_ path: String) -> (directory: String, name: String) {
    // By bytes, as the kernel does: a slash stays one whatever follows it.
    let separator = UInt8(ascii: "/")
    var trimmed = path.utf8[...]
    while trimmed.count > 1, trimmed.last == separator { trimmed.removeLast() }
    guard let slash = trimmed.lastIndex(of: separator) else { return (".", String(Substring(trimmed))) }
    let name = String(Substring(trimmed[trimmed.index(after: slash)...]))
    return (slash == trimmed.startIndex ? "/" : String(Substring(trimmed[..<slash])), name)
  }

  private static func syncEntry(in parent: String) throws(FileFailure) {
    let directory: DirectoryDescriptor
    do {
      directory = try DirectoryDescriptor.open(parent, followingLinks: true)
    } catch {
      // Who may write into a directory may not always read it, and only a reader can sync it.
      if error.code == EACCES { return }
      throw error
    }
    try sync(directory)
  }

  private static func notDirectory(_ path: String) -> FileFailure { FileFailure(.create, path: path, code: EEXIST) }

  private static func isDirectory(_ path: String) -> Bool {
    (try? FileStatus(at: path, followingLinks: true))?.kind == .directory
  }

  private static func fill(_ file: Int32, with data: Data, path: String, isDurable: Bool) throws(FileFailure) {
    var code: Int32 = 0
    data.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = Glibc.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written < 0 {
          if errno == EINTR { continue }
          code = errno
          return
        }
        rest = rest.dropFirst(written)
      }
    }
    var operation = FileFailure.Operation.write
    if code == 0, isDurable, fsync(file) != 0 { (code, operation) = (errno, .sync) }
    // A network file system tells of a full disk only here.
    if close(file) != 0, code == 0, errno != EINTR { code = errno }
    guard code == 0 else { throw FileFailure(operation, path: path, code: code) }
  }
}
