import Foundation
import LakeFiles
import Rsync
import SluiceCore
import TestSupport
import Testing

@testable import Transport

/// The transport where it belongs: between a real rsync and a real ssh.
@Suite("The transport under rsync", .serialized)
struct TransportWithRsyncTests {
  private let server: TestSSHServer
  private let lake: TempLake

  init() async throws {
    server = try await TestSSHServer()
    lake = try TempLake("under-rsync")
    try lake.makeDirectory("run")
    try lake.makeDirectory("local")
  }

  private func start(owner: Int32 = getpid(), limit: Int? = nil) throws -> ChildProcess {
    let source = server.source(remoteRoot: lake.path("source"))
    var ssh = SSHCommand(source: source)
    ssh.pinnedKeyFile = try lake.write("known_hosts", (ssh.pinnedKeyLine ?? "") + "\n")
    let shell = TransportProgram.vector(
      executable: ProcessRunner.sluice, runDirectory: lake.path("run"), owner: owner, limit: limit,
      command: ssh.vector)
    let command = TransferCommand(
      source: source, userArguments: UserArguments("-a --delete"), localPath: lake.path("local"), remoteShell: shell)
    return try ChildProcess("rsync", command.arguments(for: .transfer), environment: TransferCommand.environment)
  }

  private var counters: TransportCounters? { TransportCounters.read(from: lake.path("run")) }

  @Test("brings the files whole and counts what crossed the wire")
  func transfer() async throws {
    try lake.write("source/big.bin", bytes: 20 << 20)
    for index in 0..<300 { try lake.write("source/d/\(index)", bytes: 700, seed: UInt64(index) + 2) }
    let ended = try await start().ending(within: .seconds(60))
    #expect(ended.code == 0, "\(ended.errors)")
    #expect(lake.read("local/big.bin") == lake.read("source/big.bin"))
    #expect(try lake.listing("local") == lake.listing("source"))
    var statistics = TransferStatistics()
    var parser = RsyncOutputParser()
    parser.consume(ended.output) { if case .statistics(let figures) = $0 { statistics = figures } }
    // rsync takes its own figures before the two ends say goodbye.
    let counters = try #require(counters)
    #expect((0...1000).contains(counters.bytesIn - statistics.wireBytesReceived))
    #expect((0...1000).contains(counters.bytesOut - statistics.wireBytesSent))
  }

  @Test("is steered while it runs: limit, pause, full speed")
  func steering() async throws {
    try lake.write("source/big.bin", bytes: 40 << 20)
    let rsync = try start(limit: 100)
    try await waitUntil("the first bytes") { (counters?.bytesIn ?? 0) > 10_000 }
    var control = RunControl()
    control.isPaused = true
    try AtomicFile.write(JSONFile.encode(control), to: lake.path("run/control.json"))
    try await waitUntil("the pause") { counters?.limit == -1 }
    #expect(try await staysUnchanged(for: .milliseconds(600)) { counters?.bytesIn })
    control.isPaused = false
    control.bandwidthLimit = 0
    try AtomicFile.write(JSONFile.encode(control), to: lake.path("run/control.json"))
    let ended = try await rsync.ending(within: .seconds(60))
    #expect(ended.code == 0, "\(ended.errors)")
    #expect(lake.read("local/big.bin") == lake.read("source/big.bin"))
  }

  @Test("leaves no rsync behind when the run is killed")
  func killedRun() async throws {
    try lake.write("source/big.bin", bytes: 40 << 20)
    let owner = try ChildProcess("sleep", ["600"])
    let rsync = try start(owner: owner.processID, limit: 1000)
    try await waitUntil("much to be under way") { (counters?.bytesIn ?? 0) > 500_000 }
    let transport = try #require(counters?.processID)
    owner.signal(SIGKILL)
    let ended = try await rsync.ending(within: .seconds(15))
    #expect([12, 20, 255].contains(ended.code))
    try await waitUntil("the transport to be gone") { kill(transport, 0) != 0 }
    // What came is kept for the next run.
    #expect(lake.exists("local/.rsync-partial/big.bin"))
    #expect(!lake.exists("local/big.bin"))
  }

  @Test("ends with rsync when that is told to stop, the other side frozen or not", arguments: [false, true])
  func stopped(isFrozen: Bool) async throws {
    try lake.write("source/big.bin", bytes: 40 << 20)
    let rsync = try start(limit: 1000)
    try await waitUntil("much to be under way") { (counters?.bytesIn ?? 0) > 500_000 }
    let transport = try #require(counters?.processID)
    if isFrozen { server.freeze() }
    rsync.signal(SIGTERM)
    let ended = try await rsync.ending(within: .seconds(10))
    #expect(ended.code == 20)
    try await waitUntil("the transport to be gone", within: .seconds(10)) { kill(transport, 0) != 0 }
    #expect(lake.exists("local/.rsync-partial/big.bin"))
    server.thaw()
  }
}
