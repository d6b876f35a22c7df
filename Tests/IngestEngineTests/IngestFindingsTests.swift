import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// What an ingest says of rows that are in nevertheless, and what it goes on saying.
@Suite struct IngestFindingsTests {
  @Test("says how many candles are missing of which file and day, duplicates and disorder, and succeeds")
  func findings() async throws {
    let lake = try IngestFixture()
    try lake.archive(lines: Array(IngestFixture.lines().prefix(12)))
    try lake.archive("ETHUSDT", lines: [IngestFixture.lines()[0]] + IngestFixture.lines())
    var late = IngestFixture.lines()
    late.swapAt(3, 4)
    try lake.archive("ADAUSDT", lines: late)
    try lake.archive("XRPUSDT")
    _ = try lake.marker(day: 0)
    let reporter = RecordingReporter()
    let report = await lake.run(reporter: reporter)
    #expect(report.outcome == .success)
    #expect(report.problems == [])
    #expect(
      reporter.logs == [
        "12 candles are missing in 1 file: um BTCUSDT-1h-2024-01-01.zip: 12 on 2024-01-01 from 12:00.",
        "1 row in 1 file repeats an open time that was there before, and the first stays: "
          + "um ETHUSDT-1h-2024-01-01.zip: 1.",
        "1 row in 1 file came after a later one and was put in order: um ADAUSDT-1h-2024-01-01.zip: 1.",
      ])
    let found = try #require(report.totals.rowFindings)
    #expect(Set(found.map { "\($0.path.suffix(22)) \($0.missing) \($0.duplicates) \($0.outOfOrder)" }).count == 3)
    let hole = try #require(found.first { $0.missing > 0 }?.holes.first)
    #expect(hole == .init(day: CalendarDay(daysSinceEpoch: 19_723), candles: 12, firstOpenTime: 1_704_110_400_000))
    // Nothing new is read, so nothing is told again.
    let second = RecordingReporter()
    #expect(await lake.run(reporter: second).totals.rowFindings == nil)
    #expect(second.logs == [])
  }

  @Test("names the first few of many files and days, and counts the rest")
  func bounded() async throws {
    let lake = try IngestFixture()
    for index in 0..<9 { try lake.archive("S\(index)USDT", lines: Array(IngestFixture.lines().dropFirst())) }
    let month = [0, 2, 4, 5, 6].flatMap { IngestFixture.lines($0) }
    try lake.monthlyArchive(lines: month)
    let reporter = RecordingReporter()
    let report = await lake.run({ $0.selection = .backfill(since: nil, until: nil) }, reporter: reporter)
    #expect(report.totals.filesIngested == 10)
    let told = try #require(reporter.logs.first)
    #expect(told.hasPrefix("633 candles are missing in 10 files: "))
    #expect(told.hasSuffix("; and 5 more."))
    #expect(told.contains("S0USDT-1h-2024-01-01.zip: 1 on 2024-01-01 from 00:00"))
    #expect(
      told.contains("24 on 2024-01-02 from 00:00, 24 on 2024-01-04 from 00:00, ") == told.contains("1h-2024-01.zip"))
    #expect(reporter.logs.count == 1)
    #expect(report.totals.rowFindings?.count == 10)
  }

  @Test("names a file that is put aside in every run, also one that no marker asks for, until it is gone")
  func stillAside() async throws {
    let lake = try IngestFixture()
    let bad = try lake.put(
      IngestFixture.directory(.um, "ETHUSDT", "1h") + "/ETHUSDT-1h-2024-01-05.zip", Data(repeating: 1, count: 100))
    let backfill = await lake.run { $0.selection = .backfill(since: nil, until: nil) }
    #expect(backfill.problems.map(\.code) == ["file-quarantined"])
    for _ in 1...2 {
      let report = await lake.run()
      #expect(report.outcome == .partial)
      #expect(report.problems.map(\.paths) == [[bad]])
      #expect(report.problems.first?.message.contains(bad) == true)
    }
    try FileManager.default.removeItem(atPath: lake.path(bad))
    #expect(await lake.run().outcome == .success)
    #expect(lake.store.counts().quarantinedFiles == 0)
  }

  @Test("what a verification found is said by every ingest, the counts and the coverage until it is mended")
  func differences() async throws {
    let lake = try IngestFixture()
    let path = try lake.archive()
    try lake.archive(day: 1)
    for day in 0...1 { _ = try lake.marker(day: day) }
    _ = await lake.run()
    let cells = { CoverageScan.table(lake: lake.lake, profile: lake.profile).series.first?.cells }
    try lake.change("DELETE FROM klines WHERE open_time = \(IngestFixture.day)")
    #expect(await lake.run { $0.selection = .verification }.outcome == .partial)
    #expect(lake.store.counts().differingFiles == 1)
    #expect(cells() == [.short, .ingested])
    var status = ProfileStatus(profile: lake.profile)
    status.checkpoint = Checkpoint(
      profileName: "klines", lastSyncTime: "2026-01-01T00:00:00Z", lastSyncStatus: .success)
    status.markers = lake.store.counts()
    #expect(status.state(now: Date()) == .partial)
    for _ in 1...2 {
      let report = await lake.run()
      #expect(report.outcome == .partial)
      #expect(report.problems.map(\.code) == ["verification-open"])
      #expect(report.problems.first?.message.contains(path) == true)
    }
    #expect(await lake.run { $0.isForced = true }.outcome == .success)
    #expect(await lake.run().problems == [])
    #expect(lake.store.counts().differingFiles == 0)
    #expect(cells() == [.ingested, .ingested])
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
  }

  @Test("tells candles beside the grid and of another length, older members of one name, and refused rows by line")
  func grid() async throws {
    let lake = try IngestFixture()
    let lines = IngestFixture.lines()
    let moved = lines[5].replacing(
      "\(IngestFixture.day + 5 * IngestFixture.hour)", with: "\(IngestFixture.day + 19_800_000)")
    try lake.archive(lines: lines.enumerated().map { $0.offset == 5 ? moved : $0.element })
    let stem = "ETHUSDT-1h-2024-01-01"
    try lake.put(
      IngestFixture.directory(.um, "ETHUSDT", "1h") + "/\(stem).zip",
      KlineFixtures.zip([
        KlineFixtures.Member(stem + ".csv", "older"),
        KlineFixtures.Member(stem + ".csv", lines.joined(separator: "\n")),
      ]))
    let minutes = KlineFixtures.rows(start: IngestFixture.day, step: 60_000, count: 1440)
    let wrong = try lake.archive("ADAUSDT", lines: minutes)
    var seconds = lines
    seconds[3] = seconds[3].replacing("\(IngestFixture.day + 3 * IngestFixture.hour),", with: "1704078000,")
    let refused = try lake.archive("XRPUSDT", lines: seconds)
    _ = try lake.marker()
    let reporter = RecordingReporter()
    let report = await lake.run(reporter: reporter)
    #expect(report.outcome == .partial)
    #expect(
      reporter.logs == [
        "2 candles are missing in 2 files: um BTCUSDT-1h-2024-01-01.zip: 1 on 2024-01-01 from 05:00; "
          + "um XRPUSDT-1h-2024-01-01.zip: 1 on 2024-01-01 from 03:00.",
        "1 candle in 1 file opens beside the grid of the interval, which fills no hole: "
          + "um BTCUSDT-1h-2024-01-01.zip: 2024-01-01 05:30.",
        "1 candle in 1 file has not the length of the interval, as before an outage: "
          + "um BTCUSDT-1h-2024-01-01.zip: 2024-01-01 05:30 (30m).",
        "1 ZIP file holds the same member more than once, and the last was read: um ETHUSDT-1h-2024-01-01.zip.",
      ])
    #expect(
      Set(report.problems.map(\.message)) == [
        "\(wrong) does not hold 1h candles: of 1,440 rows 1,440 have another length (1m) and 1,416 open off the grid, "
          + "first at 2024-01-01 00:01; it was put aside.",
        "\(refused): 1 row was refused (line 4: the open time 1704078000 is in seconds); the other 23 are in.",
      ])
    let found = try #require(report.totals.rowFindings?.first { $0.path.contains("BTCUSDT") })
    #expect(found.offGrid == 1 && found.otherLength == 1 && found.firstOffGrid == IngestFixture.day + 19_800_000)
    #expect(try JSONDecoder().decode(RowFinding.self, from: JSONEncoder().encode(found)) == found)
    // What an earlier version wrote has none of these keys.
    let older = Data("{\"path\":\"a.zip\",\"market\":\"um\",\"duplicates\":1,\"outOfOrder\":0}".utf8)
    #expect(try JSONDecoder().decode(RowFinding.self, from: older).duplicates == 1)
  }
}
