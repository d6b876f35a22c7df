import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

/// `.sluice` in a profile's directory: what has to be on the data's own file system, and only while a run lives.
///
/// The transfer's filters keep it from coming and from going. A lake whose state lies in that very directory keeps it.
struct ProfileWorkDirectory: Sendable {
  private let path: String

  /// The work directory of one profile; it is made when something is put into it.
  init(profile: Profile) { path = profile.localPath + "/.sluice" }

  /// Where markers wait until what they vouch for has arrived, for they are published by rename.
  var staging: String { path + "/markers" }

  /// The present time by the clock of the profile's file system, which need not be this machine's.
  var fileSystemTime: timespec? {
    defer { rmdir(path) }
    var status = stat()
    guard mkdir(path, 0o755) == 0 || errno == EEXIST, utimensat(AT_FDCWD, path, nil, AT_SYMLINK_NOFOLLOW) == 0,
      lstat(path, &status) == 0
    else { return nil }
    return status.st_mtim
  }

  /// The mark of a transfer that a version before this one kept here; nil when there is none.
  var formerMark: timespec? {
    var status = stat()
    return lstat(path + "/transferring", &status) == 0 ? status.st_mtim : nil
  }

  /// Takes that mark away.
  func clearFormerMark() {
    unlink(path + "/transferring")
    rmdir(path)
  }

  /// Takes away what a run has put here, and what earlier versions left; what is not sluice's stays.
  ///
  /// - Important: Deletes the staging directory with all that is in it.
  func clear() {
    for name in ["markers", "tmp"] { removeTree(name) }
    // Only when nothing else is in it.
    rmdir(path)
  }

  private func removeTree(_ name: String) {
    guard let directory = try? DirectoryDescriptor.open(path), let device = try? directory.status().device else {
      return
    }
    var removal = TreeRemoval(device: device, shouldStop: { false })
    _ = removal.remove(FileName(name), from: directory)
  }
}
