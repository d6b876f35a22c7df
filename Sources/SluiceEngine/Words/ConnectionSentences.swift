import SluiceCore

/// What a look at a profile's source finds, line by line.
struct ConnectionSentences: Sendable {
  /// What was found.
  enum Finding: Sendable, Equatable {
    case reachable
    case directory
    case rsync
    case used(ByteCount)
    case free(ByteCount)
    case problem(RunProblem)
  }

  let profile: Profile

  /// The line above the findings.
  var heading: String { "\(profile.name) (\(profile.source.address))" }

  /// The problem of a host that lets the check wait, or else of an agent here.
  ///
  /// - Parameter isLoggedIn: Whether the login is done, so that it is not the agent that is waited for.
  func hung(after seconds: Double, isLoggedIn: Bool) -> RunProblem {
    let waited = TextFormat.span(seconds)
    guard isLoggedIn else {
      return RunProblem(
        code: "no-answer", message: "\(profile.source.host) has given no answer within \(waited).",
        advice: "Look whether it hangs (load, disk), or the ssh agent here does: ssh-add -l")
    }
    return RunProblem(
      code: "no-answer",
      message: "The login at \(profile.source.host) works, and what is run there has said nothing within \(waited).",
      advice: "Look there whether it hangs (load, disk), and at what the account is made to run: ForceCommand, and "
        + "`command=` of ~/.ssh/authorized_keys.")
  }

  func line(_ finding: Finding) -> String {
    switch finding {
    case .reachable: "  ✓ reachable, host key known, login works"
    case .directory: "  ✓ \(profile.source.remoteRoot) is there and readable"
    case .rsync: "  ✓ rsync is there"
    case .used(let bytes): "  \(bytes) used on the source's disk"
    case .free(let bytes): "  \(bytes) free in the lake"
    case .problem(let problem): "  ✗ \(Sentences.line(problem))"
    }
  }
}
