import Foundation
import Klines
import SQLiteStore
import SluiceCore
import TestSupport
import Testing

@testable import Warehouse

/// Tables that were there before: taken when candles can be kept exactly in them, else refused with what would be right.
@Suite(.serialized) struct ForeignTableTests {
  private static let shared = Result { try ClickHouseServer() }
  private static let hourly = KlineSeries(market: .um, interval: .h1)
  private static let columns = ClickHouseTable.columns.map { "`\($0.name)` \($0.type)" }.joined(separator: ", ")

  private func prepare(_ engine: String, columns: String = Self.columns) throws -> WarehouseFault.TableProblem? {
    let server = try Self.shared.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    _ = try server.query("CREATE DATABASE \(database)")
    _ = try server.query("CREATE TABLE \(database).klines_1h (\(columns)) ENGINE = \(engine)")
    defer { _ = try? server.query("DROP DATABASE \(database)") }
    let warehouse = ClickHouseWarehouse(
      ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database))
    _ = try warehouse.connect()
    do throws(WarehouseFault) {
      try warehouse.prepare(Self.hourly)
      return nil
    } catch {
      guard case .wrongTable(_, let problem) = error else { throw error }
      return problem
    }
  }

  @Test("ClickHouse: what a table is sorted by must be a candle's key, and its newest row must win")
  func clickHouse() throws {
    let key = ["market", "symbol", "open_time"]
    #expect(try prepare("ReplacingMergeTree(version) ORDER BY (market, symbol, open_time)") == nil)
    #expect(try prepare("ReplacingMergeTree(version) ORDER BY (symbol, market, `interval`, open_time)") == nil)
    #expect(
      try prepare("ReplacingMergeTree(version) ORDER BY (market, symbol)")
        == .wrongSortingKey(found: ["market", "symbol"], expected: key))
    #expect(
      try prepare("ReplacingMergeTree(version) ORDER BY (symbol, open_time)")
        == .wrongSortingKey(found: ["symbol", "open_time"], expected: key))
    #expect(
      try prepare("ReplacingMergeTree(version) ORDER BY (market, symbol, open_time, close_time)")
        == .wrongSortingKey(found: key + ["close_time"], expected: key))
    #expect(
      try prepare("ReplacingMergeTree(version) ORDER BY (market, symbol, intDiv(open_time, 86400000))")
        == .wrongSortingKey(found: ["market", "symbol", "intDiv(open_time, 86400000)"], expected: key))
    #expect(
      try prepare("ReplacingMergeTree ORDER BY (market, symbol, open_time)") == .wrongVersion(column: nil))
    #expect(
      try prepare("ReplacingMergeTree(close_time) ORDER BY (market, symbol, open_time)")
        == .wrongVersion(column: "close_time"))
    // A column that is computed when a row comes in stands for what it is computed from.
    let computed =
      Self.columns + ", `day` Date DEFAULT toDate(toDateTime(intDiv(open_time, 1000))), `came` Date DEFAULT today(), "
      + "`closed` Date MATERIALIZED toDate(toDateTime(intDiv(close_time, 1000)))"
    let right = [
      "(symbol, toYYYYMM(toDateTime(intDiv(open_time, 1000), 'UTC')))", "toYYYYMM(toDateTime(intDiv(open_time, 1000)))",
      "(market, `interval`)", "toYYYYMM(day)",
    ]
    for parts in right {
      let engine = "ReplacingMergeTree(version) PARTITION BY \(parts) ORDER BY (market, symbol, open_time)"
      #expect(try prepare(engine, columns: computed) == nil, "\(parts)")
    }
    for parts in ["toInt32(open_price / 100)", "version % 7", "toYYYYMM(came)", "toYYYYMM(closed)"] {
      let engine = "ReplacingMergeTree(version) PARTITION BY \(parts) ORDER BY (market, symbol, open_time)"
      let problem = try prepare(engine, columns: computed)
      guard case .wrongPartitionKey = problem else {
        Issue.record("\(parts): \(String(describing: problem))")
        continue
      }
    }
    #expect(try prepare("MergeTree ORDER BY (market, symbol, open_time)") == .wrongEngine("MergeTree"))
    // The older form of these tables, without a market.
    let older = ClickHouseTable.columns.filter { $0.name != "market" }.map { "`\($0.name)` \($0.type)" }
      .joined(separator: ", ")
    #expect(try prepare("ReplacingMergeTree(version) ORDER BY (symbol, open_time)", columns: older) == nil)
    #expect(
      try prepare("ReplacingMergeTree(version) ORDER BY open_time", columns: older)
        == .wrongSortingKey(found: ["open_time"], expected: ["symbol", "open_time"]))
    // Without a version nothing tells which of a candle's rows is the newest; only the older form has none.
    for (columns, key, problem) in [
      (Self.columns, "(market, symbol, open_time)", WarehouseFault.TableProblem.noVersion),
      (older, "(symbol, open_time)", nil),
    ] {
      let without = columns.replacing(", `version` UInt64", with: "")
      #expect(try prepare("ReplacingMergeTree() ORDER BY \(key)", columns: without) == problem)
    }
  }

  @Test("a column of ours that takes no values is refused by its kind")
  func computedColumns() throws {
    let engine = "ReplacingMergeTree(version) ORDER BY (market, symbol, open_time)"
    for (kind, problem) in [
      ("MATERIALIZED open_price", .computed(column: "close_price", how: "MATERIALIZED")),
      ("ALIAS open_price", .computed(column: "close_price", how: "ALIAS")), ("DEFAULT open_price", nil),
    ] as [(String, WarehouseFault.TableProblem?)] {
      let columns = Self.columns.replacing("`close_price` Float64", with: "`close_price` Float64 \(kind)")
      #expect(try prepare(engine, columns: columns) == problem, "\(kind)")
    }
    let ephemeral = ClickHouseTable.columns.map { ($0.name, $0.type, $0.name == "volume" ? "EPHEMERAL" : "", "") }
    #expect(ClickHouseTable.problem(ephemeral) == .computed(column: "volume", how: "EPHEMERAL"))
  }

  @Test("a rule that rows must keep is found in the statement that made a table")
  func constraint() throws {
    for (rule, name) in [
      (", CONSTRAINT dear CHECK close_price > 0", "dear"), (", INDEX i close_price TYPE minmax GRANULARITY 1", nil),
      (" COMMENT 'CONSTRAINT c CHECK (1)'", nil), (", CONSTRAINT `a` ASSUME volume > 0, `x` String", "a"),
    ] as [(String, String?)] {
      let storage = TableStorage(
        engine: "ReplacingMergeTree", full: "ReplacingMergeTree(version) ORDER BY (market, symbol, open_time)",
        sortingKey: "market, symbol, open_time",
        definition: "CREATE TABLE d.t (`symbol` String, `volume` Float64\(rule)) ENGINE = ReplacingMergeTree(version)")
      #expect(storage.constraint == name, "\(rule)")
      let found = ClickHouseTable.columns.map { ($0.name, $0.type, "", "") }
      var told: WarehouseFault?
      do throws(WarehouseFault) {
        _ = try ClickHouseTable(name: "t", found: found, storage: storage)
      } catch {
        told = error
      }
      #expect(told == name.map { .wrongTable(table: "t", problem: .constraint($0)) }, "\(rule)")
    }
  }

  @Test("a column for market or version that cannot hold what is written is refused by name and type")
  func narrowColumns() throws {
    let engine = "ReplacingMergeTree(version) ORDER BY (market, symbol, open_time)"
    for (name, type) in [
      ("version", "UInt32"), ("version", "Int64"), ("version", "DateTime"), ("market", "FixedString(4)"),
      ("market", "Enum8('um' = 1, 'spot' = 2)"), ("market", "Nullable(String)"), ("trades_count", "UInt32"),
      ("symbol", "FixedString(8)"),
    ] {
      let right = ClickHouseTable.columns.first { $0.name == name }?.type ?? ""
      let columns = Self.columns.replacing("`\(name)` \(right)", with: "`\(name)` \(type)")
      let engine = type.hasPrefix("Nullable") ? "ReplacingMergeTree(version) ORDER BY (symbol, open_time)" : engine
      #expect(
        try prepare(engine, columns: columns) == .wrongType(column: name, found: type, expected: right),
        "\(name) \(type)")
    }
  }

  @Test(
    "a rule by which rows go by themselves is found in the statement that made a table",
    arguments: [
      ("ReplacingMergeTree(version) ORDER BY symbol SETTINGS index_granularity = 8192", nil),
      (
        "ReplacingMergeTree(version) ORDER BY symbol TTL toDate(open_time) + toIntervalDay(30) SETTINGS a = 1",
        "rows toDate(open_time) + toIntervalDay(30)"
      ),
      ("ReplacingMergeTree ORDER BY symbol TTL d + toIntervalDay(1) TO DISK 'cold' SETTINGS a = 1", nil),
      ("ReplacingMergeTree ORDER BY symbol TTL d + toIntervalDay(1) RECOMPRESS CODEC(ZSTD(9))", nil),
      (
        "ReplacingMergeTree ORDER BY symbol TTL d + toIntervalDay(1) TO VOLUME 'cold', d + toIntervalDay(9) DELETE WHERE a = 1",
        "rows d + toIntervalDay(9) DELETE WHERE a = 1"
      ),
    ] as [(String, String?)])
  func expiry(engine: String, rule: String?) {
    let columns = "`symbol` String, `note` String TTL d, `volume` Float64"
    for (definition, expected) in [
      (columns, rule), (columns + " DEFAULT 0 TTL d + toIntervalDay(1)", "volume d + toIntervalDay(1)"),
    ] {
      let storage = TableStorage(
        engine: "ReplacingMergeTree", full: engine, sortingKey: "symbol",
        definition: "CREATE TABLE d.t (\(definition)) ENGINE = \(engine)")
      #expect(storage.expiry(of: ["symbol", "volume"]).map { "\($0.column ?? "rows") \($0.rule)" } == expected)
    }
  }

  @Test("a version that none of ours can exceed is refused before anything is sent")
  func greatestVersion() throws {
    let server = try Self.shared.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    let warehouse = ClickHouseWarehouse(
      ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database))
    _ = try warehouse.connect()
    _ = try server.query(
      "CREATE TABLE \(database).klines_1h (\(Self.columns)) ENGINE = ReplacingMergeTree(version) \(ClickHouseTable.layout)"
    )
    _ = try server.query(
      "INSERT INTO \(database).klines_1h (market, symbol, open_time, version) VALUES ('um', 'BTCUSDT', 3600000, 18446744073709551615)"
    )
    try warehouse.prepare(Self.hourly)
    let span = KlineSpan(series: Self.hourly, symbol: "BTCUSDT", openTimes: 0...86_399_999)
    #expect(
      throws: WarehouseFault.wrongTable(table: "klines_1h", problem: .versionTooGreat("18446744073709551615"))
    ) { try warehouse.held(in: [span]) }
  }

  @Test(
    "a server's words for an engine are read, its arguments told apart",
    arguments: [
      ("ReplacingMergeTree(version) PARTITION BY toYYYYMM(d) ORDER BY (a, b)", "ReplacingMergeTree", "version"),
      ("ReplacingMergeTree ORDER BY a SETTINGS index_granularity = 8192", "ReplacingMergeTree", nil),
      (
        "ReplicatedReplacingMergeTree('/t/{shard}/a, b', '{replica}', version) ORDER BY a",
        "ReplicatedReplacingMergeTree", "version"
      ),
      ("ReplicatedReplacingMergeTree('/t', '{replica}') ORDER BY a", "ReplicatedReplacingMergeTree", nil),
      ("SharedReplacingMergeTree(`version`) ORDER BY a", "SharedReplacingMergeTree", "version"),
    ] as [(String, String, String?)])
  func engine(full: String, engine: String, version: String?) {
    let storage = TableStorage(engine: engine, full: full, sortingKey: "market, intDiv(open_time, 2)")
    #expect(storage.versionColumn == version)
    #expect(storage.sortingKey == ["market", "intDiv(open_time, 2)"])
  }

  @Test(
    "columns are told from functions and text in an expression, and one that changes by itself is known",
    arguments: [
      ("toYYYYMM(toDateTime(intDiv(open_time, 1000), 'UTC'))", ["open_time"], false), ("", [], false),
      ("tuple()", [], false), ("(symbol, `open_price` % 7)", ["symbol", "open_price"], false), ("rand()", [], true),
      ("toDate(now())", [], true), ("cityHash64(symbol, 'rand()')", ["symbol"], false), ("today ()", [], true),
    ] as [(String, [String], Bool)])
  func expressions(text: String, columns: [String], isVolatile: Bool) {
    #expect(TableStorage.columns(in: text) == columns)
    #expect(TableStorage.isVolatile(text) == isVolatile)
  }

  @Test(
    "what rows are spread by must be a function of a candle's key",
    arguments: [
      ("cityHash64(symbol)", true), ("intHash64(intDiv(open_time, 86400000))", true), ("rand()", false), ("", true),
      ("cityHash64(symbol, close_price)", false), ("day", true), ("came", false), ("closed", false), ("version", false),
    ] as [(String, Bool)])
  func spreading(expression: String, isRight: Bool) throws {
    let computed = ["day": "toDate(intDiv(open_time, 1000))", "came": "today()", "closed": "toDate(close_time)"]
    let found =
      ClickHouseTable.columns.map { ($0.name, $0.type, "", "") }
      + computed.map { ($0.key, "Date", "DEFAULT", $0.value) }
    let table = try ClickHouseTable(name: "t", found: found, storage: nil)
    let expressions = Dictionary(found.map { ($0.0, $0.3) }, uniquingKeysWith: { $1 })
    #expect(table.followsKey(expression, expressions) == isRight)
  }

  @Test(
    "a server's words for a missing right become the statement that gives it",
    arguments: [
      (
        "sluice: Not enough privileges. To execute this query, it's necessary to have the grant CREATE TABLE ON d.t. (ACCESS_DENIED)",
        "CREATE TABLE ON d.t"
      ),
      (
        "sluice: Not enough privileges. To execute this query, it's necessary to have the grant INSERT(market, symbol) ON d.klines_1h. (ACCESS_DENIED) (version 26.9.2.1)",
        "INSERT(market, symbol) ON d.klines_1h"
      ),
      (
        "sluice: Not enough privileges. To execute this query it's necessary to have grant SELECT(a) ON d.t",
        "SELECT(a) ON d.t"
      ),
      ("Cannot execute query in readonly mode", nil),
    ] as [(String, String?)])
  func grant(message: String, grant: String?) {
    #expect(ClickHouseConnection.grant(in: message) == grant)
  }

  // MARK: SQLite

  private static let liteColumns = """
    market TEXT, symbol TEXT, interval TEXT, open_time INTEGER, close_time INTEGER, open_price REAL, high_price REAL,
    low_price REAL, close_price REAL, volume REAL, quote_volume REAL, trades_count INTEGER, taker_buy_volume REAL,
    taker_buy_quote_volume REAL, version INTEGER
    """

  private func connect(_ table: String) throws -> WarehouseFault.TableProblem? {
    let scratch = try ScratchDirectory()
    let path = scratch.path + "/w.sqlite"
    try DatabaseQueue(path: path).write { try $0.execute(sql: table) }
    let warehouse = SQLiteWarehouse(path: path)
    defer { withExtendedLifetime(scratch) {} }
    do throws(WarehouseFault) {
      _ = try warehouse.connect()
      return nil
    } catch {
      if case .wrongFile(path, let problem) = error {
        #expect(throws: WarehouseFault.wrongFile(path: path, problem: problem)) { try warehouse.look() }
      }
      // What is refused is left as it was.
      #expect(try DatabaseQueue(path: path).read { try $0.tableExists("warehouse") } == false)
      guard case .wrongFile(path, let problem) = error else { throw error }
      return problem
    }
  }

  @Test("SQLite: a table klines without its key, or another one's, is refused with what is wrong")
  func sqlite() throws {
    let key = ["market", "symbol", "interval", "open_time"]
    let columns = Self.liteColumns
    #expect(try connect("CREATE TABLE klines (\(columns), PRIMARY KEY (market, symbol, interval, open_time))") == nil)
    #expect(
      try connect(
        "CREATE TABLE klines (\(columns)); CREATE UNIQUE INDEX k ON klines (open_time, market, symbol, interval)")
        == nil)
    #expect(try connect("CREATE TABLE klines (\(columns))") == (.wrongPrimaryKey(found: [], expected: key)))
    #expect(
      try connect("CREATE TABLE klines (\(columns), PRIMARY KEY (symbol, open_time))")
        == (.wrongPrimaryKey(found: ["symbol", "open_time"], expected: key)))
    #expect(try connect("CREATE TABLE klines (id INTEGER PRIMARY KEY, note TEXT)") == (.missingColumn("market")))
    let texts = columns.replacing("close_price REAL", with: "close_price TEXT")
    #expect(
      try connect("CREATE TABLE klines (\(texts), PRIMARY KEY (market, symbol, interval, open_time))")
        == (.wrongType(column: "close_price", found: "TEXT", expected: "REAL")))
  }

  @Test(
    "SQLite: what would delete, change or keep out candles beside the key is refused by name",
    arguments: [
      ("", "", nil), (", note TEXT, day INTEGER AS (open_time / 86400000)", "", nil),
      (", note TEXT NOT NULL DEFAULT ''", "", nil), ("", "CREATE INDEX i ON klines (symbol)", nil),
      ("", "CREATE UNIQUE INDEX i ON klines (market, symbol, interval, open_time, close_time)", nil),
      ("", "CREATE TABLE other (a); CREATE TRIGGER t AFTER INSERT ON other BEGIN SELECT 1; END", nil),
      (", note TEXT DEFAULT 'CHECK (1)' /* CHECK (2) */", "", nil),
      ("", "CREATE UNIQUE INDEX i ON klines (symbol, close_time)", .otherUnique(columns: ["symbol", "close_time"])),
      ("", "CREATE UNIQUE INDEX i ON klines (abs(volume))", .otherUnique(columns: ["an expression"])),
      ("", "CREATE UNIQUE INDEX i ON klines (volume) WHERE volume > 5", .otherUnique(columns: ["volume"])),
      (", UNIQUE (trades_count)", "", .otherUnique(columns: ["trades_count"])),
      (", CHECK (volume < 5)", "", .constraint("CHECK")), (", note INTEGER check(note > 5)", "", .constraint("CHECK")),
      (", note TEXT NOT NULL", "", .unfillable(column: "note")),
      (", note TEXT NOT NULL DEFAULT NULL", "", .unfillable(column: "note")),
      ("", "CREATE TRIGGER t AFTER INSERT ON klines BEGIN DELETE FROM klines; END", .trigger("t")),
    ] as [(String, String, WarehouseFault.TableProblem?)])
  func sqliteRules(more: String, then: String, problem: WarehouseFault.TableProblem?) throws {
    // A table's rules stand behind its columns.
    let isRule = more.hasPrefix(", UNIQUE") || more.hasPrefix(", CHECK")
    let key = ", PRIMARY KEY (market, symbol, interval, open_time)"
    let columns = Self.liteColumns + (isRule ? key + more : more + key)
    #expect(try connect("CREATE TABLE klines (\(columns)) WITHOUT ROWID; \(then)") == problem)
    #expect(try connect("CREATE TABLE klines (\(columns)); \(then)") == problem)
  }

  @Test("SQLite: a view, a column that is computed, names that are compared loosely, and a key beside the right one")
  func sqliteKinds() throws {
    let columns = Self.liteColumns
    let key = "PRIMARY KEY (market, symbol, interval, open_time)"
    #expect(
      try connect("CREATE TABLE k (\(columns), \(key)); CREATE VIEW klines AS SELECT * FROM k")
        == .noTable(kind: "a view"))
    let computed = columns.replacing("close_price REAL", with: "close_price REAL AS (open_price)")
    #expect(
      try connect("CREATE TABLE klines (\(computed), \(key))") == .computed(column: "close_price", how: "GENERATED"))
    let loose = columns.replacing("symbol TEXT", with: "symbol TEXT COLLATE NOCASE")
    #expect(try connect("CREATE TABLE klines (\(loose), \(key))") == .collation(column: "symbol", "NOCASE"))
    let index = "; CREATE UNIQUE INDEX i ON klines (market, symbol, interval, open_time)"
    #expect(try connect("CREATE TABLE klines (id INTEGER PRIMARY KEY NOT NULL, \(columns))\(index)") == nil)
    let right = ["market", "symbol", "interval", "open_time"]
    let number = columns.replacing("open_time INTEGER", with: "open_time INTEGER PRIMARY KEY")
    #expect(
      try connect("CREATE TABLE klines (\(number))\(index)")
        == .wrongPrimaryKey(found: ["open_time"], expected: right))
    #expect(
      try connect("CREATE TABLE klines (\(columns), PRIMARY KEY (symbol, open_time))\(index)")
        == .wrongPrimaryKey(found: ["symbol", "open_time"], expected: right))
    #expect(
      try connect("CREATE TABLE klines (\(columns))\(index) WHERE volume > 5")
        == .wrongPrimaryKey(found: [], expected: right))
  }
}
