import CLinux
package import FoundationEssentials
import Glibc

/// What the file system says of one entry, links not followed.
package struct FileStatus: Sendable, Hashable {
  /// What the entry is.
  package var kind: DirectoryDescriptor.Kind
  /// Apparent bytes.
  package var size: Int64
  /// Bytes of disk it occupies.
  package var allocated: Int64
  /// The number of the device it is on.
  package var device: UInt64
  /// Its inode on that device.
  package var inode: UInt64
  /// Names the inode has.
  package var links: UInt64
  /// The user id of its owner.
  package var owner: UInt32
  /// The group id it belongs to.
  package var group: UInt32
  /// Permission bits only.
  package var mode: UInt32
  /// Nanoseconds since 1970.
  package var modified: Int64
  /// Nanoseconds since 1970 of the last change of content or attributes; rsync cannot set it back.
  package var changed: Int64

  init(_ status: stat) {
    kind = DirectoryDescriptor.kind(ofMode: status.st_mode)
    size = Int64(status.st_size)
    // POSIX counts st_blocks in 512 bytes whatever the file system's own block is.
    allocated = Int64(status.st_blocks) * 512
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    links = UInt64(status.st_nlink)
    owner = status.st_uid
    group = status.st_gid
    mode = UInt32(status.st_mode) & 0o7777
    modified = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
  }

  /// The status of the entry at a path.
  ///
  /// - Parameter followingLinks: Whether a link at the path itself is followed.
  /// - Throws: Operation `examine` when there is none or it cannot be asked for.
  package init(at path: String, followingLinks: Bool = false) throws(FileFailure) {
    var status = stat()
    let result = followingLinks ? stat(path, &status) : lstat(path, &status)
    guard result == 0 else { throw FileFailure(.examine, path: path) }
    self.init(status)
  }

  /// The status of an open file.
  ///
  /// - Throws: Operation `examine` when the system refuses.
  package init(descriptor: Int32, path: String) throws(FileFailure) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileFailure(.examine, path: path) }
    self.init(status)
  }

  /// When the content was last changed, as far as the file says.
  package var modificationDate: Date { Date(timeIntervalSince1970: Double(modified) * 1e-9) }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
