import Klines
import SluiceCore

/// The table of one interval: its columns, and what a server's table of that name turns out to be.
struct ClickHouseTable {
  /// Where a column's values come from.
  enum Source {
    case market, symbol, interval, version
    case whole(KlineColumns.Whole)
    case value(KlineColumns.Value)
  }

  struct Column {
    var name: String
    var type: String
    var source: Source
  }

  /// The columns the zer0data SDK reads, with the market before and the version behind them.
  static let columns: [Column] = [
    Column(name: "market", type: "String", source: .market),
    Column(name: "symbol", type: "String", source: .symbol),
    Column(name: "open_time", type: "Int64", source: .whole(.openTime)),
    Column(name: "close_time", type: "Int64", source: .whole(.closeTime)),
    Column(name: "open_price", type: "Float64", source: .value(.open)),
    Column(name: "high_price", type: "Float64", source: .value(.high)),
    Column(name: "low_price", type: "Float64", source: .value(.low)),
    Column(name: "close_price", type: "Float64", source: .value(.close)),
    Column(name: "volume", type: "Float64", source: .value(.volume)),
    Column(name: "quote_volume", type: "Float64", source: .value(.quoteVolume)),
    Column(name: "trades_count", type: "Int64", source: .whole(.trades)),
    Column(name: "taker_buy_volume", type: "Float64", source: .value(.takerBuyVolume)),
    Column(name: "taker_buy_quote_volume", type: "Float64", source: .value(.takerBuyQuoteVolume)),
    Column(name: "interval", type: "String", source: .interval),
    Column(name: "version", type: "UInt64", source: .version),
  ]

  /// The name without its database.
  let name: String
  /// Whether rows of several markets can live in it.
  let hasMarket: Bool
  /// Whether rows say which sending they came with, and the newest wins.
  let hasVersion: Bool
  /// What each column is computed from; empty for those that are sent.
  let expressions: [String: String]

  /// A column of a table that is there, and what it is computed from where that is not sent.
  ///
  /// The kind is the server's word: `DEFAULT`, `MATERIALIZED`, `ALIAS`, `EPHEMERAL`, or nothing.
  typealias Found = (name: String, type: String, kind: String, expression: String)

  /// Judges an existing table by its columns, its engine and what it is sorted by.
  ///
  /// - Parameters:
  ///   - found: Name, type and default expression of every column; empty for none.
  ///   - storage: How the rows are kept; nil when that cannot be seen.
  /// - Throws: `.wrongTable` when klines cannot be kept exactly in it.
  init(name: String, found: [Found], storage: TableStorage?) throws(WarehouseFault) {
    self.name = name
    let types = Dictionary(found.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    if let problem = Self.problem(found) { throw .wrongTable(table: name, problem: problem) }
    hasMarket = types["market"] != nil
    hasVersion = types["version"] != nil
    expressions = Dictionary(found.map { ($0.name, $0.expression) }, uniquingKeysWith: { first, _ in first })
    if let storage { try judge(storage) }
  }

  /// Why candles cannot be kept exactly in columns of these types; nil when they can.
  ///
  /// The market may be missing, and of such a table the version too: so are the tables of the SDK's older form. Neither may
  /// be of another type: another market, or a version cut to what there is room for, would be written instead.
  static func problem(_ found: [Found]) -> WarehouseFault.TableProblem? {
    let known = Dictionary(found.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for column in columns {
      guard let (_, type, kind, _) = known[column.name] else {
        if column.name == "market" { continue }
        guard column.name == "version" else { return .missingColumn(column.name) }
        // The older form has neither.
        if known["market"] == nil { continue }
        return .noVersion
      }
      guard ["", "DEFAULT"].contains(kind) else { return .computed(column: column.name, how: kind) }
      // A server takes plain strings for LowCardinality ones.
      guard type == column.type || type == "LowCardinality(\(column.type))" else {
        return .wrongType(column: column.name, found: type, expected: column.type)
      }
    }
    return nil
  }

  /// The columns that tell a candle from others in this table.
  var key: [String] { (hasMarket ? ["market"] : []) + ["symbol", "open_time"] }

  /// Merges keep one row of those that agree in what the table is sorted by: a candle's own key and nothing else.
  private func judge(_ storage: TableStorage) throws(WarehouseFault) {
    guard storage.engine.hasSuffix("ReplacingMergeTree") else {
      throw .wrongTable(table: name, problem: .wrongEngine(storage.engine))
    }
    // The interval is the same in the whole table.
    guard Set(storage.sortingKey).subtracting(["interval"]) == Set(key) else {
      throw .wrongTable(table: name, problem: .wrongSortingKey(found: storage.sortingKey, expected: key))
    }
    // Merges never cross partitions: a candle's rows must lie in one whatever its values are.
    guard followsKey(storage.partitionKey, expressions) else {
      throw .wrongTable(table: name, problem: .wrongPartitionKey(storage.partitionKey))
    }
    if let expiry = storage.expiry(of: Self.columns.map(\.name)) {
      throw .wrongTable(table: name, problem: .expires(column: expiry.column, expiry.rule))
    }
    if let name = storage.constraint { throw .wrongTable(table: self.name, problem: .constraint(name)) }
    if hasVersion, storage.tellsArguments, storage.versionColumn != "version" {
      throw .wrongTable(table: name, problem: .wrongVersion(column: storage.versionColumn))
    }
  }

  /// Whether an expression gives one value for all rows of a candle, whatever they hold.
  ///
  /// - Parameter expressions: What each column of the table is computed from; empty for those that are sent.
  func followsKey(_ expression: String, _ expressions: [String: String]) -> Bool {
    !TableStorage.isVolatile(expression)
      && TableStorage.columns(in: expression).allSatisfy { column in
        // The interval is the same in the whole table; what is no column is a word of the language.
        guard let source = expressions[column], !(key + ["interval"]).contains(column) else { return true }
        let isSent = Self.columns.contains { $0.name == column }
        // Of a column that is computed, only what it is computed from in one step is looked at.
        return !isSent && !source.isEmpty && followsKey(source, expressions.mapValues { _ in "" })
      }
  }

  /// Column definitions for a `CREATE TABLE`.
  static var definition: String { columns.map { "`\($0.name)` \($0.type)" }.joined(separator: ", ") }

  /// Partitioned by the month a candle opens in, whatever the server's time zone.
  static let layout =
    "PARTITION BY toYYYYMM(toDateTime(intDiv(open_time, 1000), 'UTC')) ORDER BY (market, symbol, open_time)"
}

/// Quoting, and the tab-separated answers.
enum ClickHouseText {
  static func literal(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }

  static func identifier(_ text: String) -> String {
    "`" + text.replacing("\\", with: "\\\\").replacing("`", with: "\\`") + "`"
  }

  /// Lines and fields of a `TabSeparated` answer, escapes undone as far as names and numbers have any.
  static func rows(_ answer: String) -> [[String]] {
    answer.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map {
        String($0).replacing("\\'", with: "'").replacing("\\\\", with: "\\")
      }
    }
  }
}
