import FoundationEssentials
import Glibc

/// Who holds which lock, as the kernel lists it (`/proc/locks`, proc(5)).
enum LockTable {
  /// Who has an open directory locked by flock(2); without a process where the kernel does not tell.
  static func holder(of directory: Int32, path: String) -> DirectoryLock.Holder {
    var status = stat()
    var found: Int32?
    if fstat(directory, &status) == 0, let table = KernelFile.text("/proc/locks") {
      found = process(in: table, device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }
    let words = found.map { ProcessTable.commandLine(of: $0).split(separator: "\0").joined(separator: " ") } ?? ""
    return DirectoryLock.Holder(path: path, processID: found, command: words)
  }

  /// The first process that holds such a lock; lines read `1: FLOCK  ADVISORY  WRITE 4711 fe:01:131 0 EOF`.
  static func process(in table: String, device: UInt64, inode: UInt64) -> Int32? {
    for line in table.split(separator: "\n") where !line.contains("->") {
      let fields = line.split(separator: " ")
      guard fields.count >= 6, fields[1] == "FLOCK", let processID = Int32(fields[4]), processID > 0 else { continue }
      let parts = fields[5].split(separator: ":")
      guard parts.count == 3, let major = UInt64(parts[0], radix: 16), let minor = UInt64(parts[1], radix: 16),
        UInt64(parts[2]) == inode, major == self.major(device), minor == self.minor(device)
      else { continue }
      return processID
    }
    return nil
  }

  /// The parts of a device number, as glibc packs them (makedev(3)); its macros are not seen from here.
  private static func major(_ device: UInt64) -> UInt64 { (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF }
  private static func minor(_ device: UInt64) -> UInt64 { device & 0xFF | (device >> 12) & ~0xFF }
}
