import Foundation
import LakeConfiguration
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

/// An account that logs in and does not do what a sync needs, and what is said of it.
struct OddAccount: Sendable, CustomTestStringConvertible {
  /// What the server runs for every login.
  var script: String
  var code: String
  var message: String
  var testDescription: String { message }
}

@Suite("Accounts that let no sync begin", .serialized)
struct AccountTests {
  private static let accounts = [
    OddAccount(
      script: "echo 'This account is currently not available.'; exit 1", code: "account-refused",
      message: "lets no program run: This account is currently not available."),
    OddAccount(
      script: "echo 'This service allows sftp connections only.'; exit 1", code: "account-refused",
      message: "lets no program run: This service allows sftp connections only."),
    OddAccount(
      script: "echo 'sudo: a password is required' >&2; exit 1", code: "account-refused",
      message: "lets no program run: sudo: a password is required"),
    OddAccount(
      script: "echo 'Your account has expired; please contact your system administrator.' >&2; exit 1",
      code: "account-refused", message: "lets no program run: Your account has expired"),
    OddAccount(
      script: "echo 'System is down for maintenance until 06:00.'; exit 1", code: "account-refused",
      message: "lets no program run: System is down for maintenance until 06:00."),
    OddAccount(
      script: "echo 'Your session limit is reached.' >&2; exit 1", code: "command-refused",
      message: "ended before rsync said a word: Your session limit is reached."),
    OddAccount(
      script: "echo 'bash: /usr/bin/rsync: Permission denied' >&2; exit 126", code: "remote-rsync-barred",
      message: "may not be run by"),
    OddAccount(
      script: "no-such-wrapper rsync", code: "command-refused", message: "no-such-wrapper"),
    OddAccount(
      script: "echo '/usr/bin/rrsync error: post-realpath open failed: /s No such file or directory' >&2; exit 1",
      code: "restricted-key", message: "is restricted by rrsync"),
    OddAccount(script: "kill -9 $$", code: "silent-account", message: "it ends without a word"),
    OddAccount(script: "exit 0", code: "silent-account", message: "it ends without a word"),
    OddAccount(
      script: "echo 'Welcome!'; exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"", code: "remote-shell-chatty",
      message: "prints text, which rsync cannot tell from data"),
  ]

  @Test("are named with what they say by `validate --connect`, and nothing else is found wrong", arguments: accounts)
  func connect(account: OddAccount) async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.server.answer(with: account.script)
    let ending = try await collector.sluice("validate", "--connect")
    #expect(ending.code == 1 && ending.errors.contains(account.message), "\(ending)")
    #expect(ending.errors.filter { $0 == "\n" }.count == 1, "\(ending)")
  }

  @Test("are no broken link for a sync, and not tried again", arguments: accounts)
  func sync(account: OddAccount) async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/a", bytes: 10)
    try collector.server.answer(with: account.script)
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 1, "\(ending)")
    let problem = try #require(Collector.problems(json).first)
    #expect(problem.code == account.code && problem.message.contains(account.message), "\(problem)")
    #expect(collector.retries.isEmpty)
  }

  @Test("a key restricted to rsync passes, a blank in the path too, and what cannot be read does not")
  func restricted() async throws {
    let collector = try await Collector()
    try collector.configure([.init(remote: "sou rce", arguments: "-az --delete")])
    try collector.files.write("sou rce/a", bytes: 10)
    try collector.server.answer(
      with: """
        case "$SSH_ORIGINAL_COMMAND" in
          'rsync --server'*) exec /bin/sh -c "$SSH_ORIGINAL_COMMAND";;
          *) echo 'only rsync is allowed' >&2; exit 1;;
        esac
        """)
    let good = try await collector.sluice("validate", "--connect")
    #expect(good.code == 0 && good.text.contains("✓ rsync is there"), "\(good)")
    #expect(try await collector.sluice("sync").code == 0)
    chmod(collector.files.path("sou rce"), 0)
    try collector.obeyPermissionsAtSource()
    let closed = try await collector.sluice("validate", "--connect")
    #expect(closed.code == 1 && closed.errors.contains("may not be read by"), "\(closed)")
    chmod(collector.files.path("sou rce"), 0o755)
  }

  @Test("a host that hangs is given up")
  func hung() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.server.answer(with: "exec sleep 600")
    let loaded = try ConfigurationLoader.load(
      path: collector.configurationPath, environment: ["HOME": collector.files.path])
    let profile = try #require(loaded.lake.profiles.first)
    let findings = await ConnectionCheck(lake: loaded.lake, profile: profile, patience: 3).run()
    #expect(findings.problems.map(\.code) == ["no-answer"], "\(findings)")
  }
}
