package import SluiceCore

/// How ssh is started for a source: never asks, always checks the host's key, carries rsync's bytes and does nothing else.
///
/// The user's own configuration says how a host is reached and logged in to. What it says beyond that is overridden here,
/// option by option (ssh_config(5); the first value of an option is the one that counts).
package struct SSHCommand: Sendable, Equatable {
  /// The host to log in to, and how.
  package var source: Source
  /// The program, found by `PATH` unless it has a slash.
  package var program = "ssh"
  /// A file with `pinnedKeyLine`, when the source pins its host's key; the caller writes it before ssh starts.
  package var pinnedKeyFile: String?
  /// The socket of a login that `openingLogin` keeps open, which is used while it is there; nil for a login each.
  package var controlPath: String?
  /// Whether it must not log in by itself where the shared login is gone or grants it no session.
  package var needsSharedLogin = false
  /// What this machine's ssh understands.
  package var features = SSHFeatures()
  /// Seconds until an attempt to connect, exchange of keys included, is given up.
  package var connectTimeout = 30

  /// A command for a source.
  ///
  /// - Parameters:
  ///   - source: The host to log in to.
  ///   - pinnedKeyFile: A file with `pinnedKeyLine`; needed when the source pins its host's key.
  ///   - controlPath: The socket of a shared login; nil logs in for each command.
  package init(source: Source, pinnedKeyFile: String? = nil, controlPath: String? = nil) {
    self.source = source
    self.pinnedKeyFile = pinnedKeyFile
    self.controlPath = controlPath
  }

  /// Program and options, without user and host: rsync adds these (`-l user host rsync --server …`).
  package var vector: [String] { words(opensLogin: false) }

  private func words(opensLogin: Bool) -> [String] {
    var words = [program, "-T"]
    // Only a connection of its own would ask for it; it comes before any of the user's configuration.
    if needsSharedLogin, !opensLogin { words += Self.option("ProxyCommand", "/bin/false") }
    if let file = source.sshConfig { words += ["-F", file] }
    if let port = source.port { words += ["-p", String(port)] }
    if let key = source.sshKey { words += Self.identity(key) + Self.option("IdentitiesOnly", "yes") }
    // At a login the server's banner is wanted, which may hold the link to a second factor, and why there is none: ssh
    // calls that no error (`Unable to negotiate`, `Connection closed by`).
    let logsIn = opensLogin || controlPath == nil
    let settings =
      Self.settings + [("ConnectTimeout", String(connectTimeout)), ("LogLevel", logsIn ? "INFO" : "ERROR")]
    words += (settings + newerSettings(opensLogin: opensLogin)).flatMap { Self.option($0.0, $0.1) }
    words += hostKeyOptions
    // A login without a command has its own word for that, which ssh takes beside no other.
    return opensLogin ? words + ["-N"] : words + controlOptions
  }

  private static let settings = [
    ("BatchMode", "yes"), ("StrictHostKeyChecking", "yes"), ("NoHostAuthenticationForLocalhost", "no"),
    ("VerifyHostKeyDNS", "no"), ("ConnectionAttempts", "1"), ("ClearAllForwardings", "yes"), ("Tunnel", "no"),
    // While someone logs in these two together are the time for each answer, and a login may take 90 s.
    ("ServerAliveInterval", "15"), ("ServerAliveCountMax", "6"),
    ("ForwardAgent", "no"), ("ForwardX11", "no"), ("AddKeysToAgent", "no"), ("PermitLocalCommand", "no"),
    ("RequestTTY", "no"), ("EscapeChar", "none"), ("RemoteCommand", "none"), ("VisualHostKey", "no"),
  ]

  private func newerSettings(opensLogin: Bool) -> [(String, String)] {
    var settings: [(String, String)] = []
    if features.hasKnownHostsCommand { settings.append(("LogVerbose", "none")) }
    if features.hasSessionOptions {
      settings += [("StdinNull", "no"), ("ForkAfterAuthentication", "no")]
      if !opensLogin { settings.append(("SessionType", "default")) }
    }
    return settings
  }

  /// A whole command that logs in, runs nothing there, and offers the login at `controlPath` until it is ended.
  package var openingLogin: [String] {
    // The first value of an option is the one that counts.
    words(opensLogin: true) + Self.option("ControlMaster", "yes") + Self.option("ControlPersist", "no")
      + Self.option("ControlPath", Self.quoted(controlPath ?? "none")) + userWords + ["--", source.host]
  }

  /// A whole command that runs something at the source, for a check of the connection.
  ///
  /// - Parameter command: One line for the remote user's shell.
  package func running(_ command: String) -> [String] {
    vector + userWords + ["--", source.host, command]
  }

  /// The line of a known_hosts file that pins the source's key; nil when the source pins none.
  package var pinnedKeyLine: String? {
    guard case .key(let key) = source.knownHosts else { return nil }
    return "\(Self.pinnedName) \(key)"
  }

  /// A pinned key is looked up by this name, whatever host, alias, address or port leads to it.
  package static let pinnedName = "sluice-pinned"

  private var hostKeyOptions: [String] {
    switch source.knownHosts {
    case nil: return []
    case .key:
      // Without the file nothing is known, so that ssh refuses: never fall back to other keys.
      return Self.option("HostKeyAlias", Self.pinnedName) + knownHosts(pinnedKeyFile ?? "/dev/null")
    case .file(let path): return knownHosts(path)
    }
  }

  /// These keys and no others, though something else may vouch for some.
  private func knownHosts(_ path: String) -> [String] {
    var settings = [
      ("UserKnownHostsFile", Self.quoted(path)), ("GlobalKnownHostsFile", "/dev/null"), ("UpdateHostKeys", "no"),
      ("CheckHostIP", "no"),
    ]
    if features.hasKnownHostsCommand { settings.append(("KnownHostsCommand", "none")) }
    if features.hasKeyExchangeByGSS { settings.append(("GSSAPIKeyExchange", "no")) }
    return settings.flatMap { Self.option($0.0, $0.1) }
  }

  var userWords: [String] { source.user.map { ["-l", $0] } ?? [] }

  /// Where nothing listens, ssh logs in by itself.
  private var controlOptions: [String] {
    Self.option("ControlMaster", "no") + Self.option("ControlPersist", "no")
      + Self.option("ControlPath", controlPath.map(Self.quoted) ?? "none")
  }

  /// `-i` says so on its own when the file is missing, but cannot name a file with a percent sign.
  private static func identity(_ path: String) -> [String] {
    path.contains("%") ? option("IdentityFile", quoted(path)) : ["-i", path]
  }

  private static func option(_ name: String, _ value: String) -> [String] { ["-o\(name)=\(value)"] }

  /// A path as a value in ssh's own configuration language: quoted, its percent signs no tokens.
  private static func quoted(_ path: String) -> String {
    let escaped = path.replacing("%", with: "%%").replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }
}
