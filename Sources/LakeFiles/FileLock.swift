import CLinux
import Glibc
import Synchronization

/// A file that stays locked while a process lives, however that process ends.
///
/// It is locked in two ways: by its open file description, which others can ask about without touching it
/// (`F_OFD_GETLK`), and by `flock`, which is all that programs before this one set and look for. The two do not see each
/// other.
package final class FileLock: Sendable {
  private let descriptor: Mutex<Int32>

  private init(descriptor: Int32) { self.descriptor = Mutex(descriptor) }

  deinit { release() }

  /// Locks a file, at once or not at all; it is made when it is missing.
  ///
  /// - Parameter isNew: Whether a file that is there already is refused, with EEXIST.
  /// - Returns: The lock; nil when another has it.
  /// - Throws: `FileFailure` when the file cannot be opened for writing.
  package static func take(_ path: String, isNew: Bool = false) throws(FileFailure) -> FileLock? {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (isNew ? O_EXCL : 0), isNew ? 0o644 : 0o600)
    guard file >= 0 else { throw FileFailure(.open, path: path) }
    // The lock of a run is asked about by everyone, and taken once, at its start.
    if !isNew { keepFromOthers(file, path) }
    let lock = FileLock(descriptor: file)
    // A child of the last holder may still have a copy, for the moment between its start and its program's.
    guard try retrying(4, path, [EAGAIN, EACCES], { sluice_lock_file(file) }) else { return nil }
    // A program that looks the older way holds it for a moment; a run of an older program holds it for long.
    return try retrying(200, path, [EWOULDBLOCK]) { flock(file, LOCK_EX | LOCK_NB) } ? lock : nil
  }

  /// Leaves a lock file, one of an earlier program too, to those who may write its directory: one who can read it can
  /// lock it, and keep every run from starting.
  private static func keepFromOthers(_ file: Int32, _ path: String) {
    guard let directory = try? FileStatus(at: AtomicFile.split(path).directory, followingLinks: true) else { return }
    fchmod(file, directory.mode & 0o020 == 0 ? 0o600 : 0o660)
    // What root leaves must not lock out the user whose directory it is.
    if geteuid() == 0 { _ = fchown(file, directory.owner, directory.group) }
  }

  /// Tries a call that does not wait, every 5 ms; false when it was refused each time.
  ///
  /// - Parameter held: What the call fails with when another has the lock: nothing else means that.
  private static func retrying(
    _ tries: Int, _ path: String, _ held: [Int32], _ call: () -> Int32
  ) throws(FileFailure) -> Bool {
    for number in 1...tries {
      if call() == 0 { return true }
      let code = errno
      // A file system without locks of open files leaves it to `flock`.
      if code == EINVAL || code == ENOSYS || code == EOPNOTSUPP { return true }
      guard held.contains(code) || code == EINTR else { throw FileFailure(.lock, path: path, code: code) }
      if number < tries { poll(nil, 0, 5) }
    }
    return false
  }

  /// Whether some process holds the file's lock; asking never keeps anyone from taking it.
  package static func isHeld(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    if sluice_file_is_locked(file) == 1 { return true }
    // Only a program of before can hold it this way alone, and `take` waits out the moment this needs.
    return flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// Gives the lock up; the second time does nothing.
  ///
  /// Closing alone would leave it to a child that was started meanwhile, until that has begun its own program.
  package func release() {
    descriptor.withLock { file in
      guard file >= 0 else { return }
      _ = sluice_unlock_file(file)
      flock(file, LOCK_UN)
      close(file)
      file = -1
    }
  }

  /// Replaces the file's text, which says who holds the lock.
  package func write(_ text: some Sequence<UInt8>) {
    let bytes = Array(text)
    descriptor.withLock { file in
      guard file >= 0, ftruncate(file, 0) == 0 else { return }
      _ = pwrite(file, bytes, bytes.count, 0)
    }
  }

  /// Does something while no other process does the same; waits for its turn.
  ///
  /// - Parameter path: A file for the lock alone, made when it is missing; who may write its directory can wait for it.
  /// - Throws: `FileFailure` when the file cannot be opened or locked, and what the body throws.
  package static func holding<Result>(
    _ path: String, _ body: () throws(FileFailure) -> Result
  ) throws(FileFailure) -> Result {
    let file = open(path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw FileFailure(.open, path: path) }
    defer {
      flock(file, LOCK_UN)
      close(file)
    }
    keepFromOthers(file, path)
    while flock(file, LOCK_EX) != 0 {
      guard errno == EINTR else { throw FileFailure(.lock, path: path) }
    }
    return try body()
  }
}
