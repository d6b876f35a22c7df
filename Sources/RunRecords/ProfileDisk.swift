import FoundationEssentials
import LakeFiles
package import SluiceCore

/// Notices that the disk is not mounted that a profile's directory has for itself, or that another one is.
///
/// The lake's state, which is on the lake's own disk, remembers that the directory lay on another, and which. Device
/// numbers change with every start of the machine; what stays is that there are two, and the file system's UUID where
/// the machine tells it.
package struct ProfileDisk: Sendable {
  private let lake: Lake
  private let profile: Profile
  private let knownPath: String
  private let uuid: @Sendable (UInt64) -> String?

  /// The guard of one profile's directory.
  ///
  /// - Parameter uuid: Tells a device's file system; injected for tests.
  package init(
    lake: Lake, profile: Profile, uuid: @escaping @Sendable (UInt64) -> String? = { DiskIdentity.uuid(of: $0) }
  ) {
    self.lake = lake
    self.profile = profile
    self.uuid = uuid
    knownPath = "\(lake.stateDirectory)/disks/\(profile.name)"
  }

  /// Why no run may begin; nil when one may.
  package var fault: RunFault? {
    guard let known, known.directory == profile.localPath, let place else { return nil }
    if place.isLakes {
      return .diskMissing(profile: profile.name, directory: profile.localPath, knownPath: knownPath)
    }
    // Where the machine does not tell, nobody knows that it is another one.
    guard let before = known.uuid, let now = uuid(place.device), now != before else { return nil }
    return .diskChanged(profile: profile.name, directory: profile.localPath, knownPath: knownPath)
  }

  /// Remembers a disk of its own; called when the directory is there, before a run writes into it.
  ///
  /// A note that cannot be kept loses this guard only, so that is no fault.
  package func note() {
    guard let place, !place.isLakes else { return }
    let now = Known(directory: profile.localPath, uuid: uuid(place.device) ?? sameKnown?.uuid)
    guard known != now else { return }
    try? AtomicFile.createDirectory(AtomicFile.split(knownPath).directory)
    try? AtomicFile.write(Data(now.text.utf8), to: knownPath)
  }

  /// Where the profile's directory lies, or what of the way to it is there; nil when that cannot be seen.
  private var place: (device: UInt64, isLakes: Bool)? {
    guard let root = try? FileStatus(at: lake.rootDirectory, followingLinks: true) else { return nil }
    var path = profile.localPath
    while true {
      do throws(FileFailure) {
        let device = try FileStatus(at: path, followingLinks: true).device
        return (device, device == root.device)
      } catch {
        let above = AtomicFile.split(path).directory
        guard error.isMissing, above != path else { return nil }
        path = above
      }
    }
  }

  /// The file's content: a line with the directory, and one with the file system's UUID where it was told.
  private struct Known: Equatable {
    var directory: String
    var uuid: String?

    var text: String { "\(directory)\n" + (uuid.map { "\($0)\n" } ?? "") }
  }

  private var known: Known? {
    guard let data = FileManager.default.contents(atPath: knownPath) else { return nil }
    let lines = data.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    return lines.first.map { Known(directory: $0, uuid: lines.count > 1 ? lines[1] : nil) }
  }

  /// The same, of the directory that the profile has now.
  private var sameKnown: Known? { known.flatMap { $0.directory == profile.localPath ? $0 : nil } }
}
