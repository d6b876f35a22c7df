import FoundationEssentials
import Glibc
import SQLiteStore
import SluiceCore

/// What the ledger remembers beside its files: what was told once, and what a verification found.
extension IngestLedger {
  static let remarksSchema = """
    CREATE TABLE IF NOT EXISTS remarks (
      profile TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, told_at TEXT NOT NULL,
      PRIMARY KEY (profile, kind, name)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS differences (
      scope INTEGER NOT NULL, path TEXT NOT NULL, found_at TEXT NOT NULL, PRIMARY KEY (scope, path)) WITHOUT ROWID;
    """

  /// What is told once, and not by every run.
  enum Remark: String {
    case invalidMarker = "invalid-marker"
    case sharedTable = "shared-table"
    /// A marker of which the last ingest that looked found no file.
    case markerWithoutFiles = "marker-no-files"
    case otherLake = "other-lake"
    /// The warehouse of the last ingest.
    case warehouse
    /// A warehouse whose last ingest filled holes.
    case fillsGaps = "fills-gaps"
  }

  /// Which of these names were never told before; they are noted as told.
  ///
  /// - Returns: All of them from a ledger that is only read.
  func untold(_ names: [String], _ kind: Remark, profile: String, now: Date) throws(LedgerFault) -> [String] {
    guard !names.isEmpty, !isReadOnly else { return names }
    let stamp = TextFormat.utc(now)
    return try write { database in
      try names.filter { name in
        try database.execute(
          sql: "INSERT OR IGNORE INTO remarks VALUES (?, ?, ?, ?)", arguments: [profile, kind.rawValue, name, stamp])
        return database.changesCount > 0
      }
    }
  }

  /// Whether something was noted under a name.
  func has(_ kind: Remark, _ name: String, profile: String) throws(LedgerFault) -> Bool {
    try read { database in
      // A ledger of an earlier version that is only read has no such table.
      guard try database.tableExists("remarks") else { return false }
      return try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM remarks WHERE profile = ? AND kind = ? AND name = ?)",
        arguments: [profile, kind.rawValue, name]) ?? false
    }
  }

  /// Markers of which the last ingest that looked found no file, sorted.
  func markersWithoutFiles(profile: String) throws(LedgerFault) -> [String] {
    try write { database in
      // A ledger of an earlier version that is only read has no such table.
      guard try database.tableExists("remarks") else { return [] }
      return try String.fetchAll(
        database, sql: "SELECT name FROM remarks WHERE profile = ? AND kind = ? ORDER BY name",
        arguments: [profile, Remark.markerWithoutFiles.rawValue])
    }
  }

  /// Notes which of the markers that were looked at have no file.
  func note(markersWithoutFiles names: [String], of looked: [String], profile: String, now: Date) throws(LedgerFault) {
    guard !isReadOnly else { return }
    let known = try markersWithoutFiles(profile: profile)
    let passed = Set(looked).subtracting(names).intersection(known)
    guard !passed.isEmpty || !Set(names).isSubset(of: known) else { return }
    try write { database in
      for name in passed {
        try database.execute(
          sql: "DELETE FROM remarks WHERE profile = ? AND kind = ? AND name = ?",
          arguments: [profile, Remark.markerWithoutFiles.rawValue, name])
      }
    }
    _ = try untold(names, .markerWithoutFiles, profile: profile, now: now)
  }

  /// Symbols that have files of several markets in one interval, as `BTCUSDT 1h`, sorted.
  func symbolsOfSeveralMarkets(scope: Scope) throws(LedgerFault) -> [String] {
    try write { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT symbol || ' ' || interval FROM files WHERE scope = ? AND state IN ('sent', 'verified', 'adopted')
          GROUP BY symbol, interval HAVING count(DISTINCT market) > 1 ORDER BY symbol, interval
          """, arguments: [scope.id])
    }
  }

  /// Notes which files the warehouse does not hold as they were sent.
  ///
  /// - Parameters:
  ///   - equal: Files that were compared and do not differ: what was noted of them is forgotten.
  ///   - undecided: Files that could not be compared: what was noted of them stays.
  ///   - isComplete: Whether all files were compared: whatever was noted before is then forgotten.
  func note(
    differences paths: [String], equal: [String], undecided: [String], isComplete: Bool, scope: Scope, now: Date
  ) throws(LedgerFault) {
    let stamp = TextFormat.utc(now)
    let known = isComplete && !undecided.isEmpty ? Set(try differences(scope: scope).map(\.path)) : []
    try write { database in
      if isComplete { try database.execute(sql: "DELETE FROM differences WHERE scope = ?", arguments: [scope.id]) }
      try Self.forgetDifferences(equal, scope: scope, in: database)
      for path in paths + undecided.filter(known.contains) {
        try database.execute(
          sql: "INSERT OR REPLACE INTO differences VALUES (?, ?, ?)", arguments: [scope.id, path, stamp])
      }
    }
  }

  /// Forgets what differed of files that were sent again and read back: that mends it.
  static func forgetDifferences(_ paths: [String], scope: Scope, in database: Database) throws {
    guard !paths.isEmpty, try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM differences)") == true else {
      return
    }
    let statement = try database.cachedStatement(sql: "DELETE FROM differences WHERE scope = ? AND path = ?")
    for path in paths {
      try statement.execute([scope.id, path])
    }
  }

  /// Files that differed at the last verification, and when it was; sorted.
  func differences(scope: Scope) throws(LedgerFault) -> [(path: String, foundAt: String)] {
    try write { database in
      // A ledger of an earlier version that is only read has no such table.
      guard try database.tableExists("differences") else { return [] }
      let rows = try Row.fetchAll(
        database, sql: "SELECT path, found_at FROM differences WHERE scope = ? ORDER BY path", arguments: [scope.id])
      return rows.map { ($0[0], $0[1]) }
    }
  }
}
