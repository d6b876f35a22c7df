import FoundationEssentials
import LakeFiles
package import SluiceCore

/// The lock that keeps two runs of one profile apart, between dashboard, command line and cron alike.
///
/// It lies on a file of the lake's state, whose text says who holds it, and on the profile's directory itself, which two
/// configurations or two names may share. It ends with its process however that ends.
package final class ProfileLock: Sendable {
  private let lock: FileLock
  private let directory: DirectoryLock?

  private init(_ lock: FileLock, _ directory: DirectoryLock?) { (self.lock, self.directory) = (lock, directory) }

  /// Takes the lock for a run, at once or not at all.
  ///
  /// - Parameters:
  ///   - record: The run, for the lock file's text.
  ///   - stateDirectory: The lake's.
  ///   - directory: The profile's directory; one that is not there cannot be written to, and is no one's.
  /// - Throws: `RunFault.locked` with the holder when another run has the profile, `RunFault.directoryLocked` when
  ///   another has its directory or one around it or in it, `RunFault.file` when the lock file cannot be made.
  package static func take(
    for record: RunRecord, stateDirectory: String, directory: String
  ) throws(RunFault) -> ProfileLock {
    let path = path(profile: record.profile, stateDirectory: stateDirectory)
    let lock: FileLock?
    do throws(FileFailure) {
      lock = try FileLock.take(path)
    } catch {
      throw .file(error)
    }
    guard let lock else { throw .locked(profile: record.profile, holder: namedHolder(path: path)) }
    let claim = try claim(directory, for: record)
    if let text = try? JSONFile.encode(record) { lock.write(text) }
    return ProfileLock(lock, claim)
  }

  private static func claim(_ directory: String, for record: RunRecord) throws(RunFault) -> DirectoryLock? {
    // A directory that cannot be read is the job's to tell.
    switch try? DirectoryLock.take(directory) {
    case nil: return nil
    case .taken(let claim): return claim
    case .held(let holder): throw .directoryLocked(profile: record.profile, directory: directory, holder)
    }
  }

  /// Gives the lock up before its owner goes; what follows a run needs the profile no longer.
  package func release() {
    directory?.release()
    lock.release()
  }

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
