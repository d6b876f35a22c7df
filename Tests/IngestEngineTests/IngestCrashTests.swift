import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing
import Warehouse

@testable import IngestEngine

/// A kill at any moment, then a rerun, gives what one clean run gives.
@Suite(.serialized) struct IngestCrashTests {
  private static let server = Result { try ClickHouseServer() }

  /// A first version of three days, then a second in which one day is shorter and one is corrected.
  static func publish(_ lake: IngestFixture, second: Bool) throws {
    for day in 0..<3 { try lake.archive(day: day) }
    try lake.archive("ETHUSDT", day: 1, seed: 4)
    for day in 0..<3 { _ = try lake.marker(day: day) }
    guard second else { return }
    try lake.archive(day: 1, lines: Array(IngestFixture.lines(1, seed: 2).dropFirst(5).prefix(12)))
    try lake.archive(day: 2, seed: 8)
  }

  /// A month that is read in parts, a symbol whose days overlap it, then both published again.
  static func publishLarge(_ lake: IngestFixture, second: Bool) throws {
    let month = (0..<4).flatMap { IngestFixture.lines($0, seed: 3) }
    try lake.monthlyArchive(lines: second ? Array(month.dropFirst(30).prefix(50)) : month)
    try lake.archive(day: 1, lines: Array(IngestFixture.lines(1, seed: 5).prefix(second ? 6 : 24)))
    try lake.archive("ETHUSDT", day: 2, seed: 4)
    try lake.marker("_SUCCESS__2024-01__um__1h")
    for day in 1...2 { _ = try lake.marker(day: day) }
  }

  private static func make(_ settings: WarehouseSettings) -> any KlineWarehouse {
    switch settings {
    case .sqlite(let path): SQLiteWarehouse(path: path)
    case .clickHouse(let settings): ClickHouseWarehouse(settings)
    }
  }

  /// Runs until the warehouse no longer dies at the `step`-th moment; says whether it died at all.
  static func crash(_ lake: IngestFixture, at step: Int, wholeLimit: Int? = nil) async throws -> Bool {
    let counter = StumblingWarehouse.StepCounter(step)
    let report = await lake.run(
      wholeLimit: wholeLimit, warehouse: { StumblingWarehouse(Self.make($0), counter) })
    #expect(report.outcome == (counter.isOver ? .failed : .success))
    return counter.isOver
  }

  @Test("SQLite: dying at each moment of a first ingest and of a republication changes nothing in the end")
  func sqlite() async throws {
    let clean = try IngestFixture()
    try Self.publish(clean, second: true)
    _ = await clean.run()
    let expected = try clean.content()
    let records = try Self.records(clean)
    var step = 1
    var died = true
    while died {
      let lake = try IngestFixture()
      try Self.publish(lake, second: false)
      died = try await Self.crash(lake, at: step)
      _ = await lake.run()
      try Self.publish(lake, second: true)
      died = try await Self.crash(lake, at: step) || died
      let report = await lake.run()
      #expect(report.outcome == .success)
      #expect(try lake.content() == expected, "died at step \(step)")
      #expect(lake.store.counts().pending == 0)
      #expect(try Self.records(lake) == records, "died at step \(step)")
      #expect(await lake.run { $0.selection = .verification }.outcome == .success)
      step += 1
    }
    #expect(step > 10)
  }

  /// Which version of each file the markers' records speak of.
  private static func records(_ lake: IngestFixture) throws -> [[String?]] {
    try (0..<3).flatMap { day in try lake.manifest(lake.marker(day: day)).files.map { [$0.path, $0.sha256] } }
  }

  /// Dies at each moment; gives what the warehouse holds in the end and whether it died.
  private static func largeLoop(_ lake: IngestFixture, at step: Int) async throws -> Bool {
    try publishLarge(lake, second: false)
    var died = try await crash(lake, at: step, wholeLimit: 500)
    _ = await lake.run(wholeLimit: 500)
    try publishLarge(lake, second: true)
    died = try await crash(lake, at: step, wholeLimit: 500) || died
    let report = await lake.run(wholeLimit: 500)
    #expect(report.outcome == .success, "died at step \(step): \(report.problems)")
    #expect(lake.store.counts().pending == 0)
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
    return died
  }

  @Test("SQLite: dying at each moment of sending a large file in parts changes nothing in the end")
  func largeSQLite() async throws {
    let clean = try IngestFixture()
    try Self.publishLarge(clean, second: true)
    // Read in one go, where that is enough: parts are no other content.
    #expect(await clean.run().outcome == .success)
    let expected = try clean.content()
    var step = 1
    var died = true
    while died {
      let lake = try IngestFixture()
      died = try await Self.largeLoop(lake, at: step)
      #expect(try lake.content() == expected, "died at step \(step)")
      step += 1
    }
    #expect(step > 20)
  }

  @Test("ClickHouse: dying at each moment of sending a large file in parts changes nothing in the end")
  func largeClickHouse() async throws {
    let server = try Self.server.get()
    let (clean, cleanDatabase) = try Self.clickHouse(server)
    try Self.publishLarge(clean, second: true)
    #expect(await clean.run().outcome == .success)
    let expected = try Self.content(server, cleanDatabase)
    var step = 1
    var died = true
    while died {
      let (lake, database) = try Self.clickHouse(server)
      died = try await Self.largeLoop(lake, at: step)
      #expect(try Self.content(server, database) == expected, "died at step \(step)")
      _ = try server.query("DROP DATABASE \(database)")
      step += 1
    }
    #expect(step > 20)
  }

  private static func clickHouse(_ server: ClickHouseServer) throws -> (IngestFixture, String) {
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    let settings = ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database)
    return (try IngestFixture(warehouse: .clickHouse(settings)), database)
  }

  private static func content(_ server: ClickHouseServer, _ database: String) throws -> String {
    try server.query(
      """
      SELECT market, symbol, `interval`, open_time, close_time, open_price, high_price, low_price, close_price, volume,
      quote_volume, trades_count, taker_buy_volume, taker_buy_quote_volume FROM \(database).klines_1h FINAL
      ORDER BY market, symbol, open_time
      """)
  }

  @Test("ClickHouse: dying at each moment of a first ingest and of a republication changes nothing in the end")
  func clickHouse() async throws {
    let server = try Self.server.get()
    let (clean, cleanDatabase) = try Self.clickHouse(server)
    try Self.publish(clean, second: true)
    #expect(await clean.run().outcome == .success)
    let expected = try Self.content(server, cleanDatabase)
    var step = 1
    var died = true
    while died {
      let (lake, database) = try Self.clickHouse(server)
      try Self.publish(lake, second: false)
      died = try await Self.crash(lake, at: step)
      _ = await lake.run()
      try Self.publish(lake, second: true)
      died = try await Self.crash(lake, at: step) || died
      #expect(await lake.run().outcome == .success)
      #expect(try Self.content(server, database) == expected, "died at step \(step)")
      #expect(await lake.run { $0.selection = .verification }.outcome == .success)
      _ = try server.query("DROP DATABASE \(database)")
      step += 1
    }
    #expect(step > 10)
  }

  @Test("ClickHouse: the server killed in the middle is a failed ingest, and a rerun completes it")
  func serverKilled() async throws {
    let server = try ClickHouseServer()
    let (lake, database) = try Self.clickHouse(server)
    try Self.publish(lake, second: false)
    #expect(await lake.run().outcome == .success)
    let before = try Self.content(server, database)
    try Self.publish(lake, second: true)
    server.kill()
    let report = await lake.run()
    #expect(report.outcome == .failed)
    #expect(report.problems.first?.code == "warehouse-unreachable")
    try server.start()
    #expect(try Self.content(server, database) == before)
    #expect(await lake.run().outcome == .success)
    #expect(try Self.content(server, database) != before)
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
  }

  @Test("ClickHouse and SQLite hold the same values bit for bit, those of the files")
  func sameBits() async throws {
    let server = try Self.server.get()
    let (lake, database) = try Self.clickHouse(server)
    let lite = try IngestFixture()
    for file in KlineFixtures.realDays + KlineFixtures.realMonths {
      let data = try Data(contentsOf: URL(filePath: KlineFixtures.directory + "/" + file))
      for fixture in [lake, lite] { try fixture.put(file, data) }
    }
    for fixture in [lake, lite] {
      let report = await fixture.run { $0.selection = .backfill(since: nil, until: nil) }
      #expect(report.outcome == .success)
      #expect(report.totals.filesIngested == 8)
    }
    for interval in ["1m", "1h"] {
      // Shortest digits that read back to the same Double: equal texts are equal bits.
      let columns =
        "open_time, close_time, open_price, high_price, low_price, close_price, volume, quote_volume, "
        + "trades_count, taker_buy_volume, taker_buy_quote_volume"
      let ours = try lite.lines("SELECT \(columns) FROM klines WHERE interval = '\(interval)' ORDER BY open_time")
      let bits = columns.split(separator: ", ").map { name in
        name.contains("time") || name.contains("count")
          ? String(name) : "reinterpretAsUInt64(reinterpretAsString(\(name)))"
      }
      let theirs = try server.query(
        "SELECT \(bits.joined(separator: ", ")) FROM \(database).klines_\(interval) FINAL ORDER BY open_time")
      #expect(ours == theirs.split(separator: "\n").map(String.init), "\(interval)")
      #expect(ours.count == (interval == "1m" ? 6359 : 1488))
    }
  }

  @Test("ClickHouse: a second market is refused by an older table, the first goes in")
  func olderTable() async throws {
    let server = try Self.server.get()
    let (lake, database) = try Self.clickHouse(server)
    _ = try server.query("CREATE DATABASE \(database)")
    _ = try server.query(OlderKlineTable.creation(in: database, partition: OlderKlineTable.month))
    try lake.archive()
    let first = try lake.marker(day: 0)
    #expect(await lake.run().outcome == .success)
    // Published again with fewer rows: nothing in the table tells the ones that are gone from the others.
    try lake.archive(lines: Array(IngestFixture.lines().dropLast(4)))
    #expect(await lake.run().problems == [])
    #expect(try server.query("SELECT count() FROM \(database).klines_1h FINAL") == "20")
    try lake.archive()
    #expect(await lake.run().problems == [])
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
    try lake.archive(market: .spot, seed: 5)
    let second = try lake.marker(day: 0, market: .spot)
    let report = await lake.run()
    #expect(report.outcome == .failed)
    #expect(report.problems.first?.code == "warehouse-market")
    #expect(lake.isRecorded(first))
    #expect(!lake.isRecorded(second))
    #expect(try server.query("SELECT count() FROM \(database).klines_1h FINAL") == "24")
  }
}
