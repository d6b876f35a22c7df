import FoundationEssentials
import Glibc
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
  static let spanLimit = 2000

  /// Sums over rows of one sending each: exact right after it, whatever older rows wait to be merged away.
  private func byVersion(_ table: ClickHouseTable, _ spans: [KlineSpan]) throws(WarehouseFault) -> [KlineFigures] {
    let versions = spans.compactMap(\.version)
    // Within a version an open time there twice shows in the number of rows: counting them apart would cost a third more.
    let first = spans.map(\.openTimes.lowerBound).min() ?? 0
    let last = spans.map(\.openTimes.upperBound).max() ?? 0
    let answer = try ask(
      """
      SELECT version, count(), \(sums(isThorough: serverVersion >= 21)) FROM \(qualified(table.name)) PREWHERE \(Self.condition(versions))
      WHERE open_time BETWEEN \(first) AND \(last) AND \(hint(table, spans)) GROUP BY version
      """, readSettings)
    var found: [Int64: KlineFigures] = [:]
    for row in ClickHouseText.rows(answer) {
      guard row.count >= 6, let version = Int64(row[0]), let figures = Self.figures([row[1]] + row.dropFirst()) else {
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
    let key = table.key.joined(separator: ", ")
    let answer = try ask(
      """
      SELECT \(market) AS m, symbol, intDiv(open_time, 86400000) AS day, count(), uniqExact(open_time), \(sums(isThorough: true))
      FROM (SELECT \(key), close_time, trades_count, \(Self.valueColumns.joined(separator: ", "))
      FROM \(qualified(table.name)) FINAL
      WHERE \(condition(table, spans))) GROUP BY m, symbol, day
      """, readSettings)
    var days: [String: [(day: Int64, figures: KlineFigures)]] = [:]
    for row in ClickHouseText.rows(answer) {
      guard row.count == 10, let day = Int64(row[2]), let figures = Self.figures(Array(row.dropFirst(3))) else {
        throw .badAnswer(address: identity, problem: .notNumbers)
      }
      days[row[0] + "/" + row[1], default: []].append((day, figures))
    }
    return spans.map { span in
      let own = days[(table.hasMarket ? span.series.market.rawValue : "") + "/" + span.symbol] ?? []
      let range = Self.days(of: span)
      return own.reduce(into: KlineFigures()) { if range.contains($1.day) { $0 += $1.figures } }
    }
  }

  /// The whole days a span touches, counted from 1970.
  static func days(of span: KlineSpan) -> ClosedRange<Int64> {
    span.openTimes.lowerBound / 86_400_000...span.openTimes.upperBound / 86_400_000
  }

  /// - Parameter isThorough: Whether every column is added up: servers before 21 take three times as long for it, too long
  ///   for the reading back beside every sending.
  private func sums(isThorough: Bool) -> String {
    "sum(open_time), sum(trades_count), sum(\(bits("close_price"))), sum(\(bits("volume")))"
      + (isThorough ? ", sum((\(fingerprint)) * toUInt64(2 * open_time + 1))" : "")
  }

  /// The bits of a column of doubles: servers before 21 give them by way of a string only.
  func bits(_ column: String) -> String {
    serverVersion >= 21 ? "reinterpretAsUInt64(\(column))" : "reinterpretAsUInt64(reinterpretAsString(\(column)))"
  }

  private static func figures(_ texts: [String]) -> KlineFigures? {
    guard texts.count == 6 || texts.count == 7, let rows = Int(texts[0]), let distinct = Int(texts[1]),
      let openTimes = Int64(texts[2]),
      let trades = Int64(texts[3]), let close = UInt64(texts[4]), let volume = UInt64(texts[5])
    else { return nil }
    return KlineFigures(
      rows: rows, distinct: distinct, openTimes: openTimes, trades: trades, closeBits: close, volumeBits: volume,
      content: texts.count == 7 ? UInt64(texts[6]) : nil)
  }

  /// Rows of these spans, and few others: markets, symbols and the time they lie in.
  func condition(_ table: ClickHouseTable, _ spans: [KlineSpan]) -> String {
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
  var readSettings: [(String, String)] {
    settings.cluster == nil ? [] : [("skip_unavailable_shards", "0")]
  }
}
