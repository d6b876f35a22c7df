import Foundation
import Rsync
import SluiceCore
import TestSupport
import Testing

/// The command lines against a real rsync, ssh and sshd.
@Suite("With a real rsync and a throwaway sshd", .serialized)
struct RealRsyncTests {
  /// A source and a profile's directory, and what is needed to fetch from the one into the other.
  private struct Bench {
    let server: TestSSHServer
    let lake: TempLake
    var command: TransferCommand
    var ssh: SSHCommand

    init(options: String = "-a --delete", remote: String = "source") async throws {
      server = try await TestSSHServer()
      lake = try TempLake("bench")
      try lake.makeDirectory(remote)
      try lake.makeDirectory("local")
      var source = server.source(remoteRoot: lake.path(remote))
      source.knownHosts = .file(server.knownHostsFile)
      ssh = SSHCommand(source: source)
      command = TransferCommand(
        source: source, userArguments: UserArguments(options), localPath: lake.path("local"), remoteShell: ssh.vector)
    }

    /// Changes how the source is reached.
    mutating func reach(_ change: (inout SSHCommand) -> Void) {
      change(&ssh)
      command.source = ssh.source
      command.remoteShell = ssh.vector
    }

    func run(_ stage: TransferCommand.Stage = .transfer) async throws -> Outcome {
      let ended = try await ProcessRunner.run(
        "rsync", command.arguments(for: stage), environment: TransferCommand.environment)
      var parser = RsyncOutputParser()
      var events: [RsyncEvent] = []
      parser.consume(ended.output) { events.append($0) }
      parser.finish { events.append($0) }
      return Outcome(events: events, failure: TransferFailure(.exited(ended.code), standardError: ended.errors))
    }
  }

  private struct Outcome {
    let events: [RsyncEvent]
    let failure: TransferFailure?

    var changes: [FileChange] {
      events.compactMap { if case .change(let change) = $0 { change } else { nil } }
    }

    func paths(_ kinds: FileChange.Kind...) -> [String] {
      changes.filter { kinds.contains($0.kind) }.map(\.path).sorted()
    }

    var statistics: TransferStatistics? {
      events.compactMap { if case .statistics(let figures) = $0 { figures } else { nil } }.last
    }
  }

  @Test("does what it planned, and nothing the second time")
  func planAndTransfer() async throws {
    var bench = try await Bench()
    let lake = bench.lake
    let odd = ["sp ace.bin", "nl\nname.bin", "日本.bin", "back\\slash", "hash\\#012fake", "-dash", "tab\tx", "q'\"q"]
    for name in odd + ["a_20260101/part.parquet", "a_20230101/old.parquet", "um/x_20200101/deep.zip"] {
      try lake.write("source/\(name)", bytes: 5000)
    }
    try lake.write("source/_SUCCESS__2026-02-14__um__1h", "")
    try lake.write("source/_ingested/EVIL", "")
    try lake.write("local/_ingested/ours", "")
    try lake.write("local/.sluice/runs/x", "")
    try lake.write("local/b_20220101/old.parquet", "")
    try lake.write("local/zombie", "")
    bench.command.excludesMarkers = true
    bench.command.cutoff = CalendarDay(compact: "20241029")

    let plan = try await bench.run(.plan)
    #expect(plan.failure == nil)
    #expect(try lake.listing("local").contains("zombie"))
    let run = try await bench.run()
    #expect(run.failure == nil)
    let expected = (odd + ["a_20260101/part.parquet", "um/x_20200101/deep.zip"]).sorted()
    #expect(plan.paths(.create) == expected)
    #expect(run.paths(.create) == expected)
    #expect(plan.paths(.delete) == ["zombie"])
    #expect(run.paths(.delete) == ["zombie"])
    #expect(plan.statistics?.transferredBytes == run.statistics?.literalBytes)
    #expect(run.statistics?.filesTransferred == expected.count)
    let there = try lake.listing("local")
    for kept in ["_ingested/ours", ".sluice/runs/x", "b_20220101/old.parquet"] + odd { #expect(there.contains(kept)) }
    for absent in ["_ingested/EVIL", "a_20230101", "_SUCCESS__2026-02-14__um__1h", "zombie"] {
      #expect(!there.contains(absent))
    }
    let again = try await bench.run()
    #expect(again.paths(.create, .update, .delete) == [])
  }

  @Test(
    "a plan tells a file from a newer one of the same size, by its time or with -c by its content",
    arguments: [("-a --delete", true, false), ("-a --delete -c", true, true), ("-a --inplace", true, false)])
  func versions(options: String, noticesTime: Bool, noticesContent: Bool) async throws {
    let bench = try await Bench(options: options)
    let time = Date(timeIntervalSince1970: 1_700_000_000)
    func versions() async throws -> [String: UInt64] {
      let plan = try await bench.run(.plan)
      #expect(plan.failure == nil)
      return Dictionary(plan.changes.map { ($0.path, $0.sourceVersion) }) { first, _ in first }
    }
    try bench.lake.write("local/b", "old", modified: time)
    try bench.lake.write("local/zombie", "gone")
    for name in ["a", "b", "sp ace@F x"] { try bench.lake.write("source/\(name)", "one-one", modified: time) }
    let first = try await versions()
    #expect(Set(["a", "b", "sp ace@F x"]).isSubset(of: first.keys), "\(first)")
    #expect(try await versions() == first)
    try bench.lake.write("source/a", "two-two", modified: time)
    let changed = try await versions()
    #expect((changed["a"] != first["a"]) == noticesContent)
    try bench.lake.write("source/a", "one-one", modified: time.addingTimeInterval(1))
    let second = try await versions()
    #expect((second["a"] != first["a"]) == noticesTime && second["b"] == first["b"])
  }

  @Test("fetches the markers alone")
  func markers() async throws {
    let bench = try await Bench()
    try bench.lake.write("source/_SUCCESS__2026-02-14__um__1h", "")
    try bench.lake.write("source/_SUCCESS__dir/x", "")
    try bench.lake.write("source/data.zip", "x")
    try bench.lake.write("source/sub/_SUCCESS__2026-02-15__um__1h", "")
    let run = try await bench.run(.markers)
    #expect(run.failure == nil)
    #expect(run.paths(.create) == ["_SUCCESS__2026-02-14__um__1h"])
    #expect(try bench.lake.listing("local") == ["_SUCCESS__2026-02-14__um__1h"])
  }

  @Test(
    "keeps every user option it accepts working",
    arguments: [
      "-az --partial --inplace --delete", "-avzP", "-a --zc=zlib --zl=1 --delete-after --max-delete=9",
      "-rt --chmod=D755,F644 -O -J --no-g", "-aHAX --fuzzy --checksum", "-aS --modify-window=1 --skip-compress=zip",
      "-a --include='*/' --include='*.zip' -f 'P x' --exclude='*' --min-size=1", "--partial-dir=.own --timeout=9 -W",
      "-a --bwlimit=9 --delete-delay --no-D --size-only", "-rtlpgoD --no-perms --no-whole-file --no-links", "",
    ])
  func options(text: String) async throws {
    let bench = try await Bench(options: text)
    try bench.lake.write("source/d_20260101/a.zip", bytes: 4000)
    #expect(bench.command.userArguments.refusals == [])
    for stage in [TransferCommand.Stage.plan, .transfer] {
      let run = try await bench.run(stage)
      #expect(run.failure == nil)
      #expect(run.paths(.create) == ["d_20260101/a.zip"])
      #expect(run.statistics?.filesTransferred == 1)
    }
    #expect(bench.lake.read("local/d_20260101/a.zip")?.count == 4000)
  }

  @Test("fetches the files of a lane and deletes nothing")
  func lane() async throws {
    let bench = try await Bench()
    for name in ["a/1.zip", "a/2.zip", "b c/3.zip"] { try bench.lake.write("source/\(name)", "x") }
    try bench.lake.write("local/stays", "")
    let list = try bench.lake.write("list", "a/1.zip\0b c/3.zip\0")
    let run = try await bench.run(.lane(fileList: list))
    #expect(run.failure == nil)
    #expect(run.paths(.create) == ["a/1.zip", "b c/3.zip"])
    #expect(bench.lake.exists("local/stays"))
  }

  @Test("hands the remote shell's words over whole")
  func quoting() async throws {
    var bench = try await Bench()
    try bench.lake.write("source/x", "x")
    // The script's path and its arguments hold all that rsync could stumble over.
    let shell = try bench.lake.write(
      "it's a \"dir\"/carry",
      "while [ \"$1\" != -- ]; do printf '%s\\n' \"$1\" >> '\(bench.lake.path)/words'; shift; done\n"
        + "shift\nexec \"$@\"\n")
    let odd = ["''", "\"\"", "a  b", "'", "", "\\", "tab\tx", "$HOME", "a'b\"c d"]
    bench.command.remoteShell = ["/bin/sh", shell] + odd + ["--"] + bench.ssh.vector
    let run = try await bench.run()
    #expect(run.failure == nil)
    let words = bench.lake.read("words").map { String(decoding: $0, as: UTF8.self) } ?? ""
    #expect(words == odd.map { $0 + "\n" }.joined())
  }

  @Test("reads odd remote directories", arguments: ["sp ace/d'q", "a\"b", "star*", "dollar$HOME", "semi;x", "数据"])
  func remoteDirectories(name: String) async throws {
    let bench = try await Bench(remote: name)
    try bench.lake.write("\(name)/x", "x")
    let run = try await bench.run()
    #expect(run.failure == nil)
    #expect(bench.lake.exists("local/x"))
  }

  @Test("logs in by an alias of ssh_config alone")
  func alias() async throws {
    var bench = try await Bench()
    try bench.lake.write("source/x", "x")
    let config = bench.server.sshConfigFile
    let root = bench.lake.path("source")
    bench.reach {
      $0 = SSHCommand(source: Source(host: "collector", port: nil, user: nil, remoteRoot: root, sshConfig: config))
    }
    #expect(try await bench.run().failure == nil)
    #expect(bench.lake.exists("local/x"))
  }

  @Test("believes the pinned key and no other")
  func pinnedKey() async throws {
    var bench = try await Bench()
    let server = bench.server
    bench.reach { $0.source.knownHosts = .key(server.hostKey) }
    #expect(try await bench.run().failure?.meaning == .hostKeyUnknown)
    let line = try #require(bench.ssh.pinnedKeyLine)
    let pinned = try bench.lake.write("100% sure \"pinned\"", line + "\n")
    bench.reach { $0.pinnedKeyFile = pinned }
    #expect(try await bench.run().failure == nil)
    try bench.lake.write("100% sure \"pinned\"", "sluice-pinned \(server.otherKey)\n")
    #expect(try await bench.run().failure?.meaning == .hostKeyChanged)
  }

  @Test("tells what is wrong with the way to the source")
  func faults() async throws {
    var bench = try await Bench()
    let server = bench.server
    let good = bench.ssh
    bench.reach { $0.source.knownHosts = .file(server.emptyKnownHostsFile) }
    #expect(try await bench.run().failure?.meaning == .hostKeyUnknown)
    bench.reach { $0.source.knownHosts = .file(server.wrongKnownHostsFile) }
    #expect(try await bench.run().failure?.meaning == .hostKeyChanged)
    bench.reach {
      $0 = good
      $0.source.sshKey = server.otherKeyFile
    }
    #expect(try await bench.run().failure?.meaning == .authentication)
    bench.reach { $0.source.sshKey = "/no/such/key" }
    let noKey = try await bench.run().failure
    #expect(noKey?.meaning == .authentication)
    bench.reach {
      $0 = good
      $0.source.remoteRoot = "/no/such/dir"
    }
    let missing = try await bench.run().failure
    #expect(missing?.meaning == .remoteDirectoryMissing)
    #expect(missing?.isRetryable == false)
    bench.reach {
      $0 = good
      $0.source.sshConfig = "/no/such/config"
    }
    #expect(try await bench.run().failure?.meaning == .sshConfiguration)
    bench.reach { $0 = good }
    try server.answer(with: "echo Welcome; exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"")
    #expect(try await bench.run().failure?.meaning == .remoteShellChatty)
    try server.answer(with: "PATH=/nowhere; rsync")
    #expect(try await bench.run().failure?.meaning == .remoteRsyncMissing)
    server.stop()
    let refused = try await bench.run().failure
    #expect(refused?.meaning == .connectionRefused)
    #expect(refused?.isRetryable == true)
  }

  @Test("calls a cut connection a lost link, and keeps what came")
  func cut() async throws {
    var bench = try await Bench()
    try bench.lake.write("source/big.bin", bytes: 8 << 20)
    let proxy = try FaultProxy(to: bench.server.port)
    let known = try bench.lake.write("known", "[127.0.0.1]:\(proxy.port) \(bench.server.hostKey)\n")
    bench.reach {
      $0.source.port = proxy.port
      $0.source.knownHosts = .file(known)
    }
    proxy.cut(after: 3 << 20)
    let failure = try await bench.run().failure
    #expect(failure?.meaning == .linkLost)
    #expect(failure?.isRetryable == true)
    #expect(bench.lake.exists("local/.rsync-partial/big.bin"))
    proxy.cut(after: nil)
    let resumed = try await bench.run()
    #expect(resumed.failure == nil)
    #expect((resumed.statistics?.matchedBytes ?? 0) > 1 << 20)
    #expect(!bench.lake.exists("local/.rsync-partial"))
    #expect(proxy.connectionCount == 2)
    #expect(proxy.bytesToClient > 8 << 20)
  }

  @Test("stops at the bound on deletions, and at an unreadable file")
  func partial() async throws {
    var bench = try await Bench()
    for index in 0..<5 { try bench.lake.write("local/gone\(index)", "") }
    try bench.lake.write("source/x", "x")
    bench.command.maxDelete = 2
    let failure = try await bench.run().failure
    #expect(failure?.meaning == .deleteLimit)
    #expect(failure?.isPartial == true)
    #expect(try bench.lake.listing("local").filter { $0.hasPrefix("gone") }.count == 3)
  }
}
