import SluiceCore

/// Where ssh really goes for a source's host: an alias of ssh_config may stand for another name and port, and have
/// another file for the host's key.
package struct SSHDestination: Sendable, Equatable {
  /// The name or address that ssh connects to.
  package var host: String
  /// The port there.
  package var port: Int
  /// The name by which the host's key is looked up, where that is another.
  package var keyName: String?
  /// The file in which it is looked up first.
  package var knownHostsFile: String?
  /// Whether a jump host or a proxy is on the way, so that other programs do not get there.
  package var isBehindProxy = false

  /// A host that is reached straight.
  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// What a listing tells; nil without a host and a port in it.
  ///
  /// - Parameter listing: What `ssh -G` prints: a line an option, its name in small letters first.
  package init?(listing: String) {
    var values: [Substring: Substring] = [:]
    for line in listing.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2, values[parts[0]] == nil { values[parts[0]] = parts[1] }
    }
    guard let host = values["hostname"], let port = values["port"].flatMap({ Int($0) }) else { return nil }
    self.init(host: String(host), port: port)
    keyName = values["hostkeyalias"].map(String.init)
    knownHostsFile = values["userknownhostsfile"]?.split(separator: " ").first.map(String.init)
    isBehindProxy = [values["proxyjump"], values["proxycommand"]].contains { $0.map { $0 != "none" } ?? false }
  }
}

extension SSHCommand {
  /// Asks ssh what it makes of its configuration for this source; connects to nobody.
  package var question: [String] { vector + ["-G"] + userWords + ["--", source.host] }
}
