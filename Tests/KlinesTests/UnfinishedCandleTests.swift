import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import Klines

/// Candles that still change, or are of a month before, and rows that contradict each other.
@Suite struct UnfinishedCandleTests {
  private static let day: Int64 = 1_704_067_200_000
  private static let hour: Int64 = 3_600_000

  private func read(
    _ stem: String, _ lines: [String], now: Int64 = .max, wholeLimit: Int = KlineFileReader.usualLimit
  ) throws -> RowReport {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).zip").path
    try KlineFixtures.archive(stem, lines.joined(separator: "\n") + "\n").write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let archive = try #require(KlineArchiveName(fileName: stem + ".zip"))
    let (reader, columns) = (KlineFileReader(wholeLimit: wholeLimit, now: { now }), KlineColumns())
    switch try reader.read(path: path, fileName: stem + ".zip", archive: archive, into: columns) {
    case .whole(let content): return content.report
    case .large(let large): return try large.check(using: columns).report
    }
  }

  @Test("one that is not over by the machine's clock is refused with its line", arguments: [8 << 20, 100])
  func notOver(wholeLimit: Int) throws {
    let lines = KlineFixtures.rows(start: Self.day, step: Self.hour, count: 24)
    let end = Self.day + 24 * Self.hour
    let whole = try read("BTCUSDT-1h-2024-01-01", lines, now: end, wholeLimit: wholeLimit)
    #expect(whole.rows == 24 && whole.refused == 0)
    let early = try read("BTCUSDT-1h-2024-01-01", lines, now: end - Self.hour - 2, wholeLimit: wholeLimit)
    #expect(early.rows == 22 && early.refused == 2)
    #expect(
      early.refusedRows.map(\.sentence) == [
        "line 23: it closes at 2024-01-01 22:59:59.999, which this machine's clock has not reached",
        "line 24: it closes at 2024-01-01 23:59:59.999, which this machine's clock has not reached",
      ])
  }

  @Test("a file of a day to come holds no valid row")
  func toCome() {
    let lines = KlineFixtures.rows(start: Self.day, step: Self.hour, count: 24)
    #expect(throws: KlineFault.self) { try read("BTCUSDT-1h-2024-01-01", lines, now: Self.day - 1) }
  }

  @Test("a month's file of weeks holds none that opened before it; a day's does")
  func weekBefore() throws {
    let week = { (offset: Int64) in
      KlineFixtures.rows(start: Self.day + offset * 24 * Self.hour, step: 168 * Self.hour, count: 1)
    }
    let month = try read("BTCUSDT-1w-2024-01", week(-7) + week(0) + week(7))
    #expect(month.rows == 2 && month.refused == 1)
    #expect(try read("BTCUSDT-1w-2024-01-03", week(0)).rows == 1)
  }

  @Test("rows that repeat an open time with other values are told from those that repeat the same")
  func contradictions() throws {
    let lines = KlineFixtures.rows(start: Self.day, step: Self.hour, count: 24)
    #expect(try read("BTCUSDT-1h-2024-01-01", lines + [lines[3], lines[5]]).contradictions == 0)
    let other = lines[5].replacing(",5.125,", with: ",6.125,")
    let report = try read("BTCUSDT-1h-2024-01-01", lines + [lines[3], other])
    #expect(report.duplicates == 2 && report.contradictions == 1)
  }
}
