import FoundationEssentials
import Glibc
package import LakeFiles
package import SluiceCore

/// Room on the disk for a run's last words, given up when they would not fit otherwise: bytes, and files, for a disk can
/// run out of either.
package struct ReserveFile: Sendable {
  /// Enough for a journal line, a result and a checkpoint with their temporary files.
  static let size = 256 * 1024
  /// As many files as a run makes at its beginning and its end.
  static let files = 24

  let path: String
  /// The directory of the empty files.
  var filesPath: String { path + ".files" }

  /// The lake's own place, below its state directory.
  package init(stateDirectory: String) { path = stateDirectory + "/reserve" }

  /// Makes it again when it is missing and the disk has room; failing is no fault.
  package func ensure() {
    ensureBytes()
    ensureFiles()
  }

  private func ensureBytes() {
    var status = stat()
    if lstat(path, &status) == 0, status.st_size == Self.size { return }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // Less is better than nothing: last words are short.
    for size in [Self.size, Self.size / 2, Self.size / 4] {
      guard ftruncate(descriptor, 0) == 0 else { break }
      if posix_fallocate(descriptor, 0, off_t(size)) == 0 { return }
    }
    unlink(path)
  }

  /// Gives the place up to a run that must be able to begin on a full disk: one that frees space, and one that only says
  /// what there is to do.
  ///
  /// - Returns: Whether it was given up.
  package func makeRoom(for task: RunTask) -> Bool {
    guard task.freesSpace || task.isRehearsal && isDiskFull else { return false }
    giveUp()
    return true
  }

  /// Whether a run's own files may not fit.
  private var isDiskFull: Bool {
    guard let space = try? DiskSpace(at: AtomicFile.split(path).directory) else { return false }
    return space.freeBytes < Self.size || space.freeFiles ?? .max < Self.files
  }

  private func ensureFiles() {
    guard mkdir(filesPath, 0o700) == 0 || errno == EEXIST else { return }
    let names = Set(DirectoryDescriptor.names(in: filesPath))
    for number in 1...Self.files where !names.contains(String(number)) {
      let file = open("\(filesPath)/\(number)", O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard file >= 0 else { return }
      close(file)
    }
  }

  /// Frees the place.
  package func giveUp() {
    unlink(path)
    for number in 1...Self.files { unlink("\(filesPath)/\(number)") }
    rmdir(filesPath)
  }

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
