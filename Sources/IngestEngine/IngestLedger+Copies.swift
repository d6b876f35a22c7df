import Klines
import SQLiteStore
import SluiceCore

/// Several files of one symbol and period, of which one counts.
extension IngestLedger {
  /// One of several files of the same symbol and period.
  struct Copy: Sendable {
    var entry: LedgerEntry
    var profile: String
  }

  /// Calls `body` for each group of files of one symbol and period that have rows in the warehouse, one of this scope at
  /// least among them, without holding more than one group.
  func forEachCopies(scope: Scope, _ body: ([Copy]) -> Void) throws(LedgerFault) {
    try read { database in
      // Which periods come twice is in the index; the rows themselves are looked at for those only.
      let twice = try Row.fetchCursor(
        database,
        sql: """
          SELECT market, interval, period, symbol FROM files
          WHERE scope IN (SELECT id FROM scopes WHERE warehouse = ?)
          GROUP BY market, interval, period, symbol HAVING count(*) > 1
          """, arguments: [scope.warehouse])
      while let series = try twice.next() {
        let group = try Self.copies(of: series, scope, database)
        if group.count > 1, group.contains(where: { $0.profile == scope.profile }) { body(group) }
      }
    }
  }

  private static func copies(of series: Row, _ scope: Scope, _ database: Database) throws -> [Copy] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT files.*, scopes.profile AS holder FROM files JOIN scopes ON scopes.id = files.scope
        WHERE warehouse = ? AND files.market = ? AND interval = ? AND period = ? AND symbol = ?
        AND (version > 0 OR state = 'adopted')
        ORDER BY path, scope
        """)
    let files = try Row.fetchAll(
      statement,
      arguments: [
        scope.warehouse, series[0] as String, series[1] as String, series[2] as String, series[3] as String,
      ])
    return files.compactMap { row in entry(row).map { Copy(entry: $0, profile: row["holder"]) } }
  }

  /// Forgets files that another one of their symbol and period has outlived: their rows are nobody's from then on.
  static func forget(_ gone: [Voucher], warehouse: String, in database: Database) throws {
    for voucher in gone {
      for (table, hasMarket) in [("files", true), ("repeats", true), ("oddities", true), ("differences", false)] {
        var arguments: [String] = [warehouse, voucher.profile, voucher.entry.key.path]
        if hasMarket { arguments.append(voucher.entry.key.market.rawValue) }
        try database.execute(
          sql: """
            DELETE FROM \(table) WHERE scope IN (SELECT id FROM scopes WHERE warehouse = ? AND profile = ?)
            AND path = ?\(hasMarket ? " AND market = ?" : "")
            """, arguments: StatementArguments(arguments))
      }
    }
  }
}
