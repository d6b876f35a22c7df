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

  /// The problem of a host, or of an agent here, that lets the check wait.
  func hung(after seconds: Double) -> RunProblem {
    RunProblem(
      code: "no-answer", message: "\(profile.source.host) has given no answer within \(TextFormat.span(seconds)).",
      advice: "Look whether it hangs (load, disk), or the ssh agent here does: ssh-add -l")
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
