import Foundation
import Klines
import SQLiteStore
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// With `fill_gaps`, a candle that was put into a hole gives way to a real one, whatever file has that, whenever it comes.
@Suite(.serialized) struct FilledCandleTests {
  private static let server = Result { try ClickHouseServer() }
  /// The day lacks 05:00 to 07:00, the month only 09:00.
  private static let day = IngestFixture.lines(seed: 2).enumerated().filter { !(5...7).contains($0.offset) }
    .map(\.element)
  private static let month = IngestFixture.lines(seed: 1).enumerated().filter { $0.offset != 9 }.map(\.element)
  /// Trades of the day's own candles, and of the month's where the day has none.
  private static let expected = (0..<24).map { (5...7).contains($0) ? $0 + 1 : $0 + 2 }.reduce(0, +)

  private static func ingest(_ lake: IngestFixture, isForced: Bool = false) async -> IngestReport {
    await lake.run {
      $0.selection = .backfill(since: nil, until: nil)
      $0.isForced = isForced
    }
  }

  @Test(
    "a month's real candles count before those filled into its day, whichever came first", arguments: [true, false])
  func eitherOrder(monthFirst: Bool) async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get(), fillGaps: true) {
      for isMonth in [monthFirst, !monthFirst] {
        if isMonth { try lake.monthlyArchive(lines: Self.month) } else { try lake.archive(lines: Self.day) }
        let report = await Self.ingest(lake)
        #expect(report.outcome == .success, "\(report.problems)")
        // Of 24 candles three are no word of the day's file, and one is none of the month's.
        if isMonth != monthFirst { #expect(report.totals.disagreements == 20) }
      }
      #expect(try ask("count(*)") == 24)
      #expect(try ask("sum(trades_count)") == Self.expected)
      #expect(await lake.run { $0.selection = .verification }.problems == [])
      #expect(await Self.ingest(lake, isForced: true).outcome == .success)
      #expect(try ask("sum(trades_count)") == Self.expected)
      #expect(await lake.run { $0.selection = .verification }.problems == [])
    }
  }

  @Test("switched on or off, it sends the files with holes again, once, marker or not")
  func switched() async throws {
    for (plain, ask) in try IngestFixture.onBoth(Self.server.get()) {
      try plain.archive(lines: Self.day)
      try plain.archive(day: 1)
      // What is missing at a day's edge is not between two candles.
      try plain.archive(day: 2, lines: IngestFixture.lines(2, count: 20))
      _ = try plain.marker(day: 2)
      #expect(await Self.ingest(plain).outcome == .success)
      #expect(try ask("count(*)") == 65)
      for isOn in [true, false, true] {
        let reporter = RecordingReporter()
        #expect(await plain.run(reporter: RecordingReporter(), fillGaps: isOn) { $0.isRehearsal = true }.problems == [])
        let report = await plain.run(reporter: reporter, fillGaps: isOn)
        #expect(report.outcome == .success && report.totals.filesIngested == (isOn ? 2 : 1), "\(isOn)")
        #expect(
          reporter.logs.contains { $0.hasPrefix("fill_gaps is \(isOn ? "on" : "off") by now") }, "\(reporter.logs)")
        #expect(try ask("count(*)") == (isOn ? 68 : 65))
        #expect(await plain.run(fillGaps: isOn).totals.filesIngested == 0)
        #expect(await plain.run(fillGaps: isOn) { $0.selection = .verification }.problems == [])
      }
    }
  }

  @Test("a run that dies while they are sent again is made up for by the next")
  func switchedAndStopped() async throws {
    let lake = try IngestFixture()
    for day in 0...2 { try lake.archive(day: day, lines: Self.dayLines(day)) }
    #expect(await Self.ingest(lake).outcome == .success)
    var step = 1
    while await lake.run(reporter: RecordingReporter(stopAt: step), fillGaps: true).outcome == .interrupted {
      step += 1
    }
    #expect(step > 3)
    #expect(try lake.rows == 72)
  }

  private static func dayLines(_ day: Int) -> [String] {
    IngestFixture.lines(day).enumerated().filter { $0.offset != 7 }.map(\.element)
  }

  @Test("a day that is gone from the lake is still known to have had holes")
  func goneDay() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get(), fillGaps: true) {
      let path = try lake.archive(lines: Self.day)
      #expect(await Self.ingest(lake).outcome == .success)
      try FileManager.default.removeItem(atPath: lake.path(path))
      try lake.monthlyArchive(lines: Self.month)
      #expect(await Self.ingest(lake).outcome == .success)
      #expect(try ask("sum(trades_count)") == Self.expected)
    }
  }

  @Test("a hole that appears in a day lets the month's candle come back; one that closes again takes its place")
  func republished() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get(), fillGaps: true) {
      try lake.archive(lines: IngestFixture.lines(seed: 2))
      try lake.monthlyArchive(lines: Self.month)
      #expect(await Self.ingest(lake).outcome == .success)
      #expect(try ask("sum(trades_count)") == (2..<26).reduce(0, +))
      try lake.archive(lines: Self.day)
      #expect(await Self.ingest(lake).outcome == .success)
      #expect(try ask("sum(trades_count)") == Self.expected)
      // The month loses one of those too: what is left is the candle filled into the day, which counts before the month's.
      let lost = "\(IngestFixture.day + 6 * IngestFixture.hour),"
      try lake.monthlyArchive(lines: Self.month.filter { !$0.hasPrefix(lost) })
      #expect(await Self.ingest(lake).outcome == .success)
      #expect(try ask("sum(trades_count)") == Self.expected - 7)
      #expect(try ask("count(*)") == 24)
      try lake.archive(lines: IngestFixture.lines(seed: 2))
      #expect(await Self.ingest(lake).outcome == .success)
      #expect(try ask("sum(trades_count)") == (2..<26).reduce(0, +))
      #expect(await lake.run { $0.selection = .verification }.problems == [])
    }
  }

  @Test("files with filled candles that an earlier version sent, which did not note them, are settled again once")
  func earlierLedger() async throws {
    let lake = try IngestFixture(fillGaps: true)
    try lake.archive(lines: Self.day)
    try lake.monthlyArchive(lines: Self.month)
    #expect(await Self.ingest(lake).outcome == .success)
    let right = try lake.content()
    // As it was: the day's flat candles in the place of the month's, and nothing that says so.
    let (first, last) = (IngestFixture.day + 5 * IngestFixture.hour, IngestFixture.day + 7 * IngestFixture.hour)
    try lake.change(
      """
      UPDATE klines SET trades_count = 0, version = (SELECT max(version) FROM klines AS other WHERE
      other.open_time = \(IngestFixture.day)) WHERE open_time BETWEEN \(first) AND \(last)
      """)
    try DatabaseQueue(path: IngestLedger.path(in: lake.lake)).write {
      try $0.execute(sql: "DROP INDEX files_with_fills; DROP TABLE oddities; DELETE FROM repeats")
    }
    #expect(try lake.content() != right)
    #expect(await lake.run().totals.filesIngested == 2)
    #expect(try lake.content() == right)
    #expect(await lake.run().totals.filesIngested == 0)
    #expect(await lake.run { $0.selection = .verification }.problems == [])
  }
}
