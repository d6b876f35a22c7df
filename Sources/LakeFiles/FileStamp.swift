package import FoundationEssentials

/// What tells, without reading, whether a file is another or holds something else than before.
///
/// The inode alone does not: ext4 gives the one that a rename freed to the next file made.
package struct FileStamp: Sendable, Hashable {
  private var device: UInt64
  private var inode: UInt64
  /// Bytes, 0 or more.
  package var size: Int64
  /// Nanoseconds since 1970.
  private var modified: Int64
  /// Nanoseconds since 1970; nothing can set it back.
  private var changed: Int64

  /// The stamp of a file whose status is known.
  package init(_ status: FileStatus) {
    (device, inode, size) = (status.device, status.inode, status.size)
    (modified, changed) = (status.modified, status.changed)
  }

  /// The stamp of what is at a path, links followed; nil when there is nothing.
  package init?(path: String) {
    guard let status = try? FileStatus(at: path, followingLinks: true) else { return nil }
    self.init(status)
  }

  /// Whether an equal stamp later means an equal content: the clock of a file system ticks only every few milliseconds.
  ///
  /// - Parameter now: The moment at which the file was read.
  package func isSettled(at now: Date = Date()) -> Bool {
    abs(now.timeIntervalSince1970 * 1e9 - Double(changed)) > 1e9
  }

  /// Whether both are of one file, whatever was written to it in between.
  package func isSameFile(as other: FileStamp) -> Bool { device == other.device && inode == other.inode }
}
