import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import Warehouse

/// What earlier versions of a batch's files left goes with few statements, however many files there are.
@Suite(.serialized) struct ReplacedRowsTests {
  private static let server = Result { try ClickHouseServer() }
  private static let hourly = KlineSeries(market: .um, interval: .h1)
  private static let day: Int64 = 86_400_000
  private static let start: Int64 = 1_704_067_200_000

  private static func segment(_ symbol: String, _ days: ClosedRange<Int64>, keeps: [Int64] = []) -> KlineSegment {
    KlineSegment(
      series: hourly, symbol: symbol, rows: 0..<0, version: 9,
      replaces: days.lowerBound * day...(days.upperBound + 1) * day - 1, keeps: keeps)
  }

  @Test("days in a row become one place, and symbols of the same days; what others vouch for keeps them apart")
  func places() {
    var segments = ["A", "B"].flatMap { symbol in (0...2).map { Self.segment(symbol, $0...$0) } }
    segments += [Self.segment("C", 0...0), Self.segment("C", 1...1, keeps: [4]), Self.segment("C", 5...5)]
    var none = Self.segment("D", 0...0)
    none.replaces = nil
    let found = ReplacedRows(segments + [none], hasMarket: true)
    #expect(
      found.places.map { "\($0.symbols) \($0.openTimes.lowerBound / Self.day) \($0.keeps)" } == [
        "[\"A\", \"B\"] 0 []", "[\"C\"] 0 []", "[\"C\"] 1 [4]", "[\"C\"] 5 []",
      ])
    #expect(
      found.touching([.init(market: "um", symbol: "B", number: 1)]).older(than: 9)
        == "((market = 'um' AND symbol IN ('B') AND open_time BETWEEN 0 AND 259199999 AND version < 9))")
    #expect(found.touching([.init(market: "spot", symbol: "B", number: 1)]).places.isEmpty)
    #expect(ReplacedRows([none], hasMarket: true).portions.isEmpty)
  }

  @Test("conditions too long for one statement are spread over several, none is lost")
  func portions() {
    // Every other day, so that no two can be joined, each with its own versions to keep.
    let segments = (0..<3000).map { Self.segment("SYMBOL\($0)", Int64($0 * 2)...Int64($0 * 2), keeps: [Int64($0)]) }
    let portions = ReplacedRows(segments, hasMarket: true).portions
    #expect(portions.count > 1)
    #expect(portions.flatMap(\.places).flatMap(\.symbols).count == 3000)
    for portion in portions {
      #expect((portion.anything + (portion.newestStays ?? "")).utf8.count < 200_000)
      #expect(portion.older(than: .max).utf8.count < 200_000)
    }
  }

  @Test(
    "thousands of files published again with fewer rows are one deletion, and only what they lack goes",
    arguments: [true, false])
  func republication(hasVersion: Bool) throws {
    let server = try Self.server.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    if !hasVersion {
      _ = try server.query("CREATE DATABASE \(database)")
      let columns = ClickHouseTable.columns.filter { $0.name != "market" && $0.name != "version" }
        .map { "`\($0.name)` \($0.type)" }.joined(separator: ", ")
      _ = try server.query(
        "CREATE TABLE \(database).klines_1h (\(columns)) ENGINE = ReplacingMergeTree() ORDER BY (symbol, open_time)")
    }
    let warehouse = ClickHouseWarehouse(
      ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database))
    _ = try warehouse.connect()
    try warehouse.prepare(Self.hourly)
    let first = Self.batch(hours: 4, version: 1, replaces: false)
    try warehouse.send(first)
    // What the same symbols have on other days stays.
    let other = Self.batch(hours: 1, version: 5000, replaces: false, day: 40)
    try warehouse.send(other)
    let second = Self.batch(hours: 3, version: 10_000, replaces: true)
    try warehouse.send(second)
    try warehouse.removeReplaced(second)
    let counts = try server.query(
      "SELECT count(), sum(open_time % \(Self.day) >= 3 * 3600000) FROM \(database).klines_1h FINAL")
    #expect(counts == "\(1500 * 3 + 1500)\t0")
    let mutations = "SELECT count() FROM system.mutations WHERE database = '\(database)'"
    #expect(try Int(server.query(mutations)) ?? .max <= 2)
    // Nothing left to remove: no deletion is asked for.
    let before = try server.query(mutations)
    let third = Self.batch(hours: 3, version: 20_000, replaces: true)
    try warehouse.send(third)
    try warehouse.removeReplaced(third)
    #expect(try server.query(mutations) == before)
  }

  /// Fifty symbols' thirty days, a file each.
  private static func batch(hours: Int, version: Int64, replaces: Bool, day first: Int64 = 0) -> KlineBatch {
    let columns = KlineColumns()
    columns.reserve(1500 * hours)
    var segments: [KlineSegment] = []
    var row = 0
    for file in 0..<1500 {
      let open = start + (first + Int64(file % 30)) * day
      for hour in 0..<hours {
        for column in KlineColumns.Whole.allCases { columns[column][row] = open + Int64(hour) * 3_600_000 }
        for column in KlineColumns.Value.allCases { columns[column][row] = 1.5 }
        row += 1
      }
      segments.append(
        KlineSegment(
          series: hourly, symbol: "S\(file / 30)USDT", rows: row - hours..<row, version: version + Int64(file),
          replaces: replaces ? open...open + day - 1 : nil))
    }
    columns.extend(to: row)
    return KlineBatch(columns: columns, segments: segments)
  }
}
