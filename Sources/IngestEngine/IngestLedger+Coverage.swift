import Klines
import SQLiteStore
import SluiceCore

/// What the ledger says of one file's days.
struct CoveredFile: Sendable {
  var key: LedgerKey
  var state: LedgerState
  /// Its open times and short days only.
  var report: RowReport
}

extension IngestLedger {
  /// Shows all files of a scope one after the other, by path, which is how they are kept: nothing is sorted or held.
  func forEachCovered(scope: Scope, _ body: (CoveredFile) -> Void) throws(LedgerFault) {
    try read { database in
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT path, market, interval, symbol, period, state, first_open, last_open, short_days FROM files
          WHERE scope = ? ORDER BY path
          """, arguments: [scope.id])
      while let row = try cursor.next() {
        guard let market = Market(rawValue: row[1]), let interval = KlineInterval(name: row[2] as String),
          let period = Period(text: row[4] as String), let state = LedgerState(rawValue: row[5])
        else { continue }
        var report = RowReport()
        report.firstOpenTime = row[6]
        report.lastOpenTime = row[7]
        if let text = row[8] as String? { report.shortDays = Self.shortDays(text) }
        let archive = KlineArchiveName(symbol: row[3], interval: interval, period: period)
        body(CoveredFile(key: LedgerKey(path: row[0], market: market, archive: archive), state: state, report: report))
      }
    }
  }
}
