import Foundation
import SluiceCore
import TestSupport
import Testing

/// A fault that keeps a transfer from beginning, and what an operator must read about it.
struct LoginFault: Sendable, CustomTestStringConvertible {
  var name: String
  /// Prepares the collector and its configuration.
  var provoke: @Sendable (Collector) async throws -> Void
  var code: String
  var message: [String]
  var advice: [String]
  var testDescription: String { name }
}

@Suite("Faults before the first byte", .serialized)
struct LoginFaultTests {
  private static let hopeless: [LoginFault] = [
    LoginFault(
      name: "a key the host does not take",
      provoke: { try $0.configure([.init(sourceLines: ["ssh_key: \($0.server.otherKeyFile)"])]) },
      code: "authentication", message: ["@127.0.0.1 refuses the key", "/other_key."],
      advice: ["authorized_keys", "ssh -p "]),
    LoginFault(
      name: "a named key that is missing",
      provoke: { try $0.configure([.init(sourceLines: ["ssh_key: /no/such/key"])]) },
      code: "ssh-key", message: ["The key /no/such/key of ticks cannot be used: it does not exist."],
      advice: ["correct `ssh_key`", "no other key is tried"]),
    LoginFault(
      name: "an unknown host key",
      provoke: { try $0.configure([.init(sourceLines: ["known_hosts: \($0.server.emptyKnownHostsFile)"])]) },
      code: "host-key-unknown", message: ["The host key of 127.0.0.1 is not known"],
      advice: ["ssh-keyscan -p ", " 127.0.0.1 >> ", "/known_hosts_empty", "ssh -p ", "-o UserKnownHostsFile="]),
    LoginFault(
      name: "a changed host key",
      provoke: { try $0.configure([.init(sourceLines: ["known_hosts: \($0.server.wrongKnownHostsFile)"])]) },
      code: "host-key-changed", message: ["is not the one that is known"],
      advice: ["ssh-keygen -R '[127.0.0.1]:", "' -f ", "/known_hosts_wrong", "ssh-keyscan -p "]),
    LoginFault(
      name: "another key than the pinned one",
      provoke: {
        let other = try String(contentsOfFile: $0.server.otherKeyFile + ".pub", encoding: .utf8)
        let key = other.split(separator: " ").prefix(2).joined(separator: " ")
        try $0.configure([.init(sourceLines: ["known_hosts: \"\(key)\""])])
      }, code: "host-key-changed", message: ["is not the one that is known"], advice: ["reinstalled: set `known_hosts`"]
    ),
    LoginFault(
      name: "a host name that does not exist",
      provoke: {
        try $0.configure()
        try $0.editConfiguration("host: 127.0.0.1", "host: no-such-host.invalid")
      }, code: "unresolved-host", message: ["The name no-such-host.invalid does not resolve"],
      advice: ["Correct `host`"]),
    LoginFault(
      name: "no rsync at the source",
      provoke: {
        try $0.configure()
        try $0.server.answer(with: "PATH=/nowhere; export PATH; exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"")
      }, code: "remote-rsync-missing", message: ["There is no rsync on 127.0.0.1"],
      advice: ["apt-get install rsync"]),
    LoginFault(
      name: "a login that prints text",
      provoke: {
        try $0.configure()
        try $0.server.answer(with: "echo Welcome to the collector; exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"")
      }, code: "remote-shell-chatty", message: ["The login on 127.0.0.1 prints text"],
      advice: ["~/.bashrc", "ssh -p "]),
    LoginFault(
      name: "a remote directory that is missing",
      provoke: { try $0.configure([.init(remote: "nowhere", arguments: "-a --delete")]) },
      code: "remote-directory-missing", message: ["/nowhere does not exist on 127.0.0.1", "Nothing was deleted"],
      advice: ["Correct `remote_root`", "not mounted"]),
    LoginFault(
      name: "a remote directory that may not be read",
      provoke: {
        try $0.configure([.init(remote: "closed", arguments: "-a --delete")])
        chmod(try $0.files.makeDirectory("closed"), 0)
        try $0.obeyPermissionsAtSource()
      }, code: "remote-directory-unreadable", message: ["/closed on 127.0.0.1 may not be read by"],
      advice: ["Grant it read"]),
  ]

  @Test("a hopeless fault is tried once, told apart, and says what to do next", arguments: hopeless)
  func hopelessFault(_ fault: LoginFault) async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 1000)
    try collector.files.write("lake/ticks/kept", bytes: 500)
    try await fault.provoke(collector)
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 1, "\(ending)")
    #expect(json["outcome"] as? String == "failed" && json["retries"] as? Int == 0)
    let problems = Collector.problems(json)
    #expect(problems.map(\.code) == [fault.code], "\(problems)")
    let problem = try #require(problems.first)
    for part in fault.message { #expect(problem.message.contains(part), "\(problem)") }
    for part in fault.advice { #expect(problem.advice.contains(part), "\(problem)") }
    #expect(try collector.files.listing("lake/ticks").filter { !$0.hasPrefix(".sluice") } == ["kept"])
    let checkpoint = try collector.checkpoint()
    #expect(checkpoint["last_sync_status"] as? String == "failed" && checkpoint["last_success_time"] == nil)
    #expect((checkpoint["errors"] as? [String])?.count == 1)
  }

  @Test("a refused port is tried again as often as `retry` says, then named")
  func refusedPort() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 1000)
    try collector.configure()
    collector.server.stop()
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 1 && json["retries"] as? Int == 2, "\(ending)")
    let problem = try #require(Collector.problems(json).first)
    #expect(problem.code == "connection-refused")
    #expect(problem.message == "127.0.0.1 refuses connections on port \(collector.server.port).")
    #expect(problem.advice.contains("ssh -p \(collector.server.port) -i "))
    try await collector.server.start()
    let again = try await collector.sluice("sync")
    #expect(again.code == 0 && again.text.contains("Resuming from checkpoint..."), "\(again)")
  }

  @Test("the far end dying with 12, 127 or 255 is one and the same broken link", arguments: [12, 127, 255])
  func brokenLink(code: Int) async throws {
    let collector = try await Collector()
    try await collector.writeRandom("source/a", bytes: 8_000_000)
    try collector.configure()
    // Login 1 lists, login 2 transfers and dies in the middle of it, login 3 goes on.
    try collector.answerCounting(
      """
      if [ $n = 2 ]; then
        exec 3<&0
        rsync --server --bwlimit=3000 ${SSH_ORIGINAL_COMMAND#rsync --server } <&3 &
        until ls '\(collector.files.path("lake/ticks"))'/.a.* 2>&1; do sleep 0.02; done > /dev/null
        kill -9 $!
        exit \(code)
      fi
      """)
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 0 && json["retries"] as? Int == 1, "\(ending)")
    #expect(collector.retries.map(\.code) == ["link-lost"])
    #expect(collector.logins == 3)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }
}
