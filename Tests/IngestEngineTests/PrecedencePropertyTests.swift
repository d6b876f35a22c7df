import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// Any order of arrival, touch, re-publication and `--force` gives the table that the files give which lie there at last.
@Suite(.serialized) struct PrecedencePropertyTests {
  private static let server = Result { try ClickHouseServer() }

  /// Seeds of one run; `SLUICE_TEST_SEEDS` asks for more, `SLUICE_TEST_SEED` for a single one.
  private static func seeds(_ usual: UInt64) -> [UInt64] {
    let environment = ProcessInfo.processInfo.environment
    if let seed = environment["SLUICE_TEST_SEED"].flatMap({ UInt64($0) }) { return [seed] }
    return Array(1...(environment["SLUICE_TEST_SEEDS"].flatMap { UInt64($0) } ?? usual))
  }

  private static func content(_ lake: IngestFixture) throws -> [String] {
    try lake.lines(
      "SELECT interval || ' ' || open_time || ' ' || trades_count || ' ' || volume || ' ' || close_price FROM klines"
    ).sorted()
  }

  @Test(
    "SQLite: each of many histories ends in the table that the rule gives for its last files, as a fresh lake does",
    arguments: [false, true])
  func sqlite(fillGaps: Bool) async throws {
    let seeds = Self.seeds(25)
    var (steps, ingests) = (0, 0)
    for seed in seeds {
      let history = PrecedenceHistory(seed: seed)
      let (lake, fresh) = (try IngestFixture(fillGaps: fillGaps), try IngestFixture(fillGaps: fillGaps))
      let expected = history.expected(fillGaps: fillGaps)
      let reports = try await history.play(lake) + [history.playEnd(fresh)]
      (steps, ingests) = (steps + history.steps.count, ingests + reports.count)
      for report in reports {
        #expect(report.problems.allSatisfy { $0.code == "copies-differ" }, "seed \(seed): \(report.problems)")
      }
      let found = (after: try Self.content(lake), fresh: try Self.content(fresh))
      #expect(found.after == expected, "seed \(seed): after its history")
      #expect(found.fresh == expected, "seed \(seed): in a fresh lake")
      let verified = await lake.run { $0.selection = .verification }
      #expect(verified.outcome == .success, "seed \(seed): \(verified.problems)")
      if found.after != expected || found.fresh != expected { break }
    }
    let how = fillGaps ? " with fill_gaps" : ""
    print("precedence: \(seeds.count) seeds on SQLite\(how), \(steps) steps, \(ingests) ingests")
  }

  @Test(
    "ClickHouse 18.16.1: a few histories end in the table that the rule gives for their last files",
    arguments: [false, true])
  func clickHouse(fillGaps: Bool) async throws {
    let server = try Self.server.get()
    let seeds = Self.seeds(3)
    for seed in seeds {
      let history = PrecedenceHistory(seed: seed)
      let database = "d" + UUID().uuidString.prefix(8).lowercased()
      let settings = ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database)
      let lake = try IngestFixture(fillGaps: fillGaps, warehouse: .clickHouse(settings))
      for report in try await history.play(lake) {
        #expect(report.problems.allSatisfy { $0.code == "copies-differ" }, "seed \(seed): \(report.problems)")
      }
      var found: [String] = []
      for interval in ["1h", "1w"] where try server.query("EXISTS \(database).klines_\(interval)") == "1" {
        found += try server.query(
          """
          SELECT '\(interval)', open_time, trades_count, if(volume = 0, '0.0', toString(volume)), close_price
          FROM \(database).klines_\(interval) FINAL
          """
        ).split(separator: "\n").map { String($0).replacing("\t", with: " ") }
      }
      #expect(found.sorted() == history.expected(fillGaps: fillGaps), "seed \(seed)")
      #expect(await lake.run { $0.selection = .verification }.outcome == .success, "seed \(seed)")
      _ = try server.query("DROP DATABASE \(database)")
    }
    print("precedence: \(seeds.count) seeds on ClickHouse 18.16.1\(fillGaps ? " with fill_gaps" : "")")
  }
}
