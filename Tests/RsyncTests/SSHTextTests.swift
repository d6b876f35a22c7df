import Rsync
import Testing

/// What ssh printed when it did not log in, and how that has to be judged.
struct SSHText: Sendable, CustomTestStringConvertible {
  var lines: [String]
  var meaning: TransferFailure.Meaning
  var isRetryable: Bool
  /// The line that says why; nil for the first.
  var telling: String?
  var isOnTheWay = false
  var testDescription: String { lines[0] }

  init(
    _ meaning: TransferFailure.Meaning, retries isRetryable: Bool = false, _ lines: String..., telling: String? = nil
  ) {
    (self.lines, self.meaning, self.isRetryable, self.telling) = (lines, meaning, isRetryable, telling)
  }

  /// The same of a jump host or proxy: ssh's own connection then ends before it has begun.
  static func onTheWay(
    _ meaning: TransferFailure.Meaning, retries isRetryable: Bool = false, _ lines: String...,
    telling: String? = nil
  ) -> SSHText {
    var text = SSHText(meaning, retries: isRetryable, lines[0], telling: telling)
    text.lines =
      lines + [
        "kex_exchange_identification: Connection closed by remote host", "Connection closed by UNKNOWN port 65535",
      ]
    text.isOnTheWay = true
    return text
  }
}

@Suite("The texts of ssh")
struct SSHTextTests {
  private static let server = "127.0.0.1 port 2222"
  private static let closed = "kex_exchange_identification: Connection closed by remote host"
  private static let warning = "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @"
  private static let changed =
    "Host key for [h]:2222 has changed and you have requested strict checking."
  private static let verification = "Host key verification failed."

  private static let hostKeys: [SSHText] = [
    SSHText(
      .hostKeyChanged, "@@@@@@@@@@@@@@@@@@@@@@@", warning, "Someone could be eavesdropping on you right now!", changed,
      verification, telling: changed),
    SSHText(
      .hostKeyUnknown, "No ED25519 host key is known for [h]:2222 and you have requested strict checking.",
      verification),
    SSHText(.hostKeyUnknown, verification),
    SSHText(.hostKeyRevoked, "The ED25519 host key for h is marked as revoked.", verification),
    SSHText(.sshConfiguration, "Certificate invalid: expired", verification),
    SSHText(.sshConfiguration, "Error checking host key h in revoked keys file /k: No such file or directory"),
  ]

  private static let configuration: [SSHText] = [
    SSHText(
      .sshConfiguration,
      "Unable to negotiate with \(server): no matching key exchange method found. Their offer: "
        + "diffie-hellman-group14-sha1,kex-strict-s-v00@openssh.com"),
    SSHText(
      .sshConfiguration, "Unable to negotiate with \(server): no matching host key type found. Their offer: ssh-rsa"),
    SSHText(.sshConfiguration, "Unable to negotiate with UNKNOWN port 65535: no matching cipher found. Their offer: x"),
    SSHText(.sshConfiguration, "Unable to negotiate a key exchange method"),
    SSHText(.sshConfiguration, "Bad server host key: Invalid key length"),
    SSHText(.sshConfiguration, "/root/.ssh/config: line 3: Bad configuration option: hots"),
    SSHText(.sshConfiguration, "Can't open user config file /x: No such file or directory"),
    SSHText(.sshConfiguration, "Bad owner or permissions on /root/.ssh/config"),
    SSHText(
      .sshConfiguration, "/c line 2: Bad SSH2 cipher spec 'nonsense'.", "/c: terminating, 1 bad configuration options"),
    SSHText(.sshConfiguration, "/c line 2: invalid quotes", "/c: terminating, 1 bad configuration options"),
    SSHText(
      .sshConfiguration, "/c line 1: Deprecated option \"useroaming\"", "/c line 2: Bad port 'abc'.",
      "/c: terminating, 1 bad configuration options", telling: "/c line 2: Bad port 'abc'."),
    SSHText(
      .sshConfiguration, "vdollar_percent_expand: env var ${NOPE} has no value",
      "invalid environment variable expansion"),
    SSHText(.sshConfiguration, "vdollar_percent_expand: unknown key %q", "percent_dollar_expand: failed"),
    SSHText(.sshConfiguration, "hostname contains invalid characters"),
    SSHText(.sshConfiguration, "remote username contains invalid characters"),
    SSHText(.sshUnusable, "No user exists for uid 3001"),
    SSHText(.sshUnusable, "OpenSSL version mismatch. Built against 30000020, you have 30100000"),
    SSHText(.sshMissing, "sluice transport: cannot start ssh: No such file or directory"),
    SSHText(.sshMissing, "rsync: [Receiver] Failed to exec ssh: No such file or directory (2)"),
    SSHText(.notStarted, retries: true, "sluice transport: cannot start ssh: Resource temporarily unavailable"),
    SSHText(.notStarted, retries: true, "sluice transport: cannot start ssh: Cannot allocate memory"),
    SSHText(.notStarted, retries: true, "sluice transport: cannot start ssh: Too many open files"),
    SSHText(.notStarted, "sluice transport: cannot start ssh: Argument list too long"),
    SSHText(.notStarted, "sluice transport: cannot start ssh: Permission denied"),
    SSHText(.notStarted, "rsync: [Receiver] Failed to exec /usr/bin/sluice: Permission denied (13)"),
  ]

  private static let logins: [SSHText] = [
    SSHText(.authentication, "u@h: Permission denied (publickey)."),
    SSHText(.authentication, "u@h: Permission denied (publickey,keyboard-interactive)."),
    SSHText(
      .authentication, "Load key \"/k/id\": invalid format", "u@h: Permission denied (publickey).",
      telling: "u@h: Permission denied (publickey)."),
    SSHText(
      .authentication, "Received disconnect from \(server):2: Too many authentication failures",
      "Disconnected from \(server)"),
    SSHText(
      .authentication, "Received disconnect from UNKNOWN port 65535:2: Too many authentication failures",
      "Disconnected from UNKNOWN port 65535"),
    SSHText(.accountRefused, "Your account has expired; please contact your system administrator."),
    SSHText(
      .accountRefused, "WARNING: Your password has expired.", "Password change required but no TTY available."),
    SSHText(.accountRefused, "You are required to change your password immediately (administrator enforced)."),
    SSHText(.accountRefused, "exec request failed on channel 0"),
    SSHText(.accountRefused, "channel 0: open failed: connect failed: open failed"),
    SSHText(.accountRefused, "mux_client_request_session: session request failed: Session open refused by peer"),
    SSHText(
      .accountRefused, retries: true,
      "\"System is booting up. Unprivileged users are not permitted to log in yet. Please come back later.\"",
      "Connection closed by \(server)"),
  ]

  private static let ways: [SSHText] = [
    SSHText(.connectionRefused, retries: true, "ssh: connect to host h port 22: Connection refused"),
    SSHText(.connectTimeout, retries: true, "ssh: connect to host h port 22: Connection timed out"),
    SSHText(.connectTimeout, retries: true, "Connection timed out during banner exchange"),
    SSHText(.connectTimeout, retries: true, "Connection to \(server) timed out"),
    SSHText(.loginFailed, retries: true, "ssh: connect to host h port 22: No route to host"),
    SSHText(.loginFailed, retries: true, "ssh: connect to host h port 22: Network is unreachable"),
    SSHText(.loginFailed, retries: true, "ssh: connect to host h port 22: Permission denied"),
    SSHText(
      .loginFailed, retries: true, "bind 9.9.9.9: Cannot assign requested address",
      "ssh: connect to host h port 22: failure", telling: "ssh: connect to host h port 22: failure"),
    SSHText(.unresolvedHost, "ssh: Could not resolve hostname h: Name or service not known"),
    SSHText(.unresolvedHost, retries: true, "ssh: Could not resolve hostname h: Temporary failure in name resolution"),
    SSHText(.noSSHServer, retries: true, closed, "Connection closed by \(server)"),
    SSHText(
      .noSSHServer, retries: true, "kex_exchange_identification: read: Connection reset by peer",
      "Connection reset by \(server)"),
    SSHText(.noSSHServer, retries: true, "ssh_exchange_identification: Connection closed by remote host"),
    SSHText(.noSSHServer, "kex_exchange_identification: No SSH version received in first 1024 lines from server"),
    SSHText(.noSSHServer, "kex_exchange_identification: banner line contains invalid characters"),
    SSHText(.noSSHServer, "banner exchange: Connection to \(server): invalid format"),
    SSHText(.noSSHServer, "Protocol major versions differ: 2 vs. 1"),
    SSHText(.loginFailed, retries: true, "Connection closed by \(server)"),
    SSHText(.loginFailed, retries: true, "Connection reset by \(server)"),
    SSHText(
      .loginFailed, retries: true, "Received disconnect from \(server):11: Shutting down",
      "Disconnected from \(server)"),
    SSHText(
      .loginFailed, retries: true,
      "ssh_dispatch_run_fatal: Connection to \(server): incorrect signature"
    ),
    SSHText(.loginFailed, retries: true, "something that no ssh has said so far"),
  ]

  private static let jumps: [SSHText] = [
    .onTheWay(.unresolvedHost, "ssh: Could not resolve hostname nosuch.invalid: Name or service not known"),
    .onTheWay(.connectionRefused, retries: true, "ssh: connect to host jump port 22: Connection refused"),
    .onTheWay(.authentication, "ops@jump: Permission denied (publickey)."),
    .onTheWay(
      .hostKeyUnknown, "No ED25519 host key is known for jump and you have requested strict checking.", verification),
    .onTheWay(.sshConfiguration, "jumphost loop via jump"),
    .onTheWay(
      .sshConfiguration, "Unable to negotiate with \(server): no matching key exchange method found. Their offer: x"),
    .onTheWay(
      .sshConfiguration, "channel 0: open failed: administratively prohibited: open failed", "stdio forwarding failed"),
    .onTheWay(
      .connectionRefused, retries: true, "channel 0: open failed: connect failed: Connection refused",
      "stdio forwarding failed"),
    .onTheWay(.noSSHServer, retries: true, "no tunnel today"),
    .onTheWay(
      .noSSHServer, retries: true, "/c line 1: Deprecated option \"useroaming\"",
      "/bin/bash: line 1: nc: command not found", "stdio forwarding failed",
      telling: "/bin/bash: line 1: nc: command not found"),
    .onTheWay(
      .noSSHServer, retries: true, closed, "Connection closed by \(server)", telling: "Connection closed by \(server)"),
  ]

  @Test(
    "are told by the line that says why, and tried again where that may help",
    arguments: hostKeys + configuration + logins + ways + jumps)
  func judged(text: SSHText) throws {
    let said = text.lines.joined(separator: "\r\n") + "\r\n"
    let failure = try #require(TransferFailure(.exited(255), standardError: said, isLogin: true))
    #expect(failure.meaning == text.meaning, "\(failure)")
    #expect(failure.isRetryable == text.isRetryable)
    #expect(failure.detail == text.telling ?? text.lines[0])
    #expect(failure.isOnTheWay == text.isOnTheWay)
  }

  @Test("mean the same when rsync started ssh, whatever code it ends with", arguments: [12, 255] as [Int32])
  func behindRsync(code: Int32) throws {
    let end = """

      rsync: connection unexpectedly closed (0 bytes received so far) [Receiver]
      rsync error: unexplained error (code \(code)) at io.c(285) [Receiver=3.5.0]
      """
    for text in Self.hostKeys + Self.configuration + Self.logins + Self.ways.dropLast() + Self.jumps {
      let said = text.lines.joined(separator: "\n") + end
      let failure = try #require(TransferFailure(.exited(code), standardError: said))
      #expect(failure.meaning == text.meaning && failure.isRetryable == text.isRetryable, "\(failure)")
      #expect(failure.detail == text.telling ?? text.lines[0] && failure.isOnTheWay == text.isOnTheWay, "\(failure)")
    }
  }

  @Test("are a lost link once something has come", arguments: ["Connection reset by 127.0.0.1 port 2222", "any"])
  func late(text: String) {
    let failure = TransferFailure(.exited(255), standardError: text, receivedBytes: true)
    #expect(failure?.meaning == .linkLost && failure?.detail == text)
  }

  @Test("of a login that somebody killed are no rsync's")
  func killed() {
    #expect(TransferFailure(.exited(137), standardError: "", isLogin: true)?.meaning == .loginFailed)
  }

  @Test("of `ssh -G` name where it goes")
  func destination() throws {
    let listing = """
      host farm
      user ops
      hostname 10.0.0.7
      port 2222
      proxycommand none
      userknownhostsfile /home/ops/hosts /home/ops/hosts2
      hostkeyalias farm-1
      """
    let there = try #require(SSHDestination(listing: listing))
    #expect(there.host == "10.0.0.7" && there.port == 2222 && !there.isBehindProxy)
    #expect(there.keyName == "farm-1" && there.knownHostsFile == "/home/ops/hosts")
    #expect(SSHDestination(listing: listing + "\nproxyjump gate")?.isBehindProxy == true)
    #expect(SSHDestination(listing: "Can't open user config file") == nil)
  }
}
