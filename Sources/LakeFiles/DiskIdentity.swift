import Glibc

/// Which file system a device holds, by the UUID that udev names it with: device numbers may be others after every start
/// of the machine, this stays.
package enum DiskIdentity {
  /// The UUID of the file system on a device; nil where nobody tells: without udev, and for file systems that have no
  /// device or several (NFS, btrfs, ZFS).
  ///
  /// - Parameters:
  ///   - device: As `FileStatus.device` has it.
  ///   - directory: Where links named by UUIDs lead to devices.
  package static func uuid(of device: UInt64, in directory: String = "/dev/disk/by-uuid") -> String? {
    DirectoryDescriptor.names(in: directory).sorted().first { name in
      var status = stat()
      guard stat("\(directory)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFBLK else { return false }
      return UInt64(status.st_rdev) == device
    }
  }
}
