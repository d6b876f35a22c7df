import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import Klines

/// Rows held against the moments at which their interval's candles open.
@Suite struct CandleGridTests {
  private static let day: Int64 = 1_704_067_200_000
  private static let hour: Int64 = 3_600_000
  private static let minute: Int64 = 60_000

  private static func candle(_ time: Int64, length: Int64) -> String {
    "\(time),100,110,90,105,5,\(time + length - 1),500,3,2,200,0"
  }

  private static func hours(_ minutes: [Int64]) -> [String] {
    minutes.map { candle(day + $0 * minute, length: hour) }
  }

  private static let wholeDay = (0..<24).map { Int64($0) * 60 }

  /// Reads lines as the one member of an archive of that name.
  private func read(
    _ stem: String, _ lines: [String], fillGaps: Bool = false
  ) throws -> (report: RowReport, openTimes: [Int64]) {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).zip").path
    try KlineFixtures.archive(stem, lines.joined(separator: "\n")).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let archive = try #require(KlineArchiveName(fileName: stem + ".zip"))
    let columns = KlineColumns()
    let reading = try KlineFileReader().read(
      path: path, fileName: stem + ".zip", archive: archive, into: columns, fillGaps: fillGaps)
    guard case .whole(let content) = reading else { throw KlineFault.notAZip }
    return (content.report, (0..<columns.count).map { columns[.openTime][$0] })
  }

  @Test("a candle beside the grid does not stand for the one that is missing, and stays")
  func besideTheGrid() throws {
    let report = try read("BTCUSDT-1h-2024-01-01", Self.hours(Self.wholeDay.map { $0 == 300 ? 270 : $0 })).report
    #expect(report.rows == 24)
    #expect(report.missing == 1)
    let day = CalendarDay(daysSinceEpoch: 19_723)
    #expect(report.shortDays == [day: 23])
    #expect(report.firstMissing == [day: Self.day + 5 * Self.hour])
    #expect(report.grid.offGrid == 1)
    #expect(report.grid.firstOffGrid == Self.day + 270 * Self.minute)
    // Beside a whole day it makes nothing whole that is not, and nothing short that is whole.
    let beside = try read("BTCUSDT-1h-2024-01-01", Self.hours((Self.wholeDay + [270]).sorted())).report
    #expect(beside.missing == 0 && beside.grid.offGrid == 1 && beside.rows == 25)
  }

  @Test("holes are filled on the grid, never where a candle is beside it")
  func fillsOnTheGrid() throws {
    let minutes: [Int64] = [0, 60, 270, 480, 540]
    let (report, times) = try read("BTCUSDT-1h-2024-01-01", Self.hours(minutes), fillGaps: true)
    // 04:00 and 05:00 share time with the candle of 04:30; 02:00, 03:00, 06:00 and 07:00 have nobody.
    #expect(times.map { ($0 - Self.day) / Self.minute } == [0, 60, 120, 180, 270, 360, 420, 480, 540])
    #expect(report.filled == 4)
    #expect(report.missing == 20)
  }

  @Test("refuses a file whose rows are of another length, with the numbers")
  func otherLength() throws {
    let minutes = (0..<1440).map { Self.candle(Self.day + Int64($0) * Self.minute, length: Self.minute) }
    let fault = #expect(throws: KlineFault.self) { try read("BTCUSDT-1h-2024-01-01", minutes) }
    #expect(fault?.code == "other-interval")
    #expect(
      fault?.reason == "does not hold 1h candles: of 1,440 rows 1,440 have another length (1m) "
        + "and 1,416 open off the grid, first at 2024-01-01 00:01")
    let hours = #expect(throws: KlineFault.self) {
      try read("BTCUSDT-1m-2024-01-01", Self.hours(Self.wholeDay))
    }
    #expect(hours?.reason == "does not hold 1m candles: of 24 rows 24 have another length (1h)")
  }

  @Test("refuses rows of another interval that stray into a file, with line and both lengths, and keeps the others")
  func strays() throws {
    var minutes = (0..<1440).map { Self.candle(Self.day + Int64($0) * Self.minute, length: Self.minute) }
    minutes[10] = Self.candle(Self.day + 10 * Self.minute, length: 5 * Self.minute)
    minutes.insert(Self.candle(Self.day, length: Self.hour), at: 20)
    let report = try read("BTCUSDT-1m-2024-01-01", minutes).report
    #expect(report.rows == 1439 && report.missing == 1 && report.duplicates == 0 && report.refused == 2)
    #expect(
      report.refusedRows.map(\.sentence) == [
        "line 11: its candle is 5m long, those of the file 1m", "line 21: its candle is 1h long, those of the file 1m",
      ])
    #expect(report.grid == GridReport())
    // Shorter ones are told from cut ones where they neither open nor close with the interval.
    let hours =
      Self.hours(Self.wholeDay) + [5, 10, 50].map { Self.candle(Self.day + $0 * Self.minute, length: 300_000) }
    let short = try read("BTCUSDT-1h-2024-01-01", hours).report
    #expect(short.rows == 24 && short.refused == 3 && short.grid == GridReport())
    #expect(short.refusedRows.first?.sentence == "line 25: its candle is 5m long, those of the file 1h")
    // The longest month is no month too long.
    let month = Self.candle(Self.day, length: 2_678_400_000)
    #expect(try read("BTCUSDT-1mo-2024-01", [month]).report.refused == 0)
  }

  @Test(
    "refuses other intervals in few rows too",
    arguments: [
      // Two halves of a day, a day that opens in another time zone, a window that moves by a quarter.
      ("BTCUSDT-1d-2024-01-01", [0, 43_200_000], 43_200_000), ("BTCUSDT-1d-2024-01-01", [57_600_000], 86_400_000),
      ("BTCUSDT-1h-2024-01-01", [0, 900_000, 1_800_000, 2_700_000], 3_600_000),
      ("BTCUSDT-1w-2024-01", [86_400_000], 604_800_000), ("BTCUSDT-1mo-2024-01", [86_400_000], 2_678_400_000),
    ] as [(String, [Int64], Int64)])
  func fewRows(stem: String, offsets: [Int64], length: Int64) {
    #expect(throws: KlineFault.self) { try read(stem, offsets.map { Self.candle(Self.day + $0, length: length) }) }
  }

  @Test("takes candles that an outage or a contract's end cut, and says how many")
  func cut() throws {
    let hours = Self.hours(Self.wholeDay)
    let cut = hours.dropLast() + [Self.candle(Self.day + 23 * Self.hour, length: 1_694_789)]
    let report = try read("BTCUSDT-1h-2024-01-01", Array(cut)).report
    #expect(report.missing == 0 && report.grid.otherLength == 1)
    #expect(report.grid.firstOtherLength == Self.day + 23 * Self.hour)
    #expect(report.grid.lengths == 1_694_789...1_694_789)
    for length: Int64 in [1_694_789, 28_800_000] {
      #expect(try read("BTCUSDT-1d-2024-01-01", [Self.candle(Self.day, length: length)]).report.rows == 1)
    }
    // After an outage a candle may open late; it closes with its interval.
    let late = Self.candle(Self.day + 43_200_000 + 34_094_789, length: 43_200_000 - 34_094_789)
    let half = try read("BTCUSDT-12h-2024-01-01", [Self.candle(Self.day, length: 43_200_000), late]).report
    #expect(half.rows == 2 && half.missing == 1 && half.grid.offGrid == 1)
    // Some write the end of a candle as the beginning of the next.
    #expect(
      try read(
        "BTCUSDT-1h-2024-01-01", Self.wholeDay.map { Self.candle(Self.day + $0 * Self.minute, length: Self.hour + 1) }
      )
      .report.grid == GridReport())
  }

  @Test("a week or three days missing at the edge of their month are missed", arguments: [0, 1, 2])
  func edges(dropped: Int) throws {
    let weeks = [0, 7, 14, 21, 28].map { Self.candle(Self.day + $0 * 86_400_000, length: 604_800_000) }
    #expect(try read("BTCUSDT-1w-2024-01", weeks).report.missing == 0)
    var fewer = weeks
    let index = [0, 4, 2][dropped]
    fewer.remove(at: index)
    let week = try read("BTCUSDT-1w-2024-01", fewer).report
    #expect(week.missing == 1)
    #expect(week.shortDays == [CalendarDay(daysSinceEpoch: 19_723 + 7 * index): 0])
    // The grid of three days is the rows' own: these open on the 2nd, 5th, … 29th.
    let threes = (0..<10).map { Self.candle(Self.day + (1 + 3 * Int64($0)) * 86_400_000, length: 259_200_000) }
    #expect(try read("BTCUSDT-3d-2024-01", threes).report.missing == 0)
    fewer = threes
    let place = [0, 9, 4][dropped]
    fewer.remove(at: place)
    let three = try read("BTCUSDT-3d-2024-01", fewer).report
    #expect(three.missing == 1)
    #expect(three.shortDays == [CalendarDay(daysSinceEpoch: 19_724 + 3 * place): 0])
  }

  @Test("a candle of three days off the others' place is beside the grid")
  func threeDays() throws {
    let days: [Int64] = [0, 3, 6, 10, 12, 15, 18, 21, 24, 27, 30]
    let report = try read(
      "BTCUSDT-3d-2024-01", days.map { Self.candle(Self.day + $0 * 86_400_000, length: 259_200_000) }
    ).report
    #expect(report.grid.offGrid == 1)
    #expect(report.firstMissing.values.sorted() == [Self.day + 9 * 86_400_000])
  }

  @Test("a day's file holds the week, the three days or the month the day lies in")
  func daysOfLongCandles() throws {
    let week = Self.candle(Self.day, length: 604_800_000)
    #expect(try read("BTCUSDT-1w-2024-01-07", [week]).report.missing == 0)
    let month = Self.candle(Self.day, length: 2_678_400_000)
    #expect(try read("BTCUSDT-1mo-2024-01-31", [month]).report.missing == 0)
    let three = Self.candle(Self.day + 86_400_000, length: 259_200_000)
    #expect(try read("BTCUSDT-3d-2024-01-04", [three]).report.missing == 0)
  }
}
