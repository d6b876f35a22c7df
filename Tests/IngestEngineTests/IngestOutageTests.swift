import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing
import Warehouse

@testable import IngestEngine

/// A server that dies or stands still while a block is on its way to it.
@Suite(.serialized) struct IngestOutageTests {
  private static let symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "BNBUSDT", "XRPUSDT"]
  /// Five weeks of minutes in all, one block of some four megabytes.
  private static let archives: [(String, Data)] = symbols.enumerated().map { seed, symbol in
    let lines = KlineFixtures.rows(start: IngestFixture.day, step: 60_000, count: 7 * 1440, seed: seed)
    let stem = "\(symbol)-1m-2024-01"
    return (
      IngestFixture.directory(.um, symbol, "1m", "monthly") + "/\(stem).zip",
      KlineFixtures.archive(stem, lines.joined(separator: "\n") + "\n")
    )
  }

  /// A lake whose warehouse is reached through that port.
  private static func lake(port: Int, _ database: String, cluster: String? = nil) throws -> IngestFixture {
    let settings = ClickHouseSettings(host: "127.0.0.1", port: port, database: database, cluster: cluster)
    let lake = try IngestFixture(warehouse: .clickHouse(settings))
    for (path, data) in archives { try lake.put(path, data) }
    return lake
  }

  private static func sums(_ server: ClickHouseServer, _ database: String) throws -> String {
    try server.query(
      """
      SELECT count(), uniqExact(symbol), sum(open_time), sum(trades_count),
      sum(reinterpretAsUInt64(reinterpretAsString(close_price))), sum(reinterpretAsUInt64(reinterpretAsString(volume)))
      FROM (SELECT market, symbol, open_time, trades_count, close_price, volume FROM \(database).klines_1m FINAL)
      """)
  }

  /// Runs an ingest and does something while its block is half sent.
  private static func ingest(
    _ lake: IngestFixture, _ proxy: FaultProxy, halfway: () async throws -> Void
  ) async throws -> IngestReport {
    proxy.freeze(afterToServer: 2_000_000)
    async let report = lake.run { $0.selection = .backfill(since: nil, until: nil) }
    try await waitUntil("a block on its way", within: .seconds(60)) { proxy.isFrozen }
    try await halfway()
    proxy.thaw()
    return await report
  }

  @Test("ClickHouse killed in the middle of a block: the run fails and says where; run again, all is there once")
  func serverKilled() async throws {
    let server = try ClickHouseServer()
    #expect(
      await (try Self.lake(port: server.httpPort, "clean")).run { $0.selection = .backfill(since: nil, until: nil) }
        .outcome == .success)
    let expected = try Self.sums(server, "clean")
    let proxy = try FaultProxy(to: server.httpPort)
    let lake = try Self.lake(port: proxy.port, "broken")
    let report = try await Self.ingest(lake, proxy) { server.kill() }
    #expect(report.outcome == .failed)
    let problem = try #require(report.problems.first)
    #expect(problem.code == "warehouse-unreachable")
    #expect(problem.message.contains("http://127.0.0.1:\(proxy.port)"))
    #expect(problem.advice?.contains("run the ingest again") == true)
    try server.start()
    // Half a block is no block.
    #expect(try server.query("SELECT count() FROM broken.klines_1m") == "0")
    #expect(await lake.run { $0.selection = .backfill(since: nil, until: nil) }.outcome == .success)
    #expect(try Self.sums(server, "broken") == expected)
    #expect(try server.query("SELECT count() FROM broken.klines_1m") == "50400")
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
  }

  @Test("ClickHouse that stands still in the middle of a block and goes on is no fault")
  func serverStandsStill() async throws {
    let server = try ClickHouseServer()
    let proxy = try FaultProxy(to: server.httpPort)
    let lake = try Self.lake(port: proxy.port, "slow")
    let report = try await Self.ingest(lake, proxy) {
      // The time itself is the test's input: longer than a server keeps an idle connection.
      try await Task.sleep(for: .seconds(4))
    }
    #expect(report.outcome == .success)
    #expect(report.problems == [])
    #expect(try server.query("SELECT count() FROM slow.klines_1m") == "50400")
  }

  @Test(
    "a cluster's node killed in the middle of a block: the run fails and says where; run again, all is there once",
    .enabled(if: ProcessInfo.processInfo.environment["SLUICE_TEST_CLUSTER"] != nil))
  func nodeKilled() async throws {
    let cluster = try ClickHouseCluster()
    let clean = try Self.lake(port: cluster.nodes[0].httpPort, "clean", cluster: "two")
    #expect(await clean.run { $0.selection = .backfill(since: nil, until: nil) }.outcome == .success)
    let expected = try Self.sums(cluster.nodes[0], "clean")
    // The node that takes the block, then one that gets its share from it.
    for victim in [0, 1] {
      let database = "broken\(victim)"
      let proxy = try FaultProxy(to: cluster.nodes[0].httpPort)
      let lake = try Self.lake(port: proxy.port, database, cluster: "two")
      let report = try await Self.ingest(lake, proxy) { cluster.nodes[victim].kill() }
      #expect(report.outcome == .failed)
      let problem = try #require(report.problems.first)
      #expect(problem.code == (victim == 0 ? "warehouse-unreachable" : "warehouse-error"))
      let node = victim == 0 ? "127.0.0.1:\(proxy.port)" : "127.0.0.1:\(cluster.nodes[1].tcpPort)"
      #expect(problem.message.contains(node), "\(problem.message)")
      #expect(problem.advice?.contains("run the ingest again") == true)
      try cluster.nodes[victim].start()
      let again = await lake.run { $0.selection = .backfill(since: nil, until: nil) }
      #expect(again.outcome == .success, "\(again.problems)")
      for node in cluster.nodes { #expect(try Self.sums(node, database) == expected) }
      #expect(await lake.run { $0.selection = .verification }.outcome == .success)
    }
  }
}
