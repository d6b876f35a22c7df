import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import Warehouse

@Suite struct SQLiteWarehouseTests {
  private let directory = FileManager.default.temporaryDirectory.appending(path: "warehouse-\(UUID().uuidString)")
  private static let hourly = KlineSeries(market: .um, interval: .h1)

  private func open() throws -> SQLiteWarehouse {
    let warehouse = SQLiteWarehouse(path: directory.appending(path: "deep/w.sqlite").path)
    _ = try warehouse.connect()
    try warehouse.prepare(Self.hourly)
    return warehouse
  }

  /// A batch of one segment with `times.count` candles.
  private func batch(
    _ times: [Int64], price: Double = 100.1, version: Int64, series: KlineSeries = hourly, symbol: String = "BTCUSDT",
    replaces: ClosedRange<Int64>? = nil
  ) -> KlineBatch {
    let columns = KlineColumns()
    columns.reserve(times.count)
    for (row, time) in times.enumerated() {
      columns[.openTime][row] = time
      columns[.closeTime][row] = time + 1
      columns[.trades][row] = 7
      for column in KlineColumns.Value.allCases { columns[column][row] = price + Double(column.rawValue) / 3 }
    }
    columns.extend(to: times.count)
    let segment = KlineSegment(
      series: series, symbol: symbol, rows: 0..<times.count, version: version, replaces: replaces)
    return KlineBatch(columns: columns, segments: [segment])
  }

  private func span(
    _ range: ClosedRange<Int64>, version: Int64? = nil, series: KlineSeries = hourly, symbol: String = "BTCUSDT"
  ) -> KlineSpan {
    KlineSpan(series: series, symbol: symbol, openTimes: range, version: version)
  }

  @Test("gives back the figures of what was sent, bit for bit")
  func roundTrip() throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    let warehouse = try open()
    for price in [0.1, 1e-300, 4e17, 5, 123_456_789.123_456_78] {
      let sent = batch([1, 2, 3], price: price, version: 10)
      try warehouse.send(sent)
      let expected = KlineFigures(of: sent.columns, rows: 0..<3)
      #expect(try warehouse.figures(of: [span(1...3, version: 10)]) == [expected])
    }
  }

  @Test("the same key is replaced, never doubled, and versions tell the files apart")
  func replaces() throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    let warehouse = try open()
    try warehouse.send(batch([1, 2, 3], version: 1))
    try warehouse.send(batch([2, 3, 4], price: 200, version: 2))
    let figures = try warehouse.figures(of: [span(0...9), span(0...9, version: 1), span(0...9, version: 2)])
    #expect(figures.map(\.rows) == [4, 1, 3])
  }

  @Test("a file published again with fewer rows leaves none of its old ones")
  func fewerRows() throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    let warehouse = try open()
    try warehouse.send(batch([1, 2, 3, 4], version: 1))
    try warehouse.send(batch([9], version: 2))
    try warehouse.send(batch([1, 4], version: 3, replaces: 1...4))
    #expect(try warehouse.figures(of: [span(0...99)]).map(\.rows) == [3])
  }

  @Test("markets, symbols and intervals never mix")
  func apart() throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    let warehouse = try open()
    let spot = KlineSeries(market: .spot, interval: .h1)
    let minutes = KlineSeries(market: .um, interval: .m1)
    try warehouse.send(batch([1], version: 1))
    try warehouse.send(batch([1, 2], version: 2, series: spot))
    try warehouse.send(batch([1, 2, 3], version: 3, series: minutes))
    try warehouse.send(batch([1, 2, 3, 4], version: 4, symbol: "币安人生USDT"))
    let spans = [
      span(0...9), span(0...9, series: spot), span(0...9, series: minutes), span(0...9, symbol: "币安人生USDT"),
    ]
    #expect(try warehouse.figures(of: spans).map(\.rows) == [1, 2, 3, 4])
  }

  @Test("its token stays over a restart and changes with a new file")
  func token() throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appending(path: "w.sqlite").path
    let first = try SQLiteWarehouse(path: path).connect()
    #expect(try SQLiteWarehouse(path: path).connect() == first)
    try FileManager.default.removeItem(atPath: path)
    #expect(try SQLiteWarehouse(path: path).connect() != first)
    #expect(first?.isEmpty == false)
  }

  @Test("a file that is no database is a fault with a sentence and advice")
  func noDatabase() throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let path = directory.appending(path: "w.sqlite").path
    try Data(repeating: 65, count: 5000).write(to: URL(filePath: path))
    let fault = #expect(throws: WarehouseFault.self) { try SQLiteWarehouse(path: path).connect() }
    #expect(fault?.sentence.contains(path) == true)
    #expect(fault?.advice.contains("aside") == true)
  }
}
