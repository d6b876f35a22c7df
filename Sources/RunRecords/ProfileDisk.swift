import Foundation
import LakeFiles
package import SluiceCore

/// Notices that the disk is not mounted that a profile's directory has for itself.
///
/// The lake's state, which is on the lake's own disk, remembers that the directory lay on another. Device numbers change
/// with every start of the machine; what stays is that there are two.
package struct ProfileDisk: Sendable {
  private let lake: Lake
  private let profile: Profile
  private let knownPath: String

  /// The guard of one profile's directory.
  package init(lake: Lake, profile: Profile) {
    self.lake = lake
    self.profile = profile
    knownPath = "\(lake.stateDirectory)/disks/\(profile.name)"
  }

  /// Why no run may begin; nil when one may.
  package var fault: RunFault? {
    guard known == profile.localPath, isOnLakesDisk == true else { return nil }
    return .diskMissing(profile: profile.name, directory: profile.localPath, knownPath: knownPath)
  }

  /// Remembers a disk of its own; called when the directory is there, before a run writes into it.
  ///
  /// A note that cannot be kept loses this guard only, so that is no fault.
  package func note() {
    guard isOnLakesDisk == false, known != profile.localPath else { return }
    try? AtomicFile.createDirectory(AtomicFile.split(knownPath).directory)
    try? AtomicFile.write(Data((profile.localPath + "\n").utf8), to: knownPath)
  }

  /// Whether the profile's directory, or what of the way to it is there, lies where the lake's root does; nil when that
  /// cannot be seen.
  private var isOnLakesDisk: Bool? {
    guard let root = try? FileStatus(at: lake.rootDirectory, followingLinks: true) else { return nil }
    var place = profile.localPath
    while true {
      do throws(FileFailure) {
        return try FileStatus(at: place, followingLinks: true).device == root.device
      } catch {
        let above = AtomicFile.split(place).directory
        guard error.isMissing, above != place else { return nil }
        place = above
      }
    }
  }

  private var known: String? {
    FileManager.default.contents(atPath: knownPath).map { String(decoding: $0, as: UTF8.self) }.map {
      $0.hasSuffix("\n") ? String($0.dropLast()) : $0
    }
  }
}
