import Foundation
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("Faults of the link", .serialized)
struct LinkFaultTests {
  private static let markers = ["_SUCCESS__2026-02-13__spot__1m", "_SUCCESS__2026-02-14__um__1h"]

  /// A lake behind a proxy, its source with markers and one large file, which sorts after them.
  private static func klines(_ retry: String, lanes: Int = 1) async throws -> (Collector, FaultProxy) {
    let collector = try await Collector()
    let proxy = try FaultProxy(to: collector.server.port)
    var profile = Collector.ProfileText(name: "klines", port: proxy.port)
    profile.lines = ["ingest: {format: binance-klines}", "lanes: \(lanes)"]
    try collector.configure([profile], lakeLines: ["retry: \(retry)"])
    for marker in markers { try collector.files.write("source/\(marker)", "") }
    try collector.files.write("source/data/early.bin", bytes: 100_000)
    try await collector.writeRandom("source/data/large.bin", bytes: 6_000_000)
    return (collector, proxy)
  }

  private static func publishedMarkers(_ collector: Collector) -> [String] {
    markers.filter { collector.files.exists("lake/klines/\($0)") }
  }

  @Test("a link cut again and again resumes; markers appear only after everything they vouch for", arguments: [1, 4])
  func cutWithMarkers(lanes: Int) async throws {
    let (collector, proxy) = try await Self.klines("{attempts: 1, delay: 1s}", lanes: lanes)
    if lanes > 1 {
      for number in 1...3 { try await collector.writeRandom("source/data/part_\(number).bin", bytes: 1_000_000) }
    }
    proxy.cut(after: 2_300_000)
    let run = try collector.start("sync", "--json", "--no-ingest")
    while run.isRunning {
      // Looked at in this order: a marker seen here must find the data complete.
      let seen = Self.publishedMarkers(collector)
      if !seen.isEmpty { #expect(collector.files.read("lake/klines/data/large.bin")?.count == 6_000_000) }
      try await Task.sleep(for: .milliseconds(10))
    }
    let ending = try await run.ending()
    let json = try #require(try JSONSerialization.jsonObject(with: ending.output) as? [String: Any])
    #expect(ending.code == 0, "\(ending)")
    // One retry is allowed, and each try that brings bytes counts again.
    #expect((json["retries"] as? Int ?? 0) >= 2, "\(ending) \(collector.newestRun?.events() ?? [])")
    #expect(Set(collector.retries.map(\.code)) == ["link-lost"])
    #expect(Set(json["markers_published"] as? [String] ?? []) == Set(Self.markers))
    #expect(try await collector.isSame("source", "lake/klines") == "same")
    let wire = try #require(json["wire_bytes"] as? Int)
    #expect(wire < (lanes > 1 ? 12_000_000 : 8_000_000), "what had arrived was fetched again")
  }

  @Test("a link that stays cut fails the run without a marker, and the next run goes on from what is there")
  func staysCut() async throws {
    let (collector, proxy) = try await Self.klines("{attempts: 2, delay: 1s}")
    // Enough for the lists, too little for the file; then nothing at all.
    proxy.cut(after: 2_300_000)
    let run = try collector.start("sync")
    try await waitUntil("a retry") { !collector.retries.isEmpty }
    proxy.close()
    let ending = try await run.ending()
    #expect(ending.code == 1 && ending.text.contains("✗ Sync failed"), "\(ending)")
    #expect(ending.text.contains("What has arrived is kept") || ending.text.contains("refuses connections"))
    #expect(Self.publishedMarkers(collector) == [])
    // How much of what was sent had been written when the link broke is for the machine's load to say.
    let kept = try #require(collector.files.read("lake/klines/data/.rsync-partial/large.bin")?.count)
    #expect(kept > 100_000 && !collector.files.exists("lake/klines/data/large.bin"))
    #expect(try collector.checkpoint("klines")["last_sync_status"] as? String == "failed")

    try collector.editConfiguration("port: \(proxy.port)", "port: \(collector.server.port)")
    let again = try await collector.syncJSON("--no-ingest")
    #expect(again.ending.code == 0 && again.json["resumed"] as? Bool == true, "\(again)")
    let rest = 6_000_000 - kept
    #expect((again.json["bytes_transferred"] as? Int ?? .max) < rest + 200_000, "\(kept) bytes were kept")
    #expect(Self.publishedMarkers(collector) == Self.markers)
    #expect(try await collector.isSame("source", "lake/klines") == "same")
  }

  @Test("ssh killed three times inside 200 MB: it finishes by itself, and little goes over the wire twice")
  func killedThreeTimes() async throws {
    let size = 200_000_000
    let collector = try await Collector()
    let proxy = try FaultProxy(to: collector.server.port)
    try collector.configure([.init(port: proxy.port)], lakeLines: ["retry: {attempts: 3, delay: 1s}"])
    try await collector.writeRandom("source/large.bin", bytes: size)
    let run = try collector.start("sync", "--json", "--bwlimit", "60000")
    for mark in [40_000_000, 90_000_000, 140_000_000] {
      try await waitUntil("\(mark) bytes") { proxy.bytesToClient > mark || !run.isRunning }
      let programs = ProcessTree.descendants(of: run.processID)
      let clients = programs.filter { Self.programName($0) == "ssh" }
      // One keeps the login, the other carries the files over it.
      #expect(clients.count == 2)
      for client in clients { kill(client, SIGKILL) }
    }
    let ending = try await run.ending(within: .seconds(60))
    let json = try #require(try JSONSerialization.jsonObject(with: ending.output) as? [String: Any])
    #expect(ending.code == 0 && json["outcome"] as? String == "success", "\(ending)")
    #expect(json["retries"] as? Int == 3 && collector.retries.count == 3)
    let wire = try #require(json["wire_bytes"] as? Int)
    #expect(wire >= size && Double(wire) <= 1.15 * Double(size), "\(wire)")
    #expect(Double(proxy.bytesToClient + proxy.bytesToServer) <= 1.15 * Double(size))
    let shown = try await collector.sluice("history", "--run", try #require(json["run_id"] as? String))
    #expect(shown.text.components(separatedBy: "Retry ").count == 4, "\(shown)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  private static func programName(_ process: Int32) -> String {
    let name = FileManager.default.contents(atPath: "/proc/\(process)/comm") ?? Data()
    return String(decoding: name, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test(
    "a peer that freezes in the middle is noticed by the stall timeout, and the retry brings the rest",
    arguments: [1, 4])
  func frozenPeer(lanes: Int) async throws {
    let collector = try await Collector()
    var profile = Collector.ProfileText()
    profile.lines = ["lanes: \(lanes)"]
    try collector.configure([profile], lakeLines: ["stall_timeout: 2s", "retry: {attempts: 2, delay: 1s}"])
    for number in 1...lanes {
      try await collector.writeRandom("source/large_\(number).bin", bytes: 12_000_000 / lanes)
    }
    let run = try collector.start("sync", "--json", "--bwlimit", "3000")
    try await waitUntil("half of it") { (collector.newestRun?.live()?.wireBytes ?? 0) > 4_000_000 }
    collector.server.freeze()
    let ending = try await run.ending(within: .seconds(40))
    let json = try #require(try JSONSerialization.jsonObject(with: ending.output) as? [String: Any])
    #expect(ending.code == 0 && json["retries"] as? Int == 1, "\(ending)")
    #expect(collector.retries.map(\.code) == ["stalled"])
    #expect(collector.retries.first?.message.hasPrefix("Nothing came from 127.0.0.1 for 2") == true)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
    #expect((json["wire_bytes"] as? Int ?? .max) < 14_000_000)
  }

  @Test("a peer that stays frozen fails the run in the end; it never hangs")
  func staysFrozen() async throws {
    let collector = try await Collector()
    let proxy = try FaultProxy(to: collector.server.port)
    try collector.configure(
      [.init(port: proxy.port)], lakeLines: ["stall_timeout: 2s", "retry: {attempts: 1, delay: 1s}"])
    try await collector.writeRandom("source/large.bin", bytes: 12_000_000)
    let run = try collector.start("sync", "--bwlimit", "3000")
    try await waitUntil("some of it") { proxy.bytesToClient > 2_000_000 }
    proxy.freeze()
    let ending = try await run.ending(within: .seconds(40))
    #expect(ending.code == 1, "\(ending)")
    #expect(collector.retries.map(\.code) == ["stalled"])
    // The retry does not even get a greeting.
    #expect(ending.text.contains("127.0.0.1 did not answer on port \(proxy.port)"), "\(ending)")
    proxy.thaw()
    #expect(collector.files.exists("lake/ticks/.rsync-partial/large.bin"))
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }
}
