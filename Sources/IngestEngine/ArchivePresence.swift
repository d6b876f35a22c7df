import LakeFiles
import SluiceCore

/// Whether archives that the ledger knows are still in the lake.
///
/// Looks at directories and blocks.
struct ArchivePresence {
  let lake: Lake
  /// The profile that is ingested.
  let profile: Profile

  /// Whether a profile's file can be seen.
  func isThere(_ path: String, of holder: String) -> Bool {
    lake.profile(named: holder).map { FileStamp(path: $0.localPath + "/" + path) != nil } ?? false
  }

  /// Whether a profile's file is gone for certain.
  ///
  /// A directory without any entry may lack its disk. A profile that is configured no more had its name changed where
  /// the same path is in the one that is ingested.
  func isGone(_ path: String, of holder: String) -> Bool {
    guard let directory = lake.profile(named: holder)?.localPath else { return isThere(path, of: profile.name) }
    do throws(FileFailure) {
      _ = try FileStatus(at: directory + "/" + path)
      return false
    } catch {
      return error.isMissing && Self.holdsAnything(directory)
    }
  }

  /// A file's path, with its profile where that is another one than the one that is ingested.
  func name(_ path: String, of holder: String) -> String { holder == profile.name ? path : "\(holder): \(path)" }

  private static func holdsAnything(_ directory: String) -> Bool {
    var holds = false
    try? DirectoryDescriptor.open(directory, followingLinks: true).forEachEntry { (_, _, _) in holds = true }
    return holds
  }
}
