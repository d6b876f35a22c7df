import Rsync
import SluiceCore

/// How a host's key is taken in, or another put in its place, in command lines that lead where ssh goes.
struct HostKeyAdvice: Sendable {
  let source: Source
  /// Where ssh really goes; nil when that is not known.
  let destination: SSHDestination?

  /// Takes a key in that is not known.
  var accepting: String {
    guard let scan else { return onlyByHand }
    if case .key = source.knownHosts { return "set `known_hosts` to the key that `\(scan)` prints" }
    return "\(scan)\(renaming) >> \(file) — or log in once: \(source.loginLine)"
  }

  /// Takes a key in the place of the known one.
  var replacing: String {
    if case .key = source.knownHosts { return accepting }
    let forgetting = "ssh-keygen -R '\(knownName)'\(namesFile ? " -f \(file)" : "") and then: "
    return forgetting + (scan.map { "\($0)\(renaming) >> \(file)" } ?? source.loginLine)
  }

  private var host: String { destination?.host ?? source.host }
  private var port: Int { destination?.port ?? source.port ?? 22 }
  /// nil where only ssh itself gets there.
  private var scan: String? { destination?.isBehindProxy ?? false ? nil : "ssh-keyscan -p \(port) \(host)" }

  private var onlyByHand: String {
    if case .key = source.knownHosts {
      return "set `known_hosts` to the public key in /etc/ssh there, which a jump host or proxy hides from ssh-keyscan"
    }
    return "log in once: \(source.loginLine)"
  }

  /// ssh looks the key up by this name.
  private var knownName: String { keyName ?? (port == 22 ? host : "[\(host)]:\(port)") }

  /// The name that `HostKeyAlias` gives; not sluice's own for a pinned key.
  private var keyName: String? {
    if case .key = source.knownHosts { return nil }
    return destination?.keyName
  }

  /// Puts that name in the place of the address that ssh-keyscan prints.
  private var renaming: String { keyName.map { " | sed 's/^[^ ]*/\($0)/'" } ?? "" }

  private var file: String {
    if case .file(let path) = source.knownHosts { return path }
    return own ?? "~/.ssh/known_hosts"
  }

  private var namesFile: Bool {
    if case .file = source.knownHosts { return true }
    return own != nil
  }

  /// The file that the user's ssh_config names, where it is not the usual one.
  private var own: String? {
    destination?.knownHostsFile.flatMap { $0.hasSuffix("/.ssh/known_hosts") ? nil : $0 }
  }
}
