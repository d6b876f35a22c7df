import Foundation
import Testing

@testable import SluiceCore

@Suite("What is expected")
struct ExpectationTests {
  private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(iso: text)) }

  @Test(
    "a pattern is a name with * and ?",
    arguments: [
      ("a_B", "a_B", true), ("a_B", "a_*", true), ("a_B", "*", true), ("a_B", "*B", true), ("a_B", "a?B", true),
      ("a_B", "a_", false), ("a_B", "a_B?", false), ("a_B", "b*", false), ("", "*", true), ("a_B_C", "*_*", true),
      ("aXbXc", "a*b*c", true), ("aXbXd", "a*b*c", false), ("a*B", "a*B", true), ("é", "?", true), ("a", "**a**", true),
    ])
  func patterns(_ name: String, _ pattern: String, _ matches: Bool) {
    #expect(Expectation.matches(name, pattern: pattern) == matches)
  }

  @Test("symbols are expected in each interval, in the market named or the one there is")
  func symbols() {
    var expected = Expectation()
    (expected.symbols, expected.intervals) = (["BTCUSDT", "ETHUSDT"], [.m1, .h1])
    #expect(expected.covers("um BTCUSDT 1h") && expected.covers("spot ETHUSDT 1m"))
    #expect(!expected.covers("um BTCUSDT 5m") && !expected.covers("um ADAUSDT 1h") && !expected.covers("BTCUSDT"))
    #expect(
      expected.missingSeries(among: ["um BTCUSDT 1h"], market: .um) == [
        "um BTCUSDT 1m", "um ETHUSDT 1m", "um ETHUSDT 1h",
      ])
    #expect(expected.missingSeries(among: [], market: nil).first == "BTCUSDT 1m")
    expected.market = .spot
    #expect(!expected.covers("um BTCUSDT 1h"))
    #expect(expected.missingSeries(among: ["um BTCUSDT 1h"], market: .um).first == "spot BTCUSDT 1m")
  }

  @Test("a symbol may be a pattern; a name counts before the pattern that covers it")
  func namesAndPatterns() {
    var expected = Expectation()
    (expected.symbols, expected.intervals, expected.series) = (["BTC*", "ETHUSDT"], [.h1], ["um A? 1h", "um BNB 1h"])
    #expect(expected.covers("um BTCUSDC 1h") && expected.covers("um AB 1h"))
    #expect(!expected.names("um BTCUSDC 1h") && !expected.names("um AB 1h") && !expected.names("um ETHUSDT 1m"))
    #expect(expected.names("um ETHUSDT 1h") && expected.names("um BNB 1h"))
    #expect(expected.patterns == ["um A? 1h", "BTC*"])
    #expect(
      expected.missingSeries(among: ["um BTCUSDC 1h"], market: .um) == ["um A? 1h", "um BNB 1h", "um ETHUSDT 1h"])
  }

  @Test(
    "a directory is due on its own day, an archive the day after",
    arguments: [
      ("a_B", 6 * 3600, "2026-03-10T05:59:59Z", "2026-03-09"), ("a_B", 6 * 3600, "2026-03-10T06:00:00Z", "2026-03-10"),
      ("a_B", nil, "2026-03-10T23:00:00Z", "2026-03-09"), ("a_B", 30 * 3600, "2026-03-10T06:00:00Z", "2026-03-09"),
      ("um BTCUSDT 1h", 6 * 3600, "2026-03-10T06:00:00Z", "2026-03-09"),
      ("um BTCUSDT 1h", 6 * 3600, "2026-03-10T05:00:00Z", "2026-03-08"),
      ("um BTCUSDT 1h", nil, "2026-03-10T05:00:00Z", "2026-03-08"),
    ] as [(String, Int?, String, String)])
  func due(_ series: String, _ seconds: Int?, _ now: String, _ newest: String) throws {
    var expected = Expectation()
    (expected.series, expected.dueSeconds) = (["*"], seconds)
    let moment = try #require(TextFormat.date(utc: now))
    #expect(expected.newestDueDay(series: series, now: moment).description == newest)
  }

  @Test("only expected days can be missing; a short day is one whenever it is")
  func holes() throws {
    let first = try day("2024-01-01")
    let cells: [CoverageCell] = [.missing, .arrived, .missing, .missing, .short, .missing, .missing]
    var series = CoverageSeries(
      name: "a", cells: cells, firstDay: first.adding(days: 1), lastDay: first.adding(days: 4))
    func holes(_ expected: [ExpectedDays]?) -> [Int] {
      series.expected = expected
      return CoverageTable(firstDay: first, series: [series]).holes(of: series)
    }
    #expect(holes(nil) == [2, 3, 4, 5, 6])
    #expect(holes([ExpectedDays(first: first, last: first.adding(days: 2))]) == [0, 2, 4])
    #expect(holes([ExpectedDays(first: first, last: first.adding(days: 6), everyDays: 2)]) == [0, 2, 4, 6])
    #expect(holes([ExpectedDays(first: first.adding(days: 5), last: first.adding(days: 9))]) == [4, 5, 6])
    #expect(holes([]) == [4])
    #expect(holes([ExpectedDays(first: first.adding(days: -9), last: first.adding(days: -5))]) == [4])
  }

  @Test("counts holes by series, those with most first")
  func counts() throws {
    let first = try day("2024-01-01")
    let table = CoverageTable(
      firstDay: first,
      series: [
        CoverageSeries(name: "few", cells: [.arrived, .missing, .arrived]),
        CoverageSeries(name: "most", cells: [.arrived, .missing, .short]),
        CoverageSeries(name: "whole", cells: [.arrived, .ingested, .arrived]),
      ])
    let counts = CoverageCounts(table, computedAt: Date(timeIntervalSince1970: 0))
    #expect(counts.missingDays == 2 && counts.shortDays == 1 && counts.holes == 3 && counts.seriesWithHoles == 2)
    let (second, third) = (first.adding(days: 1), first.adding(days: 2))
    #expect(
      counts.series == [
        .init(name: "most", missing: 1, short: 1, newest: third), .init(name: "few", missing: 1, newest: second),
      ])
    #expect(counts.sentence == "2 days missing and 1 short in 2 series: most 2, few 1")
    #expect(CoverageCounts(CoverageTable(firstDay: first, series: []), computedAt: counts.computedAt).sentence == nil)
  }

  @Test("what is learned expects what is there, a series that ended only until then")
  func learning() throws {
    let first = try day("2024-01-01")
    func series(_ name: String, _ from: Int, _ to: Int) -> CoverageSeries {
      CoverageSeries(name: name, cells: [], firstDay: first.adding(days: from), lastDay: first.adding(days: to))
    }
    let table = CoverageTable(
      firstDay: first,
      series: [
        series("um BTCUSDT 1m", 0, 29), series("um BTCUSDT 1h", 0, 29), series("um ETHUSDT 1h", 0, 28),
        series("um ETHUSDT 1m", 0, 29), series("spot OLD\"USDT 1h", 3, 9), series("a_B", 0, 22), series("NO", 0, 21),
      ])
    #expect(
      CoverageLearning.expectations(from: table).map(\.yaml) == [
        #"{symbols: ["OLD\"USDT"], intervals: ["1h"], market: spot, from: 2024-01-04, until: 2024-01-10, every: 1d}"#,
        #"{symbols: ["BTCUSDT", "ETHUSDT"], intervals: ["1m", "1h"], market: um, from: 2024-01-01, every: 1d}"#,
        #"{series: ["NO"], from: 2024-01-01, until: 2024-01-22, every: 1d}"#,
        #"{series: ["a_B"], from: 2024-01-01, every: 1d}"#,
      ])
  }

  @Test(
    "a series that comes every so many days is learned so, and none of fewer than four",
    arguments: [
      ("a......a......a......a", 7), ("a......a.............a......a", 7), ("a......a......a", 1), ("aaaaaaaa", 1),
      ("aa.a.a.a", 1), ("a.a.a.a.a", 2),
    ])
  func rhythm(_ days: String, _ every: Int) throws {
    let cells = days.map { $0 == "a" ? CoverageCell.arrived : .missing }
    let series = CoverageSeries(
      name: "week_A", cells: cells, firstDay: try day("2026-01-01"),
      lastDay: try day("2026-01-01").adding(days: cells.count - 1))
    let table = CoverageTable(firstDay: try day("2026-01-01"), series: [series])
    #expect(CoverageLearning.expectations(from: table).map(\.everyDays) == [every])
  }
}
