import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

/// Over a way of some round trips the transfer's rsync is started while the plan is listed.
@Suite("A sync over a long way", .serialized)
struct LongWayTests {
  /// A lake behind a proxy that holds each piece back, and a source with 120 small files.
  ///
  /// A login takes some ten of those times: well over the half second from which a way is a long one.
  private func collector(
    _ arguments: String = "-a --partial --delete", serverLines: [String] = [], lines: [String] = [],
    milliseconds: Int = 60
  ) async throws -> (Collector, FaultProxy) {
    let collector = try await Collector(serverLines: serverLines)
    let proxy = try FaultProxy(to: collector.server.port)
    proxy.delay(milliseconds: milliseconds)
    var profile = Collector.ProfileText(port: proxy.port)
    profile.arguments = arguments
    profile.lines = lines
    try collector.configure([profile])
    for number in 0..<120 {
      try collector.files.write("source/x_20260\(100 + number % 3)/part_\(number)", bytes: 900 + number)
    }
    return (collector, proxy)
  }

  /// The commands of the newest run that fetch, and whether each was started before its turn.
  private func transfers(_ collector: Collector) -> [Bool] {
    commands(collector).filter { $0.contains { $0.hasPrefix("--info=progress2") } }.map { words in
      words.contains { $0.contains("--hold") }
    }
  }

  private func commands(_ collector: Collector) -> [[String]] {
    (collector.newestRun?.events() ?? []).compactMap { event in
      if case .command(let words) = event.kind, words.first?.hasSuffix("/rsync") == true { words } else { nil }
    }
  }

  private func difference(_ collector: Collector) async throws -> String {
    let source = collector.files.path("source/"), lake = collector.files.path("lake/ticks/")
    let told = try await collector.tool("rsync", "-aicn", "--delete", source, lake)
    // To publish a marker changes the time of the directory it lies in.
    return told.split(separator: "\n").filter { $0 != ".d..t...... ./" }.joined(separator: "\n")
  }

  private func expectNothingLeft(_ collector: Collector) throws {
    let names = try #require(collector.newestRun).path
    #expect(try FileManager.default.contentsOfDirectory(atPath: names).filter { $0.contains("transport-6") } == [])
  }

  @Test("brings the same tree with an rsync that was started ahead, and starts none to do nothing")
  func ahead() async throws {
    let (collector, proxy) = try await collector()
    let first = try await collector.syncJSON()
    #expect(first.ending.code == 0 && first.json["files_transferred"] as? Int == 120, "\(first)")
    #expect(first.json["bytes_transferred"] as? Int == (0..<120).reduce(0) { $0 + 900 + $1 })
    #expect(transfers(collector) == [true] && proxy.connectionCount == 1)
    #expect(try await difference(collector) == "")
    try expectNothingLeft(collector)

    try collector.files.write("source/x_20260101/new", bytes: 77)
    for number in 0..<9 { unlink(collector.files.path("source/x_20260\(100 + number % 3)/part_\(number)")) }
    let second = try await collector.syncJSON()
    #expect(second.ending.code == 0 && second.json["files_transferred"] as? Int == 1, "\(second)")
    #expect(second.json["files_deleted"] as? Int == 9 && transfers(collector) == [true])
    #expect(try await difference(collector) == "")

    let third = try await collector.syncJSON()
    #expect(third.ending.code == 0 && third.json["files_transferred"] as? Int == 0 && transfers(collector) == [])
    try expectNothingLeft(collector)
    #expect(proxy.connectionCount == 3)
  }

  @Test(
    "what deletes more than a few has an rsync of its own, after the whole list",
    arguments: ["--delete", "--delete-after"])
  func manyDeletions(option: String) async throws {
    let (collector, proxy) = try await collector("-a \(option)")
    defer { proxy.close() }
    #expect(try await collector.syncJSON().ending.code == 0)
    try collector.files.write("source/x_20260101/new", bytes: 77)
    for number in 0..<12 { unlink(collector.files.path("source/x_20260\(100 + number % 3)/part_\(number)")) }
    let run = try await collector.syncJSON()
    #expect(run.ending.code == 0 && run.json["files_deleted"] as? Int == 12, "\(run)")
    #expect(transfers(collector) == [false])
    #expect(try await difference(collector) == "")
  }

  @Test("deletes nothing that a guard holds, and fetches nothing then")
  func guarded() async throws {
    let (collector, proxy) = try await collector()
    defer { proxy.close() }
    #expect(try await collector.syncJSON().ending.code == 0)
    try collector.files.write("source/x_20260101/new", bytes: 77)
    for number in 0..<90 { unlink(collector.files.path("source/x_20260\(100 + number % 3)/part_\(number)")) }
    let run = try await collector.syncJSON()
    #expect(run.ending.code == 12 && transfers(collector) == [], "\(run)")
    #expect(!collector.files.exists("lake/ticks/x_20260101/new"))
    #expect(try collector.files.listing("lake/ticks").filter { $0.contains("part_") }.count == 120)
    let forced = try await collector.syncJSON("--force-delete")
    #expect(forced.ending.code == 0 && forced.json["files_deleted"] as? Int == 90 && transfers(collector) == [true])
    #expect(try await difference(collector) == "")
  }

  @Test("a server that grants few sessions is no hindrance", arguments: [1, 2])
  func fewSessions(sessions: Int) async throws {
    let (collector, proxy) = try await collector(serverLines: ["MaxSessions \(sessions)"])
    defer { proxy.close() }
    let run = try await collector.syncJSON()
    #expect(run.ending.code == 0 && run.json["retries"] as? Int == 0, "\(run)")
    #expect(try await difference(collector) == "")
  }

  @Test("a run that is killed or stopped while one waits leaves nothing that runs", arguments: [SIGKILL, SIGTERM])
  func ended(number: Int32) async throws {
    let (collector, proxy) = try await collector(milliseconds: 90)
    let child = try collector.start("sync")
    let family = ProcessFamily(of: child.processID)
    try await waitUntil("one to wait", within: .seconds(20)) {
      collector.newestRun.map { access($0.path + "/transport-63.counters", F_OK) == 0 } ?? false
    }
    child.signal(number)
    if number == SIGTERM { #expect(try await child.ending(within: .seconds(10)).code == 130) }
    try await waitUntil("everything of the run to end") { family.alive.isEmpty }
    #expect(try collector.files.listing("lake/ticks").filter { $0.contains("part_") } == [])
    proxy.delay(milliseconds: 0)
    #expect(try await collector.syncJSON().ending.code == 0)
    #expect(try await difference(collector) == "")
  }

  @Test(
    "a link that breaks while one waits or begins is tried again, and nothing is lost", arguments: [4000, 5500, 9000])
  func broken(bytes: Int) async throws {
    let (collector, proxy) = try await collector()
    proxy.cut(after: bytes)
    let child = try collector.start("sync", "--json")
    try await waitUntil("a retry", within: .seconds(20)) { !collector.retries.isEmpty || !child.isRunning }
    proxy.cut(after: nil)
    let ending = try await child.ending(within: .seconds(30))
    #expect(ending.code == 0, "\(ending)")
    #expect(try await difference(collector) == "")
  }

  @Test("a marker is published only after all of its data, and lanes come before the pass that waits")
  func markersAndLanes() async throws {
    let (collector, proxy) = try await collector(
      "-a --partial", lines: ["ingest: {format: binance-klines}", "lanes: 3"])
    defer { proxy.close() }
    for number in 1...3 {
      try collector.files.write("source/x_20260101/big_\(number)", bytes: 60_000, seed: UInt64(number))
    }
    try collector.files.write("source/_SUCCESS__2026-02-13__spot__1m", "")
    let run = try await collector.syncJSON("--no-ingest")
    #expect(run.ending.code == 0 && run.json["files_transferred"] as? Int == 123, "\(run)")
    #expect(run.json["markers_published"] as? [String] == ["_SUCCESS__2026-02-13__spot__1m"])
    #expect(transfers(collector) == [false, false, false, true])
    let stages = commands(collector).map { words in
      (isPlan: words.contains("--dry-run"), isHeld: words.contains { $0.contains("--hold") })
    }
    // The markers' first, then the plan's, which has waited for it.
    #expect(stages.count == 6 && stages[1].isPlan && stages[1].isHeld)
    let left = try await difference(collector)
    #expect(left == "")
  }

  @Test("with nothing said lanes fetch what is much over a long way, and over a short one nothing of them is there")
  func byItself() async throws {
    let (collector, proxy) = try await collector("-az --partial")
    func write(_ bytes: Int) throws {
      for number in 1...4 {
        let path = try collector.files.write("source/x_20260101/big_\(number)", "")
        // Zeros, which take no time to fetch.
        #expect(truncate(path, off_t(bytes)) == 0)
      }
    }
    func told() -> [String] {
      (collector.newestRun?.events() ?? []).compactMap { event in
        if case .log(_, let text) = event.kind, text.contains("lane") || text.contains("one rsync") {
          text
        } else {
          nil
        }
      }
    }
    try write(9_000_000)
    let first = try await collector.syncJSON()
    #expect(first.ending.code == 0 && first.json["files_transferred"] as? Int == 124, "\(first)")
    #expect(told().count == 1 && told().first?.contains("in 4 lanes: the source is") == true, "\(told())")
    #expect(transfers(collector) == [false, false, false, false, true])
    #expect(try await difference(collector) == "")

    proxy.delay(milliseconds: 0)
    try write(9_000_001)
    let second = try await collector.syncJSON()
    #expect(second.ending.code == 0 && second.json["files_transferred"] as? Int == 4, "\(second)")
    #expect(told() == [] && transfers(collector).count == 1 && !second.ending.text.contains("lane"))
    #expect(try await difference(collector) == "")
  }
}
