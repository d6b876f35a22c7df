import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import Rsync

/// Every option of ssh_config(5), and why a user's value of it does no harm.
private enum Verdict {
  /// sluice's own value stands, with any way of knowing the host.
  case overridden(by: String)
  /// sluice's own value stands where the configuration names the host's keys.
  case overriddenWhenPinned(by: String)
  /// The user's word on how the host is found, reached or logged in to; that is what the file is for.
  case usersChoice
  /// It says something about what sluice has switched off.
  case withoutEffect
}

private struct OptionCase: Sendable {
  var name: String
  /// A value that would do harm, or any other than the default.
  var value: String
  var verdict: Verdict

  init(_ name: String, _ value: String, _ verdict: Verdict) {
    (self.name, self.value, self.verdict) = (name, value, verdict)
  }
}

@Suite("A user's ssh_config, option by option")
struct SSHOptionTests {
  private static let table: [OptionCase] = [
    .init("AddKeysToAgent", "yes", .overridden(by: "false")),
    .init("BatchMode", "no", .overridden(by: "yes")),
    .init("CheckHostIP", "yes", .overriddenWhenPinned(by: "no")),
    .init("ClearAllForwardings", "no", .overridden(by: "yes")),
    .init("ConnectTimeout", "1", .overridden(by: "30")),
    .init("ConnectionAttempts", "9", .overridden(by: "1")),
    .init("ControlMaster", "auto", .overridden(by: "false")),
    .init("ControlPath", "/tmp/theirs", .overridden(by: "none")),
    .init("ControlPersist", "yes", .overridden(by: "no")),
    .init("EscapeChar", "x", .overridden(by: "none")),
    .init("ForkAfterAuthentication", "yes", .overridden(by: "no")),
    .init("ForwardAgent", "yes", .overridden(by: "no")),
    .init("ForwardX11", "yes", .overridden(by: "no")),
    .init("GSSAPIKeyExchange", "yes", .overriddenWhenPinned(by: "no")),
    .init("GlobalKnownHostsFile", "/tmp/theirs", .overriddenWhenPinned(by: "/dev/null")),
    .init("HostKeyAlias", "other", .overriddenWhenPinned(by: "sluice-pinned")),
    .init("KnownHostsCommand", "/bin/echo", .overriddenWhenPinned(by: "none")),
    .init("LogLevel", "QUIET", .overridden(by: "INFO")),
    .init("LogVerbose", "*:*:*", .overridden(by: "none")),
    .init("NoHostAuthenticationForLocalhost", "yes", .overridden(by: "no")),
    .init("PermitLocalCommand", "yes", .overridden(by: "no")),
    .init("Port", "1", .overridden(by: "6677")),
    .init("RemoteCommand", "reboot", .overridden(by: "none")),
    .init("RequestTTY", "force", .overridden(by: "false")),
    .init("ServerAliveCountMax", "1", .overridden(by: "6")),
    .init("ServerAliveInterval", "1", .overridden(by: "15")),
    .init("SessionType", "none", .overridden(by: "default")),
    .init("StdinNull", "yes", .overridden(by: "no")),
    .init("StrictHostKeyChecking", "no", .overridden(by: "true")),
    .init("Tunnel", "yes", .overridden(by: "false")),
    .init("UpdateHostKeys", "yes", .overriddenWhenPinned(by: "false")),
    .init("User", "other", .overridden(by: "me")),
    .init("UserKnownHostsFile", "/tmp/theirs", .overriddenWhenPinned(by: "/run/known")),
    .init("VerifyHostKeyDNS", "yes", .overridden(by: "false")),
    .init("VisualHostKey", "yes", .overridden(by: "no")),
    // IdentitiesOnly is set with a key alone; without one the agent's are the user's choice.
    .init("IdentitiesOnly", "no", .overridden(by: "yes")),
  ]
  /// How the host is found and reached, what proves the user, and with which algorithms.
  ///
  /// Stricter or other, never less than the host's key; in batch mode nobody is asked.
  private static let choices = """
    AddressFamily BindAddress BindInterface CASignatureAlgorithms CanonicalDomains CanonicalizeFallbackLocal
    CanonicalizeHostname CanonicalizeMaxDots CanonicalizePermittedCNAMEs CertificateFile Ciphers Compression
    EnableSSHKeysign GSSAPIAuthentication GSSAPIClientIdentity GSSAPIDelegateCredentials GSSAPIKexAlgorithms
    GSSAPIRenewalForcesRekey GSSAPIServerIdentity GSSAPITrustDns HashKnownHosts Host HostKeyAlgorithms
    HostbasedAcceptedAlgorithms HostbasedAuthentication Hostname IPQoS IdentityAgent IdentityFile IgnoreUnknown Include
    KbdInteractiveAuthentication KbdInteractiveDevices KexAlgorithms MACs Match NumberOfPasswordPrompts PKCS11Provider
    PasswordAuthentication PreferredAuthentications ProxyCommand ProxyJump ProxyUseFdpass PubkeyAcceptedAlgorithms
    PubkeyAuthentication RekeyLimit RequiredRSASize RevokedHostKeys SecurityKeyProvider SendEnv SetEnv TCPKeepAlive
    """
  /// Forwardings are cleared, there is no terminal, no local command, no X11, no log but stderr's.
  private static let idle = """
    DynamicForward EnableEscapeCommandline ExitOnForwardFailure FingerprintHash ForwardX11Timeout ForwardX11Trusted
    GatewayPorts LocalCommand LocalForward PermitRemoteOpen RemoteForward StreamLocalBindMask StreamLocalBindUnlink
    SyslogFacility TunnelDevice XAuthLocation
    """

  private static func words(_ text: String) -> [String] { text.split { $0.isWhitespace }.map(String.init) }

  /// What ssh makes of a configuration and sluice's words.
  private func effective(_ lines: String, knownHosts: KnownHosts?) async throws -> [String: String] {
    let scratch = try ScratchDirectory()
    let config = try scratch.file("config", "Host *\n\(lines)\n")
    var source = Source(host: "h.invalid", user: "me", sshKey: "/k/id", remoteRoot: "/d", sshConfig: config)
    source.knownHosts = knownHosts
    var command = SSHCommand(source: source, pinnedKeyFile: "/run/known")
    let probe = try await ProcessRunner.run(SSHFeatures.question[0], Array(SSHFeatures.question.dropFirst()))
    command.features = SSHFeatures(listing: probe.text)
    let answer = try await ProcessRunner.run(
      "ssh", Array(command.vector.dropFirst()) + ["-G", "-l", "me", "--", "h.invalid"])
    try #require(answer.code == 0, "\(lines): \(answer)")
    let pairs = answer.text.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
    return Dictionary(pairs.map { ($0[0], $0.count > 1 ? $0[1] : "") }, uniquingKeysWith: { first, _ in first })
  }

  @Test("what would change the transfer or weaken the check of the host is overridden, as ssh itself says")
  func overridden() async throws {
    for row in Self.table {
      let all: [KnownHosts?] = [.key("ssh-ed25519 AAAA"), .file("/run/known"), nil]
      for knownHosts in all {
        let expected: String
        switch row.verdict {
        case .overridden(let value): expected = value
        case .overriddenWhenPinned(let value):
          guard knownHosts != nil else { continue }
          if row.name == "HostKeyAlias", case .file = knownHosts { continue }
          expected = value
        default: continue
        }
        let said = try await effective("  \(row.name) \(row.value)", knownHosts: knownHosts)
        // ssh does not list what is unset or none.
        let value = said[row.name.lowercased()] ?? "none"
        let isSame =
          value == expected || (value == "yes" && expected == "true") || (value == "no" && expected == "false")
        #expect(isSame, "\(row.name) \(row.value): \(value)")
      }
    }
  }

  @Test("every option that this machine's ssh knows is in one of the three lists, and in no two")
  func complete() async throws {
    let listed = Self.table.map(\.name) + Self.words(Self.choices) + Self.words(Self.idle)
    #expect(Set(listed).count == listed.count)
    let known = Set(listed.map { $0.lowercased() })
    let answer = try await ProcessRunner.run("ssh", ["-G", "-F", "/dev/null", "localhost"])
    for line in answer.text.split(separator: "\n") {
      let name = line.split(separator: " ")[0].lowercased()
      #expect(known.contains(name), "\(name) is in no list: what does a user's value of it do?")
    }
  }

  @Test("an older ssh, and one of another make, is given no option it would refuse")
  func older() {
    var command = SSHCommand(
      source: Source(host: "h", user: "u", remoteRoot: "/d", knownHosts: .key("ssh-ed25519 AAAA")))
    command.features = SSHFeatures(listing: "user me\nhostname h\nport 22\n")
    let words = command.vector + command.openingLogin
    for name in [
      "SessionType", "StdinNull", "ForkAfterAuthentication", "KnownHostsCommand", "LogVerbose", "GSSAPIKeyExchange",
    ] {
      #expect(!words.contains { $0.hasPrefix("-o\(name)=") }, "\(name)")
    }
  }
}
