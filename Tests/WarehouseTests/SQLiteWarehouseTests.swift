import Foundation
import Klines
import SQLiteStore
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

  @Test("any number of rows goes in bit for bit, whatever is there already", arguments: [1, 63, 64, 65, 200])
  func rowsAtOnce(count: Int) throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    let warehouse = try open()
    let times = (0..<Int64(count)).map { $0 * 10 }
    try warehouse.send(batch(times, version: 1))
    let sent = batch(times, version: 1)
    let range: ClosedRange<Int64> = 0...10_000
    #expect(try warehouse.figures(of: [span(range)]) == [KlineFigures(of: sent.columns, rows: 0..<count)])
    // The second half again, and as many that are new.
    let again = batch(times.map { $0 + Int64(count / 2) * 10 }, price: 200.7, version: 2)
    try warehouse.send(again)
    let figures = try warehouse.figures(of: [span(range), span(range, version: 1), span(range, version: 2)])
    #expect(figures.map(\.rows) == [count / 2 + count, count / 2, count])
    #expect(figures[2] == KlineFigures(of: again.columns, rows: 0..<count))
  }

  @Test("of two rows of one key in a batch the later counts")
  func doubled() throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    let warehouse = try open()
    var sent = batch(Array(0..<150) + [3], version: 1)
    sent.columns[.trades][150] = 99
    sent.segments[0].rows = 0..<151
    try warehouse.send(sent)
    let figures = try warehouse.figures(of: [span(0...200), span(3...3)])
    #expect(figures.map(\.rows) == [150, 1])
    #expect(figures[1].trades == 99)
  }

  @Test("a batch that SQLite does not take says so at its end, nothing of it is in, and the next one goes in")
  func refused() throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    let warehouse = try open()
    let bad = batch(Array(0..<100), version: 1)
    // No number: to SQLite that is NULL.
    bad.columns[.close][90] = .nan
    try warehouse.startSending(bad) {}
    let fault = #expect(throws: WarehouseFault.self) { try warehouse.finishSending() }
    #expect(fault?.sentence.contains("close_price") == true)
    #expect(try warehouse.figures(of: [span(0...200)]).map(\.rows) == [0])
    try warehouse.send(batch(Array(0..<100), version: 2))
    #expect(try warehouse.figures(of: [span(0...200)]).map(\.rows) == [100])
  }

  @Test("what is in can be read while the next batch is on its way")
  func readsBeside() throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    let warehouse = try open()
    try warehouse.send(batch(Array(0..<100), version: 1))
    for version in 2...20 {
      let times = (0..<3000).map { Int64(version) * 10_000 + $0 }
      try warehouse.startSending(batch(times, version: Int64(version))) {}
      let before = (Int64(version) - 1) * 10_000
      let found = try warehouse.figures(of: [span(0...99), span(before...(before + 2999))])
      #expect(found.map(\.rows) == [100, version == 2 ? 0 : 3000])
      try warehouse.finishSending()
    }
  }

  @Test("a file made now has large pages; one of an earlier version goes on with those it has")
  func pages() throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    _ = try open()
    let path = directory.appending(path: "deep/w.sqlite").path
    let size = { try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "PRAGMA page_size") } }
    #expect(try size() == 16_384)
    try FileManager.default.removeItem(at: directory)
    try FileManager.default.createDirectory(
      at: directory.appending(path: "deep"), withIntermediateDirectories: true)
    var options = DatabaseOptions()
    options.preparation = ["PRAGMA page_size = 4096", "PRAGMA journal_mode = WAL"]
    try DatabaseQueue(path: path, options: options).write { try $0.execute(sql: Self.earlierTables) }
    let warehouse = try open()
    #expect(try warehouse.connect() == "known")
    try warehouse.send(batch(Array(0..<100), version: 8))
    #expect(try warehouse.figures(of: [span(0...999), span(0...999, version: 7)]).map(\.rows) == [101, 1])
    #expect(try size() == 4096)
  }

  /// What a file held before there were large pages.
  private static let earlierTables = """
    CREATE TABLE klines (
      market TEXT NOT NULL, symbol TEXT NOT NULL, interval TEXT NOT NULL, open_time INTEGER NOT NULL,
      close_time INTEGER NOT NULL, open_price REAL NOT NULL, high_price REAL NOT NULL, low_price REAL NOT NULL,
      close_price REAL NOT NULL, volume REAL NOT NULL, quote_volume REAL NOT NULL, trades_count INTEGER NOT NULL,
      taker_buy_volume REAL NOT NULL, taker_buy_quote_volume REAL NOT NULL, version INTEGER NOT NULL,
      PRIMARY KEY (market, symbol, interval, open_time)
    ) WITHOUT ROWID;
    CREATE TABLE warehouse (token TEXT NOT NULL);
    INSERT INTO warehouse VALUES ('known');
    INSERT INTO klines VALUES ('um', 'BTCUSDT', '1h', 500, 501, 1, 2, 3, 4, 5, 6, 7, 8, 9, 7);
    """

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
