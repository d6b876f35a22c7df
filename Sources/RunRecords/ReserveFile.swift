import Foundation
package import LakeFiles

/// A small file that holds a place on the disk, given up when a run's outcome would not fit otherwise.
package struct ReserveFile: Sendable {
  /// Enough for a journal line, a result and a checkpoint with their temporary files.
  static let size = 256 * 1024

  let path: String

  /// The lake's own place, below its state directory.
  package init(stateDirectory: String) { path = stateDirectory + "/reserve" }

  /// Makes it again when it is missing and the disk has room; failing is no fault.
  package func ensure() {
    var status = stat()
    if lstat(path, &status) == 0, status.st_size == Self.size { return }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    if posix_fallocate(descriptor, 0, off_t(Self.size)) != 0 { unlink(path) }
  }

  /// Frees the place.
  package func giveUp() { unlink(path) }

  /// Does the work; when the disk is full, gives the place up and does it once more.
  ///
  /// - Throws: What the work throws, the second time when there is one.
  package func retryingWhenFull(_ work: () throws(FileFailure) -> Void) throws(FileFailure) {
    do {
      try work()
    } catch {
      guard error.isDiskFull else { throw error }
      giveUp()
      try work()
    }
  }
}
