import CSQLite
import Glibc

/// SQLite's way to files, on which a full disk is an error like any other.
///
/// A write-ahead log's index (`-shm`) is mapped into the memory of every connection. A page of it that has no place on
/// the disk, and gets none when it is written, ends the process by SIGBUS. SQLite writes a byte to every 4 KB of it first:
/// that is one block of four where blocks have 1 KB, and nothing where another process has lengthened it before. So the
/// kernel is asked here for the place of each page before it is written.
enum GuardedFiles {
  /// What SQLite knows these files by; nil when it has none of the system's.
  static let name: String? = {
    guard let standard else { return nil }
    let own = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    own.initialize(to: standard.pointee)
    own.pointee.pNext = nil
    own.pointee.zName = UnsafePointer(strdup("sluice"))
    own.pointee.szOsFile = Int32(offset + MemoryLayout<Beside>.size)
    own.pointee.xOpen = open
    return sqlite3_vfs_register(own, 0) == SQLITE_OK ? "sluice" : nil
  }()

  // Written by SQLite alone, under its own locks.
  private nonisolated(unsafe) static let standard = sqlite3_vfs_find(nil)

  /// What is kept of an open database, in the memory behind SQLite's own.
  private struct Beside {
    /// The system's calls with the two below in their places; the first, for SQLite is told of them by this address.
    var own: sqlite3_io_methods
    /// The system's calls.
    var system: UnsafePointer<sqlite3_io_methods>
    /// The file's name, valid until it is closed.
    var path: UnsafePointer<CChar>?
    /// How many parts of the index are mapped, and the bytes of each.
    var parts: Int32 = 0
    var size: Int32 = 0
  }

  /// Where it begins, counted from the file's.
  private static let offset = (Int(standard?.pointee.szOsFile ?? 0) + 15) & ~15

  private static func beside(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<Beside> {
    (UnsafeMutableRawPointer(file) + offset).assumingMemoryBound(to: Beside.self)
  }

  private static let open:
    @convention(c) (
      UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?, UnsafeMutablePointer<sqlite3_file>?, Int32,
      UnsafeMutablePointer<Int32>?
    ) -> Int32 = { _, path, file, flags, opened in
      guard let standard, let file else { return SQLITE_MISUSE }
      let result = standard.pointee.xOpen(standard, path, file, flags, opened)
      if flags & SQLITE_OPEN_CREATE != 0, isForWantOfRoom(result, errno, path) { return SQLITE_FULL }
      guard result == SQLITE_OK, flags & SQLITE_OPEN_MAIN_DB != 0, let system = file.pointee.pMethods,
        system.pointee.iVersion >= 2, system.pointee.xShmMap != nil
      else { return result }
      let beside = beside(file)
      beside.initialize(to: Beside(own: system.pointee, system: system, path: path))
      beside.pointee.own.xShmMap = map
      beside.pointee.own.xShmLock = lock
      // The system's calls look at the file alone, and not at what is called.
      file.pointee.pMethods = UnsafeRawPointer(beside).assumingMemoryBound(to: sqlite3_io_methods.self)
      return result
    }

  /// Whether a call failed because the disk is full.
  ///
  /// Of a file that cannot be made SQLite tries to read it last, and so finds that it is not there.
  private static func isForWantOfRoom(_ result: Int32, _ reason: Int32, _ path: UnsafePointer<CChar>?) -> Bool {
    guard [SQLITE_IOERR, SQLITE_CANTOPEN].contains(result & 0xff), let path else { return false }
    guard result & 0xff == SQLITE_CANTOPEN, reason == ENOENT else { return reason == ENOSPC || reason == EDQUOT }
    let name = String(cString: path)
    let directory = name.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(name[...$0]) }
    var space = statvfs()
    guard statvfs(directory ?? ".", &space) == 0 else { return false }
    return space.f_bavail == 0 || space.f_files != 0 && space.f_favail == 0
  }

  private static let map:
    @convention(c) (
      UnsafeMutablePointer<sqlite3_file>?, Int32, Int32, Int32, UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    ) -> Int32 = { file, part, size, lengthens, memory in
      guard let file else { return SQLITE_MISUSE }
      let beside = beside(file)
      errno = 0
      let result = beside.pointee.system.pointee.xShmMap(file, part, size, lengthens, memory)
      if isForWantOfRoom(result, errno, beside.pointee.path) { return SQLITE_FULL }
      guard result == SQLITE_OK, let start = memory?.pointee else { return result }
      (beside.pointee.parts, beside.pointee.size) = (max(beside.pointee.parts, part + 1), size)
      let reserved = reserve(start, size)
      // An address that SQLite has it takes for good, whatever the call says.
      if reserved != SQLITE_OK { memory?.pointee = nil }
      return reserved
    }

  /// Every writer of the index has one of these locks; where each write takes a new place (btrfs), once was not enough.
  private static let lock: @convention(c) (UnsafeMutablePointer<sqlite3_file>?, Int32, Int32, Int32) -> Int32 = {
    file, first, count, flags in
    guard let file else { return SQLITE_MISUSE }
    let beside = beside(file)
    let system = beside.pointee.system
    if flags & (SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE) == SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE {
      for part in 0..<beside.pointee.parts {
        var memory: UnsafeMutableRawPointer?
        guard system.pointee.xShmMap(file, part, beside.pointee.size, 0, &memory) == SQLITE_OK, let memory else {
          break
        }
        let result = reserve(memory, beside.pointee.size)
        if result != SQLITE_OK { return result }
      }
    }
    return system.pointee.xShmLock(file, first, count, flags)
  }

  /// Makes the kernel give each page its place, as if it were written.
  private static func reserve(_ start: UnsafeMutableRawPointer, _ size: Int32) -> Int32 {
    let populateForWriting: Int32 = 23  // MADV_POPULATE_WRITE of asm-generic/mman-common.h
    // A kernel before 5.14 does not know it: there SQLite's own byte a page has to do.
    if madvise(start, Int(size), populateForWriting) == 0 || errno == EINVAL { return SQLITE_OK }
    return errno == EFAULT ? SQLITE_FULL : SQLITE_IOERR
  }
}
