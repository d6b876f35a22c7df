import FoundationEssentials
import Glibc
import Klines
import SQLiteStore
import SluiceCore
import Warehouse

/// Which files of a warehouse vouch for rows at the same open times, whatever profile brought them.
extension IngestLedger {
  static let vouchersSchema = """
    CREATE INDEX IF NOT EXISTS files_by_time ON files (market, interval, symbol, first_open);
    CREATE TABLE IF NOT EXISTS repeats (
      scope INTEGER NOT NULL, path TEXT NOT NULL, market TEXT NOT NULL, version INTEGER NOT NULL,
      PRIMARY KEY (scope, path, market, version)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS precedence (warehouse TEXT PRIMARY KEY) WITHOUT ROWID;
    """

  /// A file that vouches for rows of the warehouse.
  struct Voucher: Sendable {
    var entry: LedgerEntry
    var profile: String
    /// The versions its rows may have: of its last sending, and of rows that were repeated for it since.
    var versions: Set<Int64>
    /// Which of its rows are none of the exchange's.
    var fills: FilledCandles

    /// Open times its rows lie at; all it may hold, where an earlier tool brought it.
    var openTimes: ClosedRange<Int64> { entry.openTimes ?? entry.key.archive.openTimes }
  }

  /// No file has rows further apart: a month, and the longest candle that opened before it.
  private static let longest: Int64 = 63 * 86_400_000

  /// Files other than this one that vouch for rows at these open times.
  ///
  /// Those not yet read back count too; so does an earlier version of a file that is put aside, for its rows are there.
  func vouchers(
    beside key: LedgerKey, openTimes: ClosedRange<Int64>, scope: Scope
  ) throws(LedgerFault) -> [Voucher] {
    try write { database in
      var found = try Self.vouchers(
        from: "files INDEXED BY files_by_time JOIN scopes ON scopes.id = files.scope",
        """
        files.market = ? AND interval = ? AND symbol = ? AND first_open BETWEEN ? AND ? AND last_open >= ?
        AND state IN ('intent', 'sent', 'verified', 'quarantined') AND version > 0
        """,
        [
          key.market.rawValue, key.archive.interval.rawValue, key.archive.symbol,
          openTimes.lowerBound - Self.longest, openTimes.upperBound, openTimes.lowerBound,
        ], scope, database)
      // Of what an earlier tool brought, only the name tells the times; most ledgers have none.
      if try Self.hasAdopted(scope, database) {
        found += try Self.vouchers(
          from: "scopes JOIN files ON files.scope = scopes.id",
          "files.market = ? AND interval = ? AND symbol = ? AND state = 'adopted'",
          [key.market.rawValue, key.archive.interval.rawValue, key.archive.symbol], scope, database)
      }
      return found.filter {
        !($0.entry.key == key && $0.profile == scope.profile) && $0.openTimes.overlaps(openTimes)
      }
    }
  }

  private static func hasAdopted(_ scope: Scope, _ database: Database) throws -> Bool {
    let statement = try database.cachedStatement(
      sql: """
        SELECT EXISTS (SELECT 1 FROM scopes CROSS JOIN files INDEXED BY files_by_state
        ON files.scope = scopes.id AND state = 'adopted' WHERE warehouse = ?)
        """)
    return try Bool.fetchOne(statement, arguments: [scope.warehouse]) ?? false
  }

  private static func vouchers(
    from tables: String, _ condition: String, _ arguments: [any DatabaseValueConvertible], _ scope: Scope,
    _ database: Database
  ) throws -> [Voucher] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT files.*, scopes.profile AS holder FROM \(tables)
        WHERE scopes.warehouse = ? AND \(condition)
        """)
    let rows = try Row.fetchAll(statement, arguments: StatementArguments([scope.warehouse] + arguments))
    return try rows.compactMap { row in
      guard let entry = entry(row) else { return nil }
      let versions = try repeats(of: entry.key, scope: row["scope"], in: database)
      // Where an earlier version sent it and the file is gone since, nothing tells them from real ones.
      let fills = try fills(of: entry, scope: row["scope"], in: database) ?? FilledCandles()
      return Voucher(
        entry: entry, profile: row["holder"], versions: versions.union([entry.version]), fills: fills)
    }
  }

  /// Versions of rows of the file that were sent again because another file had covered them.
  func repeats(of key: LedgerKey, scope: Scope) throws(LedgerFault) -> Set<Int64> {
    try write { database in try Self.repeats(of: key, scope: scope.id, in: database) }
  }

  private static func repeats(of key: LedgerKey, scope: Int64, in database: Database) throws -> Set<Int64> {
    let statement = try database.cachedStatement(
      sql: "SELECT version FROM repeats WHERE scope = ? AND path = ? AND market = ?")
    return Set(try Int64.fetchAll(statement, arguments: [scope, key.path, key.market.rawValue]))
  }

  /// Notes that rows of files are sent once more with versions of their own.
  static func note(
    repeats: [(voucher: Voucher, version: Int64)], warehouse: String, in database: Database
  ) throws {
    for (voucher, version) in repeats {
      try database.execute(
        sql: """
          INSERT OR IGNORE INTO repeats SELECT id, ?, ?, ? FROM scopes WHERE warehouse = ? AND profile = ?
          """,
        arguments: [
          voucher.entry.key.path, voucher.entry.key.market.rawValue, version, warehouse, voucher.profile,
        ])
    }
  }

  /// Forgets the repeated rows of files that are about to be sent whole.
  static func forgetRepeats(of entries: [LedgerEntry], scope: Int64, in database: Database) throws {
    guard try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM repeats)") == true else { return }
    for entry in entries {
      try database.execute(
        sql: "DELETE FROM repeats WHERE scope = ? AND path = ? AND market = ?",
        arguments: [scope, entry.key.path, entry.key.market.rawValue])
    }
  }

  /// Whether another file of the same name, symbol and period has other content.
  func hasDifferingCopy(_ key: LedgerKey, sha256: String, scope: Scope) throws(LedgerFault) -> Bool {
    try write { database in
      try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM files JOIN scopes ON scopes.id = files.scope
          WHERE warehouse = ? AND market = ? AND interval = ? AND symbol = ? AND period = ? AND version > 0
          AND sha256 <> ? AND NOT (files.path = ? AND scopes.profile = ?))
          """,
        arguments: [
          scope.warehouse, key.market.rawValue, key.archive.interval.rawValue, key.archive.symbol,
          key.archive.period.description, sha256, key.path, scope.profile,
        ]) ?? false
    }
  }

  // MARK: Ledgers of earlier versions

  /// Once for each warehouse: files that share open times are to be settled again, because earlier versions let the one
  /// sent last count.
  func settleSharedTimes(scope: Scope) throws(LedgerFault) {
    try write { database in
      guard
        try Bool.fetchOne(
          database, sql: "SELECT EXISTS (SELECT 1 FROM precedence WHERE warehouse = ?)",
          arguments: [scope.warehouse]) != true
      else { return }
      var before: (symbol: String, last: Int64, id: (Int64, String, String))?
      var shared: [(Int64, String, String)] = []
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT files.market || ' ' || interval || ' ' || symbol, first_open, last_open, scope, path, market FROM files
          JOIN scopes ON scopes.id = files.scope
          WHERE warehouse = ? AND first_open IS NOT NULL AND state = 'verified'
          ORDER BY files.market, interval, symbol, first_open
          """, arguments: [scope.warehouse])
      while let row = try cursor.next() {
        let (symbol, first, last): (String, Int64, Int64) = (row[0], row[1], row[2])
        let id: (Int64, String, String) = (row[3], row[4], row[5])
        if let known = before, known.symbol == symbol, first <= known.last { shared += [known.id, id] }
        if let known = before, known.symbol == symbol, known.last >= last { continue }
        before = (symbol, last, id)
      }
      for (scope, path, market) in shared {
        try database.execute(
          sql: "UPDATE files SET state = 'sent' WHERE scope = ? AND path = ? AND market = ?",
          arguments: [scope, path, market])
      }
      try database.execute(sql: "INSERT INTO precedence VALUES (?)", arguments: [scope.warehouse])
    }
  }

  /// Whether the warehouse's files were settled by the present rule.
  func isSettled(scope: Scope) throws(LedgerFault) -> Bool {
    try write { database in
      guard try database.tableExists("precedence") else { return false }
      return try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM precedence WHERE warehouse = ?)",
        arguments: [scope.warehouse]) ?? false
    }
  }
}
