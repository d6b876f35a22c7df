import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing
import Warehouse

@testable import IngestEngine

/// Real archives of the exchange that come in any order, are touched and sent again.
///
/// Those of the fixtures, or every archive below `SLUICE_TEST_DATA`.
@Suite(.serialized) struct RealHistoryTests {
  private static let old = Result { try ClickHouseServer() }
  private static let new = Result { try EmbeddedClickHouse() }

  private static let isClusterWanted = ProcessInfo.processInfo.environment["SLUICE_TEST_CLUSTER"] != nil

  /// Absolute paths by the path each has in a lake.
  private static func archives() throws -> [(path: String, source: String)] {
    guard let root = ProcessInfo.processInfo.environment["SLUICE_TEST_DATA"] else {
      return (KlineFixtures.realDays + KlineFixtures.realMonths).map { ($0, KlineFixtures.directory + "/" + $0) }
    }
    let all = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".zip") && $0.contains("/klines/") }.sorted().compactMap { path in
      path.range(of: "data/").map { (String(path[$0.lowerBound...]), root + "/" + path) }
    }
  }

  /// Puts the archives there one after the other, with ingests and touches in between.
  private static func play(_ lake: IngestFixture, seed: UInt64) async throws {
    var random = PrecedenceHistory.Random(seed)
    var there: [String] = []
    for (path, source) in try archives().shuffled(using: &random) {
      try lake.put(path, Data(contentsOf: URL(filePath: source)))
      there.append(path)
      if random.next() % 2 == 0, let touched = there.randomElement(using: &random) {
        try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: lake.path(touched))
      }
      guard random.next() % 3 == 0 else { continue }
      let isForced = random.next() % 3 == 0
      let report = await lake.run {
        $0.selection = .backfill(since: nil, until: nil)
        $0.isForced = isForced
      }
      #expect(report.outcome == .success && report.problems == [], "\(report.problems)")
    }
    #expect(await lake.run { $0.selection = .backfill(since: nil, until: nil) }.outcome == .success)
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
  }

  private static let columns = [
    "open_price", "high_price", "low_price", "close_price", "volume", "quote_volume", "taker_buy_volume",
    "taker_buy_quote_volume",
  ]

  private static func content(_ lake: IngestFixture, _ query: ((String) throws -> String)?) throws -> [String] {
    guard let query, case .clickHouse(let settings) = lake.lake.warehouse else {
      return try lake.lines(
        "SELECT interval, market, symbol, open_time, close_time, trades_count, \(columns.joined(separator: ", ")) FROM klines"
      ).sorted()
    }
    // On a cluster what is read is the table over all shards, not a node's own part.
    let isWhole = settings.cluster == nil ? "1" : "engine = 'Distributed'"
    let bits = columns.map { "reinterpretAsUInt64(reinterpretAsString(\($0)))" }.joined(separator: ", ")
    let tables = try query(
      "SELECT name FROM system.tables WHERE database = '\(settings.database)' AND name LIKE 'klines%' AND \(isWhole)")
    return try tables.split(separator: "\n").flatMap { table in
      let interval = table.dropFirst("klines_".count)
      return try query(
        "SELECT '\(interval)', market, symbol, open_time, close_time, trades_count, \(bits) "
          + "FROM \(settings.database).\(table) FINAL"
      ).split(separator: "\n").map(String.init)
    }.sorted()
  }

  @Test("shuffled, touched and sent again they end in the rows a clean lake has, bit for bit, in every warehouse")
  func shuffled() async throws {
    let clean = try IngestFixture()
    for (path, source) in try Self.archives() { try clean.put(path, Data(contentsOf: URL(filePath: source))) }
    #expect(await clean.run { $0.selection = .backfill(since: nil, until: nil) }.outcome == .success)
    let expected = try Self.content(clean, nil)
    var told = ["\(try Self.archives().count) archives, \(expected.count) rows"]
    let settings = { (port: Int, cluster: String?) in
      WarehouseSettings.clickHouse(
        ClickHouseSettings(
          host: "127.0.0.1", port: port, database: "d" + UUID().uuidString.prefix(8).lowercased(), cluster: cluster))
    }
    var lakes: [(name: String, lake: IngestFixture, query: ((String) throws -> String)?)] = []
    lakes.append(("SQLite", try IngestFixture(), nil))
    let old = try Self.old.get()
    lakes.append(("18.16.1", try IngestFixture(warehouse: settings(old.httpPort, nil)), old.query))
    if EmbeddedClickHouse.isWanted {
      let new = try Self.new.get()
      lakes.append(("newest", try IngestFixture(warehouse: settings(new.httpPort, nil)), new.query))
    }
    let cluster = Self.isClusterWanted ? try ClickHouseCluster() : nil
    if let node = cluster?.nodes[0] {
      lakes.append(("a cluster's first node", try IngestFixture(warehouse: settings(node.httpPort, "two")), node.query))
    }
    let compare = { (name: String, lake: IngestFixture, query: ((String) throws -> String)?) in
      let found = try Self.content(lake, query)
      #expect(found == expected, "\(name)")
      told.append("\(name) \(found == expected ? "equal" : "differs")")
    }
    for (number, entry) in lakes.enumerated() {
      try await Self.play(entry.lake, seed: UInt64(number) + 11)
      try compare(entry.name, entry.lake, entry.query)
    }
    // Readers of the other node see the same.
    if let other = cluster?.nodes[1], let lake = lakes.last?.lake { try compare("its second", lake, other.query) }
    print("shuffled history: \(told.joined(separator: ", "))")
  }
}
