import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// What an ingest once found odd about candles that are in is told by every later `coverage`, `status` and `check`.
@Suite struct OddCandleTests {
  private static let day: Int64 = 86_400_000

  private static func table(_ lake: IngestFixture, since: String? = nil, until: String? = nil) -> CoverageTable {
    CoverageScan.table(
      lake: lake.lake, profile: lake.profile, since: since.flatMap { CalendarDay(iso: $0) },
      until: until.flatMap { CalendarDay(iso: $0) })
  }

  private static func ingest(_ lake: IngestFixture) async -> IngestReport {
    await lake.run { $0.selection = .backfill(since: nil, until: nil) }
  }

  /// A day whose 05:00 opens at 04:30 and whose last candle was cut.
  private static func oddDay(_ day: Int) -> [String] {
    var lines = IngestFixture.lines(day)
    let start = IngestFixture.day + Int64(day) * Self.day
    lines[5] = "\(start + 16_200_000),100,110,90,105,5,\(start + 17_999_999),500,3,2,200,0"
    lines[23] = "\(start + 82_800_000),100,110,90,105,5,\(start + 84_000_000),500,3,2,200,0"
    return lines
  }

  @Test("candles beside the grid and cut ones are kept in the ledger and counted until the file is mended")
  func kept() async throws {
    let lake = try IngestFixture()
    try lake.archive(lines: IngestFixture.lines())
    for day in 1...2 { try lake.archive(day: day, lines: Self.oddDay(day)) }
    #expect(await Self.ingest(lake).outcome == .success)
    // Another ingest, which reads nothing, changes nothing of it.
    #expect(await Self.ingest(lake).totals.filesIngested == 0)
    let found = try #require(Self.table(lake).odd)
    #expect(
      found.sentences == [
        "2 candles open beside the grid of the interval: um BTCUSDT 1h 2, first 2024-01-02 04:30",
        // The one at 04:30 is as short as it is late.
        "4 candles have not the length of the interval, as before an outage: um BTCUSDT 1h 4, first 2024-01-02 04:30",
      ])
    #expect(CoverageCounts(Self.table(lake), computedAt: Date()).odd == found)
    #expect(Self.table(lake, since: "2024-01-03").odd?.offGrid == 1)
    #expect(Self.table(lake, until: "2024-01-01").odd == nil)
    for day in 1...2 { try lake.archive(day: day) }
    #expect(await Self.ingest(lake).outcome == .success)
    #expect(Self.table(lake).odd == nil)
  }

  @Test("a file that is put aside is told as that, its earlier version's odd candles no more")
  func putAside() async throws {
    let lake = try IngestFixture()
    let path = try lake.archive(lines: Self.oddDay(0))
    #expect(await Self.ingest(lake).outcome == .success)
    #expect(Self.table(lake).odd?.offGrid == 1)
    try lake.put(path, Data("x".utf8))
    #expect(await Self.ingest(lake).outcome == .partial)
    #expect(Self.table(lake).odd == nil)
  }

  private static func month(_ lake: IngestFixture, _ date: String, first: String, count: Int) throws {
    let start = try #require(CalendarDay(iso: first)).millisecondsSinceEpoch
    let stem = "BTCUSDT-3d-\(date)"
    let rows = KlineFixtures.rows(start: start, step: 3 * day, count: count)
    try lake.put(
      IngestFixture.directory(.um, "BTCUSDT", "3d", "monthly") + "/\(stem).zip",
      KlineFixtures.archive(stem, rows.joined(separator: "\n") + "\n"))
  }

  @Test("months of three-day candles on different grids are named by coverage and check, those on one are not")
  func grids() async throws {
    let lake = try IngestFixture()
    try Self.month(lake, "2024-01", first: "2024-01-02", count: 10)
    try Self.month(lake, "2024-02", first: "2024-02-01", count: 10)
    #expect(await Self.ingest(lake).outcome == .success)
    #expect(Self.table(lake).odd == nil)
    try Self.month(lake, "2024-03", first: "2024-03-03", count: 10)
    let reporter = RecordingReporter()
    _ = await lake.run({ $0.selection = .backfill(since: nil, until: nil) }, reporter: reporter)
    let table = Self.table(lake)
    let sentence =
      "1 series has candles of three days on two grids, so that some overlap: um BTCUSDT 3d "
      + "(BTCUSDT-3d-2024-01.zip from 2024-01-02, BTCUSDT-3d-2024-03.zip from 2024-03-03)"
    #expect(table.odd?.sentences == [sentence])
    #expect(reporter.logs.contains(sentence + "."))
    var status = ProfileStatus(profile: lake.profile)
    status.coverage = CoverageCounts(table, computedAt: Date())
    let reasons = ProfileCheck(status, .init(), now: Date()).reasons.filter { $0.code == "grids-differ" }
    #expect(reasons.map(\.text) == [sentence])
  }
}
