import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// What never came is a hole, whatever else is there.
@Suite struct ExpectedCoverageTests {
  private static let first = CalendarDay(daysSinceEpoch: 19_723)  // 2024-01-01
  private static let symbols = ["ADAUSDT", "BTCUSDT", "ETHUSDT"]
  private static let intervals = ["1h", "1m"]

  private static func path(_ symbol: String, _ interval: String, _ day: Int) -> String {
    IngestFixture.directory(.um, symbol, interval) + "/\(symbol)-\(interval)-\(first.adding(days: day)).zip"
  }

  /// A file long enough to be an archive; coverage does not look into it.
  private static let archive = Data(repeating: 1, count: 64)

  private static func tree() throws -> (lake: IngestFixture, profile: Profile) {
    let lake = try IngestFixture()
    for symbol in symbols {
      for interval in intervals {
        for day in 0..<30 { try lake.put(path(symbol, interval, day), archive) }
      }
    }
    var expected = Expectation()
    (expected.symbols, expected.intervals, expected.market) = (symbols, [.m1, .h1], .um)
    (expected.from, expected.dueSeconds) = (first, 6 * 3600)
    var profile = lake.profile
    profile.expectations = [expected]
    return (lake, profile)
  }

  /// Holes as `SERIES DAY`, on the morning after the tree's last day.
  private static func holes(_ lake: IngestFixture, _ profile: Profile) -> Set<String> {
    holes(table(lake, profile))
  }

  private static let morning = first.adding(days: 30).start.addingTimeInterval(7 * 3600)

  private static func table(_ lake: IngestFixture, _ profile: Profile) -> CoverageTable {
    CoverageScan.table(lake: lake.lake, profile: profile, now: morning)
  }

  private static func holes(_ table: CoverageTable) -> Set<String> {
    Set(
      table.series.flatMap { series in
        table.holes(of: series).map {
          "\(series.name) \(table.firstDay.adding(days: $0).daysSinceEpoch - first.daysSinceEpoch)"
        }
      })
  }

  /// Puts a day's candles into each archive of the tree, and those into the warehouse.
  private static func ingest(_ lake: IngestFixture) async throws {
    for symbol in symbols {
      for (interval, step, count) in [("1h", IngestFixture.hour, 24), ("1m", 60_000, 1440)] {
        for day in 0..<30 {
          let start = IngestFixture.day + Int64(day) * 86_400_000
          let lines = KlineFixtures.rows(start: start, step: step, count: count)
          let stem = "\(symbol)-\(interval)-\(first.adding(days: day))"
          try lake.put(path(symbol, interval, day), KlineFixtures.archive(stem, lines.joined(separator: "\n") + "\n"))
        }
      }
    }
    let report = await lake.run { $0.selection = .backfill(since: nil, until: nil) }
    #expect(report.outcome == .success, "\(report.problems)")
  }

  @Test(
    "deleting any file, day, series or symbol of a tree is named, and nothing else is, before an ingest and after",
    arguments: [false, true])
  func deletions(isIngested: Bool) async throws {
    let (lake, profile) = try Self.tree()
    if isIngested { try await Self.ingest(lake) }
    #expect(Self.holes(lake, profile) == [])
    typealias Entry = (symbol: String, interval: String, day: Int)
    let all: [Entry] = Self.symbols.flatMap { symbol in
      Self.intervals.flatMap { interval in (0..<30).map { (symbol, interval, $0) } }
    }
    var cases = all.map { [$0] }
    cases += (0..<30).map { day in all.filter { $0.day == day } }
    for symbol in Self.symbols {
      cases.append(all.filter { $0.symbol == symbol })
      for interval in Self.intervals { cases.append(all.filter { $0.symbol == symbol && $0.interval == interval }) }
    }
    cases.append(all)
    #expect(cases.count == 220)
    var named: [String: Int] = [:]
    for gone in cases {
      let paths = gone.map { Self.path($0.symbol, $0.interval, $0.day) }
      let hidden = paths.map { lake.path("." + $0.replacing("/", with: "%")) }
      for (path, hidden) in zip(paths, hidden) { #expect(rename(lake.path(path), hidden) == 0) }
      let table = Self.table(lake, profile)
      #expect(Self.holes(table) == Set(gone.map { "um \($0.symbol) \($0.interval) \($0.day)" }))
      for who in Self.alarms(table, profile, gone.map { "um \($0.symbol) \($0.interval)" }) {
        named[who, default: 0] += 1
      }
      for (path, hidden) in zip(paths, hidden) { #expect(rename(hidden, lake.path(path)) == 0) }
    }
    print(
      "\(cases.count) deletions\(isIngested ? " after an ingest" : ""): coverage named \(cases.count), "
        + named.map { "\($0) \($1)" }.sorted().joined(separator: ", "))
    #expect(named == ["check": cases.count, "table and status": cases.count, "metrics": cases.count])
  }

  /// Who names holes of these series, all of them and no more: `series` holds a name a missing day.
  private static func alarms(_ table: CoverageTable, _ profile: Profile, _ series: [String]) -> Set<String> {
    let now = morning
    let counts = CoverageCounts(table, computedAt: now)
    var status = ProfileStatus(profile: profile)
    status.checkpoint = Checkpoint(
      profileName: profile.name, lastSyncTime: TextFormat.utc(now), lastSyncStatus: .success,
      lastSuccessTime: TextFormat.utc(now))
    status.coverage = counts
    let (wanted, days) = (Dictionary(grouping: series) { $0 }, TextFormat.counted(series.count, "day") + " missing")
    func names(_ text: String) -> Bool { text.hasPrefix(days) && wanted.keys.contains { text.contains($0) } }
    var told: Set<String> = []
    if ProfileCheck(status, .init(holes: 0), now: now).reasons.contains(where: { names($0.text) }) {
      told.insert("check")
    }
    if status.state(now: now) == .gaps, names(counts.sentence ?? "") { told.insert("table and status") }
    if counts.series.count == wanted.count, counts.series.allSatisfy({ $0.missing == wanted[$0.name]?.count }) {
      told.insert("metrics")
    }
    return told
  }

  @Test("a day is missing once its hour has passed, a series that was given up only until its end")
  func hourAndEnd() throws {
    let lake = try IngestFixture()
    for day in 0..<3 { try lake.put("a_B_\(Self.first.adding(days: day).compact)/part", Data("x".utf8)) }
    try lake.put("old_\(Self.first.compact)/part", Data("x".utf8))
    var (going, old) = (Expectation(), Expectation())
    (going.series, going.from, going.dueSeconds) = (["a_*", "never"], Self.first, 6 * 3600)
    (old.series, old.from, old.until) = (["old"], Self.first, Self.first.adding(days: 1))
    var profile = lake.profile
    (profile.ingest, profile.expectations) = (nil, [going, old])
    func holes(_ hours: Double) -> [String] {
      let now = Self.first.adding(days: 3).start.addingTimeInterval(hours * 3600)
      let table = CoverageScan.table(lake: lake.lake, profile: profile, now: now)
      return table.series.flatMap { series in
        table.holes(of: series).map { "\(series.name) \(table.firstDay.adding(days: $0).compact.suffix(2))" }
      }
    }
    #expect(holes(5) == ["never 01", "never 02", "never 03", "old 02"])
    #expect(holes(6) == ["a_B 04", "never 01", "never 02", "never 03", "never 04", "old 02"])
    // What retention has taken is no hole.
    profile.retentionDays = 2
    #expect(holes(6) == ["a_B 04", "never 02", "never 03", "never 04", "old 02"])
  }

  @Test("a symbol that a pattern has brought and that vanishes is named, though others match, until its end is said")
  func vanished() throws {
    var (lake, profile) = try Self.tree()
    var pattern = Expectation()
    (pattern.symbols, pattern.intervals, pattern.market) = (["*USDT"], [.h1, .m1], .um)
    pattern.dueSeconds = 6 * 3600
    var series = Expectation()
    (series.series, series.dueSeconds) = (["um *USDT 1?"], 6 * 3600)
    for expectation in [pattern, series] {
      profile.expectations = [expectation]
      #expect(Self.holes(lake, profile) == [])
      let directory = lake.path(IngestFixture.directory(.um, "ETHUSDT", "1m"))
      try FileManager.default.moveItem(atPath: directory, toPath: lake.path("aside"))
      // As told by every later look, and by one after a look that did not know of the pattern.
      let all = Set((0..<30).map { "um ETHUSDT 1m \($0)" })
      #expect(Self.holes(lake, profile) == all)
      profile.expectations = []
      _ = Self.holes(lake, profile)
      profile.expectations = [expectation]
      #expect(Self.holes(lake, profile) == all)
      var ended = Expectation()
      (ended.series, ended.until) = (["um ETHUSDT 1m"], Self.first.adding(days: 9))
      profile.expectations = [expectation, ended]
      #expect(Self.holes(lake, profile) == Set((0..<10).map { "um ETHUSDT 1m \($0)" }))
      // All of them gone, each is named, and no pattern stands for them.
      profile.expectations = [expectation]
      try FileManager.default.moveItem(atPath: lake.path("data"), toPath: lake.root + "/data")
      #expect(Self.holes(lake, profile).count == 180)
      try FileManager.default.moveItem(atPath: lake.root + "/data", toPath: lake.path("data"))
      try FileManager.default.moveItem(atPath: lake.path("aside"), toPath: directory)
      #expect(Self.holes(lake, profile) == [])
    }
  }

  @Test("a profile that is not there, or lies elsewhere now, leaves and inherits no memory of what was seen")
  func memory() throws {
    var (lake, profile) = try Self.tree()
    var pattern = Expectation()
    (pattern.series, pattern.dueSeconds) = (["um *"], 6 * 3600)
    profile.expectations = [pattern]
    profile.localPath += "-unmounted"
    _ = Self.holes(lake, profile)
    #expect(!FileManager.default.fileExists(atPath: lake.lake.stateDirectory + "/seen"))
    profile.localPath = lake.profile.localPath
    _ = Self.holes(lake, profile)
    #expect(FileManager.default.fileExists(atPath: lake.lake.stateDirectory + "/seen/klines.seen"))
    try FileManager.default.moveItem(atPath: lake.profile.localPath, toPath: lake.root + "/moved")
    profile.localPath = lake.root + "/moved"
    try FileManager.default.removeItem(atPath: lake.root + "/moved/" + IngestFixture.directory(.um, "ETHUSDT", "1m"))
    #expect(Self.holes(lake, profile) == [])
  }

  @Test("of an empty lake everything is missing that is due")
  func emptyLake() throws {
    let lake = try IngestFixture()
    var expected = Expectation()
    (expected.symbols, expected.intervals) = (["BTCUSDT"], [.h1])
    var profile = lake.profile
    profile.expectations = [expected]
    let now = Self.first.adding(days: 3).start
    let table = CoverageScan.table(lake: lake.lake, profile: profile, now: now)
    #expect(table.series.map(\.name) == ["BTCUSDT 1h"])
    #expect(table.firstDay == Self.first.adding(days: 1))
    #expect(table.series.map { table.holes(of: $0) } == [[0]])
  }

  @Test("what is learned from a tree names what is then deleted from it")
  func learned() throws {
    var (lake, profile) = try Self.tree()
    profile.expectations = []
    let now = Self.first.adding(days: 30).start
    let table = CoverageScan.table(lake: lake.lake, profile: profile, now: now)
    profile.expectations = CoverageLearning.expectations(from: table)
    #expect(profile.expectations.count == 1)
    #expect(Self.holes(lake, profile) == [])
    try FileManager.default.removeItem(atPath: lake.path(IngestFixture.directory(.um, "BTCUSDT", "1m")))
    #expect(Self.holes(lake, profile) == Set((0..<29).map { "um BTCUSDT 1m \($0)" }))
  }
}
