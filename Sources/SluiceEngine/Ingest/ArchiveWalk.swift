import Glibc
import Klines

/// Walks a profile's directory and shows, directory by directory, the names of its files.
///
/// Links are never followed. Directories that cannot hold finished klines are not entered.
struct ArchiveWalk {
  let root: String
  /// Directories that could not be read: path relative to the root and errno.
  private(set) var unreadable: [(path: String, errno: Int32)] = []

  init(root: String) { self.root = root }

  /// Calls `body` for each directory that holds at least one `.zip`, with its path relative to the root.
  ///
  /// - Parameter body: Gets the `.zip` names; says whether to go on.
  mutating func run(_ body: (_ directory: String, _ names: [String]) throws -> Bool) rethrows {
    // A stack of paths instead of recursion: a tree may be deeper than a thread's stack.
    var waiting = [""]
    while let directory = waiting.popLast() {
      let (names, children) = list(directory)
      waiting += children.sorted(by: >).map { directory.isEmpty ? $0 : directory + "/" + $0 }
      if !names.isEmpty, try !body(directory, names) { return }
    }
  }

  private mutating func list(_ directory: String) -> (names: [String], children: [String]) {
    let path = directory.isEmpty ? root : root + "/" + directory
    guard let stream = opendir(path) else {
      unreadable.append((directory, errno))
      return ([], [])
    }
    defer { closedir(stream) }
    var names: [String] = []
    var children: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
      }
      // A name that is not UTF-8 is none of the exchange's.
      guard let name, name != ".", name != ".." else { continue }
      switch Int(entry.pointee.d_type) {
      case Int(DT_DIR): children.append(name)
      case Int(DT_REG): if name.hasSuffix(".zip") { names.append(name) }
      case Int(DT_UNKNOWN):
        var status = stat()
        guard lstat(path + "/" + name, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { children.append(name) }
        if status.st_mode & S_IFMT == S_IFREG, name.hasSuffix(".zip") { names.append(name) }
      default: continue
      }
    }
    return (names, children.filter { !KlineArchivePath.excludes(directoryName: $0) })
  }
}
