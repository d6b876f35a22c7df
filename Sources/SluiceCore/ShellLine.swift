/// Words of a command as one line that a shell takes apart into the same words.
package enum ShellLine {
  /// The line; words that a shell would change stand in single quotes.
  package static func text(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "@%+=:,./-_".utf8.contains(byte)
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}

extension Source {
  /// What a person types to log in as sluice does.
  package var loginLine: String {
    var words = ["ssh"]
    if let file = sshConfig { words += ["-F", file] }
    if let port { words += ["-p", String(port)] }
    if let key = sshKey { words += ["-i", key] }
    // Or the key that is accepted by hand would go where sluice does not look.
    if case .file(let path) = knownHosts { words += ["-o", "UserKnownHostsFile=\(path)"] }
    return ShellLine.text(words + [user.map { "\($0)@\(host)" } ?? host])
  }
}
