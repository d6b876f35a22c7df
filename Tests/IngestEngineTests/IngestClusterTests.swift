import Foundation
import SluiceCore
import TestSupport
import Testing
import Warehouse

@testable import IngestEngine

/// Two shards and a ZooKeeper, all real; slow to start, so only where it is asked for.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["SLUICE_TEST_CLUSTER"] != nil))
struct IngestClusterTests {
  private static let newest =
    "SELECT count() FROM (SELECT market, symbol, open_time FROM lake.klines_1h FINAL)"

  @Test("a cluster spreads the symbols, is verified as a whole, and a node that is down is a failed ingest to resume")
  func cluster() async throws {
    let cluster = try ClickHouseCluster()
    let settings = ClickHouseSettings(
      host: "127.0.0.1", port: cluster.nodes[0].httpPort, database: "lake", cluster: "two")
    let lake = try IngestFixture(warehouse: .clickHouse(settings))
    let symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "BNBUSDT", "XRPUSDT"]
    for (seed, symbol) in symbols.enumerated() { try lake.archive(symbol, seed: seed) }
    _ = try lake.marker(day: 0)
    let first = await lake.run()
    #expect(first.outcome == .success)
    #expect(first.problems == [])
    let counts = try cluster.nodes.map { node in
      (try node.query("SELECT count() FROM lake.klines_1h"), try node.query("SELECT count() FROM lake.klines_1h_local"))
    }
    #expect(counts.map(\.0) == ["120", "120"])
    #expect(counts.allSatisfy { $0.1 != "0" && $0.1 != "120" })

    // Published again with fewer rows: what is left over goes on the shard that has it.
    for symbol in symbols { try lake.archive(symbol, lines: Array(IngestFixture.lines().prefix(20))) }
    #expect(await lake.run().outcome == .success)
    #expect(
      try cluster.nodes[1].query(Self.newest)
        == "100")
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)

    // Behind a balancer the next run meets the other node: it is the same warehouse, with the same token.
    let tokens = try cluster.nodes.map { node in
      let warehouse = ClickHouseWarehouse(
        ClickHouseSettings(host: "127.0.0.1", port: node.httpPort, database: "lake", cluster: "two"))
      return try warehouse.connect()
    }
    #expect(tokens[0] != nil && tokens[0] == tokens[1])

    cluster.nodes[1].kill()
    for (seed, symbol) in symbols.enumerated() { try lake.archive(symbol, day: 1, seed: seed) }
    let marker = try lake.marker(day: 1)
    let down = await lake.run()
    #expect(down.outcome == .failed)
    #expect(!lake.isRecorded(marker))
    try cluster.nodes[1].start()
    let again = await lake.run()
    #expect(again.outcome == .success)
    #expect(again.problems == [])
    #expect(lake.isRecorded(marker))
    #expect(
      try cluster.nodes[0].query(Self.newest)
        == "220")
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
    try await sameBlockAgain(cluster)
  }

  /// A replicated table without versions: published as A, as B and as A again, the last A is in.
  private func sameBlockAgain(_ cluster: ClickHouseCluster) async throws {
    let node = cluster.nodes[0]
    _ = try node.query("CREATE DATABASE older")
    _ = try node.query(
      OlderKlineTable.creation(
        in: "older", engine: "ReplicatedReplacingMergeTree('/clickhouse/tables/older/klines_1h', 'r1')"))
    let lake = try IngestFixture(
      warehouse: .clickHouse(ClickHouseSettings(host: "127.0.0.1", port: node.httpPort, database: "older")))
    _ = try lake.marker(day: 0)
    for seed in [1, 2, 1] {
      try lake.archive(seed: seed)
      let report = await lake.run()
      #expect(report.outcome == .success && report.problems == [], "\(report.problems)")
      let sum = try node.query("SELECT sum(trades_count) FROM older.klines_1h FINAL")
      #expect(sum == String((seed..<seed + 24).reduce(0, +)))
    }
  }
}
