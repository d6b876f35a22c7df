import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

@Suite struct CoverageScanTests {
  private static let symbols: [CoverageCell: Character] = [
    .missing: ".", .arrived: "a", .ingested: "I", .short: "s", .quarantined: "q", .expired: "x",
    .warehouseOnly: "w",
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

  @Test("days that are to come are no holes, however far the table is asked to reach")
  func daysToCome() throws {
    let lake = try IngestFixture()
    for name in ["a_B_20240101", "a_B_20240102", "c_D_20240101"] { try lake.put("\(name)/part.bin", Data("x".utf8)) }
    var profile = lake.profile
    profile.ingest = nil
    let today = try #require(CalendarDay(iso: "2024-01-04")).start
    for (since, until, missing) in [
      (nil, "2024-02-01", 3), ("2024-01-02", "2024-01-31", 3), ("2024-01-03", "2024-01-09", 2),
      ("9999-01-01", "9999-12-31", 0), (nil, nil, 1),
    ] as [(String?, String?, Int)] {
      let table = CoverageScan.table(
        lake: lake.lake, profile: profile, since: since.flatMap { CalendarDay(iso: $0) },
        until: until.flatMap { CalendarDay(iso: $0) }, now: today)
      #expect(CoverageCounts(table, computedAt: today).missingDays == missing, "\(since ?? "-") to \(until ?? "-")")
    }
  }

  @Test("a ledger that cannot be read is told in coverage and in the counts, and is not one without faults")
  func damagedLedger() async throws {
    let lake = try IngestFixture()
    let bad = try lake.archive(day: 0)
    try lake.put(bad, Data("x".utf8))
    _ = try lake.marker(day: 0)
    _ = await lake.run()
    #expect(lake.store.counts().quarantinedFiles == 1)
    let path = IngestLedger.path(in: lake.lake)
    try Data(repeating: 0x5a, count: 20_000).write(to: URL(filePath: path))
    for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
    let counts = lake.store.counts()
    #expect(counts.ledgerProblem?.contains(path) ?? false)
    let table = CoverageScan.table(lake: lake.lake, profile: lake.profile)
    #expect(table.unread == [try #require(counts.ledgerProblem)])
    var status = ProfileStatus(profile: lake.profile)
    let now = TextFormat.utc(Date())
    status.checkpoint = Checkpoint(
      profileName: "klines", lastSyncTime: now, lastSyncStatus: .success, lastSuccessTime: now)
    #expect(status.state(now: Date()) == .fine)
    status.markers = counts
    status.coverage = CoverageCounts(table, computedAt: Date())
    #expect(status.state(now: Date()) == .partial)
    let reasons = ProfileCheck(status, ProfileCheck.Limits(holes: 0), now: Date()).reasons
    #expect(reasons.map(\.code).contains("ledger"))
    #expect(!reasons.map(\.code).contains("uncounted"))
  }

  @Test("a directory that cannot be listed is told, and is not one without days")
  func unlistedRoot() throws {
    let lake = try IngestFixture()
    let path = lake.profile.localPath
    try FileManager.default.removeItem(atPath: path)
    #expect(CoverageScan.table(lake: lake.lake, profile: lake.profile).unread == nil)
    // A link to itself is refused for everybody, root included.
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path)
    let table = CoverageScan.table(lake: lake.lake, profile: lake.profile)
    #expect(table.unread?.first?.contains(path) ?? false)
    #expect(table.isUnseen == true)
    let counts = CoverageCounts(table, computedAt: Date())
    #expect(counts.known(counts.missingDays) == nil)
    var status = ProfileStatus(profile: lake.profile)
    status.coverage = CoverageCounts(table, computedAt: Date())
    #expect(ProfileCheck(status, ProfileCheck.Limits(holes: 0), now: Date()).reasons.map(\.code).contains("uncounted"))
  }

  @Test(
    "a day's directory that cannot be read is told, and how many files it had is not forgotten",
    .enabled(if: UnprivilegedUser.isPossible, "takes root"))
  func unreadDay() async throws {
    let lake = try IngestFixture()
    var plain = lake.profile
    plain.ingest = nil
    let profile = plain
    for part in 0...1 { try lake.put("a_B_20240101/part_\(part).bin", Data("x".utf8)) }
    #expect(CoverageScan.table(lake: lake.lake, profile: profile).unread == nil)
    chmod(lake.root, 0o777)
    chmod(lake.lake.stateDirectory, 0o777)
    chmod(lake.lake.stateDirectory + "/seen", 0o777)
    chmod(lake.lake.stateDirectory + "/seen/klines.seen", 0o666)
    let directory = lake.path("a_B_20240101")
    chmod(directory, 0)
    let table = await UnprivilegedUser.run { CoverageScan.table(lake: lake.lake, profile: profile) }
    chmod(directory, 0o755)
    #expect(table?.unread?.count == 1 && table?.unread?.first?.contains(directory) == true)
    #expect(table.map(lines) == ["a_B s"])
    try FileManager.default.removeItem(atPath: directory + "/part_1.bin")
    let later = CoverageScan.table(lake: lake.lake, profile: profile)
    #expect(later.series.first?.remarks?.map(\.code) == ["fewer-than-before"])
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

  @Test("a file of a day that cannot be yet does not make every series late up to it")
  func future() throws {
    let lake = try IngestFixture()
    for day in 0...1 { try lake.archive(day: day) }
    try lake.archive("FUTUSDT", day: 2000)
    let today = try #require(CalendarDay(iso: "2024-01-03")).start
    let table = CoverageScan.table(lake: lake.lake, profile: lake.profile, now: today)
    #expect(lines(table) == ["um BTCUSDT 1h aa", "um FUTUSDT 1h .."])
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

  @Test("a day whose archive is gone is in the warehouse only: a hole, unless the profile deletes with its source")
  func archiveGone() async throws {
    let lake = try IngestFixture()
    for day in 0..<4 { try lake.archive(day: day) }
    try lake.archive("ETHUSDT", day: 3)
    for day in 0..<4 { _ = try lake.marker(day: day) }
    _ = await lake.run()
    let directory = lake.path(IngestFixture.directory(.um, "BTCUSDT", "1h"))
    for day in [0, 2, 3] {
      try FileManager.default.removeItem(atPath: "\(directory)/BTCUSDT-1h-2024-01-0\(day + 1).zip")
    }
    var table = CoverageScan.table(lake: lake.lake, profile: lake.profile)
    #expect(lines(table) == ["um BTCUSDT 1h wIww", "um ETHUSDT 1h ...I"])
    #expect(table.holes(of: table.series[0]) == [0, 2, 3])
    let counts = CoverageCounts(table, computedAt: Date())
    #expect(counts.sentence == "3 days missing (3 in the warehouse only) in 1 series: um BTCUSDT 1h 3")
    var mirror = lake.profile
    mirror.followsDeletions = true
    table = CoverageScan.table(lake: lake.lake, profile: mirror)
    #expect(lines(table) == ["um BTCUSDT 1h wIww", "um ETHUSDT 1h ...I"])
    #expect(CoverageCounts(table, computedAt: Date()).holes == 0)
    // Another file of the same day is in the lake.
    try lake.monthlyArchive(lines: (0..<31).flatMap { IngestFixture.lines($0) })
    table = CoverageScan.table(lake: lake.lake, profile: lake.profile, until: CalendarDay(iso: "2024-01-05"))
    #expect(lines(table)[0] == "um BTCUSDT 1h aIaaa")
  }

  @Test(
    "a directory that cannot be read says nothing of what is gone",
    .enabled(if: UnprivilegedUser.isPossible, "takes root"))
  func unreadable() async throws {
    let lake = try IngestFixture()
    try lake.archive()
    _ = try lake.marker(day: 0)
    _ = await lake.run()
    chmod(lake.root, 0o777)
    let directory = lake.path(IngestFixture.directory(.um, "BTCUSDT", "1h"))
    chmod(directory, 0)
    let table = await UnprivilegedUser.run { CoverageScan.table(lake: lake.lake, profile: lake.profile) }
    chmod(directory, 0o755)
    // Nor is a day called whole that nobody has seen.
    #expect(table.map(lines) == ["um BTCUSDT 1h s"])
    #expect(table?.series[0].remarks?.map(\.code) == ["unreadable"])
  }

  @Test("retention takes dated directories: an archive that went with its own is no hole, any other is, however old")
  func retention() async throws {
    let lake = try IngestFixture()
    for day in 0..<3 {
      let archive = try lake.archive(day: day)
      let dated = "x_2024010\(day + 1)/\(archive)"
      try lake.put(dated, Data(contentsOf: URL(filePath: lake.path(archive))))
      try FileManager.default.removeItem(atPath: lake.path(archive))
    }
    for day in 0..<3 { try lake.archive("ETHUSDT", day: day) }
    for day in 0..<3 { _ = try lake.marker(day: day) }
    _ = await lake.run()
    var profile = lake.profile
    profile.retentionDays = 2
    let now = try #require(CalendarDay(iso: "2024-01-04")).start
    try FileManager.default.removeItem(atPath: lake.path("x_20240101"))
    try FileManager.default.removeItem(
      atPath: lake.path(IngestFixture.directory(.um, "ETHUSDT", "1h") + "/ETHUSDT-1h-2024-01-01.zip"))
    func table() -> [String] { lines(CoverageScan.table(lake: lake.lake, profile: profile, now: now)) }
    #expect(table() == ["um BTCUSDT 1h xII", "um ETHUSDT 1h wII", "x xaa"])
    profile.retentionDays = nil
    #expect(table() == ["um BTCUSDT 1h wII", "um ETHUSDT 1h wII", "x .aa"])
  }

  /// Magic, a footer of one byte, its length, magic.
  private static let parquet = Data("PAR1".utf8) + Data([7, 1, 0, 0, 0]) + Data("PAR1".utf8)

  @Test("calls no day whole that an empty or broken-off file stands for")
  func emptyFiles() async throws {
    let lake = try IngestFixture()
    try lake.put("a_B_20240101/part.parquet", Self.parquet)
    try lake.put("a_B_20240102/part.parquet", Data())
    try lake.put("a_B_20240103/part_1.parquet", Self.parquet)
    try lake.put("a_B_20240103/deep/part_2.parquet", Data("PAR1".utf8))
    try lake.put("a_B_20240104/part.csv", Data())
    try lake.put("a_B_20240105/part.txt", Data())
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
    try lake.put("a_B_20240106/part.csv", Data())
    let table = CoverageScan.table(lake: lake.lake, profile: profile)
    #expect(lines(table) == ["a_B a.s.as"])
    #expect(
      table.series.first?.remarks?.map(\.sentence) == [
        "2024-01-03: a transfer was broken off here",
        "2024-01-06: part.csv is empty, or broken off at its beginning",
      ])
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
