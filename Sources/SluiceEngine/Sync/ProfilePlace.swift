import FoundationEssentials
import Glibc
import LakeFiles
import RunRecords
import SluiceCore

/// A profile's directory, as a run must find it before anything is written there.
struct ProfilePlace: Sendable {
  let lake: Lake
  let profile: Profile

  /// Makes the directory, unless links lead it out of the lake; that was checked when the configuration was read, and
  /// may have changed since.
  ///
  /// - Throws: `RunFault.outsideLake`, or `RunFault.file` with the part of the path that could not be made.
  func make() throws(RunFault) {
    try makeDirectories(lake.rootDirectory)
    guard let root = realPath(lake.rootDirectory) else {
      throw .file(FileFailure(.examine, path: lake.rootDirectory))
    }
    var existing = profile.localPath
    while access(existing, F_OK) != 0, existing.count > 1 {
      existing = AtomicFile.split(existing).directory
    }
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
