import Foundation
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("Power cuts", .serialized)
struct KillLoopTests {
  /// How often; `SLUICE_KILLS=100` for a thorough look.
  private static let kills = ProcessInfo.processInfo.environment["SLUICE_KILLS"].flatMap(Int.init)

  /// What the loop has seen.
  private struct Counts {
    var phases: [String: Int] = [:]
    var finishedBefore = 0
    var recoveries = 0
    var retries: [String] = []
    var checkpoints: [String: Int] = [:]
  }

  @Test(
    "everything killed at random moments, again and again: always resumable, no marker early, no row doubled",
    arguments: [(lanes: 1, kills: 12), (lanes: 4, kills: 8)])
  func killed(lanes: Int, kills: Int) async throws {
    let kills = Self.kills ?? kills
    let collector = try await Collector()
    var profile = Collector.ProfileText(name: "klines", arguments: "-a --delete")
    profile.lines = ["ingest: {format: binance-klines}", "bwlimit: 6000", "lanes: \(lanes)"]
    try collector.configure([profile])
    let clock = ContinuousClock()
    let start = clock.now
    var counts = Counts()
    for round in 0..<kills {
      try change(collector, round, pieces: lanes)
      try await cut(collector, after: .milliseconds(.random(in: 0...2600)), &counts)
      try examine(collector, &counts)
      if round % 4 == 3 {
        try await recover(collector)
        counts.recoveries += 1
      }
    }
    try await recover(collector)
    let rows = try await collector.tool(
      "sqlite3", collector.files.path("lake/.sluice/warehouse.sqlite"), "SELECT COUNT(*) FROM klines")
    #expect(try await Int(rows.trimmingCharacters(in: .whitespacesAndNewlines)) == expectedRows(collector))
    let seconds = Int((clock.now - start).seconds)
    print(
      "kill loop: \(kills) kills with \(lanes) lanes in \(seconds) s; in phases \(counts.phases.sorted { $0.key < $1.key }); "
        + "\(counts.finishedBefore) runs ended before the kill; checkpoints \(counts.checkpoints); "
        + "\(counts.recoveries + 1) recoveries to an identical tree; retries \(counts.retries)")
  }

  /// New files, changed ones, one that goes, and now and then a day of klines with its marker.
  private func change(_ collector: Collector, _ round: Int, pieces: Int) throws {
    for piece in 0..<pieces {
      let bytes = 3_000_000 / pieces
      try collector.files.write("source/big_20990101/part_\(piece)", bytes: bytes, seed: UInt64(round * 10 + piece))
    }
    for part in 0..<20 {
      try collector.files.write("source/x_2099010\(round % 9 + 1)/part_\(part)", bytes: 20_000, seed: UInt64(round))
    }
    if round > 2 { unlink(collector.files.path("source/x_2099010\((round - 2) % 9 + 1)/part_7")) }
    let days = KlineFixtures.realDays
    guard round % 2 == 0, round / 2 < days.count else { return }
    let day = days[round / 2]
    try collector.files.write(
      "source/\(day)", try Data(contentsOf: URL(filePath: "\(KlineFixtures.directory)/\(day)")))
    let date = (day as NSString).lastPathComponent.dropFirst("BTCUSDT-1m-".count).prefix(10)
    try collector.files.write("source/_SUCCESS__\(date)__spot__1m", "")
  }

  /// Starts a sync and kills the run, rsync, transport and ssh together.
  private func cut(_ collector: Collector, after time: Duration, _ counts: inout Counts) async throws {
    let run = try collector.start("sync")
    let known = Set(collector.history.directories().map(\.id))
    let end = ContinuousClock.now.advanced(by: time)
    try await waitUntil("the moment") { ContinuousClock.now >= end || !run.isRunning }
    ProcessFamily.killAll(below: run.processID)
    let ending = try await run.ending()
    if ending.code == 137 {
      let directory = collector.history.directories().first { !known.contains($0.id) }
      let live = directory?.live()
      counts.phases[live?.phase.rawValue ?? "before the run", default: 0] += 1
      // Nothing here breaks the link on purpose: a retry is worth a word.
      for case .retry(_, _, let problem) in directory?.events().map(\.kind) ?? [] {
        counts.retries.append(problem.message)
      }
    } else {
      #expect(ending.code == 0, "\(ending)")
      counts.finishedBefore += 1
    }
  }

  /// What must hold at any moment.
  private func examine(_ collector: Collector, _ counts: inout Counts) throws {
    if collector.files.exists("lake/.checkpoints/klines.json") {
      let status = try collector.checkpoint("klines")["last_sync_status"] as? String
      #expect(status == "success")
      counts.checkpoints[status ?? "none", default: 0] += 1
    } else {
      counts.checkpoints["absent", default: 0] += 1
    }
    #expect(ProfileLock.holder(profile: "klines", stateDirectory: collector.stateDirectory) == nil)
    #expect(collector.history.liveRuns().isEmpty)
    for run in collector.history.directories() {
      for path in [run.recordPath, run.livePath, run.resultPath] {
        guard let data = FileManager.default.contents(atPath: path) else { continue }
        #expect(throws: Never.self, "\(path)") { try JSONSerialization.jsonObject(with: data) }
      }
      let sequences = run.events().map(\.sequence)
      #expect(sequences == Array(1..<(sequences.count + 1)))
    }
    // A marker that is there vouches for an archive that is there, whole.
    let lake = (try? FileManager.default.contentsOfDirectory(atPath: collector.files.path("lake/klines"))) ?? []
    for marker in lake where marker.hasPrefix(Marker.prefix) {
      let date = String(marker.dropFirst(Marker.prefix.count).prefix(10))
      let day = KlineFixtures.realDays.first { $0.contains(date) } ?? "no such day"
      let isThere =
        collector.files.read("lake/klines/\(day)")
        == FileManager.default.contents(atPath: "\(KlineFixtures.directory)/\(day)")
      #expect(isThere, "\(marker)")
    }
  }

  /// Lets a sync end in peace: identical tree, nothing half-built left, every marker ingested.
  private func recover(_ collector: Collector) async throws {
    let run = try await collector.sluice("sync", "--bwlimit", "0")
    #expect(run.code == 0, "\(run)")
    let same = try await collector.isSame("source", "lake/klines", excluding: ["_ingested"])
    #expect(same == "same")
    let markers = try collector.files.listing("source").filter { $0.hasPrefix(Marker.prefix) }
    #expect(try collector.files.listing("lake/klines/_ingested").filter { $0.hasPrefix(Marker.prefix) } == markers)
  }

  /// The rows of the archives that are there, counted by other programs.
  private func expectedRows(_ collector: Collector) async throws -> Int? {
    let count = try await collector.tool(
      "sh", "-c", "for f in $(find '\(collector.files.path("source"))' -name '*.zip'); do unzip -p $f; done | wc -l")
    return Int(count.trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
