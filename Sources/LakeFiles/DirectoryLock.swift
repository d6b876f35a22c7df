import Glibc
import Synchronization

/// A directory that stays claimed while a process lives, by whatever name, link or configuration it is reached.
///
/// It is locked itself (flock(2)), for one process alone, and every directory above it, for as many as want: a claim on
/// one above it or below it is kept out too. Nothing is written.
package final class DirectoryLock: Sendable {
  /// Who has a directory that is wanted.
  package struct Holder: Sendable, Equatable {
    /// The directory that is locked: the one that was wanted, or one above it.
    package var path: String
    /// The process that has it, where the kernel tells.
    package var processID: Int32?
    /// What that process was started with, its words with blanks between them.
    package var command: String

    /// A holder with these facts.
    package init(path: String, processID: Int32?, command: String) {
      (self.path, self.processID, self.command) = (path, processID, command)
    }
  }

  /// What came of an attempt.
  package enum Attempt: Sendable {
    case taken(DirectoryLock)
    case held(Holder)
  }

  /// The directory and those above it, open and locked.
  private let descriptors = Mutex<[Int32]>([])

  private init() {}

  deinit { release() }

  /// Claims a directory at once or not at all.
  ///
  /// - Throws: Operation `open` when the directory is not there or may not be read.
  package static func take(_ path: String) throws(FileFailure) -> Attempt {
    let lock = DirectoryLock()
    let place = ResolvedPaths.resolve(path)
    if let holder = try lock.add(place, LOCK_EX) { return .held(holder) }
    if let holder = lock.addThose(above: place) { return .held(holder) }
    // A bind mount has other directories above it than what is mounted there.
    for alias in MountTable.current.aliases(of: place) where alias.isTrue {
      if alias.place != place, let holder = try? lock.add(alias.name, LOCK_SH) { return .held(holder) }
      if let holder = lock.addThose(above: alias.name) { return .held(holder) }
    }
    return .taken(lock)
  }

  /// Locks the directories above one, for as many as want; gives the holder when a run has one of them for itself.
  private func addThose(above path: String) -> Holder? {
    var place = path
    while true {
      let above = AtomicFile.split(place).directory
      guard above != place, above.hasPrefix("/") else { return nil }
      place = above
      // What this user may not read, no run of this user has claimed.
      if let holder = try? add(place, LOCK_SH) { return holder }
    }
  }

  /// Gives the claim up; the second time does nothing.
  package func release() {
    descriptors.withLock { list in
      for directory in list {
        // Closing alone would leave it to a child that was started meanwhile, until that has begun its own program.
        flock(directory, LOCK_UN)
        close(directory)
      }
      list = []
    }
  }

  /// Opens and locks one directory; gives the holder when another run has it.
  private func add(_ path: String, _ kind: Int32) throws(FileFailure) -> Holder? {
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw FileFailure(.open, path: path) }
    descriptors.withLock { $0.append(directory) }
    // A child of the last holder may still have a copy, for the moment between its start and its program's.
    for number in 1...4 {
      if flock(directory, kind | LOCK_NB) == 0 { return nil }
      // A file system without locks of directories: the lock in the lake's state holds all the same.
      guard errno == EWOULDBLOCK || errno == EINTR else { return nil }
      if number < 4 { poll(nil, 0, 5) }
    }
    let holder = LockTable.holder(of: directory, path: path)
    return holder.mayBeRun(over: directory) ? holder : nil
  }
}

extension DirectoryLock.Holder {
  /// Whether that process can be a run there: a user who may only read must not hold others up.
  fileprivate func mayBeRun(over directory: Int32) -> Bool {
    guard let processID, let user = try? FileStatus(at: "/proc/\(processID)").owner,
      let status = try? FileStatus(descriptor: directory, path: path)
    else { return true }
    return [0, geteuid(), status.owner].contains(user) || status.mode & 0o022 != 0
  }
}

extension MountTable.Alias {
  /// Whether both names lead to one directory: another mount may hide what is meant.
  fileprivate var isTrue: Bool {
    guard let own = try? FileStatus(at: place), let other = try? FileStatus(at: name) else { return false }
    return own.device == other.device && own.inode == other.inode
  }
}
