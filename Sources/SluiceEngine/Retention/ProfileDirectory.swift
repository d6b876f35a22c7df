import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

/// A profile's directory opened for retention, and proven to lie where the configuration says.
enum ProfileDirectory {
  /// Opens the directory; nil when it is not there yet.
  ///
  /// The path was checked when the configuration was read, and may have become a link out of the lake since. So it is
  /// the opened directory that is checked, and everything after goes through its descriptor.
  static func open(_ profile: Profile) throws(FileFailure) -> DirectoryDescriptor? {
    let directory: DirectoryDescriptor
    do {
      directory = try DirectoryDescriptor.open(profile.localPath, followingLinks: true)
    } catch {
      if error.isMissing { return nil }
      throw error
    }
    let root = root(of: profile)
    let actual = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(directory.descriptor)")
    guard let actual, ResolvedPaths.isInside(actual, ResolvedPaths.resolve(root)) else {
      throw FileFailure(
        .open, path: profile.localPath, code: 0,
        detail: FileDetails.outsideLake(leadsTo: actual))
    }
    return directory
  }

  /// The lake's root, as far as the profile knows it.
  private static func root(of profile: Profile) -> String {
    let tail = "/" + profile.localSubdirectory
    guard !profile.localSubdirectory.isEmpty, profile.localPath.hasSuffix(tail) else { return profile.localPath }
    return String(profile.localPath.dropLast(tail.count))
  }
}
