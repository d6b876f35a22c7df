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
    let columns = try Row.fetchAll(database, sql: "PRAGMA table_info(klines)")
    guard !columns.isEmpty else { return nil }
    let types = Dictionary(
      columns.map { ($0["name"] as String, ($0["type"] as String).uppercased()) },
      uniquingKeysWith: { first, _ in first })
    for (names, kind, words) in kinds {
      for name in names {
        guard let type = types[name] else { return .missingColumn(name) }
        guard words.contains(where: type.contains) else {
          return .wrongType(column: name, found: type.isEmpty ? "of no type" : type, expected: kind)
        }
      }
    }
    let primary = columns.filter { $0["pk"] as Int > 0 }.map { $0["name"] as String }
    if Set(primary) == Set(key) { return nil }
    // An index that lets no candle be there twice does what the key would.
    if try database.indexes(on: "klines").contains(where: { $0.isUnique && Set($0.columns) == Set(key) }) { return nil }
    return .wrongPrimaryKey(found: primary, expected: key)
  }
}
