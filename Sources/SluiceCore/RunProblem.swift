/// Something that went wrong, as a sentence, and what to do about it.
package struct RunProblem: Sendable, Hashable, Codable {
  /// A short stable word for machines: `host-key-unknown`, `disk-full`.
  package var code: String
  /// What went wrong, a whole sentence.
  package var message: String
  /// What to do next; may be a command line to copy.
  package var advice: String?
  /// Paths concerned, at most a few hundred.
  package var paths: [String]

  /// Whether it says that the host was not reached: nobody there answered, or the line to it broke.
  package var saysUnreached: Bool { Self.unreached.contains(code) }

  private static let unreached: Set = [
    "connection-refused", "unresolved-host", "connect-timeout", "login-timeout", "link-lost", "no-ssh-server",
  ]

  /// A problem; without advice where there is none.
  package init(code: String, message: String, advice: String? = nil, paths: [String] = []) {
    self.code = code
    self.message = message
    self.advice = advice
    self.paths = paths
  }

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    code = try keys.decode(.code, default: "unknown")
    message = try keys.decode(String.self, forKey: .message)
    advice = try keys.decodeIfPresent(String.self, forKey: .advice)
    paths = try keys.decode(.paths, default: [])
  }
}
