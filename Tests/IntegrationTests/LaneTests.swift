import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing
import Transport

@Suite("Lanes: several rsyncs for one transfer", .serialized)
struct LaneTests {
  /// A lake whose profile asks for four lanes, and a source with four files of a size.
  private func collector(
    _ arguments: String = "-a --partial", each bytes: Int = 3_000_000, lanes: String = "4",
    serverLines: [String] = [], lakeLines: [String] = []
  ) async throws -> Collector {
    let collector = try await Collector(serverLines: serverLines)
    var profile = Collector.ProfileText()
    profile.arguments = arguments
    profile.lines = ["lanes: \(lanes)"]
    try collector.configure([profile], lakeLines: lakeLines)
    for number in 1...4 {
      try collector.files.write("source/x_2026010\(number)/big", bytes: bytes, seed: UInt64(number))
    }
    return collector
  }

  /// Waits until so many lanes are at work and have brought bytes.
  private func working(_ collector: Collector, lanes: Int = 4) async throws -> RunDirectory {
    var found: RunDirectory?
    try await waitUntil("\(lanes) lanes to bring bytes") {
      found = collector.history.liveRun(profile: "ticks")?.directory
      return found.map { run in (1...lanes).allSatisfy { wire(run, $0...$0) > 100_000 } } ?? false
    }
    return try #require(found)
  }

  private func wire(_ run: RunDirectory, _ lanes: ClosedRange<Int> = 1...4) -> Int64 {
    lanes.reduce(0) { $0 + (TransportCounters.read(from: run.path, lane: $1)?.bytesIn ?? 0) }
  }

  /// What the newest run's log says of lanes.
  private func told(_ collector: Collector, _ part: String) -> [String] {
    (collector.newestRun?.events() ?? []).compactMap { event in
      if case .log(_, let text) = event.kind, text.contains(part) { text } else { nil }
    }
  }

  /// What rsync itself would still do, directories' times and rights included; empty when the trees are the same.
  private func difference(_ collector: Collector) async throws -> String {
    let bytes = try await collector.isSame("source", "lake/ticks")
    let source = collector.files.path("source/"), lake = collector.files.path("lake/ticks/")
    let rest = try await collector.tool("rsync", "-ain", "--delete", "--exclude=./", source, lake)
    return (bytes == "same" ? "" : bytes) + rest
  }

  @Test(
    "bring the very tree that one rsync brings, tell every file once, and count what came",
    arguments: ["-a --partial --delete", "-a --inplace --partial", "-az --checksum"])
  func identical(arguments: String) async throws {
    let collector = try await collector(arguments, each: 200_000)
    for number in 0..<60 { try collector.files.write("source/x_20260101/deep/er/small_\(number)", bytes: 90 + number) }
    for number in 0..<9 { try collector.files.write("source/x_20260102/middle_\(number)", bytes: 40_000 + number) }
    symlink("big", collector.files.path("source/x_20260103/link"))
    _ = try await collector.tool("touch", "-d", "2020-01-01", collector.files.path("source/x_20260101/deep"))
    let first = try await collector.syncJSON()
    #expect(first.ending.code == 0 && first.json["files_transferred"] as? Int == 73, "\(first)")
    #expect(try await difference(collector) == "")
    #expect(told(collector, "in 4 lanes: so many were asked for").count == 1)
    #expect(told(collector, "13 files").count == 1, "only files of some size are dealt")
    let paths = (collector.newestRun?.changes() ?? []).filter { $0.kind != .attributes }.map(\.path)
    #expect(Set(paths).count == paths.count && paths.contains("x_20260103/link") && paths.contains("x_20260104/big"))
    let size = try #require(first.json["bytes_transferred"] as? Int)
    #expect(size == 4 * 200_000 + 60 * 90 + 59 * 30 + 9 * 40_000 + 36)

    try collector.files.write("source/x_20260101/big", bytes: 200_001, seed: 9)
    try collector.files.write("source/x_20260102/big", bytes: 200_001, seed: 9)
    unlink(collector.files.path("source/x_20260103/big"))
    let second = try await collector.syncJSON()
    #expect(second.ending.code == 0 && second.json["files_transferred"] as? Int == 2, "\(second)")
    #expect(told(collector, "in 2 lanes").count == 1)
    if arguments.contains("--delete") {
      #expect(second.json["files_deleted"] as? Int == 1)
      #expect(try await difference(collector) == "")
    }
    let third = try await collector.syncJSON()
    #expect(third.ending.code == 0 && third.json["files_transferred"] as? Int == 0 && told(collector, "lane") == [])
  }

  @Test("obey one limit, one pause and one stop together, are shown together, and never go back")
  func steered() async throws {
    let collector = try await collector(each: 12_000_000)
    let child = try collector.start("sync", "--bwlimit", "2000")
    let run = try await working(collector)
    let family = ProcessFamily(of: child.processID)
    for limit in [2000, 6000] {
      #expect(try await collector.sluice("limit", "ticks", "\(limit)").code == 0)
      try await waitUntil("limit \(limit) to be in force in every lane", within: .seconds(1)) {
        (1...4).allSatisfy { TransportCounters.read(from: run.path, lane: $0)?.limit == Int64(limit) }
      }
      let (clock, first) = (ContinuousClock(), wire(run))
      let start = clock.now
      try await waitUntil("bytes to come") { wire(run) >= first + Int64(limit) * 1500 }
      let rate = Double(wire(run) - first) / 1024 / (clock.now - start).seconds
      #expect((Double(limit) * 0.75...Double(limit) * 1.25).contains(rate), "\(limit): \(rate) KB/s")
    }
    let status = try await collector.sluice("status", "--json")
    let progress = try #require(try collector.objects(status).first?["progress"] as? [String: Any])
    #expect(progress["lanes"] as? Int == 4, "\(status)")
    #expect(try await collector.sluice("pause", "ticks").code == 0)
    try await waitUntil("the pause to show") { run.live()?.isPaused == true }
    try await waitUntil("the pause to be felt") {
      (1...4).allSatisfy { TransportCounters.read(from: run.path, lane: $0)?.limit == -1 }
    }
    #expect(try await staysUnchanged(for: .seconds(1)) { wire(run) })
    #expect(try await collector.sluice("resume", "ticks").code == 0)
    let shown = run.live()?.bytesDone ?? 0
    #expect(try await collector.sluice("stop", "ticks").text == "Stopped ticks: interrupted.\n")
    #expect(try await child.ending(within: .seconds(10)).code == 130)
    try await waitUntil("all that the run had started to end") { family.alive == [] }
    #expect(run.transfers() == [])
    #expect(shown > 1_000_000 && run.live()?.bytesDone ?? 0 >= shown && run.live()?.lanes == nil)
    let kept = (1...4).compactMap { collector.size("lake/ticks/x_2026010\($0)/.rsync-partial/big") }
    #expect(kept.count == 4 && kept.reduce(0, +) > 1_000_000)
    let again = try await collector.syncJSON()
    #expect(again.ending.code == 0 && again.json["bytes_transferred"] as? Int ?? .max < 47_000_000, "\(again)")
    #expect(try await difference(collector) == "")
  }

  @Test(
    "a server that grants fewer sessions gets fewer lanes, which is said once, and no second login", arguments: [1, 2])
  func fewerSessions(sessions: Int) async throws {
    let collector = try await collector(serverLines: ["MaxSessions \(sessions)"])
    let proxy = try FaultProxy(to: collector.server.port)
    try collector.editConfiguration("port: \(collector.server.port)", "port: \(proxy.port)")
    // So slow that all lanes want to be there at once.
    let run = try await collector.syncJSON("--bwlimit", "4000")
    #expect(run.ending.code == 0 && run.json["files_transferred"] as? Int == 4, "\(run)")
    #expect(
      told(collector, "grants this login \(sessions) session").count == 1, "\(collector.newestRun?.events() ?? [])")
    #expect(proxy.connectionCount == 1)
    #expect(run.json["retries"] as? Int == 0)
    #expect(try await difference(collector) == "")
  }

  @Test("a lake whose name is too long for a socket's address shares its login all the same")
  func longName() async throws {
    let collector = try await collector()
    let proxy = try FaultProxy(to: collector.server.port)
    try collector.editConfiguration("port: \(collector.server.port)", "port: \(proxy.port)")
    let state = "state-" + String(repeating: "x", count: 120)
    try collector.editConfiguration("data_lake:\n", "data_lake:\n  state_dir: \(collector.files.path(state))\n")
    let run = try await collector.syncJSON()
    #expect(run.ending.code == 0 && run.json["files_transferred"] as? Int == 4, "\(run)")
    #expect(proxy.connectionCount == 1)
    #expect(try await difference(collector) == "")
  }

  @Test("a lane that is killed or stands still goes on by itself while the others work", arguments: [SIGKILL, SIGSTOP])
  func oneFails(number: Int32) async throws {
    let collector = try await collector(each: 8_000_000, lakeLines: ["stall_timeout: 4s"])
    let child = try collector.start("sync", "--json", "--bwlimit", "2200")
    let run = try await working(collector)
    let lanes = run.transfers()
    #expect(lanes.count == 4)
    // Of the source's rsyncs, for one of ours that is stopped works no less for the clock.
    let lane = "^rsync --server.*files-from.*\(collector.files.path("source"))"
    let senders = try await collector.tool("pgrep", "-f", lane)
      .split(separator: "\n").compactMap { Int32($0) }
    #expect(senders.count == 4)
    let victim = number == SIGKILL ? lanes[0].processID : try #require(senders.first)
    kill(victim, number)
    defer { if number == SIGSTOP { kill(victim, SIGKILL) } }
    let ending = try await child.ending(within: .seconds(60))
    let json = try collector.object(ending)
    #expect(ending.code == 0 && json["retries"] as? Int == 0, "\(ending)")
    let word = number == SIGKILL ? "(killed)" : "(nothing came for"
    #expect(told(collector, "ended early").count == 1 && told(collector, word).count == 1)
    #expect(json["wire_bytes"] as? Int ?? .max < 38_000_000)
    #expect(try await difference(collector) == "")
  }

  @Test("a run that is killed leaves nothing that writes, and the next one cleans up and ends it")
  func runKilled() async throws {
    let collector = try await collector()
    let child = try collector.start("sync", "--bwlimit", "1500")
    let run = try await working(collector)
    #expect(run.transfers().count == 4)
    let family = ProcessFamily(of: child.processID)
    child.signal(SIGKILL)
    try await waitUntil("everything of the run to end") { family.alive.isEmpty }
    #expect(try await staysUnchanged(for: .milliseconds(300)) { try collector.files.listing("lake/ticks") })
    let again = try await collector.syncJSON()
    #expect(again.ending.code == 0 && again.json["resumed"] as? Bool == true, "\(again)")
    #expect(try await difference(collector) == "")
    #expect(run.transfers() == [])
  }

  @Test("an option that takes one process means one lane, with the reason in the log", arguments: ["-H", "--fuzzy"])
  func oneProcess(option: String) async throws {
    let collector = try await collector("-a \(option)", each: 100_000)
    link(collector.files.path("source/x_20260101/big"), collector.files.path("source/x_20260102/same"))
    let run = try await collector.syncJSON()
    #expect(run.ending.code == 0, "\(run)")
    #expect(told(collector, "with one rsync: \(option) takes one process").count == 1)
    #expect(try await difference(collector) == "")
    var status = stat()
    #expect(lstat(collector.files.path("lake/ticks/x_20260102/same"), &status) == 0)
    #expect(status.st_nlink == (option == "-H" ? 2 : 1))
  }

  @Test("lanes come from the command line too, and one is the ordinary pass alone")
  func chosen() async throws {
    let collector = try await collector(each: 100_000, lanes: "1")
    let run = try await collector.syncJSON("--lanes", "3")
    #expect(run.ending.code == 0 && told(collector, "in 3 lanes").count == 1, "\(run)")
    try collector.files.write("source/x_20260101/big", bytes: 100_001, seed: 7)
    try collector.files.write("source/x_20260102/big", bytes: 100_001, seed: 7)
    #expect(try await collector.syncJSON().ending.code == 0 && told(collector, "lane") == [])
    #expect(try await collector.sluice("sync", "--lanes", "9").code == 2)
    #expect(try await difference(collector) == "")
  }
}
