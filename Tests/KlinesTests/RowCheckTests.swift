import SluiceCore
import TestSupport
import Testing

@testable import Klines

@Suite struct RowCheckTests {
  private static let day: Int64 = 1_704_067_200_000
  private static let minute: Int64 = 60_000

  /// The report and the open times of lines read as an archive of that name.
  private func check(_ lines: [String], as name: String, fillGaps: Bool = false) throws -> (RowReport, KlineColumns) {
    let buffer = ByteBuffer()
    buffer.assign(Array(lines.joined(separator: "\n").utf8))
    let columns = KlineColumns()
    _ = try KlineParser().parse(buffer.bytes, into: columns)
    let archive = try #require(KlineArchiveName(fileName: name))
    return (RowCheck.apply(to: columns, from: 0, archive: archive, fillGaps: fillGaps), columns)
  }

  private func candle(
    _ time: Int64, open: String = "100", high: String = "110", low: String = "90", close: String = "105",
    volume: String = "5", closeTime: Int64? = nil, trades: String = "3"
  ) -> String {
    "\(time),\(open),\(high),\(low),\(close),\(volume),\(closeTime ?? time + 59_999),500,\(trades),\(volume == "0" ? "0" : "2"),200,0"
  }

  private static let hourly = "BTCUSDT-1h-2024-01-01.zip"
  private static let minutely = "BTCUSDT-1m-2024-01-01.zip"

  @Test("keeps a whole day as it is")
  func wholeDay() throws {
    let lines = KlineFixtures.rows(start: Self.day, step: 3_600_000, count: 24)
    let (report, columns) = try check(lines, as: Self.hourly)
    var expected = RowReport()
    expected.rows = 24
    expected.firstOpenTime = Self.day
    expected.lastOpenTime = Self.day + 23 * 3_600_000
    #expect(report == expected)
    #expect(columns.count == 24)
  }

  @Test("refuses impossible candles and keeps the others")
  func impossible() throws {
    let times = (0..<13).map { Self.day + Int64($0) * Self.minute }
    let lines = [
      candle(times[0]), candle(times[1], high: "99"), candle(times[2], high: "104"), candle(times[3], low: "101"),
      candle(times[4], open: "0"), candle(times[5], low: "-1"), candle(times[6], close: "-5"),
      candle(times[7], volume: "-1"), candle(times[8], trades: "-1"), candle(times[9], closeTime: times[9] - 1),
      candle(times[10], high: "80", low: "95"), candle(times[11], low: "106"), candle(times[12]),
    ]
    let (report, columns) = try check(lines, as: Self.minutely)
    #expect(report.refused == 11)
    #expect((0..<columns.count).map { columns[.openTime][$0] } == [times[0], times[12]])
  }

  @Test("accepts candles without trades and a last candle cut short by an outage")
  func oddButReal() throws {
    let flat = candle(Self.day, open: "1", high: "1", low: "1", close: "1", volume: "0", trades: "0")
    let cut = candle(Self.day + Self.minute, closeTime: Self.day + Self.minute)
    #expect(try check([flat, cut], as: Self.minutely).0.refused == 0)
  }

  @Test("refuses rows outside the file's day or month")
  func outsidePeriod() throws {
    let next = Self.day + 86_400_000
    let lines = [candle(Self.day - 1), candle(Self.day), candle(next - 1), candle(next)]
    #expect(try check(lines, as: Self.minutely).0.refused == 2)
    let month = try check(lines + [candle(Self.day + 31 * 86_400_000)], as: "BTCUSDT-1m-2024-01.zip").0
    #expect(month.refused == 2)
    #expect(month.rows == 3)
  }

  @Test("takes a candle longer than a day that reaches into the file's period")
  func longCandles() throws {
    // 2024-01-01 was a Monday; the daily file of the Wednesday holds the week's candle.
    let week = candle(Self.day, closeTime: Self.day + 7 * 86_400_000 - 1)
    #expect(try check([week], as: "BTCUSDT-1w-2024-01-03.zip").0.rows == 1)
    #expect(try check([week], as: "BTCUSDT-1w-2024-01-08.zip").0.rows == 0)
    #expect(try check([week], as: "BTCUSDT-1mo-2024-01.zip").0.rows == 1)
  }

  @Test("keeps the first of equal open times and counts the others")
  func duplicates() throws {
    let second = Self.day + Self.minute
    let lines = [candle(Self.day, close: "101"), candle(Self.day, close: "102"), candle(second), candle(Self.day)]
    let (report, columns) = try check(lines, as: Self.minutely)
    #expect(report.duplicates == 2)
    #expect(report.refused == 0)
    #expect(columns.count == 2)
    #expect(columns[.close][0] == 101)
  }

  @Test("brings rows in order and counts those that came late")
  func disorder() throws {
    let times = [0, 3, 1, 2, 4].map { Self.day + Int64($0) * Self.minute }
    let (report, columns) = try check(times.map { candle($0) }, as: Self.minutely)
    #expect(report.outOfOrder == 2)
    #expect(report.duplicates == 0)
    #expect((0..<5).map { columns[.openTime][$0] } == times.sorted())
  }

  @Test("reports missing candles, day by day, and fills nothing")
  func gaps() throws {
    let lines = KlineFixtures.rows(start: Self.day, step: 3_600_000, count: 24).enumerated().filter { $0.offset != 5 }
    let (report, columns) = try check(lines.map(\.element), as: Self.hourly)
    #expect(report.missing == 1)
    #expect(report.filled == 0)
    #expect(columns.count == 23)
    let day = try #require(CalendarDay(iso: "2024-01-01"))
    #expect(report.shortDays == [day: 23])
    let month = try check(lines.map(\.element), as: "BTCUSDT-1h-2024-01.zip").0
    #expect(month.missing == 31 * 24 - 23)
    #expect(month.shortDays.count == 31)
    #expect(month.shortDays[day.adding(days: 1)] == 0)
  }

  @Test("fills holes only when asked to, with flat candles without volume, and never the edges")
  func fills() throws {
    let lines = [candle(Self.day + Self.minute, close: "105"), candle(Self.day + 4 * Self.minute)]
    let (report, columns) = try check(lines, as: Self.minutely, fillGaps: true)
    #expect(report.filled == 2)
    #expect(report.missing == 1438)
    #expect((0..<columns.count).map { (columns[.openTime][$0] - Self.day) / Self.minute } == [1, 2, 3, 4])
    let filled = KlineColumns.Value.allCases.map { columns[$0][1] }
    #expect(filled == [105, 105, 105, 105, 0, 0, 0, 0])
    #expect(columns[.closeTime][1] == Self.day + 3 * Self.minute - 1)
    #expect(columns[.trades][1] == 0)
  }

  @Test("fills no hole that crosses midnight")
  func fillsWithinDay() throws {
    let lines = [candle(Self.day + 86_400_000 - 2 * Self.minute), candle(Self.day + 86_400_000 + Self.minute)]
    #expect(try check(lines, as: "BTCUSDT-1m-2024-01.zip", fillGaps: true).0.filled == 0)
  }
}
