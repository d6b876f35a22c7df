import FoundationEssentials
import Klines
import SQLiteStore
import SluiceCore

/// What becomes of files with holes when `fill_gaps` is switched on or off.
extension IngestLedger {
  /// Verified files that the present setting would have sent otherwise.
  ///
  /// - Parameter fills: Whether holes are filled.
  func filesFilledOtherwise(_ fills: Bool, scope: Scope) throws(LedgerFault) -> [LedgerEntry] {
    // Some holes cannot be filled: looked for again and again, these files would be sent with every ingest.
    if fills, try isFilling(scope) { return [] }
    return try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT * FROM files WHERE scope = ? AND state = 'verified'
          AND \(fills ? "missing > 0 AND filled = 0" : "filled > 0")
          """, arguments: [scope.id])
      var found: [LedgerEntry] = []
      while let row = try rows.next() {
        // Of longer candles none is ever put into a hole.
        if let entry = Self.entry(row), (entry.key.archive.interval.milliseconds ?? .max) < 86_400_000 {
          found.append(entry)
        }
      }
      return found
    }
  }

  /// Notes whether holes are filled from now on, and which files are to be sent again for it.
  func note(filling fills: Bool, resending entries: [LedgerEntry], scope: Scope, now: Date) throws(LedgerFault) {
    guard try fills != isFilling(scope) || !entries.isEmpty else { return }
    let stamp = TextFormat.utc(now)
    try write { database in
      for entry in entries {
        // Without the times that tell an interrupted sending: it is not whole, though all its rows may be there.
        try database.execute(
          sql: """
            UPDATE files SET state = 'sent', dirty_first = NULL, dirty_last = NULL, updated_at = ?
            WHERE scope = ? AND path = ? AND market = ?
            """, arguments: [stamp, scope.id, entry.key.path, entry.key.market.rawValue])
      }
      let arguments: StatementArguments = [scope.profile, Remark.fillsGaps.rawValue, scope.warehouse]
      try database.execute(sql: "DELETE FROM remarks WHERE profile = ? AND kind = ? AND name = ?", arguments: arguments)
      guard fills else { return }
      try database.execute(
        sql: "INSERT INTO remarks VALUES (?, ?, ?, ?)",
        arguments: [scope.profile, Remark.fillsGaps.rawValue, scope.warehouse, stamp])
    }
  }

  /// Whether the last ingest filled holes.
  private func isFilling(_ scope: Scope) throws(LedgerFault) -> Bool {
    try has(.fillsGaps, scope.warehouse, profile: scope.profile)
  }
}
