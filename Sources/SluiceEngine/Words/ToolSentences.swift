import SluiceCore

/// A program or library that is there and cannot be used.
enum ToolSentences {
  /// What is wrong.
  enum Fault: Sendable, Equatable {
    case rsyncTooOld(major: Int, minor: Int)
    /// libcurl, with what needs it and the loader's own words.
    case curl(users: [String], reason: String)
  }

  static func problem(_ fault: Fault) -> RunProblem {
    switch fault {
    case .rsyncTooOld(let major, let minor):
      RunProblem(
        code: "rsync-old", message: "rsync here is \(major).\(minor); sluice needs 3.1 for its progress.",
        advice: "Install a newer rsync.")
    case .curl(let users, let reason):
      RunProblem(
        code: "curl-missing",
        message: "libcurl, which \(users.joined(separator: " and ")) needs, cannot be used: \(reason).",
        advice: "Install it: apt install libcurl4.")
    }
  }
}
