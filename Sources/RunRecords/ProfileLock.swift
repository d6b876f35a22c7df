import Foundation
import LakeFiles
package import SluiceCore

/// The lock that keeps two runs of one profile apart, between dashboard, command line and cron alike.
///
/// It is a `flock` on a file of the lake's state, so it ends with its process however that ends. The file's text says
/// who holds it.
package final class ProfileLock: Sendable {
  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Takes the lock for a run, at once or not at all.
  ///
  /// - Throws: `RunFault.locked` with the holder when another run has it, `RunFault.file` when the lock file cannot
  ///   be made.
  package static func take(for record: RunRecord, stateDirectory: String) throws(RunFault) -> ProfileLock {
    let path = path(profile: record.profile, stateDirectory: stateDirectory)
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw .file(operation: "open", path: path, errorNumber: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = holder(path: path)
      close(descriptor)
      throw .locked(profile: record.profile, holder: holder)
    }
    if let text = try? JSONFile.encode(record) {
      ftruncate(descriptor, 0)
      _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }
    return ProfileLock(descriptor: descriptor)
  }

  /// Who holds the profile's lock now; nil when nobody does.
  package static func holder(profile: String, stateDirectory: String) -> RunRecord? {
    let path = path(profile: profile, stateDirectory: stateDirectory)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return nil }
    return holder(path: path)
  }

  private static func holder(path: String) -> RunRecord? {
    // Between taking the lock and writing the name there is a moment with the previous holder's name.
    guard let data = FileManager.default.contents(atPath: path),
      let record = try? JSONFile.decode(RunRecord.self, data),
      ProcessIdentity(processID: record.processID, start: record.processStart).isAlive
    else { return nil }
    return record
  }

  private static func path(profile: String, stateDirectory: String) -> String {
    "\(stateDirectory)/locks/\(profile).lock"
  }
}
