import Foundation
import Glibc
import Klines
import SluiceCore

extension ClickHouseWarehouse {
  /// Deletes what earlier versions of the batch's files left, and waits up to ten minutes until it is gone on every
  /// node.
  ///
  /// - Important: Deletes rows. Call it after the same batch was sent and read back.
  ///
  /// - Throws: `WarehouseFault` when the server cannot be reached, refuses the deletion, or has not finished it in time
  ///   (`.mutationLate`).
  package func removeReplaced(_ batch: KlineBatch) throws(WarehouseFault) {
    guard let floor = batch.segments.map(\.version).min() else { return }
    for segment in batch.segments {
      guard let range = segment.replaces else { continue }
      let table = try table(segment.series)
      var key = "symbol = \(ClickHouseText.literal(segment.symbol))"
      if table.hasMarket { key += " AND market = \(ClickHouseText.literal(segment.series.market.rawValue))" }
      key += " AND open_time BETWEEN \(range.lowerBound) AND \(range.upperBound)"
      if table.hasVersion {
        try removeOlder(than: floor, key, keeping: segment.keeps, table)
      } else {
        try removeMissing(batch, segment, key, table)
      }
    }
  }

  /// Every row there that nobody vouches for is older than the batch: its versions exceed what there was.
  private func removeOlder(
    than floor: Int64, _ key: String, keeping keeps: [Int64], _ table: ClickHouseTable
  ) throws(WarehouseFault) {
    let kept = keeps.isEmpty ? "" : " AND version NOT IN (\(keeps.map(String.init).joined(separator: ", ")))"
    // Older rows of a key that came again are merged away anyway; a mutation rewrites whole parts.
    let left = try ask(
      """
      SELECT count() FROM (SELECT open_time, max(version) AS newest FROM \(qualified(table.name))
      WHERE \(key) GROUP BY open_time HAVING newest < \(floor)\(kept.replacing("version", with: "newest")))
      """, readSettings)
    guard left.trimmingCharacters(in: .whitespacesAndNewlines) != "0" else { return }
    try delete("\(key) AND version < \(floor)\(kept)", table)
  }

  /// In a table without versions: removes the keys that no file of the batch brings.
  private func removeMissing(
    _ batch: KlineBatch, _ segment: KlineSegment, _ key: String, _ table: ClickHouseTable
  ) throws(WarehouseFault) {
    var brought: Set<Int64> = []
    for other in batch.segments where other.series == segment.series && other.symbol == segment.symbol {
      for row in other.rows { brought.insert(batch.columns[.openTime][row]) }
    }
    let answer = try ask("SELECT DISTINCT open_time FROM \(qualified(table.name)) WHERE \(key)", readSettings)
    let missing = ClickHouseText.rows(answer).compactMap { $0.first.flatMap { Int64($0) } }
      .filter { time in !brought.contains(time) && !segment.keepsOpenTimes.contains { $0.contains(time) } }.sorted()
    for start in stride(from: 0, to: missing.count, by: 5000) {
      let list = missing[start..<min(start + 5000, missing.count)].map(String.init).joined(separator: ", ")
      try delete("\(key) AND open_time IN (\(list))", table)
    }
  }

  /// Deletes rows and waits until they are gone everywhere.
  private func delete(_ condition: String, _ table: ClickHouseTable) throws(WarehouseFault) {
    let name = settings.cluster == nil ? table.name : table.name + "_local"
    try run("ALTER TABLE \(qualified(name))\(onCluster) DELETE WHERE \(condition)", clusterSettings)
    let source = settings.cluster.map { "cluster(\(ClickHouseText.literal($0)), system.mutations)" }
    let question = """
      SELECT count() FROM \(source ?? "system.mutations") WHERE is_done = 0
      AND database = \(ClickHouseText.literal(settings.database)) AND table = \(ClickHouseText.literal(name))
      """
    let deadline = ContinuousClock.now + .seconds(Self.mutationSeconds)
    while try ask(question, readSettings).trimmingCharacters(in: .whitespacesAndNewlines) != "0" {
      guard ContinuousClock.now < deadline else {
        throw .mutationLate(table: name, seconds: Self.mutationSeconds)
      }
      // Old servers cannot be told to answer only when a mutation is done.
      poll(nil, 0, 50)
    }
  }

  private static let mutationSeconds = 600
}
