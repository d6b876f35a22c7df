import Klines
import LakeFiles

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
    var names: [String] = []
    var children: [String] = []
    do throws(FileFailure) {
      // The profile's own directory may be a link; below it none is followed.
      let open = try DirectoryDescriptor.open(path, followingLinks: directory.isEmpty)
      try open.forEachEntry { (bytes, kind, _) throws(FileFailure) in
        // A name that is not UTF-8 is none of the exchange's.
        guard let name = String(validatingCString: bytes) else { return }
        switch kind == .unknown ? (try? open.status(of: bytes))?.kind : kind {
        case .directory: children.append(name)
        case .file: if name.hasSuffix(".zip") { names.append(name) }
        default: return
        }
      }
    } catch {
      unreadable.append((directory, error.code))
    }
    return (names, children.filter { !KlineArchivePath.excludes(directoryName: $0) })
  }
}
