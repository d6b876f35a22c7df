import FoundationEssentials
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
    for (_, segments) in Dictionary(grouping: batch.segments, by: { tableName($0.series) }) {
      guard let series = segments.first?.series else { continue }
      let table = try table(series)
      for portion in ReplacedRows(segments, hasMarket: table.hasMarket).portions {
        if table.hasVersion {
          try removeOlder(than: floor, portion, table)
        } else {
          try removeMissing(KlineBatch(columns: batch.columns, segments: segments), portion, table)
        }
      }
    }
  }

  /// Every row there that nobody vouches for is older than the batch: its versions exceed what there was.
  private func removeOlder(
    than floor: Int64, _ replaced: ReplacedRows, _ table: ClickHouseTable
  ) throws(WarehouseFault) {
    let key = table.key.joined(separator: ", ")
    let kept = replaced.newestStays.map { " AND NOT \($0)" } ?? ""
    // Older rows of a key that came again are merged away anyway; a mutation rewrites whole parts.
    let answer = try ask(
      """
      SELECT DISTINCT \(table.hasMarket ? "market" : "''") AS m, symbol, intDiv(open_time, 86400000) AS day
      FROM (SELECT \(key), max(version) AS newest FROM \(qualified(table.name))
      WHERE \(replaced.anything) GROUP BY \(key) HAVING newest < \(floor)\(kept))
      """, readSettings)
    let left = try Set(
      ClickHouseText.rows(answer).map { row throws(WarehouseFault) in
        guard row.count == 3, let day = Int64(row[2]) else { throw .badAnswer(address: identity, problem: .notNumbers) }
        return ReplacedRows.Day(market: row[0], symbol: row[1], number: day)
      })
    guard !left.isEmpty else { return }
    try delete(replaced.touching(left).older(than: floor), table)
  }

  /// In a table without versions: removes the keys that no file of the batch brings.
  ///
  /// - Parameter batch: The segments of this table.
  private func removeMissing(
    _ batch: KlineBatch, _ replaced: ReplacedRows, _ table: ClickHouseTable
  ) throws(WarehouseFault) {
    var places: [String: [KlineSegment]] = [:]
    for segment in batch.segments { places[key(segment, table), default: []].append(segment) }
    let answer = try ask(
      """
      SELECT DISTINCT \(table.hasMarket ? "market" : "''") AS m, symbol, open_time FROM \(qualified(table.name))
      WHERE \(replaced.anything)
      """, readSettings)
    var found: [String: [Int64]] = [:]
    for row in ClickHouseText.rows(answer) {
      guard row.count == 3, let time = Int64(row[2]) else {
        throw .badAnswer(address: identity, problem: .notNumbers)
      }
      found[row[0] + "/" + row[1], default: []].append(time)
    }
    var conditions: [String] = []
    for (key, times) in found.sorted(by: { $0.key < $1.key }) {
      guard let segments = places[key], let first = segments.first else { continue }
      let missing = Self.missing(times, segments, batch.columns)
      let market = table.hasMarket ? "market = \(ClickHouseText.literal(first.series.market.rawValue)) AND " : ""
      for start in stride(from: 0, to: missing.count, by: Self.timesInCondition) {
        let list = missing[start..<min(start + Self.timesInCondition, missing.count)].map(String.init)
        conditions.append(
          "\(market)symbol = \(ClickHouseText.literal(first.symbol)) AND open_time IN (\(list.joined(separator: ", ")))"
        )
      }
    }
    try delete(anyOf: conditions, table)
  }

  /// A list of them must fit into a statement.
  private static let timesInCondition = 5000

  private func key(_ segment: KlineSegment, _ table: ClickHouseTable) -> String {
    (table.hasMarket ? segment.series.market.rawValue : "") + "/" + segment.symbol
  }

  /// Those times at which a segment replaces what is there, none brings a row and nobody else's stays; sorted.
  private static func missing(_ times: [Int64], _ segments: [KlineSegment], _ columns: KlineColumns) -> [Int64] {
    var brought: Set<Int64> = []
    for segment in segments { for row in segment.rows { brought.insert(columns[.openTime][row]) } }
    return times.filter { time in
      !brought.contains(time)
        && segments.contains { segment in
          segment.replaces?.contains(time) ?? false && !segment.keepsOpenTimes.contains { $0.contains(time) }
        }
    }.sorted()
  }

  /// Deletes rows by many conditions, with few statements.
  private func delete(anyOf conditions: [String], _ table: ClickHouseTable) throws(WarehouseFault) {
    var rest = conditions[...]
    while !rest.isEmpty {
      var length = 0
      // Half of what servers take: a statement holds one condition at least.
      let part = rest.prefix { condition in
        length += condition.utf8.count
        return length < 120_000 || length == condition.utf8.count
      }
      rest = rest.dropFirst(part.count)
      try delete(part.map { "(\($0))" }.joined(separator: " OR "), table)
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
    while try ask(question, readSettings).trimmed != "0" {
      guard ContinuousClock.now < deadline else {
        throw .mutationLate(table: name, seconds: Self.mutationSeconds)
      }
      // Old servers cannot be told to answer only when a mutation is done.
      poll(nil, 0, 50)
    }
  }

  private static let mutationSeconds = 600
}
