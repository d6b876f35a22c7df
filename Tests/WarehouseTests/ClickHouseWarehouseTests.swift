import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import Warehouse

/// Against a real server; one for the whole suite, each test with a database of its own.
@Suite(.serialized) struct ClickHouseWarehouseTests {
  private static let shared = Result { try ClickHouseServer(password: "s3cr:et é") }
  private let server: ClickHouseServer
  private let database = "d" + UUID().uuidString.prefix(8).lowercased()
  private static let hourly = KlineSeries(market: .um, interval: .h1)

  init() throws { server = try Self.shared.get() }

  private func settings(_ change: (inout ClickHouseSettings) -> Void = { _ in }) -> ClickHouseSettings {
    var settings = ClickHouseSettings(
      host: "127.0.0.1", port: server.httpPort, database: database, password: "s3cr:et é")
    change(&settings)
    return settings
  }

  private func open() throws -> ClickHouseWarehouse {
    let warehouse = ClickHouseWarehouse(settings())
    _ = try warehouse.connect()
    try warehouse.prepare(Self.hourly)
    return warehouse
  }

  private static let start: Int64 = 1_704_067_200_000

  private func batch(
    _ hours: [Int64], price: Double = 100.1, version: Int64, series: KlineSeries = hourly, symbol: String = "BTCUSDT",
    replaces: ClosedRange<Int64>? = nil
  ) -> KlineBatch {
    let columns = KlineColumns()
    columns.reserve(hours.count)
    for (row, hour) in hours.enumerated() {
      columns[.openTime][row] = Self.start + hour * 3_600_000
      columns[.closeTime][row] = Self.start + hour * 3_600_000 + 3_599_999
      columns[.trades][row] = 7 + hour
      for column in KlineColumns.Value.allCases { columns[column][row] = price + Double(column.rawValue) / 3 }
    }
    columns.extend(to: hours.count)
    let segment = KlineSegment(
      series: series, symbol: symbol, rows: 0..<hours.count, version: version, replaces: replaces)
    return KlineBatch(columns: columns, segments: [segment])
  }

  private func span(_ hours: ClosedRange<Int64>, version: Int64? = nil, series: KlineSeries = hourly) -> KlineSpan {
    let times = Self.start + hours.lowerBound * 3_600_000...Self.start + hours.upperBound * 3_600_000
    return KlineSpan(series: series, symbol: "BTCUSDT", openTimes: times, version: version)
  }

  @Test("gives back what was sent, bit for bit, by version and by time")
  func roundTrip() throws {
    let warehouse = try open()
    for (number, price) in [0.1, 1e-300, 4e17, 123_456_789.123_456_78].enumerated() {
      let sent = batch([0, 1, 2], price: price, version: Int64(10 + number))
      try warehouse.send(sent)
      let expected = KlineFigures(of: sent.columns, rows: 0..<3)
      let read = try warehouse.figures(of: [span(0...2, version: Int64(10 + number))])
      #expect(read.first?.agrees(with: expected) == true)
      #expect(try warehouse.figures(of: [span(0...2)]) == [expected])
    }
    let stored = try server.query(
      "SELECT toString(market), symbol, `interval`, max(version), count() FROM \(database).klines_1h FINAL GROUP BY market, symbol, `interval`"
    )
    #expect(stored == "um\tBTCUSDT\t1h\t13\t3")
  }

  @Test("several symbols and markets in one block stay apart")
  func segments() throws {
    let warehouse = try open()
    let spot = KlineSeries(market: .spot, interval: .h1)
    var both = batch([0, 1, 2, 3, 4], version: 1)
    both.segments = [
      KlineSegment(series: Self.hourly, symbol: "BTCUSDT", rows: 0..<2, version: 1),
      KlineSegment(series: spot, symbol: "BTCUSDT", rows: 2..<3, version: 2),
      KlineSegment(series: Self.hourly, symbol: "币安人生'\\USDT", rows: 3..<5, version: 3),
    ]
    try warehouse.send(both)
    let found = try warehouse.figures(of: [
      span(0...9, version: 1), span(0...9, version: 2, series: spot), span(0...9), span(0...9, series: spot),
      KlineSpan(series: Self.hourly, symbol: "币安人生'\\USDT", openTimes: span(0...9).openTimes),
      span(0...9, version: 9),
    ])
    #expect(found.map(\.rows) == [2, 1, 2, 1, 2, 0])
  }

  @Test("rows of a republished file go when the new one has fewer, whatever was merged")
  func fewerRows() throws {
    let warehouse = try open()
    try warehouse.send(batch([0, 1, 2, 3, 9], version: 1))
    let shorter = batch([0, 3], version: 2, replaces: span(0...3).openTimes)
    try warehouse.send(shorter)
    try warehouse.removeReplaced(shorter)
    #expect(try server.query("SELECT count() FROM \(database).klines_1h FINAL") == "3")
    // Nothing left to remove: no mutation is asked for.
    let before = try server.query("SELECT count() FROM system.mutations WHERE database = '\(database)'")
    let same = batch([0, 3], version: 3, replaces: span(0...3).openTimes)
    try warehouse.send(same)
    try warehouse.removeReplaced(same)
    #expect(try server.query("SELECT count() FROM system.mutations WHERE database = '\(database)'") == before)
  }

  @Test("partitions are UTC months whatever the server's time zone")
  func partitions() throws {
    let warehouse = try open()
    try warehouse.send(batch([0, 30 * 24 + 23], version: 1))
    #expect(
      try server.query(
        "SELECT DISTINCT partition FROM system.parts WHERE database = '\(database)' AND active AND table = 'klines_1h'")
        == "202401")
  }

  @Test("an existing zer0data table is used for one market and refused for a second")
  func olderTable() throws {
    _ = try server.query("CREATE DATABASE \(database)")
    _ = try server.query(OlderKlineTable.creation(in: database, partition: OlderKlineTable.month))
    let warehouse = try open()
    let first = batch([0, 1, 2, 3], version: 1)
    try warehouse.send(first)
    #expect(try warehouse.figures(of: [span(0...3, version: 1)]) == [KlineFigures(of: first.columns, rows: 0..<4)])
    let shorter = batch([0, 3], price: 200, version: 2, replaces: span(0...3).openTimes)
    try warehouse.send(shorter)
    try warehouse.removeReplaced(shorter)
    #expect(try warehouse.figures(of: [span(0...3, version: 2)]) == [KlineFigures(of: shorter.columns, rows: 0..<2)])
    let other = ClickHouseWarehouse(settings())
    _ = try other.connect()
    try other.prepare(Self.hourly)
    #expect(throws: WarehouseFault.otherMarket(table: "klines_1h", holds: "um", wanted: "spot")) {
      try other.prepare(KlineSeries(market: .spot, interval: .h1))
    }
  }

  @Test(
    "a table that cannot keep klines exactly is refused",
    arguments: [
      ("symbol String, open_time Int64", "MergeTree ORDER BY symbol", "close_time is missing"),
      (
        ClickHouseTable.definition.replacing("`volume` Float64", with: "`volume` Float32"),
        "ReplacingMergeTree ORDER BY symbol", "Float32"
      ),
      (ClickHouseTable.definition, "MergeTree ORDER BY symbol", "MergeTree"),
    ])
  func wrongTables(columns: String, engine: String, word: String) throws {
    _ = try server.query("CREATE DATABASE \(database)")
    _ = try server.query("CREATE TABLE \(database).klines_1h (\(columns)) ENGINE = \(engine)")
    let warehouse = ClickHouseWarehouse(settings())
    _ = try warehouse.connect()
    let fault = #expect(throws: WarehouseFault.self) { try warehouse.prepare(Self.hourly) }
    #expect(fault?.sentence.contains(word) == true)
  }

  @Test("a plain table is refused once a cluster is configured: other nodes would never get its rows")
  func plainTableInCluster() throws {
    _ = try open()
    let warehouse = ClickHouseWarehouse(settings { $0.cluster = "two" })
    _ = try warehouse.connect()
    let fault = #expect(throws: WarehouseFault.self) { try warehouse.prepare(Self.hourly) }
    #expect(fault?.code == "warehouse-table" && fault?.sentence.contains("the cluster two") == true)
  }

  @Test("the token stays over reconnects and changes when the database is dropped")
  func token() throws {
    let first = try ClickHouseWarehouse(settings()).connect()
    #expect(try ClickHouseWarehouse(settings()).connect() == first)
    _ = try server.query("DROP DATABASE \(database)")
    #expect(try ClickHouseWarehouse(settings()).connect() != first)
  }

  @Test("a wrong password, a closed port and a web server each have their own fault")
  func faults() throws {
    #expect(throws: WarehouseFault.loginRefused(address: "http://127.0.0.1:\(server.httpPort)", user: "default")) {
      try ClickHouseWarehouse(settings { $0.password = "wrong" }).connect()
    }
    let closed = try ClickHouseServer.freePort()
    let fault = #expect(throws: WarehouseFault.self) {
      try ClickHouseWarehouse(settings { $0.port = closed }).connect()
    }
    #expect(fault?.code == "warehouse-unreachable")
    let secure = #expect(throws: WarehouseFault.self) {
      try ClickHouseWarehouse(settings { $0.isSecure = true }).connect()
    }
    #expect(secure != nil)
  }

  @Test("a password file must be its owner's alone")
  func passwordFile() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "password-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let warehouse = { ClickHouseWarehouse(settings { ($0.password, $0.passwordFile) = (nil, path) }) }
    #expect(throws: WarehouseFault.password(path: path, problem: .unreadable(errno: 2))) { try warehouse().connect() }
    try Data("s3cr:et é\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(throws: WarehouseFault.password(path: path, problem: .tooOpen(mode: 0o644))) { try warehouse().connect() }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    #expect(try warehouse().connect() != nil)
    // A blank at its end is part of a password, so this one is another.
    try Data("s3cr:et é \n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    #expect(throws: WarehouseFault.loginRefused(address: "http://127.0.0.1:\(server.httpPort)", user: "default")) {
      try warehouse().connect()
    }
  }
}
