import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

extension SyncJob {
  /// Opened before the transfer, so that it learns of every write the disk refuses from then on.
  func openDirectory() throws(SyncAborted) -> DirectoryDescriptor {
    do throws(FileFailure) {
      return try DirectoryDescriptor.open(profile.localPath, followingLinks: true)
    } catch {
      throw SyncAborted(.failed, error.problem)
    }
  }

  /// Puts what has arrived on the disk; called before marker, checkpoint or ledger vouch for it.
  ///
  /// The mark says whether anything may not be there yet: this run's files, or those of a run that died on the way, of
  /// which a new list finds nothing to do. A sync that changed nothing has nothing to wait for.
  /// - Parameters:
  ///   - isNews: Whether this run has transferred; the mark may not have fitted on the disk.
  ///   - markers: Those about to be published.
  func putOnDisk(_ directory: DirectoryDescriptor, isNews: Bool, markers: [String]) async throws(SyncAborted) {
    let (profile, since) = (self.profile, transferMark.since)
    let isNew = { (name: String) in access(profile.localPath + "/" + name, F_OK) != 0 }
    guard isNews || since != nil || markers.contains(where: isNew) else { return }
    let failure = await OwnThread.run("sluice files") { () -> FileFailure? in
      do throws(FileFailure) {
        try UnsyncedFiles.putOnDisk(directory, since: since)
        return nil
      } catch {
        return error
      }
    }
    if let failure {
      throw SyncAborted(.failed, words.problem(.notOnDisk(failure, then: .sync)))
    }
  }
}
