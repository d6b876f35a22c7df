import FoundationEssentials
import Glibc
import LakeFiles
import RunRecords
import SluiceCore

/// A profile's directory, as a run must find it before anything is written there.
struct ProfilePlace: Sendable {
  let lake: Lake
  let profile: Profile

  /// Looks whether the directory is there or could be made: what else lies in its place, or in the checkpoint's, is found
  /// before anything is fetched.
  ///
  /// - Throws: `RunFault.file` with what lies there, `RunFault.outsideLake`.
  func look() throws(RunFault) {
    for path in [profile.localPath, AtomicFile.split(profile.checkpointFile).directory] {
      let existing = Self.existing(path)
      var status = stat()
      guard stat(existing, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { continue }
      throw .file(FileFailure(.create, path: existing, code: EEXIST))
    }
    let existing = Self.existing(profile.localPath)
    // A root that is not there yet has nothing in it that could lead anywhere.
    guard let root = realPath(lake.rootDirectory), let real = realPath(existing) else { return }
    guard (real + "/").hasPrefix(root == "/" ? "/" : root + "/") else {
      throw .outsideLake(path: profile.localPath, leadsTo: real)
    }
  }

  /// The nearest of a path and the directories above it that is there.
  private static func existing(_ path: String) -> String {
    var existing = path
    while access(existing, F_OK) != 0, existing.count > 1 { existing = AtomicFile.split(existing).directory }
    return existing
  }

  /// Makes the directory, unless links lead it out of the lake; that was checked when the configuration was read, and
  /// may have changed since.
  ///
  /// - Throws: `RunFault.outsideLake`, or `RunFault.file` with the part of the path that could not be made.
  func make() throws(RunFault) {
    try makeDirectories(lake.rootDirectory)
    guard let root = realPath(lake.rootDirectory) else {
      throw .file(FileFailure(.examine, path: lake.rootDirectory))
    }
    let existing = Self.existing(profile.localPath)
    guard let real = realPath(existing) else { throw .file(FileFailure(.examine, path: existing)) }
    guard real == root || real.hasPrefix(root == "/" ? "/" : root + "/") else {
      throw .outsideLake(path: profile.localPath, leadsTo: real)
    }
    try makeDirectories(profile.localPath)
  }
}

/// The path without links; nil when it does not exist.
func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
