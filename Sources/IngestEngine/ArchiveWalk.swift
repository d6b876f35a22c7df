import Klines
import LakeFiles
import SluiceCore

/// Walks a profile's directory and shows, directory by directory, its archives and what is passed over.
///
/// Links are never followed. Directories that cannot hold finished klines are not entered.
struct ArchiveWalk {
  /// An archive's name and what it says.
  struct File {
    var name: String
    var archive: KlineArchiveName
    /// Its size; 0 where the walk asks for none.
    var bytes: Int64 = 0
  }

  /// What one directory holds.
  struct Content {
    /// Relative to the root; empty for the root itself.
    var directory: String
    var files: [File] = []
    /// Names of which nothing is read.
    var skipped: [(name: String, reason: SkippedFiles.Reason)] = []

    func path(_ name: String) -> String { directory.isEmpty ? name : directory + "/" + name }
  }

  let root: String
  /// Whether the archives' sizes are asked for, while their directory is open.
  let measures: Bool
  /// Directories that could not be read: path relative to the root and errno.
  private(set) var unreadable: [(path: String, errno: Int32)] = []

  init(root: String, measures: Bool = false) { (self.root, self.measures) = (root, measures) }

  /// Calls `body` for each directory that holds an archive or something that is passed over.
  ///
  /// - Parameter body: Says whether to go on.
  mutating func run(_ body: (Content) throws -> Bool) rethrows {
    // A stack of paths instead of recursion: a tree may be deeper than a thread's stack.
    var waiting = [""]
    while let directory = waiting.popLast() {
      var content = Content(directory: directory)
      let children = list(&content)
      waiting += children.sorted(by: >).map { content.path($0) }
      guard !content.files.isEmpty || !content.skipped.isEmpty else { continue }
      if try !body(content) { return }
    }
  }

  private mutating func list(_ content: inout Content) -> [String] {
    let directory = content.directory
    let path = directory.isEmpty ? root : root + "/" + directory
    var children: [String] = []
    do throws(FileFailure) {
      // The profile's own directory may be a link; below it none is followed.
      let open = try DirectoryDescriptor.open(path, followingLinks: directory.isEmpty)
      try open.forEachEntry { (bytes, kind, _) throws(FileFailure) in
        let kind = kind == .unknown ? (try? open.status(of: bytes))?.kind : kind
        guard let name = String(validatingCString: bytes) else {
          // None of the exchange's names; what lies in such a directory nobody can say.
          let name = FileName(copying: bytes)
          if kind == .directory || Self.mayBeArchive(name.description) {
            content.skipped.append((name.description, .encoding))
          }
          return
        }
        switch kind {
        case .directory: if !KlineArchivePath.excludes(directoryName: name) { children.append(name) }
        case .file:
          guard var file = Self.sort(name, into: &content) else { return }
          if measures { file.bytes = (try? open.status(of: bytes))?.size ?? 0 }
          content.files.append(file)
        case .link: if Self.mayMatter(link: name, in: path) { content.skipped.append((name, .link)) }
        default: if Self.mayBeArchive(name) { content.skipped.append((name, .kind)) }
        }
      }
    } catch {
      // Before the first sync a profile has no directory.
      if !(directory.isEmpty && error.isMissing) { unreadable.append((directory, error.code)) }
    }
    return children
  }

  /// - Returns: The archive of that name; nil where it is none, which is noted if it matters.
  private static func sort(_ name: String, into content: inout Content) -> File? {
    if let archive = KlineArchiveName(fileName: name) { return File(name: name, archive: archive) }
    if mayBeArchive(name) { content.skipped.append((name, .name)) }
    return nil
  }

  /// Whether a name says ZIP file in any spelling, such as a browser's `NAME (1).zip` or wget's `NAME.zip.1`, or is an
  /// archive's with another end: `NAME.zip.bak`, `NAME.zip.part`, `NAME.csv`.
  ///
  /// Hidden names are temporary files, and resource forks of another system.
  static func mayBeArchive(_ name: String) -> Bool {
    // Nearly every other name is that of a checksum.
    guard !name.hasPrefix("."), !name.hasSuffix(".CHECKSUM") else { return false }
    let lower = name.lowercased()
    if lower.hasSuffix(".zip") { return true }
    if let end = lower.firstRange(of: ".zip")?.upperBound,
      lower[end...].allSatisfy({ $0.isNumber || " ().~-".contains($0) })
    {
      return true
    }
    guard let dot = name.firstIndex(of: "."), !name.contains(".CHECKSUM") else { return false }
    return KlineArchiveName(fileName: name[..<dot] + ".zip") != nil
  }

  /// Whether a link stands where an archive or a directory of archives would.
  private static func mayMatter(link name: String, in directory: String) -> Bool {
    if mayBeArchive(name) { return true }
    if KlineArchivePath.excludes(directoryName: name) || name.hasPrefix(Marker.prefix) { return false }
    // One that leads nowhere from here may have been a directory where it came from.
    guard let status = try? FileStatus(at: directory + "/" + name, followingLinks: true) else { return true }
    return status.kind == .directory
  }
}
