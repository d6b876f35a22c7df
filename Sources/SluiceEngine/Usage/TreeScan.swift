import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

/// Adds up directory trees on threads of its own; the calling thread works too and blocks until all is counted.
///
/// The work is a stack, so that few directories are open at once whatever the tree's width.
final class TreeScan: @unchecked Sendable {
  // Unchecked: everything below `condition` is touched only with it locked.

  /// Deeper is no data tree; bounds the open descriptors.
  static let depthLimit = 200
  /// How many directories must wait before a further thread is worth its start.
  private static let worthAThread = 8
  private static let dot = CChar(UInt8(ascii: "."))

  private struct Work {
    var parent: DirectoryDescriptor
    var name: FileName
    /// Below the tree's own directory, empty for that one.
    var path: String
    var tree: Int
    var depth: Int
    /// Whether it, or one above it, has a name that begins with a dot.
    var isHidden: Bool
    /// Whether it, or one above it, holds pieces of files that are not whole.
    var isPartial: Bool
  }

  private let condition = Condition()
  private var stack: [Work] = []
  private var busy = 0
  private var helpers = 0
  private var helpersLeft: Int
  private var sizes: [TreeSize]
  private var seenLinks: Set<[UInt64]> = []
  private var failures: [FileFailure] = []

  private let today: CalendarDay

  private init(trees: Int, helpers: Int, today: CalendarDay) {
    self.today = today
    self.sizes = Array(repeating: TreeSize(), count: trees)
    self.helpersLeft = helpers
  }

  /// Counts the trees of these names below a directory.
  ///
  /// - Parameters:
  ///   - names: Directories; one that is a link or is gone counts nothing and is a failure.
  ///   - threads: 1 or more, the caller's included. More than there are cores pay when the disk has to be waited for.
  ///   - today: Decides which days of names lie in the future.
  /// - Returns: One size a name, in order, and what could not be read, at most a hundred.
  static func measure(
    _ names: [FileName], in parent: DirectoryDescriptor, threads: Int = 4, today: CalendarDay = CalendarDay(Date())
  ) -> (sizes: [TreeSize], failures: [FileFailure]) {
    let scan = TreeScan(trees: names.count, helpers: max(0, threads - 1), today: today)
    scan.stack = names.enumerated().reversed().map { index, name in
      Work(
        parent: parent, name: name, path: "", tree: index, depth: 0, isHidden: name.isHidden,
        isPartial: name.text == PartialDirectory.name)
    }
    scan.work()
    scan.condition.lock()
    defer { scan.condition.unlock() }
    while scan.helpers > 0 { scan.condition.wait() }
    return (scan.sizes, scan.failures)
  }

  /// Takes directories off the stack until there are none and nobody can add any.
  private func work() {
    condition.lock()
    while true {
      if let next = stack.popLast() {
        busy += 1
        startHelper()
        condition.unlock()
        let result = Result { () throws(FileFailure) in try count(next) }
        condition.lock()
        busy -= 1
        take(result, of: next)
        condition.broadcast()
      } else if busy == 0 {
        break
      } else {
        condition.wait()
      }
    }
    condition.unlock()
  }

  /// Called with the lock held.
  private func startHelper() {
    guard helpersLeft > 0, stack.count >= Self.worthAThread else { return }
    helpersLeft -= 1
    helpers += 1
    OwnThread.start("sluice scan") {
      self.work()
      self.condition.lock()
      self.helpers -= 1
      self.condition.broadcast()
      self.condition.unlock()
    }
  }

  /// Called with the lock held.
  private func take(_ result: Result<Counted, FileFailure>, of work: Work) {
    switch result {
    case .failure(let failure):
      // What is deleted while it is counted is no failure.
      if !failure.isMissing || work.depth == 0 { note(failure) }
    case .success(var counted):
      if let failure = counted.failure { note(failure) }
      for (link, day) in counted.links where !seenLinks.insert([link.device, link.inode]).inserted {
        counted.size.bytes -= link.size
        counted.size.allocated -= link.allocated
        counted.size.files -= 1
        if let day { counted.size.archives.add(day, bytes: -link.size, files: -1) }
      }
      sizes[work.tree].add(counted.size)
      for name in counted.subdirectories {
        let path = work.path.isEmpty ? "\(name)" : "\(work.path)/\(name)"
        stack.append(
          Work(
            parent: counted.directory, name: name, path: path, tree: work.tree, depth: work.depth + 1,
            isHidden: work.isHidden || name.isHidden,
            isPartial: work.isPartial || name.text == PartialDirectory.name))
      }
    }
  }

  /// Called with the lock held.
  private func note(_ failure: FileFailure) {
    if failures.count < 100 { failures.append(failure) }
  }

  private struct Counted {
    var directory: DirectoryDescriptor
    /// The first entry that could not be asked for its size.
    var failure: FileFailure?
    var size = TreeSize()
    var subdirectories: [FileName] = []
    /// Files of several names, and the day whose archive one is.
    var links: [(FileStatus, CalendarDay?)] = []
  }

  private func count(_ work: Work) throws(FileFailure) -> Counted {
    guard work.depth < Self.depthLimit else {
      throw FileFailure(
        .list, path: work.parent.path(of: work.name), code: 0,
        detail: FileDetails.tooDeep(limit: Self.depthLimit))
    }
    let directory = try work.parent.directory(work.name)
    // Taken before the entries are read: a change meanwhile then makes the mark look old, never the count look new.
    let own = try directory.status()
    var counted = Counted(directory: directory)
    counted.size.allocated = own.allocated
    counted.size.directories = [DirectoryMark(path: work.path, status: own)]
    try directory.forEachEntry { (name, kind, _) throws(FileFailure) in
      if kind == .directory {
        counted.subdirectories.append(FileName(copying: name))
        return
      }
      guard kind == .file || kind == .unknown else { return }
      let status: FileStatus
      do throws(FileFailure) {
        status = try directory.status(of: name)
      } catch {
        if !error.isMissing { counted.failure = counted.failure ?? error }
        return
      }
      if status.kind == .directory { counted.subdirectories.append(FileName(copying: name)) }
      guard status.kind == .file else { return }
      counted.size.allocated += status.allocated
      // A piece of a file takes room on the disk, and is no file yet.
      if work.isPartial { return }
      counted.size.bytes += status.size
      counted.size.files += 1
      var day: CalendarDay?
      // A partial file in .rsync-partial has an archive's name and is none yet.
      if !work.isHidden, name[0] != Self.dot {
        day = counted.size.note(name, bytes: status.size, in: work.path, today: today)
      }
      if status.links > 1 {
        counted.links.append((status, day))
        counted.size.hasHardLinks = true
      }
    }
    return counted
  }
}
