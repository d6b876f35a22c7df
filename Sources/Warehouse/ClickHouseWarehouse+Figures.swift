import Foundation
package import Klines
import SluiceCore

extension ClickHouseWarehouse {
  /// Adds up what is there, span by span, in the order asked; one query for up to 2,000 spans of an interval.
  ///
  /// - Throws: `WarehouseFault` when the server cannot be reached, refuses the query, or gives an answer that cannot be
  ///   read.
  package func figures(of spans: [KlineSpan]) throws(WarehouseFault) -> [KlineFigures] {
    var found = [KlineFigures](repeating: KlineFigures(), count: spans.count)
    for (name, isVersioned) in Set(spans.map { tableName($0.series) }).flatMap({ [($0, true), ($0, false)] }) {
      let numbers = spans.indices.filter {
        tableName(spans[$0].series) == name && (spans[$0].version != nil) == isVersioned
      }
      guard let first = numbers.first else { continue }
      let table = try table(spans[first].series)
      for start in stride(from: 0, to: numbers.count, by: Self.spanLimit) {
        let part = Array(numbers[start..<min(start + Self.spanLimit, numbers.count)])
        let wanted = part.map { spans[$0] }
        let figures =
          isVersioned && table.hasVersion ? try byVersion(table, wanted) : try byDay(table, wanted)
        for (number, figures) in zip(part, figures) { found[number] = figures }
      }
    }
    return found
  }

  /// Spans in one query: the lists of symbols and versions must stay below the server's 256 kB a query.
  private static let spanLimit = 2000

  /// Sums over rows of one sending each: exact right after it, whatever older rows wait to be merged away.
  private func byVersion(_ table: ClickHouseTable, _ spans: [KlineSpan]) throws(WarehouseFault) -> [KlineFigures] {
    let versions = spans.compactMap(\.version)
    // Within a version an open time there twice shows in the number of rows: counting them apart would cost a third more.
    let first = spans.map(\.openTimes.lowerBound).min() ?? 0
    let last = spans.map(\.openTimes.upperBound).max() ?? 0
    let answer = try ask(
      """
      SELECT version, count(), \(sums) FROM \(qualified(table.name)) PREWHERE \(Self.condition(versions))
      WHERE open_time BETWEEN \(first) AND \(last) AND \(hint(table, spans)) GROUP BY version
      """, readSettings)
    var found: [Int64: KlineFigures] = [:]
    for row in ClickHouseText.rows(answer) {
      guard row.count == 6, let version = Int64(row[0]), let figures = Self.figures([row[1]] + row.dropFirst()) else {
        throw .badAnswer(address: identity, problem: .notNumbers)
      }
      found[version] = figures
    }
    return versions.map { found[$0] ?? KlineFigures() }
  }

  /// A batch's versions follow one another: comparing with two of them is cheaper than looking for one of thousands.
  private static func condition(_ versions: [Int64]) -> String {
    guard let first = versions.min(), let last = versions.max(), last - first < 2 * Int64(versions.count) else {
      return "version IN (\(versions.map(String.init).joined(separator: ", ")))"
    }
    return "version BETWEEN \(first) AND \(last)"
  }

  /// Sums over what is there now, newest version only, added up day by day.
  ///
  /// A span stands for the whole days it touches.
  private func byDay(_ table: ClickHouseTable, _ spans: [KlineSpan]) throws(WarehouseFault) -> [KlineFigures] {
    let market = table.hasMarket ? "market" : "''"
    // Through a Distributed table FINAL wants every column of the sorting key selected.
    let key = table.hasMarket ? "market, symbol, open_time" : "symbol, open_time"
    let answer = try ask(
      """
      SELECT \(market) AS m, symbol, intDiv(open_time, 86400000) AS day, count(), uniqExact(open_time), \(sums)
      FROM (SELECT \(key), trades_count, close_price, volume FROM \(qualified(table.name)) FINAL
      WHERE \(condition(table, spans))) GROUP BY m, symbol, day
      """, readSettings)
    var days: [String: [(day: Int64, figures: KlineFigures)]] = [:]
    for row in ClickHouseText.rows(answer) {
      guard row.count == 9, let day = Int64(row[2]), let figures = Self.figures(Array(row.dropFirst(3))) else {
        throw .badAnswer(address: identity, problem: .notNumbers)
      }
      days[row[0] + "/" + row[1], default: []].append((day, figures))
    }
    return spans.map { span in
      let own = days[(table.hasMarket ? span.series.market.rawValue : "") + "/" + span.symbol] ?? []
      let range = span.openTimes.lowerBound / 86_400_000...span.openTimes.upperBound / 86_400_000
      return own.reduce(into: KlineFigures()) { if range.contains($1.day) { $0 += $1.figures } }
    }
  }

  private var sums: String {
    // Servers before 21 turn a Float64 into its bits by way of a string only.
    let bits = { (column: String) in
      self.serverVersion >= 21
        ? "sum(reinterpretAsUInt64(\(column)))" : "sum(reinterpretAsUInt64(reinterpretAsString(\(column))))"
    }
    return "sum(open_time), sum(trades_count), \(bits("close_price")), \(bits("volume"))"
  }

  private static func figures(_ texts: [String]) -> KlineFigures? {
    guard texts.count == 6, let rows = Int(texts[0]), let distinct = Int(texts[1]), let openTimes = Int64(texts[2]),
      let trades = Int64(texts[3]), let close = UInt64(texts[4]), let volume = UInt64(texts[5])
    else { return nil }
    return KlineFigures(
      rows: rows, distinct: distinct, openTimes: openTimes, trades: trades, closeBits: close, volumeBits: volume)
  }

  /// Rows of these spans, and few others: markets, symbols and the time they lie in.
  private func condition(_ table: ClickHouseTable, _ spans: [KlineSpan]) -> String {
    let first = spans.map(\.openTimes.lowerBound).min() ?? 0
    let last = spans.map(\.openTimes.upperBound).max() ?? 0
    return key(table, spans) + " AND open_time BETWEEN \(first) AND \(last)"
  }

  /// The spans' symbols for the index; few of them are not compared with every row, whose version is enough.
  private func hint(_ table: ClickHouseTable, _ spans: [KlineSpan]) -> String {
    let symbols = Set(spans.map(\.symbol)).sorted()
    guard symbols.count <= Self.hintLimit else { return key(table, spans) }
    let either = { (column: String, values: [String]) in
      "(" + values.map { "\(column) = \(ClickHouseText.literal($0))" }.joined(separator: " OR ") + ")"
    }
    let markets = table.hasMarket ? Set(spans.map(\.series.market.rawValue)).sorted() : []
    let conditions = (markets.isEmpty ? [] : [either("market", markets)]) + [either("symbol", symbols)]
    return "indexHint(\(conditions.joined(separator: " AND ")))"
  }

  /// Old servers look at each of these for every mark of the index.
  private static let hintLimit = 100

  /// The spans' markets and symbols, the beginning of the table's key.
  private func key(_ table: ClickHouseTable, _ spans: [KlineSpan]) -> String {
    let list = { (texts: [String]) in Set(texts).sorted().map(ClickHouseText.literal).joined(separator: ", ") }
    let market = table.hasMarket ? "market IN (\(list(spans.map(\.series.market.rawValue)))) AND " : ""
    return market + "symbol IN (\(list(spans.map(\.symbol))))"
  }

  /// A cluster that cannot be read whole must not be taken for one that lost rows.
  private var readSettings: [(String, String)] {
    settings.cluster == nil ? [] : [("skip_unavailable_shards", "0")]
  }

  // MARK: Replaced rows

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
        try removeOlder(than: floor, key, table)
      } else {
        try removeMissing(batch, segment, key, table)
      }
    }
  }

  private func removeOlder(than floor: Int64, _ key: String, _ table: ClickHouseTable) throws(WarehouseFault) {
    // Older rows of a key that came again are merged away anyway; a mutation rewrites whole parts.
    let left = try ask(
      """
      SELECT count() FROM (SELECT open_time, max(version) AS newest FROM \(qualified(table.name))
      WHERE \(key) GROUP BY open_time HAVING newest < \(floor))
      """, readSettings)
    guard left.trimmingCharacters(in: .whitespacesAndNewlines) != "0" else { return }
    try delete("\(key) AND version < \(floor)", table)
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
      .filter { !brought.contains($0) }.sorted()
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
