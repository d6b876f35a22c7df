import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// `--verify`, and the newest week of every ingest, compare every column of every row.
@Suite(.serialized) struct TamperedTableTests {
  private static let server = Result { try ClickHouseServer() }
  private static let columns = [
    "close_time", "open_price", "high_price", "low_price", "close_price", "volume", "quote_volume", "trades_count",
    "taker_buy_volume", "taker_buy_quote_volume",
  ]

  private static func filled(_ lake: IngestFixture) async throws {
    for day in 0...1 {
      try lake.archive(day: day)
      _ = try lake.marker(day: day)
    }
    #expect(await lake.run().outcome == .success)
    #expect(await lake.run { $0.selection = .verification }.problems == [])
  }

  private static func isNoticed(_ lake: IngestFixture) async -> [Bool] {
    let verified = await lake.run { $0.selection = .verification }.problems.map(\.code) == ["verification-failed"]
    let ingested = await lake.run().problems.map(\.code) == ["verification-open"]
    return [verified, ingested]
  }

  @Test("SQLite: one value of one row is noticed, in whatever column", arguments: columns)
  func oneValue(column: String) async throws {
    let lake = try IngestFixture()
    try await Self.filled(lake)
    try lake.change(
      "UPDATE klines SET \(column) = \(column) + 1 WHERE open_time = \(IngestFixture.day + 5 * IngestFixture.hour)")
    #expect(await Self.isNoticed(lake) == [true, true])
    // As the advice says.
    #expect(await lake.run { $0.isForced = true }.outcome == .success)
    #expect(await lake.run { $0.selection = .verification }.problems == [])
  }

  @Test("SQLite: values that changed places are noticed, and candles that did", arguments: [columns, ["high_price"]])
  func swapped(columns: [String]) async throws {
    let lake = try IngestFixture()
    try await Self.filled(lake)
    let (first, second) = (IngestFixture.day + 5 * IngestFixture.hour, IngestFixture.day + 9 * IngestFixture.hour)
    let set = columns.map { column in
      "\(column) = (SELECT \(column) FROM klines AS other WHERE other.open_time = \(first + second) - klines.open_time)"
    }
    try lake.change(
      """
      CREATE TABLE copy AS SELECT * FROM klines;
      UPDATE klines SET \(set.joined(separator: ", ").replacing("klines AS other", with: "copy AS other"))
      WHERE open_time IN (\(first), \(second));
      DROP TABLE copy;
      """)
    #expect(await Self.isNoticed(lake) == [true, true])
  }

  @Test("ClickHouse 18.16.1: one value of one row is noticed, in whatever column")
  func clickHouse() async throws {
    let server = try Self.server.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    let lake = try IngestFixture(
      warehouse: .clickHouse(ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database)))
    try await Self.filled(lake)
    for column in Self.columns {
      _ = try server.query(
        "ALTER TABLE \(database).klines_1h UPDATE \(column) = \(column) + 1 WHERE open_time = \(IngestFixture.day)")
      try await waitUntil("the change of \(column)") {
        try server.query("SELECT count() FROM system.mutations WHERE database = '\(database)' AND NOT is_done") == "0"
      }
      #expect(await lake.run { $0.selection = .verification }.outcome == .partial, "\(column)")
      #expect(await lake.run { $0.isForced = true }.outcome == .success, "\(column)")
    }
    #expect(await lake.run { $0.selection = .verification }.problems == [])
  }

  @Test("what a backfill brought is sent again by --force as the advice says, without another --backfill")
  func adviceForBackfilled() async throws {
    let lake = try IngestFixture()
    for day in 0...1 { try lake.archive(day: day) }
    #expect(await lake.run { $0.selection = .backfill(since: nil, until: nil) }.outcome == .success)
    try lake.change("DELETE FROM klines WHERE open_time < \(IngestFixture.day + 86_400_000)")
    #expect(await lake.run { $0.selection = .verification }.outcome == .partial)
    let forced = await lake.run { $0.isForced = true }
    #expect(forced.outcome == .success && forced.totals.filesIngested == 1, "\(forced.problems)")
    #expect(try lake.rows == 48)
  }
}
