import Foundation
import LakeFiles
import Rsync

/// Finds out what this machine's ssh understands.
enum SSHProbe {
  /// Asks ssh; what cannot be asked counts as an OpenSSH of today.
  static func features() async -> SSHFeatures {
    guard let answer = try? await Subprocess.answer(of: SSHFeatures.question, environment: RsyncProcess.environment),
      answer.ending.exitCode == 0
    else { return SSHFeatures() }
    return SSHFeatures(listing: answer.output)
  }
}
