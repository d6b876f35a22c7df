import FoundationEssentials
import Glibc
package import LakeFiles
package import SluiceCore

/// What passes from a launcher to the run it starts: the run's directory, with the task in it.
extension RunDirectory {
  /// Makes the directory for a run that is about to be started, and leaves it the task.
  ///
  /// - Throws: `RunFault.runExists` when the directory is there, `RunFault.file` when it cannot be made or written.
  package func prepare(_ request: RunRequest) throws(RunFault) {
    try makeDirectories(AtomicFile.split(path).directory)
    guard mkdir(path, 0o755) == 0 else {
      let number = errno
      throw number == EEXIST ? .runExists(id) : .file(FileFailure(.create, path: path, code: number))
    }
    do throws(FileFailure) {
      try JSONFile.write(request, to: requestPath, isDurable: false)
    } catch {
      discardUnused()
      throw .file(error)
    }
  }

  /// The task a launcher left.
  ///
  /// - Throws: `isMissing` when there is none, operation `decode` when it is damaged or of a newer program.
  package func request() throws(FileFailure) -> RunRequest { try JSONFile.read(RunRequest.self, at: requestPath) }

  /// What the run has said on stderr, its last 4 KB; gone afterwards.
  package func takeMessages() -> String {
    defer { unlink(messagesPath) }
    let data = FileManager.default.contents(atPath: messagesPath)
    return data.map { String(decoding: $0.suffix(4096), as: UTF8.self) } ?? ""
  }

  /// Removes the directory of a run that never began; one that holds anything of a run stays.
  package func discardUnused() {
    guard access(recordPath, F_OK) != 0, access(lockPath, F_OK) != 0 else { return }
    unlink(requestPath)
    unlink(messagesPath)
    rmdir(path)
  }
}
