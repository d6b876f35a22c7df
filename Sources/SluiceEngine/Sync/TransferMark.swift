import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

/// The mark that a transfer of a profile is on its way, or that what it brought is not known to be on the disk; when the
/// next run finds it, that transfer did not come to its end.
///
/// It lies in the lake's state, for it outlives the run: nothing of sluice's stays among the data.
struct TransferMark: Sendable {
  /// The mark's file: when the transfer began, by the clock of the profile's file system.
  private struct Content: Codable {
    var seconds: Int
    var nanoseconds: Int
  }

  private let path: String
  private let directory: ProfileWorkDirectory

  /// The mark of one profile; whether there is one, `since` says.
  init(profile: Profile, stateDirectory: String) {
    path = "\(stateDirectory)/transfers/\(profile.name)"
    directory = ProfileWorkDirectory(profile: profile)
  }

  /// When the transfer began that never came to its end; nil when there is none.
  var since: timespec? { own ?? directory.formerMark }

  /// Sets it before a transfer, unless one is set that no run has answered yet.
  ///
  /// Not synced: whatever of the transfer survives a power loss was written after it. One that cannot be set only
  /// leaves a killed rsync's files unfound, and what a killed run brought to the kernel to put on the disk.
  func set() {
    guard own == nil, let time = directory.formerMark ?? directory.fileSystemTime,
      let data = try? JSONFile.encode(Content(seconds: time.tv_sec, nanoseconds: time.tv_nsec))
    else { return }
    do throws(FileFailure) {
      try AtomicFile.createDirectory(AtomicFile.split(path).directory)
      try AtomicFile.write(data, to: path, isDurable: false)
      directory.clearFormerMark()
    } catch {}
  }

  /// Takes it away when all that was brought is on the disk, and no rsync of ours can have left anything.
  func clear() {
    unlink(path)
    directory.clearFormerMark()
  }

  private var own: timespec? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return (try? JSONFile.decode(Content.self, data)).map { timespec(tv_sec: $0.seconds, tv_nsec: $0.nanoseconds) }
  }
}
