import Foundation
import SluiceCore
import TestSupport
import Testing

@Suite("Keys, logins that take time, and a user's own ssh_config", .serialized)
struct LoginKindTests {
  enum Key: String, CaseIterable {
    case open, windows, cut, pasted, missing, passphrase, publicHalf

    var message: String {
      switch self {
      case .open: "others may read it (mode 0644)"
      case .windows: "its lines end as on Windows"
      case .cut: "it is cut off or no private key"
      case .pasted: "the end of its last line is missing"
      case .missing: "it does not exist"
      case .passphrase: "it has a passphrase"
      case .publicHalf: "it is the public half"
      }
    }
  }

  /// A copy of the user's key with that fault.
  private func make(_ key: Key, _ collector: Collector) async throws -> String {
    let text = try String(contentsOfFile: collector.server.userKeyFile, encoding: .utf8)
    let content =
      switch key {
      case .windows: text.replacing("\n", with: "\r\n")
      case .cut: String(text.prefix(180))
      case .pasted: String(text.dropLast())
      default: text
      }
    if key == .missing { return collector.files.path("no-key") }
    if key == .publicHalf { return collector.server.userKeyFile + ".pub" }
    let path = try collector.files.write("key", content)
    chmod(path, key == .open ? 0o644 : 0o600)
    if key == .passphrase {
      _ = try await collector.tool("ssh-keygen", "-q", "-p", "-P", "", "-N", "secret", "-f", path)
    }
    return path
  }

  @Test("a key that cannot be used is told as that, not as refused by the host", arguments: Key.allCases)
  func key(_ key: Key) async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    let path = try await make(key, collector)
    try collector.configure([.init(sourceLines: ["ssh_key: \(path)"])])
    let (ending, json) = try await collector.syncJSON()
    let problem = try #require(Collector.problems(json).first, "\(ending)")
    // A key that is not there is seen before anybody is asked.
    #expect(ending.code == 1 && problem.code == (key == .missing ? "ssh-key" : "authentication"))
    #expect(problem.message.hasPrefix("The key \(path) "), "\(problem)")
    #expect(problem.message.contains(key.message), "\(problem)")
    #expect(!problem.message.contains("refuses"))
  }

  @Test("a login of 20 s succeeds, and what the server says meanwhile is told")
  func slow() async throws {
    let banner = try TempLake("banner")
    try banner.write("banner", "Open https://login.example/abc to go on\n")
    // Asked for the first key, which no file holds.
    let collector = try await Collector(serverLines: [
      "Banner \(banner.path("banner"))", "AuthorizedKeysCommand /bin/sleep 20",
      "AuthorizedKeysCommandUser \(NSUserName())",
    ])
    try collector.files.write("source/a", bytes: 100)
    try collector.files.write("config", "Host *\n  IdentityFile \(collector.server.userKeyFile)\n")
    try collector.configure([
      .init(sourceLines: ["ssh_key: \(collector.server.otherKeyFile)", "ssh_config: \(collector.files.path("config"))"])
    ])
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 0 && json["retries"] as? Int == 0, "\(ending)")
    let log = try await collector.tool("sh", "-c", "cat '\(collector.stateDirectory)'/logs/*.log")
    #expect(
      log.contains("The login at 127.0.0.1 is waiting; it says: Open https://login.example/abc to go on"), "\(log)")
    let plan = try await collector.sluice("sync", "--dry-run")
    #expect(plan.code == 0, "\(plan)")
  }

  @Test(
    "a user's option cannot make a pinned key void",
    arguments: ["KnownHostsCommand /bin/cat KNOWN", "NoHostAuthenticationForLocalhost yes", "VerifyHostKeyDNS yes"])
  func pinned(_ line: String) async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    let known = try collector.files.write("sluice-known", "sluice-pinned \(collector.server.hostKey)\n")
    try collector.files.write("config", "Host *\n  \(line.replacing("KNOWN", with: known))\n")
    try collector.configure([
      .init(sourceLines: [
        "known_hosts: \"\(collector.server.otherKey)\"", "ssh_config: \(collector.files.path("config"))",
      ])
    ])
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 1, "\(ending)")
    #expect(Collector.problems(json).map(\.code) == ["host-key-changed"], "\(ending)")
    #expect(!collector.files.exists("lake/ticks/a"))
    let check = try await collector.sluice("validate", "--connect")
    #expect(check.code != 0, "\(check)")
  }

  @Test("an unknown key of localhost does not pass")
  func localhost() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    try collector.files.write("config", "Host *\n  NoHostAuthenticationForLocalhost yes\n")
    try collector.configure([
      .init(sourceLines: [
        "known_hosts: \(collector.server.emptyKnownHostsFile)", "ssh_config: \(collector.files.path("config"))",
      ])
    ])
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 1 && Collector.problems(json).map(\.code) == ["host-key-unknown"], "\(ending)")
  }

  @Test("a user's configuration for other uses of the host does not keep a sync from working")
  func otherUses() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    try collector.files.write(
      "config",
      """
      Host *
        StdinNull yes
        ForkAfterAuthentication yes
        SessionType none
        RemoteCommand echo hello
        RequestTTY force
        Tunnel yes
        ControlMaster auto
        ControlPath \(collector.files.path("theirs"))
        ControlPersist yes
        LocalForward 127.0.0.1:1 127.0.0.1:1
        ExitOnForwardFailure yes
        VisualHostKey yes
        LogVerbose *:*:*
        ConnectTimeout 1
        ServerAliveInterval 1
        ServerAliveCountMax 1

      """)
    try collector.configure([.init(sourceLines: ["ssh_config: \(collector.files.path("config"))"])])
    let run = try await collector.sluice("sync")
    #expect(run.code == 0, "\(run)")
    #expect(try await collector.sluice("sync", "--dry-run").code == 0)
    #expect(try await collector.sluice("validate", "--connect").code == 0)
    #expect(!collector.files.exists("theirs"))
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }
}
