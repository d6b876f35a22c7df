import FoundationEssentials
import Glibc
import Klines
import SQLiteStore
import SluiceCore
import Warehouse

/// What is odd about the rows of a few files: how they lie on their grid, and which were put into holes.
extension IngestLedger {
  /// A table of its own, because hardly any file has a row in it.
  ///
  /// A row counts as long as its file was not sent again.
  static let odditiesSchema = """
    CREATE TABLE IF NOT EXISTS oddities (
      scope INTEGER NOT NULL, path TEXT NOT NULL, market TEXT NOT NULL, version INTEGER NOT NULL, fills TEXT NOT NULL,
      off_grid INTEGER NOT NULL, first_off_grid INTEGER, other_length INTEGER NOT NULL, first_other_length INTEGER,
      PRIMARY KEY (scope, path, market)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS files_with_fills ON files (scope) WHERE filled > 0;
    """

  /// Notes what is odd about files that are about to be sent, and forgets what was odd about what they replace.
  static func note(odditiesOf entries: [LedgerEntry], scope: Int64, in database: Database) throws {
    if try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM oddities)") == true {
      for entry in entries {
        try database.execute(
          sql: "DELETE FROM oddities WHERE scope = ? AND path = ? AND market = ?",
          arguments: [scope, entry.key.path, entry.key.market.rawValue])
      }
    }
    for entry in entries {
      let (fills, grid) = (entry.report.fills, entry.report.grid)
      guard !fills.isEmpty || grid.offGrid > 0 || grid.otherLength > 0 else { continue }
      try database.execute(
        sql: "INSERT INTO oddities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          scope, entry.key.path, entry.key.market.rawValue, entry.version, fills.text, grid.offGrid,
          grid.firstOffGrid, grid.otherLength, grid.firstOtherLength,
        ])
    }
  }

  /// Which candles of a file's last sending were put into its holes; nil when there are some and an earlier version, which
  /// did not note where, sent it.
  func fills(of entry: LedgerEntry, scope: Scope) throws(LedgerFault) -> FilledCandles? {
    try write { database in try Self.fills(of: entry, scope: scope.id, in: database) }
  }

  static func fills(of entry: LedgerEntry, scope: Int64, in database: Database) throws -> FilledCandles? {
    guard entry.report.filled > 0 else { return FilledCandles() }
    let statement = try database.cachedStatement(
      sql: "SELECT fills FROM oddities WHERE scope = ? AND path = ? AND market = ? AND version = ?")
    let text = try String.fetchOne(
      statement, arguments: [scope, entry.key.path, entry.key.market.rawValue, entry.version])
    return text.flatMap(FilledCandles.init(text:))
  }

  /// Verified files with filled candles of which it is not known where they are.
  func filesWithUnknownFills(scope: Scope) throws(LedgerFault) -> [LedgerEntry] {
    try write { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM files WHERE scope = ? AND filled > 0 AND state = 'verified' AND NOT EXISTS (SELECT 1
          FROM oddities WHERE oddities.scope = files.scope AND oddities.path = files.path
          AND oddities.market = files.market AND oddities.version = files.version)
          """, arguments: [scope.id])
      return rows.compactMap { Self.entry($0) }
    }
  }

  /// What is odd about the candles of verified files, by path and market.
  ///
  /// Empty from a ledger of an earlier version that is only read.
  func grids(scope: Scope) throws(LedgerFault) -> [OddFile: GridReport] {
    try write { database in
      guard try database.tableExists("oddities") else { return [:] }
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT path, market, off_grid, first_off_grid, other_length, first_other_length
          FROM oddities JOIN files USING (scope, path, market, version)
          WHERE scope = ? AND state = 'verified' AND (off_grid > 0 OR other_length > 0)
          """, arguments: [scope.id])
      return Dictionary(
        rows.map { (OddFile(path: $0[0], market: $0[1]), GridReport($0)) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// A file as one market.
  struct OddFile: Hashable {
    var path: String
    /// As the ledger writes it.
    var market: String
  }
}

extension GridReport {
  /// - Parameter row: As `grids` asks for it.
  fileprivate init(_ row: Row) {
    self.init()
    (offGrid, firstOffGrid, otherLength, firstOtherLength) = (row[2], row[3], row[4], row[5])
  }
}
