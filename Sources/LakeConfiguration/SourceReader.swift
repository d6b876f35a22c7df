import LakeFiles
import SluiceCore

/// Reads where a profile's data comes from.
struct SourceReader {
  let environment: [String: String]

  /// The document's own defaults.
  static let defaultPort = 6677

  private enum SourceType: String, CaseIterable { case ssh }

  /// A lake file's `source`; nil when something required is missing or wrong.
  func source(_ section: ConfigurationSection) -> Source? {
    defer { section.finish() }
    if let type = section.text("type", isRequired: true), type != SourceType.ssh.rawValue {
      section.fail("type", "must be \"ssh\", not \(section.shown(type))")
    }
    let host = section.text("host", isRequired: true).flatMap { checkedHost($0, section, "host") }
    let user = section.text("user", isRequired: true).flatMap { checkedUser($0, section) }
    let root = section.text("remote_root", isRequired: true).flatMap { checkedRoot($0, section, "remote_root") }
    let port = section.integer("port", in: 1...65_535, "a port number")
    let key = sshKey(section)
    let hosts = knownHosts(section)
    let config = section.file("ssh_config", environment: environment)
    guard let host, let user, let root else { return nil }
    return Source(
      host: host, port: section.isNull("port") ? nil : port ?? Self.defaultPort, user: user, sshKey: key,
      remoteRoot: root, knownHosts: hosts, sshConfig: config)
  }

  /// A host name, an address or an ssh_config alias.
  ///
  /// What ssh or rsync would read as an option, or as another host, is refused.
  func checkedHost(_ host: String, _ section: ConfigurationSection, _ key: String) -> String? {
    let isPlain = ASCIIText.isPlain(host, and: "._-:[]%")
    let isForeign =
      !isPlain
      && host.unicodeScalars.contains { scalar in
        !(scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "._-:[]%".unicodeScalars.contains(scalar))
      }
    if host.hasPrefix("-") || isForeign {
      section.fail(
        key, "\(section.shown(host)) is not a host name, an address or an ssh_config alias",
        advice: host.contains("@") ? "The user has a key of its own: user" : nil)
      return nil
    }
    // ssh takes an address as it is; the brackets are for where a path follows.
    return host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
  }

  /// A directory at the source; a leading colon would make rsync speak to a daemon instead of ssh.
  func checkedRoot(_ root: String, _ section: ConfigurationSection, _ key: String) -> String? {
    if root.hasPrefix(":") || section.hasControlCharacter(root) {
      section.fail(key, "\(section.shown(root)) is not a directory at the source")
      return nil
    }
    var trimmed = root
    while trimmed.utf8.count > 1, trimmed.utf8.last == UInt8(ascii: "/") { trimmed.removeLast() }
    return trimmed
  }

  /// A pinned key, or a known_hosts file.
  func knownHosts(_ section: ConfigurationSection) -> KnownHosts? {
    guard let text = section.text("known_hosts") else { return nil }
    if text.hasPrefix("/") || text.hasPrefix("~") {
      guard let path = section.file("known_hosts", environment: environment) else { return nil }
      if let status = try? FileStatus(at: path, followingLinks: true), status.kind == .directory {
        section.fail("known_hosts", "is a directory, which ssh takes for no known host", advice: "Name a file in it")
      }
      return .file(path)
    }
    let words = ASCIIText.words(text)
    let isKey =
      words.count >= 2 && ["ssh-", "ecdsa-", "sk-"].contains { words[0].hasPrefix($0) }
      && words[1].utf8.count >= 16 && ASCIIText.isPlain(words[1], and: "+/=")
    guard isKey else {
      section.fail(
        "known_hosts", "must be a host key or the path of a known_hosts file",
        advice: "A key is what ssh-keyscan prints after the host: ssh-ed25519 AAAA…")
      return nil
    }
    // Only type and key: a comment after them must not reach a file that ssh reads.
    return .key("\(words[0]) \(words[1])")
  }

  private func sshKey(_ section: ConfigurationSection) -> String? {
    if section.isNull("ssh_key") { return nil }
    if section.has("ssh_key") { return section.file("ssh_key", environment: environment) }
    // The default is the document's; ssh goes on to the agent and ssh_config when that key is not there. Nobody wrote
    // it: without a home there is none, which is no mistake.
    let key = ConfigurationPlaces.expandingHome(DefaultKey.path, environment: environment)
    return key.hasPrefix("/") ? key : nil
  }

  private func checkedUser(_ user: String, _ section: ConfigurationSection) -> String? {
    let isPlain = ASCIIText.isPlain(user, and: "._-@")
    let isForeign = !isPlain && user.contains { $0.isWhitespace || "/:'\"`$;&|<>()\\".contains($0) }
    if user.hasPrefix("-") || isForeign || section.hasControlCharacter(user) {
      section.fail("user", "\(section.shown(user)) is not a user name")
      return nil
    }
    return user
  }
}
