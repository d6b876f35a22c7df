import FoundationEssentials
import LakeFiles
import Rsync
import Synchronization

/// Finds out what this machine's ssh understands, and what it makes of its configuration.
enum SSHProbe {
  private static let known = Mutex<SSHFeatures?>(nil)

  /// Asks ssh, once; what cannot be asked counts as an OpenSSH of today.
  static func features() async -> SSHFeatures {
    if let known = known.withLock({ $0 }) { return known }
    guard let answer = try? await Subprocess.answer(of: SSHFeatures.question, environment: RsyncProcess.environment),
      answer.ending.exitCode == 0
    else { return SSHFeatures() }
    let features = SSHFeatures(listing: answer.output)
    known.withLock { $0 = features }
    return features
  }

  /// Asks ssh where it goes; nil when it does not say.
  static func destination(of ssh: SSHCommand) async -> SSHDestination? {
    guard let answer = try? await Subprocess.answer(of: ssh.question, environment: RsyncProcess.environment),
      answer.ending.exitCode == 0
    else { return nil }
    return SSHDestination(listing: answer.output)
  }
}
