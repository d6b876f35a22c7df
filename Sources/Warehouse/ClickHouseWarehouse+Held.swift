import FoundationEssentials
import Glibc
import Klines
import SluiceCore

extension ClickHouseWarehouse {
  /// Whether the series' table has a version column.
  ///
  /// - Throws: `WarehouseFault` when the table cannot be described.
  package func keepsVersions(_ series: KlineSeries) throws(WarehouseFault) -> Bool { try table(series).hasVersion }

  /// Series of several markets that would be the first in a table without a market column.
  ///
  /// - Throws: `WarehouseFault` when the server cannot be asked, or refuses to make a table.
  package func refusals(of series: Set<KlineSeries>) throws(WarehouseFault) -> [KlineSeries: WarehouseFault] {
    var refused: [KlineSeries: WarehouseFault] = [:]
    for (name, shared) in Dictionary(grouping: series, by: { tableName($0) }) where shared.count > 1 {
      let table: ClickHouseTable
      do throws(WarehouseFault) {
        table = try self.table(shared[0])
      } catch {
        // Each of them is told that when it is prepared.
        guard case .wrongTable = error else { throw error }
        continue
      }
      guard !table.hasMarket, try registeredMarket(of: table) == nil else { continue }
      let markets = shared.map(\.market.rawValue).sorted()
      for one in shared { refused[one] = .severalMarkets(table: name, markets: markets) }
    }
    return refused
  }

  /// Series without a table, by one question for all of them.
  ///
  /// - Throws: `WarehouseFault` when the server cannot be asked.
  package func missing(of series: Set<KlineSeries>) throws(WarehouseFault) -> Set<KlineSeries> {
    guard !series.isEmpty else { return [] }
    let names = Set(series.map { tableName($0) }).sorted().map(ClickHouseText.literal).joined(separator: ", ")
    let answer = try ask(
      "SELECT name FROM system.tables WHERE database = \(ClickHouseText.literal(settings.database)) "
        + "AND name IN (\(names))")
    let known = Set(ClickHouseText.rows(answer).compactMap(\.first))
    return series.filter { !known.contains(tableName($0)) }
  }

  /// Counts the rows of a series; of a table without a market column all of them.
  ///
  /// - Throws: `WarehouseFault` when the server cannot be asked.
  package func rowCount(of series: KlineSeries) throws(WarehouseFault) -> Int {
    let table = try table(series)
    if emptyTables.contains(table.name) { return 0 }
    let market = table.hasMarket ? " WHERE market = \(ClickHouseText.literal(series.market.rawValue))" : ""
    // Rows that wait to be merged away are none.
    let key = table.key.joined(separator: ", ")
    let answer = try ask(
      "SELECT count() FROM (SELECT \(key) FROM \(qualified(table.name)) FINAL\(market))", readSettings)
    guard let count = Int(answer.trimmed) else {
      throw .badAnswer(address: identity, problem: .notNumbers)
    }
    return count
  }

  /// Counts what is there of each span by whole days, in the order asked; asks nothing of a table this run made or found
  /// empty.
  ///
  /// - Throws: `WarehouseFault` when the server cannot be asked, or a version leaves no room above it.
  package func held(in spans: [KlineSpan]) throws(WarehouseFault) -> [HeldRows] {
    var found = [HeldRows](repeating: HeldRows(), count: spans.count)
    for name in Set(spans.map { tableName($0.series) }) {
      let numbers = spans.indices.filter { tableName(spans[$0].series) == name }
      guard let first = numbers.first else { continue }
      let table = try table(spans[first].series)
      if emptyTables.contains(name) { continue }
      for start in stride(from: 0, to: numbers.count, by: Self.spanLimit) {
        let part = Array(numbers[start..<min(start + Self.spanLimit, numbers.count)])
        for (number, rows) in zip(part, try held(table, part.map { spans[$0] })) { found[number] = rows }
      }
    }
    return found
  }

  private func held(_ table: ClickHouseTable, _ spans: [KlineSpan]) throws(WarehouseFault) -> [HeldRows] {
    let market = table.hasMarket ? "market" : "''"
    let version = table.hasVersion ? "max(version)" : "toUInt64(0)"
    let answer = try ask(
      """
      SELECT \(market) AS m, symbol, intDiv(open_time, 86400000) AS day, count(), \(version)
      FROM \(qualified(table.name)) WHERE \(condition(table, spans)) GROUP BY m, symbol, day
      """, readSettings)
    var days: [String: [(day: Int64, count: Int, version: Int64)]] = [:]
    for row in ClickHouseText.rows(answer) {
      guard row.count == 5, let day = Int64(row[2]), let count = Int(row[3]), let version = UInt64(row[4]) else {
        throw .badAnswer(address: identity, problem: .notNumbers)
      }
      guard let version = Int64(exactly: version), version < KlineVersion.limit else {
        throw .wrongTable(table: table.name, problem: .versionTooGreat(row[4]))
      }
      days[row[0] + "/" + row[1], default: []].append((day, count, version))
    }
    return spans.map { span in
      let own = days[(table.hasMarket ? span.series.market.rawValue : "") + "/" + span.symbol] ?? []
      let range = Self.days(of: span)
      return own.reduce(into: HeldRows()) { held, found in
        guard range.contains(found.day) else { return }
        held.count += found.count
        held.greatestVersion = max(held.greatestVersion, found.version)
      }
    }
  }

  /// The rows of a span as a reader sees them, oldest first.
  ///
  /// - Throws: `WarehouseFault` when the server cannot be asked or its answer cannot be read.
  package func rows(in span: KlineSpan) throws(WarehouseFault) -> [HeldRow] {
    let table = try table(span.series)
    // Through a Distributed table FINAL wants every column of the sorting key selected.
    let key = (table.hasMarket ? "market, " : "") + "symbol, open_time"
    let version = table.hasVersion ? "version" : "toUInt64(0) AS version"
    let answer = try ask(
      """
      SELECT open_time, version, \(fingerprint) FROM (SELECT \(key), \(version), close_time, trades_count,
      \(Self.valueColumns.joined(separator: ", ")) FROM \(qualified(table.name)) FINAL
      WHERE \(condition(table, [span]))) ORDER BY open_time
      """, readSettings)
    return try ClickHouseText.rows(answer).map { row throws(WarehouseFault) in
      guard row.count == 3, let openTime = Int64(row[0]), let version = UInt64(row[1]), let print = UInt64(row[2])
      else { throw .badAnswer(address: identity, problem: .notNumbers) }
      return HeldRow(
        openTime: openTime, version: table.hasVersion ? Int64(clamping: version) : nil, fingerprint: print)
    }
  }

  static let valueColumns = ClickHouseTable.columns.compactMap { column in
    if case .value = column.source { column.name } else { nil }
  }

  /// The same number over a row as `KlineFingerprint` computes: products and sums of UInt64 wrap around on the server too.
  var fingerprint: String {
    let values = zip(Self.valueColumns, KlineFingerprint.valueFactors).map { "\(bits($0)) * toUInt64(\($1))" }
    let wholes = [
      "toUInt64(close_time) * toUInt64(\(KlineFingerprint.closeTimeFactor))",
      "toUInt64(trades_count) * toUInt64(\(KlineFingerprint.tradesFactor))",
    ]
    return (values + wholes).joined(separator: " + ")
  }
}
