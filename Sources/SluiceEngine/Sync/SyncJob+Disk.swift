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

  /// Puts what is in the profile's directory on the disk; called before marker, checkpoint, ledger or a verification vouch
  /// for it.
  ///
  /// Also when this run has brought nothing: what it finds as at the source may have been put there by a run that died,
  /// or by hand a moment ago.
  func putOnDisk(_ directory: DirectoryDescriptor) async throws(SyncAborted) {
    let since = transferMark.since
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
