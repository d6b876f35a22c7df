import FoundationEssentials
import Klines
import SQLiteStore
import SluiceCore
import Warehouse

/// What becomes of the files when the warehouse is another one, or the same under another name.
///
/// A file that was ingested once stays known: what a warehouse lacks of them is `intent` with version 0 there, and sent by
/// the next ingest, whether a marker asks for it or not.
extension IngestLedger {
  /// Names warehouses by their keys; earlier versions took a host as it was written.
  static func respell(_ database: Database) throws {
    for name in try String.fetchAll(database, sql: "SELECT DISTINCT warehouse FROM scopes") {
      let key = WarehouseSettings.key(of: name)
      if key != name { try rename(name, to: key, database) }
    }
  }

  /// A name that has files already keeps them.
  private static func rename(_ name: String, to other: String, _ database: Database) throws {
    for table in ["scopes", "precedence", "adoptions"] {
      try database.execute(
        sql: "UPDATE OR IGNORE \(table) SET warehouse = ? WHERE warehouse = ?", arguments: [other, name])
    }
  }

  static func otherSpelling(of key: String, _ profile: String, _ database: Database) throws -> Scope? {
    try Row.fetchAll(
      database, sql: "SELECT id, token, warehouse FROM scopes WHERE profile = ? ORDER BY id", arguments: [profile]
    )
    .map { Scope(id: $0[0], token: $0[1], warehouse: $0[2], profile: profile) }
    .last { WarehouseSettings.key(of: $0.warehouse) == key }
  }

  /// Finds by its token a warehouse that is reached by another name now, and takes the name over for all profiles.
  ///
  /// - Parameter scope: One that nothing was sent to; becomes the one of the earlier name.
  /// - Returns: The earlier name; nil when it is a new warehouse.
  func recognize(token: String?, _ scope: inout Scope) throws(LedgerFault) -> String? {
    guard let token, scope.token == nil else { return nil }
    let new = scope
    let found: (scope: Scope, name: String)? = try write { database in
      guard let name = try Self.earlierName(token, new.warehouse, new.profile, id: new.id, database) else { return nil }
      try database.execute(sql: "DELETE FROM scopes WHERE id = ?", arguments: [new.id])
      try Self.rename(name, to: new.warehouse, database)
      try database.execute(
        sql: "UPDATE OR IGNORE remarks SET name = ? WHERE kind = ? AND name = ?",
        arguments: [new.warehouse, Remark.warehouse.rawValue, name])
      let id = try Int64.fetchOne(
        database, sql: "SELECT id FROM scopes WHERE warehouse = ? AND profile = ?",
        arguments: [new.warehouse, new.profile])
      return id.map { (Scope(id: $0, token: token, warehouse: new.warehouse, profile: new.profile), name) }
    }
    guard let found else { return nil }
    scope = found.scope
    return found.name
  }

  /// The same for one that only looks: the scope of the earlier name.
  ///
  /// - Parameter scope: That of the present name; nil where there is none.
  func earlier(
    token: String, warehouse: String, profile: String, scope: Scope?
  ) throws(LedgerFault) -> Scope? {
    try read { database in
      guard let name = try Self.earlierName(token, warehouse, profile, id: scope?.id ?? -1, database) else {
        return nil
      }
      let id = try Int64.fetchOne(
        database, sql: "SELECT id FROM scopes WHERE warehouse = ? AND profile = ?", arguments: [name, profile])
      return id.map { Scope(id: $0, token: token, warehouse: name, profile: profile) }
    }
  }

  /// The name a warehouse with that token had, where nothing was sent to it by the present one.
  private static func earlierName(
    _ token: String, _ warehouse: String, _ profile: String, id: Int64, _ database: Database
  ) throws -> String? {
    guard
      try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM files WHERE scope = ?)", arguments: [id]) == false
    else { return nil }
    return try String.fetchAll(
      database, sql: "SELECT warehouse FROM scopes WHERE token = ? AND profile = ? AND id <> ? ORDER BY id DESC",
      arguments: [token, profile, id]
    ).first { WarehouseSettings.content(of: $0) == WarehouseSettings.content(of: warehouse) }
  }

  /// Notes the warehouse's token; with another one than before, everything believed to be in it is yet to be sent.
  ///
  /// - Returns: Whether it is another warehouse than before.
  func note(token: String?, of scope: inout Scope) throws(LedgerFault) -> Bool {
    guard let token, token != scope.token else { return false }
    let isAnother = scope.token != nil
    let id = scope.id
    try write { database in
      if isAnother {
        try Self.forgetSending("scope = ?", [id], database)
        for table in ["differences", "repeats", "oddities"] {
          try database.execute(sql: "DELETE FROM \(table) WHERE scope = ?", arguments: [id])
        }
      }
      try database.execute(sql: "UPDATE scopes SET token = ? WHERE id = ?", arguments: [token, id])
    }
    scope.token = token
    return isAnother
  }

  /// Makes files ones that are yet to be sent; what is put aside and was never sent stays so.
  private static func forgetSending(
    _ condition: String, _ arguments: StatementArguments, _ database: Database
  ) throws {
    try database.execute(
      sql: """
        UPDATE files SET state = 'intent', version = 0, dirty_first = NULL, dirty_last = NULL, fault = NULL,
        fault_code = NULL WHERE \(condition) AND (state <> 'quarantined' OR version > 0)
        """, arguments: arguments)
  }

  /// Series of which any profile has sent rows to a warehouse.
  func sentSeries(warehouse: String) throws(LedgerFault) -> Set<KlineSeries> {
    try read { database in
      try Self.series(
        database,
        """
        SELECT EXISTS (SELECT 1 FROM scopes JOIN files ON files.scope = scopes.id
        WHERE warehouse = ? AND files.market = ? AND interval = ? AND version > 0 AND state <> 'intent')
        """, warehouse)
    }
  }

  /// How many of the profile's files have rows in the warehouse.
  func sentFiles(scope: Scope) throws(LedgerFault) -> Int {
    try read { database in
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM files WHERE scope = ? AND version > 0 AND state <> 'intent'",
        arguments: [scope.id]) ?? 0
    }
  }

  /// Series for which a question, asked of each in turn, is answered with yes: the index leads to each at once, where
  /// listing them would read all of it.
  static func series(
    _ database: Database, _ question: String, _ first: any DatabaseValueConvertible
  ) throws -> Set<KlineSeries> {
    let statement = try database.cachedStatement(sql: question)
    var found: Set<KlineSeries> = []
    for market in Market.allCases {
      for interval in KlineInterval.allCases
      where try Bool.fetchOne(statement, arguments: [first, market.rawValue, interval.rawValue]) == true {
        found.insert(KlineSeries(market: market, interval: interval))
      }
    }
    return found
  }

  /// Notes that the tables of these series are gone: what any profile had in them is yet to be sent.
  func note(lost series: Set<KlineSeries>, warehouse: String) throws(LedgerFault) {
    try write { database in
      for one in series {
        let arguments: StatementArguments = [warehouse, one.market.rawValue, one.interval.rawValue]
        let condition = "scope IN (SELECT id FROM scopes WHERE warehouse = ?) AND market = ? AND interval = ?"
        for table in ["differences", "repeats", "oddities"] {
          try database.execute(
            sql: "DELETE FROM \(table) WHERE (scope, path) IN (SELECT scope, path FROM files WHERE \(condition))",
            arguments: arguments)
        }
        try Self.forgetSending(condition, arguments, database)
      }
    }
  }

  /// Takes over what the profile's ingests ever sent to other warehouses, as yet to be sent to this one; once after each
  /// change of the warehouse.
  func takeOver(into scope: Scope, now: Date) throws(LedgerFault) {
    guard try !has(.warehouse, scope.warehouse, profile: scope.profile) else { return }
    let stamp = TextFormat.utc(now)
    try write { database in
      try database.execute(
        sql: """
          INSERT OR IGNORE INTO files SELECT ?, path, market, interval, symbol, period, 'intent', size, modified, sha256,
          rows, refused, duplicates, out_of_order, missing, filled, first_open, last_open, open_times, trades, close_bits,
          volume_bits, 0, NULL, NULL, short_days, NULL, NULL, NULL, NULL, updated_at, changed, content
          FROM files WHERE \(Self.isElsewhere)
          """, arguments: [scope.id, scope.profile, scope.id])
      try database.execute(
        sql: "DELETE FROM remarks WHERE profile = ? AND kind = ?",
        arguments: [scope.profile, Remark.warehouse.rawValue])
      try database.execute(
        sql: "INSERT INTO remarks VALUES (?, ?, ?, ?)",
        arguments: [scope.profile, Remark.warehouse.rawValue, scope.warehouse, stamp])
    }
  }

  private static let isElsewhere = """
    scope IN (SELECT id FROM scopes WHERE profile = ? AND id <> ?) AND (state <> 'quarantined' OR version > 0)
    """

  /// Files that an ingest into this warehouse would take over; for one that only looks.
  ///
  /// - Parameter scope: nil where nothing was ever sent to it.
  func yetToTakeOver(_ warehouse: String, profile: String, into scope: Scope?) throws(LedgerFault) -> [LedgerEntry] {
    guard try !has(.warehouse, warehouse, profile: profile) else { return [] }
    return try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT * FROM files WHERE \(Self.isElsewhere) AND NOT EXISTS (SELECT 1 FROM files AS own
          WHERE own.scope = ? AND own.path = files.path AND own.market = files.market)
          """, arguments: [profile, scope?.id ?? -1, scope?.id ?? -1])
      var found: [LedgerKey: LedgerEntry] = [:]
      while let row = try rows.next() {
        if let entry = Self.entry(row) { found[entry.key] = entry }
      }
      return Array(found.values)
    }
  }

  /// Files that were ingested once and are not in the warehouse, because it is another one.
  func lost(scope: Scope) throws(LedgerFault) -> [LedgerEntry] {
    try entries(in: [.intent], scope: scope).filter { $0.version == 0 }
  }

  /// The paths of other files of the same symbol and period, by profile.
  func copies(of key: LedgerKey, scope: Scope) throws(LedgerFault) -> [(path: String, profile: String)] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT path, profile FROM scopes JOIN files ON files.scope = scopes.id
          WHERE warehouse = ? AND market = ? AND interval = ? AND period = ? AND symbol = ?
          AND NOT (path = ? AND profile = ?)
          """,
        arguments: [
          scope.warehouse, key.market.rawValue, key.archive.interval.rawValue, key.archive.period.description,
          key.archive.symbol, key.path, scope.profile,
        ])
      return rows.map { ($0[0], $0[1]) }
    }
  }
}
