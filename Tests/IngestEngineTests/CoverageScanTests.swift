import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

@Suite struct CoverageScanTests {
  private static let symbols: [CoverageCell: Character] = [
    .missing: ".", .arrived: "a", .ingested: "I", .short: "s", .quarantined: "q", .expired: "x",
  ]

  private func lines(_ table: CoverageTable) -> [String] {
    table.series.map { $0.name + " " + String($0.cells.compactMap { Self.symbols[$0] }) }
  }

  @Test("shows dated directories, their holes, and what retention has taken")
  func directories() throws {
    let lake = try IngestFixture()
    for name in ["a_B_20240101", "a_B_20240102", "a_B_20240104", "c_D_20240103", "a_B_20240231", "notes", "20240102"] {
      try lake.put("\(name)/deep/part.bin", Data("x".utf8))
    }
    try FileManager.default.createSymbolicLink(
      atPath: lake.path("c_D_20240101"), withDestinationPath: lake.path("notes"))
    var profile = lake.profile
    profile.ingest = nil
    let whole = CoverageScan.table(lake: lake.lake, profile: profile)
    #expect(whole.firstDay.description == "2024-01-01")
    #expect(lines(whole) == ["(days) .a..", "a_B aa.a", "c_D ..a."])
    profile.retentionDays = 3
    let today = try #require(CalendarDay(iso: "2024-01-06")).start
    #expect(
      lines(CoverageScan.table(lake: lake.lake, profile: profile, now: today)) == [
        "(days) xa..", "a_B aa.a", "c_D xxa.",
      ])
  }

  @Test("shows klines as arrived, ingested, short or quarantined, and a month's holes day by day")
  func klines() async throws {
    let lake = try IngestFixture()
    try lake.archive(day: 0)
    try lake.archive(day: 1, lines: Array(IngestFixture.lines(1).prefix(5)))
    _ = try lake.marker(day: 0)
    _ = try lake.marker(day: 1)
    let bad = try lake.archive("ETHUSDT", day: 1)
    try lake.put(bad, Data("x".utf8))
    _ = await lake.run()
    try lake.archive("ETHUSDT", day: 3)
    let stem = "ADAUSDT-1h-2024-01"
    let month = [0, 1, 3].flatMap { IngestFixture.lines($0) } + IngestFixture.lines(4, count: 2)
    try lake.put(
      IngestFixture.directory(.um, "ADAUSDT", "1h", "monthly") + "/\(stem).zip",
      KlineFixtures.archive(stem, month.joined(separator: "\n")))
    try lake.marker("_SUCCESS__2024-01__um__1h")
    let until = CalendarDay(iso: "2024-01-06")
    #expect(
      lines(CoverageScan.table(lake: lake.lake, profile: lake.profile, until: until)) == [
        "um ADAUSDT 1h aaaaaa", "um BTCUSDT 1h Is....", "um ETHUSDT 1h .q.a..",
      ])
    _ = await lake.run()
    #expect(
      lines(CoverageScan.table(lake: lake.lake, profile: lake.profile, until: until)).first == "um ADAUSDT 1h II.Is.")
  }

  @Test("a part of the table still knows each series' own first and last day")
  func part() throws {
    let lake = try IngestFixture()
    for name in ["a_20240101", "a_20240104", "a_20240109", "b_20240105", "b_20240107"] {
      try FileManager.default.createDirectory(atPath: lake.path(name), withIntermediateDirectories: true)
      try Data("x".utf8).write(to: URL(filePath: lake.path(name) + "/file"))
    }
    var profile = lake.profile
    profile.ingest = nil
    let table = CoverageScan.table(
      lake: lake.lake, profile: profile, since: CalendarDay(iso: "2024-01-03"), until: CalendarDay(iso: "2024-01-08"))
    #expect(lines(table) == ["a .a....", "b ..a.a."])
    #expect(table.series.map { table.holes(of: $0) } == [[0, 2, 3, 4, 5], [3, 5]])
    #expect(table.series.map { $0.firstDay?.description } == ["2024-01-01", "2024-01-05"])
    #expect(table.series.map { $0.lastDay?.description } == ["2024-01-09", "2024-01-07"])
    // Beyond the newest and before the oldest day the series are still named.
    for (since, until) in [("2024-03-01", nil), (nil, "2023-12-01")] {
      let beyond = CoverageScan.table(
        lake: lake.lake, profile: profile, since: since.flatMap { CalendarDay(iso: $0) },
        until: until.flatMap { CalendarDay(iso: $0) })
      #expect(lines(beyond) == ["a .", "b ."])
      // What is asked for and not there is missing; before a series begins nothing can be.
      #expect(beyond.series.map { beyond.holes(of: $0) } == (since == nil ? [[], []] : [[0], [0]]))
    }
  }

  @Test("an empty profile has no rows")
  func empty() throws {
    let lake = try IngestFixture()
    #expect(CoverageScan.table(lake: lake.lake, profile: lake.profile).series == [])
  }

  @Test("what is in the warehouse stays ingested after its archive is gone")
  func archiveGone() async throws {
    let lake = try IngestFixture()
    let relative = try lake.archive()
    _ = try lake.marker(day: 0)
    _ = await lake.run()
    try FileManager.default.removeItem(atPath: lake.path(relative))
    #expect(lines(CoverageScan.table(lake: lake.lake, profile: lake.profile)) == ["um BTCUSDT 1h I"])
  }

  @Test("calls no day whole that an empty or broken-off file stands for")
  func emptyFiles() async throws {
    let lake = try IngestFixture()
    try lake.put("a_B_20240101/part.parquet", Data("PAR1....PAR1".utf8))
    try lake.put("a_B_20240102/part.parquet", Data())
    try lake.put("a_B_20240103/part_1.parquet", Data("PAR1....PAR1".utf8))
    try lake.put("a_B_20240103/deep/part_2.parquet", Data("PAR1".utf8))
    try lake.put("a_B_20240104/part.csv", Data())
    try lake.put("a_B_20240105/part.bin", Data())
    try lake.put("a_B_20240106/part.bin", Data("x".utf8))
    try lake.put("a_B_20240106/_DONE", Data())
    let first = try lake.archive(day: 0)
    try lake.archive(day: 1)
    for day in 0...1 { _ = try lake.marker(day: day) }
    _ = await lake.run()
    try lake.put(first, Data())
    #expect(
      lines(CoverageScan.table(lake: lake.lake, profile: lake.profile)) == ["a_B assssa", "um BTCUSDT 1h sI...."])
    _ = await lake.run()
    #expect(
      lines(CoverageScan.table(lake: lake.lake, profile: lake.profile)) == ["a_B assssa", "um BTCUSDT 1h qI...."])
  }

  @Test("calls a day without a file missing, and one with a piece of a file short")
  func unfinished() throws {
    let lake = try IngestFixture()
    try lake.put("a_B_20240101/part.bin", Data("x".utf8))
    try FileManager.default.createDirectory(
      atPath: lake.path("a_B_20240102/deep"), withIntermediateDirectories: true)
    try lake.put("a_B_20240103/part_1.bin", Data("x".utf8))
    try lake.put("a_B_20240103/.rsync-partial/part_2.bin", Data("x".utf8))
    try lake.put("a_B_20240104/.part.bin.aB3dE6", Data("x".utf8))
    try lake.put("a_B_20240105/deep/part.bin", Data("x".utf8))
    var profile = lake.profile
    profile.ingest = nil
    #expect(lines(CoverageScan.table(lake: lake.lake, profile: profile)) == ["a_B a.s.a"])
  }

  /// Puts an archive of candles that open on those days of a month or day, each so many days long.
  private func put(_ lake: IngestFixture, _ interval: String, _ period: String, opens: [String], length: Int) throws {
    let stem = "BTCUSDT-\(interval)-\(period)"
    let lines = try opens.map { text in
      let day = try #require(CalendarDay(iso: text))
      let close = day.adding(days: length).millisecondsSinceEpoch - 1
      return "\(day.millisecondsSinceEpoch),100,110,90,105,5,\(close),500,3,2,200,0"
    }
    let pace = period.count == 7 ? "monthly" : "daily"
    try lake.put(
      IngestFixture.directory(.um, "BTCUSDT", interval, pace) + "/\(stem).zip",
      KlineFixtures.archive(stem, lines.joined(separator: "\n")))
  }

  private func backfilled(_ lake: IngestFixture) async -> CoverageTable {
    let report = await lake.run { $0.selection = .backfill(since: nil, until: nil) }
    #expect(report.outcome == .success, "\(report.problems)")
    return CoverageScan.table(lake: lake.lake, profile: lake.profile)
  }

  @Test("weeks are a matter of the series: a month's file ends with the week that opens in it, and the next goes on")
  func weeks() async throws {
    let lake = try IngestFixture()
    try put(lake, "1w", "2023-12", opens: ["2023-12-04", "2023-12-11", "2023-12-18", "2023-12-25"], length: 7)
    let arrived = CoverageScan.table(lake: lake.lake, profile: lake.profile)
    #expect(arrived.firstDay.description == "2023-12-04")
    #expect(lines(arrived) == ["um BTCUSDT 1w " + String(repeating: "a", count: 28)])
    // Another series goes on to the month's end: the week that reaches further makes it no hole.
    try put(lake, "1w", "2024-01", opens: ["2024-01-01", "2024-01-08", "2024-01-15"], length: 7)
    let weeks = await backfilled(lake)
    #expect(weeks.firstDay.description == "2023-12-04")
    #expect(lines(weeks) == ["um BTCUSDT 1w " + String(repeating: "I", count: 49) + String(repeating: ".", count: 10)])
    // The weeks of the 22nd and the 29th did not come; of the latter, three days are in this table.
    #expect(weeks.holes(of: weeks.series[0]).count == 10)
    #expect(CoverageCounts(weeks, computedAt: Date()).missingDays == 10)
  }

  @Test("a week that reaches into a month of which nothing came makes no other series look late")
  func weekBeyond() async throws {
    let lake = try IngestFixture()
    try put(
      lake, "1w", "2024-01", opens: ["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22", "2024-01-29"], length: 7)
    try lake.monthlyArchive(lines: (0..<31).flatMap { IngestFixture.lines($0) })
    let table = await backfilled(lake)
    #expect(table.series.map(\.cells.count) == [31, 31])
    #expect(CoverageCounts(table, computedAt: Date()).holes == 0)
  }

  @Test("three days are counted from the series' own first ones, and one missing at the edge is a hole")
  func threeDays() async throws {
    let lake = try IngestFixture()
    let opens = { (first: Int, count: Int) in
      (0..<count).map { CalendarDay(daysSinceEpoch: 19_723 + first + 3 * $0).description }
    }
    try put(lake, "3d", "2024-01", opens: opens(1, 9), length: 3)
    try put(lake, "3d", "2024-02", opens: opens(31, 10), length: 3)
    let table = await backfilled(lake)
    // The 29th to the 31st of January are missing; the last of February reaches to March 1st.
    #expect(
      lines(table) == [
        "um BTCUSDT 3d " + String(repeating: "I", count: 27) + "..." + String(repeating: "I", count: 29)
      ])
    #expect(table.firstDay.description == "2024-01-02")
    #expect(table.holes(of: table.series[0]) == [27, 28, 29])
  }

  @Test("a day's file of a week stands for the days up to its own")
  func weekOfADay() async throws {
    let lake = try IngestFixture()
    try put(lake, "1w", "2024-01-03", opens: ["2024-01-01"], length: 7)
    #expect(lines(await backfilled(lake)) == ["um BTCUSDT 1w III"])
  }
}
