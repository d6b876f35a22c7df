import Foundation
import LakeFiles
package import SluiceCore

/// The lock that keeps two runs of one profile apart, between dashboard, command line and cron alike.
///
/// It lies on a file of the lake's state and ends with its process however that ends. The file's text says who holds it.
package final class ProfileLock: Sendable {
  private let lock: FileLock

  private init(_ lock: FileLock) { self.lock = lock }

  /// Takes the lock for a run, at once or not at all.
  ///
  /// - Throws: `RunFault.locked` with the holder when another run has it, `RunFault.file` when the lock file cannot
  ///   be made.
  package static func take(for record: RunRecord, stateDirectory: String) throws(RunFault) -> ProfileLock {
    let path = path(profile: record.profile, stateDirectory: stateDirectory)
    let lock: FileLock?
    do throws(FileFailure) {
      lock = try FileLock.take(path)
    } catch {
      throw .file(error)
    }
    guard let lock else { throw .locked(profile: record.profile, holder: namedHolder(path: path)) }
    if let text = try? JSONFile.encode(record) { lock.write(text) }
    return ProfileLock(lock)
  }

  /// Gives the lock up before its owner goes; what follows a run needs the profile no longer.
  package func release() { lock.release() }

  /// Who holds the profile's lock now; nil when nobody does.
  package static func holder(profile: String, stateDirectory: String) -> RunRecord? {
    let path = path(profile: profile, stateDirectory: stateDirectory)
    return FileLock.isHeld(path) ? namedHolder(path: path) : nil
  }

  private static func namedHolder(path: String) -> RunRecord? {
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
