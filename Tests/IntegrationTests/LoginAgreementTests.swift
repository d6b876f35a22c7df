import Foundation
import RunRecords
import SluiceCore
import TestSupport
import Testing

/// A fault of the login, or none, and what every command has to say of it.
struct SharedFault: Sendable, CustomTestStringConvertible {
  var name: String
  var serverLines: [String] = []
  /// Prepares the collector and its configuration.
  var provoke: @Sendable (Collector) async throws -> Void
  var code: String
  /// Parts of the message; `PORT` is the server's.
  var message: [String]
  var testDescription: String { name }

  /// A configuration in which ssh reads these lines, without retries.
  static func configure(
    _ collector: Collector, _ sourceLines: [String] = [], host: String? = nil, sshLines: String? = nil
  ) throws {
    var lines = sourceLines
    if let sshLines {
      let jump = """
        Host jump
          HostName 127.0.0.1
          Port \(collector.server.port)
          User \(collector.server.user)
          IdentitiesOnly yes
          UserKnownHostsFile \(collector.server.knownHostsFile)

        """
      lines.append("ssh_config: \(try collector.files.write("ssh_config", sshLines + "\n" + jump))")
    }
    try collector.configure([.init(sourceLines: lines)], lakeLines: ["retry: {attempts: 0}"])
    if let host { try collector.editConfiguration("host: 127.0.0.1", "host: \(host)") }
  }
}

@Suite("Check, rehearsal, sync and verification log in alike and say the same", .serialized)
struct LoginAgreementTests {
  private static let faults: [SharedFault] = [
    SharedFault(
      name: "a server with an old key exchange alone", serverLines: ["KexAlgorithms diffie-hellman-group14-sha1"],
      provoke: { try SharedFault.configure($0) }, code: "ssh-configuration",
      message: [
        "ssh cannot talk to 127.0.0.1: Unable to negotiate with 127.0.0.1 port PORT: "
          + "no matching key exchange method found."
      ]),
    SharedFault(
      name: "a refused key",
      provoke: { try SharedFault.configure($0, ["ssh_key: \($0.server.otherKeyFile)"]) }, code: "authentication",
      message: ["@127.0.0.1 refuses the key"]),
    SharedFault(
      name: "a jump host whose name does not resolve",
      provoke: { try SharedFault.configure($0, sshLines: "Host 127.0.0.1\n  ProxyJump nosuch.invalid") },
      code: "unresolved-host",
      message: ["jump host or proxy on the way to 127.0.0.1", "Could not resolve hostname nosuch.invalid"]),
    SharedFault(
      name: "a jump host that refuses the key",
      provoke: {
        try SharedFault.configure(
          $0, host: "target",
          sshLines: "Host target\n  ProxyJump jump\nHost jump\n  IdentityFile \($0.server.otherKeyFile)")
      }, code: "authentication", message: ["jump host or proxy on the way to target", "Permission denied (publickey"]),
    SharedFault(
      name: "a jump host that forwards nothing",
      provoke: {
        try SharedFault.configure(
          $0, host: "target",
          sshLines: "Host target\n  ProxyJump jump\nHost jump\n  IdentityFile \($0.server.userKeyFile)")
      }, code: "ssh-configuration", message: ["on the way to target", "administratively prohibited"]),
    SharedFault(
      name: "a proxy that says something of its own",
      provoke: {
        try SharedFault.configure(
          $0, sshLines: "Host *\n  ProxyCommand /bin/sh -c \"echo no tunnel today >&2; exit 1\"")
      }, code: "no-ssh-server", message: ["on the way to 127.0.0.1 cannot be used: no tunnel today"]),
    SharedFault(
      name: "a closed port",
      provoke: {
        try SharedFault.configure($0)
        $0.server.stop()
      }, code: "connection-refused", message: ["127.0.0.1 refuses connections on port PORT."]),
    SharedFault(
      name: "a changed host key",
      provoke: { try SharedFault.configure($0, ["known_hosts: \($0.server.wrongKnownHostsFile)"]) },
      code: "host-key-changed", message: ["The host key of 127.0.0.1 is not the one that is known."]),
    SharedFault(
      name: "a configuration of ssh that is wrong",
      provoke: { try SharedFault.configure($0, sshLines: "Host *\n  Ciphers nonsense") }, code: "ssh-configuration",
      message: ["line 2: Bad SSH2 cipher spec 'nonsense'."]),
    SharedFault(
      name: "a server that grants no session", serverLines: ["MaxSessions 0"],
      provoke: { try SharedFault.configure($0) }, code: "account-refused",
      message: ["lets no program run", "Session open refused by peer"]),
    SharedFault(
      name: "an expired password, told on stdout",
      provoke: {
        try SharedFault.configure($0)
        try $0.server.answer(with: "echo WARNING: Your password has expired.; exit 1")
      }, code: "account-refused", message: ["lets no program run: WARNING: Your password has expired."]),
    SharedFault(
      name: "a forced command that prints garbage",
      provoke: {
        try SharedFault.configure($0)
        try $0.server.answer(with: "printf '\\377{[garbage]}%4000d' 7")
      }, code: "account-refused", message: ["lets no program run: ", "garbage"]),
    SharedFault(
      name: "a forced command that ends as ssh itself does",
      provoke: {
        try SharedFault.configure($0)
        try $0.server.answer(with: "echo no way in here >&2; exit 255")
      }, code: "command-refused", message: ["ended before rsync said a word: no way in here"]),
    SharedFault(
      name: "a pipe in the place of the key",
      provoke: { try SharedFault.configure($0, ["ssh_key: \(try pipe($0))"]) }, code: "ssh-key",
      message: ["The key /", "/pipe of ticks cannot be used: it is not a regular file."]),
    SharedFault(
      name: "a device in the place of the key",
      provoke: { try SharedFault.configure($0, ["ssh_key: /dev/zero"]) }, code: "ssh-key",
      message: ["The key /dev/zero of ticks cannot be used: it is not a regular file."]),
    SharedFault(
      name: "a directory in the place of the key",
      provoke: { try SharedFault.configure($0, ["ssh_key: \($0.files.path("source"))"]) }, code: "ssh-key",
      message: ["/source of ticks cannot be used: it is not a regular file."]),
    SharedFault(
      name: "a pipe in the place of the known hosts",
      provoke: { try SharedFault.configure($0, ["known_hosts: \(try pipe($0))"]) }, code: "ssh-configuration",
      message: ["The file /", "/pipe of ticks cannot be used: it is not a regular file."]),
    SharedFault(
      name: "a pipe in the place of ssh's configuration",
      provoke: { try SharedFault.configure($0, ["ssh_config: \(try pipe($0))"]) }, code: "ssh-configuration",
      message: ["The file /", "/pipe of ticks cannot be used: it is not a regular file."]),
  ]

  private static func pipe(_ collector: Collector) throws -> String {
    let path = collector.files.path("pipe")
    try #require(mkfifo(path, 0o600) == 0)
    return path
  }

  @Test("of a login that cannot be had", arguments: faults)
  func same(fault: SharedFault) async throws {
    let collector = try await Collector(serverLines: fault.serverLines)
    try collector.files.write("source/a", bytes: 100)
    try await fault.provoke(collector)
    let check = try await collector.sluice("validate", "--connect")
    let rehearsal = try await collector.syncJSON("--dry-run")
    let sync = try await collector.syncJSON()
    let verification = try await collector.sluice("verify", "--json")
    #expect([check.code, rehearsal.ending.code, sync.ending.code, verification.code] == [1, 1, 1, 1])
    let found = [rehearsal.json, sync.json, try collector.object(verification)].map(Collector.problems)
    let problem = try #require(found[1].first, "\(sync.ending)")
    #expect(problem.code == fault.code, "\(problem)")
    for part in fault.message {
      let text = part.replacing("PORT", with: String(collector.server.port))
      #expect(problem.message.contains(text), "\(problem)")
    }
    for problems in found {
      #expect(problems.map(\.code) == [problem.code], "\(problems)")
      #expect(problems.map(\.message) == [problem.message] && problems.map(\.advice) == [problem.advice], "\(problems)")
    }
    #expect(check.errors == "sluice: \(problem.message) → \(problem.advice)\n")
    #expect(!check.text.contains("works") || ["account-refused", "command-refused"].contains(fault.code), "\(check)")
  }

  /// Logins that are granted, though not as a server usually does.
  private static let granted: [(lines: [String], name: String)] = [
    (["MaxSessions 1"], "one session at a time"), (["MaxAuthTries 1"], "one key to try"),
    (["Banner /etc/passwd"], "a banner"), (["ClientAliveInterval 1"], "questions every second"),
  ]

  @Test("of a login that is granted", arguments: granted)
  func getsIn(lines: [String], name: String) async throws {
    let collector = try await Collector(serverLines: lines)
    try collector.files.write("source/a", bytes: 100)
    try SharedFault.configure(collector)
    #expect(try await collector.sluice("validate", "--connect").code == 0)
    #expect(try await collector.sluice("sync", "--dry-run").code == 0)
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await collector.sluice("verify").code == 0)
  }

  @Test("and with the very same words to ssh, once each")
  func sameWords() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    try SharedFault.configure(collector)
    var logins: [[String]] = []
    for command in [["sync", "--dry-run"], ["sync"], ["verify"]] {
      #expect(try await collector.sluice(command).code == 0)
      let run = try #require(collector.newestRun)
      let opened = run.events().compactMap { event -> [String]? in
        guard case .command(let words) = event.kind, words.first == "ssh" else { return nil }
        return words.map { $0.replacing(run.path, with: "RUN") }
      }
      #expect(opened.count == 1, "\(command): \(opened)")
      logins += opened
    }
    #expect(Set(logins).count == 1, "\(logins)")
    let before = collector.server.log.matches(of: /Accepted publickey/).count
    #expect(try await collector.sluice("validate", "--connect").code == 0)
    #expect(collector.server.log.matches(of: /Accepted publickey/).count == before + 1)
  }

  @Test("a rehearsal that waits for its login can be held, let go on and stopped")
  func held() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    let proxy = try FaultProxy(to: collector.server.port)
    try collector.configure([.init(port: proxy.port)])
    proxy.freeze()
    let run = try collector.start("sync", "--dry-run")
    try await waitUntil("the rehearsal to be there") {
      collector.history.directories().contains { $0.record()?.processID == run.processID }
    }
    let id = try #require(collector.newestRun).id.text
    #expect(try await collector.sluice("pause", "ticks", "--run", id).code == 0)
    #expect(try await collector.sluice("resume", "ticks", "--run", id).code == 0)
    #expect(try await collector.sluice("stop", "ticks", "--run", id).code == 0)
    #expect(try await run.ending().code == 130)
  }

  @Test("an alias of ssh_config is taken in by its own name and port")
  func alias() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    let known = try collector.files.write("known", "")
    try SharedFault.configure(
      collector, ["known_hosts: \(known)"], host: "farm",
      sshLines: "Host farm\n  HostName 127.0.0.1\n  Port \(collector.server.port)")
    try collector.editConfiguration("port: \(collector.server.port)", "port: null")
    let line = "ssh-keyscan -p \(collector.server.port) 127.0.0.1 >> \(known)"
    let check = try await collector.sluice("validate", "--connect")
    #expect(check.code == 1 && check.errors.contains("The host key of farm is not known"), "\(check)")
    #expect(check.errors.contains(line), "\(check)")
    #expect(Collector.problems(try await collector.syncJSON().json).first?.advice.contains(line) == true)
    _ = try await collector.tool("sh", "-c", line + " 2>/dev/null")
    #expect(try await collector.sluice("sync").code == 0)
  }
}
