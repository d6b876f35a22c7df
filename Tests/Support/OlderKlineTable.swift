/// The klines' table as it was made before there were markets and versions: what the SDK left in many a warehouse.
package enum OlderKlineTable {
  /// The statement that makes one.
  ///
  /// - Parameters:
  ///   - more: Columns besides, each with a comma before it.
  ///   - engine: With its arguments.
  ///   - partition: What it is partitioned by; nil for nothing.
  package static func creation(
    in database: String, more: String = "", engine: String = "ReplacingMergeTree()", partition: String? = nil
  ) -> String {
    """
    CREATE TABLE \(database).klines_1h (symbol String, open_time Int64, close_time Int64, open_price Float64,
    high_price Float64, low_price Float64, close_price Float64, volume Float64, quote_volume Float64,
    trades_count Int64, taker_buy_volume Float64, taker_buy_quote_volume Float64, `interval` String\(more))
    ENGINE = \(engine)\(partition.map { " PARTITION BY \($0)" } ?? "") ORDER BY (symbol, open_time)
    """
  }

  /// The month a candle opens in, by the server's time zone.
  package static let month = "toYYYYMM(toDateTime(open_time / 1000))"
}
