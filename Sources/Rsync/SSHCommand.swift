package import SluiceCore

/// How ssh is started for a source: never asks, always checks the host's key, notices a dead link within 15 s.
package struct SSHCommand: Sendable, Equatable {
  /// The host to log in to, and how.
  package var source: Source
  /// The program, found by `PATH` unless it has a slash.
  package var program = "ssh"
  /// A file with `pinnedKeyLine`, when the source pins its host's key; the caller writes it before ssh starts.
  package var pinnedKeyFile: String?
  /// The socket of a login that `openingLogin` keeps open, which is used while it is there; nil for a login each.
  package var controlPath: String?
  /// Seconds until an attempt to connect is given up.
  package var connectTimeout = 10

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
  package var vector: [String] {
    var words = [program, "-T"]
    if let file = source.sshConfig { words += ["-F", file] }
    if let port = source.port { words += ["-p", String(port)] }
    if let key = source.sshKey { words += Self.identity(key) + Self.option("IdentitiesOnly", "yes") }
    let settings = [
      ("BatchMode", "yes"), ("StrictHostKeyChecking", "yes"), ("ConnectTimeout", String(connectTimeout)),
      ("ServerAliveInterval", "5"), ("ServerAliveCountMax", "3"), ("LogLevel", "ERROR"),
      ("ClearAllForwardings", "yes"), ("ForwardAgent", "no"), ("ForwardX11", "no"), ("PermitLocalCommand", "no"),
      ("RequestTTY", "no"), ("RemoteCommand", "none"),
    ]
    words += settings.flatMap { Self.option($0.0, $0.1) }
    return words + hostKeyOptions + controlOptions
  }

  /// A whole command that logs in, runs nothing there, and offers the login at `controlPath` until it is ended.
  package var openingLogin: [String] {
    // The first value of an option is the one that counts.
    [program] + Self.option("ControlMaster", "yes") + Self.option("ControlPersist", "no") + vector.dropFirst() + ["-N"]
      + userWords + ["--", source.host]
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
      return Self.option("HostKeyAlias", Self.pinnedName) + Self.knownHosts(pinnedKeyFile ?? "/dev/null")
    case .file(let path): return Self.knownHosts(path)
    }
  }

  private var userWords: [String] { source.user.map { ["-l", $0] } ?? [] }

  /// Where nothing listens, ssh logs in by itself.
  private var controlOptions: [String] {
    guard let controlPath else { return ["-oControlPath=none"] }
    return Self.option("ControlMaster", "no") + Self.option("ControlPath", Self.quoted(controlPath))
  }

  private static func knownHosts(_ path: String) -> [String] {
    option("UserKnownHostsFile", quoted(path)) + option("GlobalKnownHostsFile", "/dev/null")
      + option("UpdateHostKeys", "no")
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
