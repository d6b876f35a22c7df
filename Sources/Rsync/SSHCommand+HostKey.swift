import SluiceCore

/// How a host is asked for its key, so that a person can look at it before it is trusted.
extension SSHCommand {
  /// A whole command that writes the host's key into a new file and ends at the login, which it does not try.
  ///
  /// It goes the way that every login goes, by ssh_config, jump host and proxy, where ssh-keyscan does not get. Nothing is
  /// sent that names a key or a password of this side; the file has the one line that `pinnedKeyLine` would have.
  ///
  /// - Parameter path: A file that is not there yet.
  package func askingHostKey(into path: String) -> [String] {
    let file = path.replacing("%", with: "%%").replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    // The first value of an option is the one that counts.
    let settings = [
      "StrictHostKeyChecking=accept-new", "UserKnownHostsFile=\"\(file)\"", "GlobalKnownHostsFile=/dev/null",
      "HostKeyAlias=\(Self.pinnedName)", "HashKnownHosts=no", "UpdateHostKeys=no", "CheckHostIP=no",
      "PreferredAuthentications=none",
    ]
    var asking = self
    asking.source.knownHosts = nil
    asking.controlPath = nil
    let words = asking.running("true")
    return Array(words.prefix(1)) + settings.map { "-o\($0)" } + words.dropFirst()
  }

  /// The key in a file that `askingHostKey` has written, `ssh-ed25519 AAAA…`; nil when there is none.
  package static func key(inFile text: String) -> String? {
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ")
      if words.count >= 3, words[0] == pinnedName { return "\(words[1]) \(words[2])" }
    }
    return nil
  }
}
