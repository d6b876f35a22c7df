import CSQLite
import Klines
import SQLiteStore
import SluiceCore

/// The statements that put a batch's rows into table `klines`, many rows each.
///
/// To begin and end a statement costs as much as a row. One of many rows must fail where a row is there already instead
/// of replacing it: only then need SQLite not keep every page's old content, to take back half a statement. The rows of
/// one that failed, and what follows in its segment, go in row by row and replace.
struct KlineStatements {
  /// Rows of a statement: more gain nothing.
  static let rowsAtOnce = 64

  private let database: Database
  private let many: Statement
  private let one: Statement

  private static let columns = """
    market, symbol, interval, version, open_time, close_time, open_price, high_price, low_price, close_price, volume,
    quote_volume, taker_buy_volume, taker_buy_quote_volume, trades_count
    """
  /// Values that are the same for all rows of a segment: market, symbol, interval and version.
  private static let shared = 4
  /// Values of a row of its own: two times, the doubles in the order of `KlineColumns.Value`, and the trades.
  private static let own = KlineColumns.Value.allCases.count + KlineColumns.Whole.allCases.count

  init(_ database: Database) throws(DatabaseError) {
    self.database = database
    many = try database.cachedStatement(sql: Self.statement("FAIL", rows: Self.rowsAtOnce))
    one = try database.cachedStatement(sql: Self.statement("REPLACE", rows: 1))
  }

  private static func statement(_ conflict: String, rows: Int) -> String {
    let values = (0..<rows).map { row in
      let marks = Array(1...shared) + (0..<own).map { shared + 1 + row * own + $0 }
      return "(" + marks.map { "?\($0)" }.joined(separator: ", ") + ")"
    }
    return "INSERT OR \(conflict) INTO klines (\(columns)) VALUES " + values.joined(separator: ", ")
  }

  /// Puts a segment's rows in; those of the same key are replaced.
  ///
  /// - Throws: `DatabaseError` when SQLite does not take them; some of them may be in.
  func insert(_ segment: KlineSegment, _ columns: KlineColumns) throws(DatabaseError) {
    var row = segment.rows.lowerBound
    if segment.rows.count >= Self.rowsAtOnce {
      bind(segment, many)
      while segment.rows.upperBound - row >= Self.rowsAtOnce {
        bind(row..<row + Self.rowsAtOnce, columns, many)
        let result = run(many)
        if result & 0xff == SQLITE_CONSTRAINT { break }
        guard result == SQLITE_DONE else { throw database.error(result) }
        row += Self.rowsAtOnce
      }
    }
    bind(segment, one)
    while row < segment.rows.upperBound {
      bind(row..<row + 1, columns, one)
      let result = run(one)
      guard result == SQLITE_DONE else { throw database.error(result) }
      row += 1
    }
  }

  private func run(_ statement: Statement) -> Int32 {
    let result = sqlite3_step(statement.sqliteStatement)
    sqlite3_reset(statement.sqliteStatement)
    return result
  }

  private func bind(_ segment: KlineSegment, _ statement: Statement) {
    let handle = statement.sqliteStatement
    let texts = [segment.series.market.rawValue, segment.symbol, segment.series.interval.rawValue]
    for (index, text) in texts.enumerated() {
      sluice_bind_text(handle, Int32(index + 1), text, Int32(text.utf8.count))
    }
    sqlite3_bind_int64(handle, Int32(Self.shared), segment.version)
  }

  /// Binds column by column: the addresses are looked up once for many rows.
  private func bind(_ rows: Range<Int>, _ columns: KlineColumns, _ statement: Statement) {
    let handle = statement.sqliteStatement
    var first = Int32(Self.shared + 1)
    for column in [columns[.openTime], columns[.closeTime]] {
      bind(column, rows, first) { sqlite3_bind_int64(handle, $0, $1) }
      first += 1
    }
    for column in KlineColumns.Value.allCases {
      bind(columns[column], rows, first) { sqlite3_bind_double(handle, $0, $1) }
      first += 1
    }
    bind(columns[.trades], rows, first) { sqlite3_bind_int64(handle, $0, $1) }
  }

  @inline(__always)
  private func bind<Value>(
    _ column: UnsafeMutablePointer<Value>, _ rows: Range<Int>, _ first: Int32, _ bind: (Int32, Value) -> Int32
  ) {
    var position = first
    for row in rows {
      _ = bind(position, column[row])
      position += Int32(Self.own)
    }
  }
}
