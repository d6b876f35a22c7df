import Glibc

extension AtomicFile {
  private static let prefix = ".sluice-"
  private static let suffix = ".tmp"

  /// Deletes the temporary files in a directory whose writers were killed before they put them in place.
  ///
  /// A writer that is seen to be alive keeps its file. One in another container or on another machine is not seen, so
  /// where others may be writing only what is old goes.
  ///
  /// - Important: Deletes files.
  /// - Parameters:
  ///   - path: The directory; one that is not there has none.
  ///   - seconds: The age from which on a file goes, 0 or more; 0 only where the caller's lock keeps all others out.
  /// - Returns: How many went.
  @discardableResult
  package static func removeLeftovers(in path: String, olderThan seconds: Int64) -> Int {
    guard let directory = try? DirectoryDescriptor.open(path, followingLinks: true) else { return 0 }
    var removed = 0
    for name in DirectoryDescriptor.names(in: path) {
      guard let writer = writer(ofTemporary: name), kill(writer, 0) != 0, errno == ESRCH,
        let status = try? FileStatus(at: "\(path)/\(name)"),
        status.changed / 1_000_000_000 <= Int64(time(nil)) - seconds
      else { continue }
      if (try? directory.remove(FileName(name), isDirectory: false)) != nil { removed += 1 }
    }
    return removed
  }

  /// The process that a temporary file's name tells; nil for any other name.
  static func writer(ofTemporary name: String) -> Int32? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    let parts = name.dropFirst(prefix.count).dropLast(suffix.count).split(
      separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let writer = Int32(parts[0]), writer > 0 else { return nil }
    return writer
  }
}
