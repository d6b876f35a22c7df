import Glibc
import LakeFiles
import SluiceCore

/// Files that may not be on the disk although their size and time say so, because the disk refused to write.
///
/// After such a refusal the kernel calls their pages clean: the next sync would find size and time as at the source,
/// have nothing to do, and call that a success. A time that differs makes it fetch them again.
enum UnsyncedFiles {
  /// Puts everything in a profile's directory on the disk, by one call for its file system.
  ///
  /// Blocks for as long as the disk takes.
  /// - Parameter since: When the transfer began whose files may not be there yet; nil when there is none.
  /// - Throws: `sync` when the disk refuses some of it; what a sync has fetched and not yet seen to the disk is then
  ///   made to look changed.
  static func putOnDisk(_ directory: DirectoryDescriptor, since: timespec?) throws(FileFailure) {
    do throws(FileFailure) {
      try directory.syncFileSystem()
    } catch {
      if let since { _ = distrust(in: directory, since: since) }
      throw error
    }
  }

  /// Sets the time of every file changed since then back by one second.
  ///
  /// Blocks; goes on past what resists. Links are not followed, and nothing is deleted.
  /// - Parameters:
  ///   - directory: The profile's.
  ///   - since: When the transfer began, by the file system's own clock.
  /// - Returns: How many files.
  static func distrust(in directory: DirectoryDescriptor, since: timespec, depth: Int = 0) -> Int {
    guard depth < TreeScan.depthLimit, let entries = try? directory.entries() else { return 0 }
    var count = 0
    for entry in entries {
      switch entry.kind {
      case .directory where depth > 0 || entry.name.text.map { !RetentionPlanner.ownNames.contains($0) } ?? true:
        guard let inner = try? directory.directory(entry.name) else { continue }
        count += distrust(in: inner, since: since, depth: depth + 1)
      case .file:
        if setBack(entry.name, in: directory, since: since) { count += 1 }
      default: break
      }
    }
    return count
  }

  private static func setBack(_ name: FileName, in directory: DirectoryDescriptor, since: timespec) -> Bool {
    name.withCString { name in
      var status = stat()
      guard fstatat(directory.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
        (status.st_ctim.tv_sec, status.st_ctim.tv_nsec) >= (since.tv_sec, since.tv_nsec)
      else { return false }
      var modified = status.st_mtim
      modified.tv_sec -= 1
      return utimensat(directory.descriptor, name, [status.st_atim, modified], AT_SYMLINK_NOFOLLOW) == 0
    }
  }
}
