import LakeFiles
package import SluiceCore

/// Why a key of this machine cannot be used, and what makes it usable.
package enum KeySentences {
  /// What is wrong with a key's file, and whether an agent may make up for it; nil when nothing is seen.
  ///
  /// - Parameters:
  ///   - path: The key's file.
  ///   - login: Where it is to be used, `user@host`.
  package static func problem(ofKey path: String, login: String) -> (problem: RunProblem, agentMayHelp: Bool)? {
    guard let fault = KeyFault.of(path: path) else { return nil }
    let (message, advice) = sentence(fault, path: path, login: login)
    return (RunProblem(code: "authentication", message: message, advice: advice), fault == .needsPassphrase)
  }

  /// - Parameters:
  ///   - path: The key's file.
  ///   - login: Where it was to be used, `user@host`.
  static func sentence(_ fault: KeyFault, path: String, login: String) -> (String, String?) {
    let (what, advice) = parts(fault, path)
    return ("The key \(path) for \(login) cannot be used: \(what).", advice)
  }

  private static func parts(_ fault: KeyFault, _ path: String) -> (String, String) {
    switch fault {
    case .missing: ("there is no such file", "Put the key there, or correct `ssh_key`.")
    case .unreadable(let failure): (failure.reason, failure.advice ?? "Correct `ssh_key`.")
    case .tooOpen(let mode):
      (
        "others may read it (mode 0\(String(mode, radix: 8))), and so ssh ignores it",
        "Take that right away: chmod 600 '\(path)'"
      )
    case .publicHalf:
      ("it is the public half, which belongs on the host", "Name the private one in `ssh_key`, without `.pub`.")
    case .windowsLines:
      ("its lines end as on Windows", "Bring it over again as it is, or mend it: sed -i 's/\\r$//' '\(path)'")
    case .noLastNewline:
      (
        "the end of its last line is missing, as in one pasted into a secret", "Add it: echo >> '\(path)'"
      )
    case .damaged: ("it is cut off or no private key", "Bring it over again, whole. See: ssh-keygen -l -f '\(path)'")
    case .needsPassphrase:
      (
        "it has a passphrase, which nobody can type during a run",
        "Load it into an agent that the run can reach (SSH_AUTH_SOCK), or use a key without one. If it is loaded, put its "
          + "public half into ~/.ssh/authorized_keys there."
      )
    }
  }
}
