import Klines
import SQLiteStore
import SluiceCore

/// Files that are put aside, of which there may be tens of thousands.
extension IngestLedger {
  /// How many they are, and the first of them by path.
  func aside(scope: Scope, naming limit: Int) throws(LedgerFault) -> (count: Int, first: [String]) {
    try read { database in
      let own = "FROM files WHERE scope = ? AND state = 'quarantined'"
      let count = try Int.fetchOne(database, sql: "SELECT count(*) \(own)", arguments: [scope.id])
      let first = try String.fetchAll(
        database, sql: "SELECT path \(own) ORDER BY path LIMIT ?", arguments: [scope.id, limit])
      return (count ?? 0, first)
    }
  }

  /// Shows them one after the other, by path, without holding them.
  ///
  /// - Parameter body: Must not ask the ledger.
  func forEachAside(scope: Scope, _ body: (AsideFile) -> Void) throws(LedgerFault) {
    try read { database in
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT path, market, interval, symbol, period, version, rows, fault_code FROM files
          WHERE scope = ? AND state = 'quarantined' ORDER BY path
          """, arguments: [scope.id])
      while let row = try cursor.next() {
        guard let market = Market(rawValue: row[1]), let interval = KlineInterval(name: row[2] as String),
          let period = Period(text: row[4] as String)
        else { continue }
        let archive = KlineArchiveName(symbol: row[3], interval: interval, period: period)
        let version: Int64 = row[5]
        body(
          AsideFile(
            key: LedgerKey(path: row[0], market: market, archive: archive), version: version,
            rows: version > 0 ? row[6] : 0, isDoubted: row[7] as String? == LedgerEntry.doubtCode))
      }
    }
  }
}
