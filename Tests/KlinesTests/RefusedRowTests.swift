import SluiceCore
import TestSupport
import Testing

@testable import Klines

/// A refused row is named by its line, and so is why.
@Suite struct RefusedRowTests {
  private static let day: Int64 = 1_704_067_200_000
  private static let hour: Int64 = 3_600_000

  private func check(_ lines: [String], as name: String = "BTCUSDT-1h-2024-01-01.zip") throws -> RowReport {
    let buffer = ByteBuffer()
    buffer.assign(Array(lines.joined(separator: "\n").utf8))
    let columns = KlineColumns()
    let text = try KlineParser().parse(buffer.bytes, into: columns)
    let archive = try #require(KlineArchiveName(fileName: name))
    return RowCheck.apply(to: columns, from: 0, archive: archive, text: text)
  }

  @Test("lines are counted over a header and over rows that gave none")
  func lines() throws {
    var lines = [KlineFixtures.header] + KlineFixtures.rows(start: Self.day, step: Self.hour, count: 24)
    lines[3] = lines[3].replacing(".25,", with: ".25e-9,")
    lines[5] = "\(Self.day + 4 * Self.hour),,110,90,105,5,\(Self.day + 5 * Self.hour - 1),500,3,2,200,0"
    lines[9] = lines[9].replacing("170409", with: "170509")
    lines[20] = lines[20].replacing(",0.1,", with: ",-0.1,")
    let report = try check(lines)
    #expect(report.refused == 4)
    #expect(report.refusedRows.map(\.line) == [4, 6, 10])
    #expect(
      report.refusedRows.last?.reason
        == .otherPeriod(openTime: 1_705_096_000_000, period: .day(CalendarDay(daysSinceEpoch: 19_723))))
    guard case .prices(_, let high, _, _) = report.refusedRows.first?.reason else {
      Issue.record("no prices: \(report.refusedRows)")
      return
    }
    #expect(high < 1)
    #expect(report.refusedRows[1].reason == .notFinite(column: 2, text: ""))
  }

  @Test("a wrong unit of time is recognised")
  func units() throws {
    let seconds = "1704067200,100,110,90,105,5,1704070799,500,3,2,200,0"
    #expect(try check([seconds]).refusedRows == [RefusedRow(line: 1, reason: .inSeconds(1_704_067_200))])
    let nanoseconds = "1704067200000000000,100,110,90,105,5,1704070799999999999,500,3,2,200,0"
    #expect(
      try check([nanoseconds]).refusedRows == [
        RefusedRow(line: 1, reason: .inNanoseconds(microseconds: 1_704_067_200_000_000))
      ])
  }

  @Test("what is wrong is the row's own number")
  func numbers() throws {
    let row = { (open: String, high: String, low: String, close: String, volume: String, trades: String) in
      "\(Self.day),\(open),\(high),\(low),\(close),\(volume),\(Self.day + Self.hour - 1),500,\(trades),2,200,0"
    }
    let cases: [(String, RefusedRow.Reason)] = [
      (row("100", "99", "90", "95", "5", "3"), .prices(open: 100, high: 99, low: 90, close: 95)),
      (row("100", "110", "0", "95", "5", "3"), .prices(open: 100, high: 110, low: 0, close: 95)),
      (row("100", "110", "90", "95", "-5", "3"), .quantity(column: 6, value: -5)),
      (row("100", "110", "90", "95", "5", "-3"), .quantity(column: 9, value: -3)),
      (row("100", "110", "90", "95", "1", "3"), .part(column: 10, value: 2, whole: 1)),
      (
        row("100", "110", "90", "95", "5", "3").replacing(",200,", with: ",501,"),
        .part(column: 11, value: 501, whole: 500)
      ),
    ]
    for (line, reason) in cases { #expect(try check([line]).refusedRows == [RefusedRow(line: 1, reason: reason)]) }
    // Rounding by the last of the exchange's decimals is none.
    #expect(try check([row("100", "110", "90", "95", "1.99999999", "3")]).refused == 0)
    let early = row("100", "110", "90", "95", "5", "3").replacing(
      "\(Self.day + Self.hour - 1)", with: "\(Self.day - 1)")
    #expect(
      try check([early]).refusedRows.map(\.reason) == [.closesEarly(openTime: Self.day, closeTime: Self.day - 1)])
  }
}
