package import LakeFiles
package import SluiceCore

extension UsageScan {
  /// How many entries rsync's `--delete` could find in a profile's directory: files, directories and links at every
  /// depth, the lake's own left out.
  ///
  /// Only lists, which costs a quarter of a scan. What cannot be listed is not counted. Blocks as the disk does.
  /// - Throws: When the directory is there and cannot be listed.
  package static func countEntries(profile: Profile) throws(FileFailure) -> Int {
    guard let root = try ProfileDirectory.open(profile) else { return 0 }
    var count = 0
    for entry in try root.entries() {
      if let name = entry.name.text, RetentionPlanner.ownNames.contains(name) { continue }
      count += 1
      if entry.kind == .directory { count += entries(below: entry.name, of: root, depth: 1) }
    }
    return count
  }

  /// Whether nothing is left in the profile's directory: no file that a scan would count, at any depth.
  ///
  /// Ends at the first such file. What is no directory, and what cannot be listed, is something.
  func isEmptied(_ root: DirectoryDescriptor) throws(FileFailure) -> Bool {
    let entries = try root.entries().filter { entry in !(entry.name.text.map(isOwn) ?? false) }
    return Self.areEmpty(entries, in: root, depth: 1)
  }

  private static func areEmpty(_ entries: [DirectoryDescriptor.Entry], in parent: DirectoryDescriptor, depth: Int)
    -> Bool
  {
    guard entries.allSatisfy({ $0.kind == .directory }), depth < TreeScan.depthLimit else { return false }
    return entries.allSatisfy { entry in
      // Pieces of files are none.
      if entry.name.text == PartialDirectory.name { return true }
      guard let directory = try? parent.directory(entry.name), let inner = try? directory.entries() else {
        return false
      }
      return areEmpty(inner, in: directory, depth: depth + 1)
    }
  }

  private static func entries(below name: FileName, of parent: DirectoryDescriptor, depth: Int) -> Int {
    guard depth < TreeScan.depthLimit, let directory = try? parent.directory(name) else { return 0 }
    var count = 0
    var inner: [FileName] = []
    try? directory.forEachEntry { (name, kind, _) throws(FileFailure) in
      count += 1
      if kind == .directory || kind == .unknown { inner.append(FileName(copying: name)) }
    }
    for name in inner { count += entries(below: name, of: directory, depth: depth + 1) }
    return count
  }
}
