import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing
import Warehouse

@testable import IngestEngine

/// The real archives into SQLite, ClickHouse 18.16.1 and the newest ClickHouse, through the same code.
@Suite(.serialized, .enabled(if: EmbeddedClickHouse.isWanted)) struct ThreeWarehousesTests {
  private static let old = Result { try ClickHouseServer() }
  private static let new = Result { try EmbeddedClickHouse(password: "p4ss wört") }

  private static func newest(_ database: String) throws -> WarehouseSettings {
    .clickHouse(
      ClickHouseSettings(
        host: "127.0.0.1", port: try new.get().httpPort, database: database, password: "p4ss wört"))
  }

  private static func content(_ query: (String) throws -> String, _ database: String) throws -> [String: [String]] {
    var result: [String: [String]] = [:]
    for interval in ["1m", "1h"] {
      let columns = [
        "open_price", "high_price", "low_price", "close_price", "volume", "quote_volume", "taker_buy_volume",
        "taker_buy_quote_volume",
      ].map { "reinterpretAsUInt64(reinterpretAsString(\($0)))" }
      let answer = try query(
        "SELECT market, symbol, open_time, close_time, trades_count, \(columns.joined(separator: ", ")) "
          + "FROM \(database).klines_\(interval) FINAL ORDER BY market, symbol, open_time")
      result[interval] = answer.split(separator: "\n").map(String.init)
    }
    return result
  }

  private static func content(_ lake: IngestFixture) throws -> [String: [String]] {
    var result: [String: [String]] = [:]
    for interval in ["1m", "1h"] {
      result[interval] = try lake.lines(
        """
        SELECT market, symbol, open_time, close_time, trades_count, open_price, high_price, low_price, close_price,
        volume, quote_volume, taker_buy_volume, taker_buy_quote_volume FROM klines WHERE interval = '\(interval)'
        ORDER BY market, symbol, open_time
        """)
    }
    return result
  }

  @Test("hold the same rows, bit for bit, and say so when asked to verify")
  func sameContent() async throws {
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    let (old, new) = (try Self.old.get(), try Self.new.get())
    #expect(try old.query("SELECT version()").hasPrefix("18."))
    #expect(try new.query("SELECT version()").hasPrefix("26."))
    let lakes = [
      try IngestFixture(),
      try IngestFixture(
        warehouse: .clickHouse(ClickHouseSettings(host: "127.0.0.1", port: old.httpPort, database: database))),
      try IngestFixture(warehouse: Self.newest(database)),
    ]
    for lake in lakes {
      for file in KlineFixtures.realDays + KlineFixtures.realMonths {
        try lake.put(file, Data(contentsOf: URL(filePath: KlineFixtures.directory + "/" + file)))
      }
      let report = await lake.run { $0.selection = .backfill(since: nil, until: nil) }
      #expect(report.outcome == .success)
      #expect(report.problems == [])
      #expect(report.totals.filesIngested == 8)
      #expect(await lake.run { $0.selection = .verification }.outcome == .success)
    }
    let expected = try Self.content(lakes[0])
    #expect(expected["1m"]?.count == 6359)
    #expect(expected["1h"]?.count == 1488)
    #expect(try Self.content(old.query, database) == expected)
    #expect(try Self.content(new.query, database) == expected)
  }

  @Test("the newest replaces republished files, refuses a second market in an older table, and notices lost rows")
  func newest() async throws {
    let server = try Self.new.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    let lake = try IngestFixture(warehouse: Self.newest(database))
    for day in 0..<3 { try lake.archive(day: day) }
    for day in 0..<3 { _ = try lake.marker(day: day) }
    #expect(await lake.run().outcome == .success)
    let count = "SELECT count(), uniqExact(open_time) FROM \(database).klines_1h FINAL"
    #expect(try server.query(count) == "72\t72")
    try lake.archive(day: 1, lines: Array(IngestFixture.lines(1, seed: 2).dropFirst(5).prefix(12)))
    #expect(await lake.run().outcome == .success)
    #expect(try server.query(count) == "60\t60")
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
    _ = try server.query("TRUNCATE TABLE \(database).klines_1h")
    #expect(await lake.run { $0.selection = .verification }.outcome != .success)
    #expect(await lake.run { $0.isForced = true }.outcome == .success)
    #expect(try server.query(count) == "60\t60")
  }

  @Test("the newest gets rows of more partitions than one block may touch in several blocks")
  func manyPartitions() async throws {
    let server = try Self.new.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    _ = try server.query("CREATE DATABASE \(database)")
    _ = try server.query(
      """
      CREATE TABLE \(database).klines_1h (market String, symbol String, open_time Int64,
      close_time Int64, open_price Float64, high_price Float64, low_price Float64, close_price Float64, volume Float64,
      quote_volume Float64, trades_count Int64, taker_buy_volume Float64, taker_buy_quote_volume Float64,
      `interval` String, version UInt64) ENGINE = ReplacingMergeTree(version)
      PARTITION BY (symbol, intDiv(open_time, 3600000)) ORDER BY (market, symbol, open_time)
      """)
    let lake = try IngestFixture(warehouse: Self.newest(database))
    for symbol in ["AAAUSDT", "BBBUSDT", "CCCUSDT"] { for day in 0..<2 { try lake.archive(symbol, day: day) } }
    try lake.monthlyArchive(lines: (0..<10).flatMap { IngestFixture.lines($0) })
    let report = await lake.run { $0.selection = .backfill(since: nil, until: nil) }
    #expect(report.outcome == .success && report.problems == [], "\(report.problems)")
    #expect(try server.query("SELECT count() FROM \(database).klines_1h FINAL") == String(3 * 48 + 240))
  }

  @Test("the newest refuses a wrong password and a table that cannot keep klines, each with a sentence")
  func refusals() async throws {
    let server = try Self.new.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    var settings = ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database)
    settings.password = "wrong"
    let locked = try IngestFixture(warehouse: .clickHouse(settings))
    try locked.archive()
    _ = try locked.marker()
    let refused = await locked.run()
    #expect(refused.problems.first?.code == "warehouse-login")
    _ = try server.query("CREATE DATABASE \(database)")
    _ = try server.query("CREATE TABLE \(database).klines_1h (symbol String) ENGINE = MergeTree ORDER BY symbol")
    let lake = try IngestFixture(warehouse: Self.newest(database))
    try lake.archive()
    _ = try lake.marker()
    #expect(await lake.run().problems.first?.code == "warehouse-table")
  }

  @Test("the newest refuses a table that deletes rows or values by itself, before anything is sent")
  func expiring() async throws {
    let server = try Self.new.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    let lake = try IngestFixture(warehouse: Self.newest(database))
    try lake.archive()
    let all = IngestTask.Selection.backfill(since: nil, until: nil)
    #expect(await lake.run { $0.selection = all }.problems == [])
    for (rule, undo, told) in [
      (
        "MODIFY TTL toDateTime(intDiv(open_time, 1000)) + INTERVAL 30 DAY", "REMOVE TTL",
        "it deletes rows by itself (TTL "
      ),
      (
        "MODIFY COLUMN volume Float64 TTL toDateTime(intDiv(open_time, 1000)) + INTERVAL 30 DAY",
        "MODIFY COLUMN volume REMOVE TTL", "its column volume loses its values by itself (TTL "
      ),
    ] {
      _ = try server.query(
        "ALTER TABLE \(database).klines_1h \(rule) SETTINGS materialize_ttl_after_modify = 0")
      let report = await lake.run { ($0.selection, $0.isForced) = (all, true) }
      #expect(report.outcome == .failed && report.problems.map(\.code) == ["warehouse-table"], "\(report.problems)")
      #expect(report.problems.first?.message.contains(told) == true, "\(report.problems)")
      #expect(report.totals.filesIngested == 0)
      _ = try server.query("ALTER TABLE \(database).klines_1h \(undo)")
      #expect(await lake.run { ($0.selection, $0.isForced) = (all, true) }.problems == [])
    }
  }

  @Test("dying at each moment of a first ingest and of a republication changes nothing in the newest either")
  func crashes() async throws {
    let server = try Self.new.get()
    let start = { () throws -> (IngestFixture, String) in
      let database = "d" + UUID().uuidString.prefix(8).lowercased()
      return (try IngestFixture(warehouse: Self.newest(database)), database)
    }
    let rows = { (database: String) in
      try server.query(
        "SELECT * EXCEPT version FROM \(database).klines_1h FINAL ORDER BY market, symbol, open_time")
    }
    let (clean, cleanDatabase) = try start()
    try IngestCrashTests.publish(clean, second: true)
    #expect(await clean.run().outcome == .success)
    let expected = try rows(cleanDatabase)
    var step = 1
    var died = true
    while died {
      let (lake, database) = try start()
      try IngestCrashTests.publish(lake, second: false)
      died = try await IngestCrashTests.crash(lake, at: step)
      _ = await lake.run()
      try IngestCrashTests.publish(lake, second: true)
      died = try await IngestCrashTests.crash(lake, at: step) || died
      #expect(await lake.run().outcome == .success)
      #expect(try rows(database) == expected, "died at step \(step)")
      _ = try server.query("DROP DATABASE \(database)")
      step += 1
    }
    #expect(step > 10)
  }
}
