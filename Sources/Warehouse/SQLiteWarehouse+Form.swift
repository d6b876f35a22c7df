import SQLiteStore

extension SQLiteWarehouse {
  private static let key = ["market", "symbol", "interval", "open_time"]
  /// The columns by what they hold, and words of which a type has one when SQLite keeps that in it as it is.
  private static let kinds: [(columns: [String], kind: String, words: [String])] = [
    (["market", "symbol", "interval"], "TEXT", ["CHAR", "TEXT", "CLOB"]),
    (["open_time", "close_time", "trades_count", "version"], "INTEGER", ["INT"]),
    (
      [
        "open_price", "high_price", "low_price", "close_price", "volume", "quote_volume", "taker_buy_volume",
        "taker_buy_quote_volume",
      ], "REAL", ["REAL", "FLOA", "DOUB"]
    ),
  ]

  /// What keeps a table `klines` that is there from holding candles exactly; nil when nothing does, or it is not there.
  static func problemOfTable(_ database: Database) throws -> WarehouseFault.TableProblem? {
    let known = try Row.fetchOne(
      database,
      sql:
        "SELECT type, coalesce(sql, '') FROM sqlite_master WHERE type IN ('table', 'view') AND lower(name) = 'klines'")
    guard let known else { return nil }
    let definition = bare(known[1])
    if known[0] as String == "view" { return .noTable(kind: "a view") }
    if definition.hasPrefix("CREATE VIRTUAL") { return .noTable(kind: "a virtual table") }
    let columns = try Row.fetchAll(
      database, sql: "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo('klines')")
    if let found = problem(ofColumns: columns) ?? problem(ofRules: definition) { return found }
    if let found = try problemOfKeys(database, columns) { return found }
    return try problemOfTriggers(database)
  }

  private static func problem(ofColumns columns: [Row]) -> WarehouseFault.TableProblem? {
    let known = Dictionary(columns.map { ($0["name"] as String, $0) }, uniquingKeysWith: { first, _ in first })
    for (names, kind, words) in kinds {
      for name in names {
        guard let column = known[name] else { return .missingColumn(name) }
        if column["hidden"] as Int > 1 { return .computed(column: name, how: "GENERATED") }
        let type = (column["type"] as String).uppercased()
        guard words.contains(where: type.contains) else {
          return .wrongType(column: name, found: type.isEmpty ? "of no type" : type, expected: kind)
        }
      }
    }
    let ours = Set(kinds.flatMap(\.columns))
    let isRowNumber = columns.filter { $0["pk"] as Int > 0 }.count == 1
    for column in columns where !ours.contains(column["name"] as String) {
      // The row's number gives itself a value.
      let isNumber = isRowNumber && column["pk"] as Int > 0 && (column["type"] as String).uppercased() == "INTEGER"
      let isEmpty = (column["dflt_value"] as String?).map { $0.uppercased() == "NULL" } ?? true
      if column["notnull"] as Bool, isEmpty || column["hidden"] as Int > 1, !isNumber {
        return .unfillable(column: column["name"])
      }
    }
    return nil
  }

  private static func problem(ofRules definition: String) -> WarehouseFault.TableProblem? {
    definition.contains(#/\bCHECK\s*\(/#) ? .constraint("CHECK") : nil
  }

  /// The key, or an index that does what it would, must be there; and nothing else may be unique.
  private static func problemOfKeys(_ database: Database, _ columns: [Row]) throws -> WarehouseFault.TableProblem? {
    let primary = columns.filter { $0["pk"] as Int > 0 }.sorted { ($0["pk"] as Int) < ($1["pk"] as Int) }
      .map { $0["name"] as String }
    let ours = Set(kinds.flatMap(\.columns))
    // The row's number has no index of its own.
    if primary.count == 1, ours.contains(primary[0]) { return .wrongPrimaryKey(found: primary, expected: key) }
    var hasKey = false
    let indexes = try Row.fetchAll(
      database, sql: "SELECT name, partial FROM pragma_index_list('klines') WHERE \"unique\" ORDER BY seq DESC")
    for index in indexes {
      let parts = try Row.fetchAll(
        database,
        sql: "SELECT coalesce(name, 'an expression'), coll FROM pragma_index_xinfo(?) WHERE \"key\" ORDER BY seqno",
        arguments: [index[0] as String])
      let names = parts.map { $0[0] as String }
      guard Set(names).isSuperset(of: key) else {
        return names == primary ? .wrongPrimaryKey(found: primary, expected: key) : .otherUnique(columns: names)
      }
      for part in parts where (part[1] as String).uppercased() != "BINARY" {
        return .collation(column: part[0], part[1])
      }
      if Set(names) == Set(key), index[1] as Bool == false { hasKey = true }
    }
    return hasKey ? nil : .wrongPrimaryKey(found: primary, expected: key)
  }

  private static func problemOfTriggers(_ database: Database) throws -> WarehouseFault.TableProblem? {
    try String.fetchOne(
      database,
      sql: "SELECT name FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = 'klines' ORDER BY name"
    ).map { WarehouseFault.TableProblem.trigger($0) }
  }

  /// A statement in capitals without its names in quotes, texts and comments.
  private static func bare(_ statement: String) -> String {
    statement.replacing(#/'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\//#, with: " ").uppercased()
  }
}
