import FoundationEssentials
import LakeFiles
import Rsync
import SluiceCore

/// How a source is logged in to, by every command alike: a look at it and a rehearsal must not get in where a sync does
/// not, nor fail where it does.
struct SourceLogin: Sendable {
  /// ssh as all stages start it.
  var ssh: SSHCommand
  /// What they share; nil where each logs in by itself.
  var shared: SharedLogin?

  /// Prepares it; nobody is asked yet.
  ///
  /// - Parameters:
  ///   - directory: Holds the login's socket, what it says and a pinned key.
  ///   - isShared: Whether there is to be one login for all stages.
  /// - Throws: When a pinned key cannot be written there.
  init(_ source: Source, directory: String, isShared: Bool = true) async throws(FileFailure) {
    ssh = SSHCommand(source: source)
    ssh.features = await SSHProbe.features()
    if let line = ssh.pinnedKeyLine {
      let path = directory + "/known_hosts"
      try AtomicFile.write(Data((line + "\n").utf8), to: path, mode: 0o600, isDurable: false)
      ssh.pinnedKeyFile = path
    }
    guard isShared, let socket = LoginSocket(in: directory) else { return }
    ssh.controlPath = socket.path
    shared = SharedLogin(ssh: ssh, socket: socket, directory: directory)
  }
}
