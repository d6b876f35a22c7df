import FoundationEssentials
import Glibc
package import LakeFiles

/// A directory of a look at a source, with an empty one in it; removed when the last reference goes.
package final class TemporaryPlace: Sendable {
  /// The directory, for its owner alone.
  package let path: String

  /// Makes it below TMPDIR.
  ///
  /// - Throws: When it cannot be made.
  package init() throws(FileFailure) {
    path =
      (ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp")
      + "/sluice-check-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    try AtomicFile.createDirectory(path, mode: 0o700)
    try AtomicFile.createDirectory(path + "/empty")
  }

  deinit { remove() }

  /// Takes it away at once, for a process that ends without coming to the end of anything.
  package func remove() { try? FileManager.default.removeItem(atPath: path) }
}
