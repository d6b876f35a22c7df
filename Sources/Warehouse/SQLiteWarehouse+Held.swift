import CSQLite
import Klines
import SQLiteStore
import SluiceCore

extension SQLiteWarehouse {
  /// Always: the table is ours.
  ///
  /// - Throws: Never.
  package func keepsVersions(_ series: KlineSeries) throws(WarehouseFault) -> Bool { true }

  /// None: the table tells markets apart.
  ///
  /// - Throws: Never.
  package func refusals(of series: Set<KlineSeries>) throws(WarehouseFault) -> [KlineSeries: WarehouseFault] { [:] }

  /// None: `connect` made the one table, and gave the file another token where it was gone.
  ///
  /// - Throws: Never.
  package func missing(of series: Set<KlineSeries>) throws(WarehouseFault) -> Set<KlineSeries> { [] }

  /// Counts the rows of a series.
  ///
  /// - Throws: `WarehouseFault` when the file was not opened or cannot be read.
  package func rowCount(of series: KlineSeries) throws(WarehouseFault) -> Int {
    try read { database in
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM klines WHERE market = ? AND interval = ?",
        arguments: [series.market.rawValue, series.interval.rawValue]) ?? 0
    }
  }

  /// Counts what is there of each span, in the order asked.
  ///
  /// - Throws: `WarehouseFault` when the file was not opened or cannot be read, or a version leaves no room above it.
  package func held(in spans: [KlineSpan]) throws(WarehouseFault) -> [HeldRows] {
    let found = try read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT count(*), coalesce(max(version), 0) FROM klines WHERE \(Self.spanCondition)")
      return try spans.map { span in
        var held = HeldRows()
        if let row = try Row.fetchOne(statement, arguments: Self.arguments(span)) {
          (held.count, held.greatestVersion) = (row[0], row[1])
        }
        return held
      }
    }
    if let span = zip(spans, found).first(where: { $1.greatestVersion >= KlineVersion.limit }) {
      throw .wrongFile(path: path, problem: .versionTooGreat(String(span.1.greatestVersion)))
    }
    return found
  }

  /// The rows of a span, oldest first.
  ///
  /// - Throws: `WarehouseFault` when the file was not opened or cannot be read.
  package func rows(in span: KlineSpan) throws(WarehouseFault) -> [HeldRow] {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT open_time, version, close_time, trades_count, open_price, high_price, low_price, close_price, volume,
          quote_volume, taker_buy_volume, taker_buy_quote_volume FROM klines WHERE \(Self.spanCondition)
          ORDER BY open_time
          """)
      let cursor = try Row.fetchCursor(statement, arguments: Self.arguments(span))
      var found: [HeldRow] = []
      while let row = try cursor.next() {
        found.append(
          HeldRow(
            openTime: row[0], version: row[1],
            fingerprint: KlineFingerprint.of(
              closeTime: row[2], trades: row[3], values: (4..<12).map { row[$0] as Double })))
      }
      return found
    }
  }

  private static let spanCondition = "market = ? AND symbol = ? AND interval = ? AND open_time BETWEEN ? AND ?"

  private static func arguments(_ span: KlineSpan) -> StatementArguments {
    [
      span.series.market.rawValue, span.symbol, span.series.interval.rawValue, span.openTimes.lowerBound,
      span.openTimes.upperBound,
    ]
  }
}
