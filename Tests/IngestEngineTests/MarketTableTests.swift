import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// Against a real server: two markets of one symbol.
@Suite(.serialized) struct MarketTableTests {
  private static let server = Result { try ClickHouseServer() }

  private func lake(table: String? = nil) throws -> (IngestFixture, ClickHouseServer, String) {
    let server = try Self.server.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    var settings = ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database)
    if let table { settings.table = table }
    let lake = try IngestFixture(warehouse: .clickHouse(settings))
    try lake.archive(market: .um, seed: 1)
    _ = try lake.marker(day: 0, market: .um)
    return (lake, server, database)
  }

  private func addSpot(_ lake: IngestFixture) throws {
    try lake.archive(market: .spot, seed: 5)
    _ = try lake.marker(day: 0, market: .spot)
  }

  @Test("have a table each where the table's name holds the market, and neither is told anything")
  func apart() async throws {
    let (lake, server, database) = try lake(table: "klines_{market}_{interval}")
    try addSpot(lake)
    let reporter = RecordingReporter()
    #expect(await lake.run(reporter: reporter).problems == [])
    #expect(reporter.logs == [])
    for (market, seed) in [("um", 1), ("spot", 5)] {
      let rows = try server.query(
        "SELECT count(), any(market), min(trades_count) FROM \(database).klines_\(market)_1h FINAL")
      #expect(rows == "24\t\(market)\t\(seed)")
    }
    #expect(try server.query("EXISTS \(database).klines_1h") == "0")
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
  }

  @Test("that share a table are told once, when the second comes, with the way out")
  func toldOnce() async throws {
    let (lake, server, database) = try lake()
    let told = { (reporter: RecordingReporter) in reporter.logs.filter { $0.contains("klines_{market}_{interval}") } }
    let first = RecordingReporter()
    #expect(await lake.run(reporter: first).outcome == .success)
    #expect(told(first) == [])
    try addSpot(lake)
    let second = RecordingReporter()
    #expect(await lake.run(reporter: second).outcome == .success)
    #expect(told(second).count == 1 && told(second).first?.contains("BTCUSDT 1h") == true)
    try lake.archive(day: 1, market: .spot)
    _ = try lake.marker(day: 1, market: .spot)
    let third = RecordingReporter()
    #expect(await lake.run(reporter: third).outcome == .success)
    #expect(told(third) == [])
    #expect(try server.query("SELECT count() FROM \(database).klines_1h FINAL") == "72")
  }
}
