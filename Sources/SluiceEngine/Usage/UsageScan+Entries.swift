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
