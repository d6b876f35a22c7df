import Glibc
package import SluiceCore

/// How much room the file system of a path has.
package struct DiskSpace: Sendable, Equatable {
  /// Bytes an ordinary user may still write.
  package var freeBytes: Int64
  /// Bytes of the whole file system.
  package var totalBytes: Int64
  /// Files that can still be made; nil where the file system does not count them.
  package var freeFiles: Int64?
  /// Whether it is mounted so that nobody may write.
  package var isReadOnly: Bool

  /// Whether no file of more than a few bytes can be made.
  package var holdsNoFile: Bool { freeBytes < 4096 || holdsNoNewName }
  /// Whether no file can be made, however much room there is.
  package var holdsNoNewName: Bool { freeFiles == 0 }

  /// Asks the file system of `path`, or of the nearest directory above it that exists.
  ///
  /// - Throws: Operation `examine` when the file system cannot be asked.
  package init(at path: String) throws(FileFailure) {
    var place = path
    var status = statvfs()
    while statvfs(place, &status) != 0 {
      let above = AtomicFile.split(place).directory
      guard errno == ENOENT, above != place else { throw FileFailure(.examine, path: place) }
      place = above
    }
    let block = Int64(status.f_frsize)
    freeBytes = Int64(clamping: status.f_bavail) * block
    totalBytes = Int64(clamping: status.f_blocks) * block
    isReadOnly = status.f_flag & 1 != 0  // ST_RDONLY of sys/statvfs.h
    freeFiles = status.f_files == 0 ? nil : Int64(clamping: status.f_favail)
  }

  /// Bytes free for ordinary users at `path`, or at the nearest directory above it that exists.
  ///
  /// - Throws: Operation `examine` when the file system cannot be asked.
  package static func free(at path: String) throws(FileFailure) -> ByteCount {
    ByteCount(try DiskSpace(at: path).freeBytes)
  }
}
