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
    let now = first.adding(days: 30).start.addingTimeInterval(7 * 3600)
    let table = CoverageScan.table(lake: lake.lake, profile: profile, now: now)
    return Set(
      table.series.flatMap { series in
        table.holes(of: series).map {
          "\(series.name) \(table.firstDay.adding(days: $0).daysSinceEpoch - first.daysSinceEpoch)"
        }
      })
  }

  @Test("deleting any file, any day, any series, any symbol of a tree is named, and nothing else is")
  func deletions() throws {
    let (lake, profile) = try Self.tree()
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
    #expect(cases.count == 180 + 30 + 9 + 1)
    for gone in cases {
      let paths = gone.map { Self.path($0.symbol, $0.interval, $0.day) }
      for path in paths { try FileManager.default.removeItem(atPath: lake.path(path)) }
      #expect(Self.holes(lake, profile) == Set(gone.map { "um \($0.symbol) \($0.interval) \($0.day)" }))
      for path in paths { try lake.put(path, Self.archive) }
    }
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
