import Testing
import Warehouse

@Suite("The sentences about a warehouse")
struct WarehouseSentencesTests {
  private static let again =
    "Look into the server's log, then run the ingest again: it repeats only what is not verified."
  private static let path = "Check the path and its permissions, then run the ingest again."
  private static let table = "Move the table aside, or name another database: sluice then makes a table of its own."
  private static let file =
    "Rename the table (ALTER TABLE klines RENAME TO …), or move /w aside: sluice then makes one of its own."
  private static let lite =
    "Run the ingest again: it repeats only what is not verified. If it stays so, check the disk, and the file with PRAGMA "
    + "integrity_check."
  private static let page =
    "Check host, port and path, and the proxy before the server, which may want a login of its own; then run the ingest "
    + "again."
  private static let broken =
    "See that the server runs, then run the ingest again: it repeats only what is not verified. If it stays so, look at the "
    + "proxy before it."

  @Test(
    "are these",
    arguments: [
      (
        .broken(address: "http://h:1", detail: nil),
        "The connection to the warehouse at http://h:1 broke before the answer.",
        broken
      ),
      (
        .broken(address: "http://h:1", detail: "Failure when receiving data from the peer"),
        "The connection to the warehouse at http://h:1 broke before the answer: Failure when receiving data from the peer.",
        broken
      ),
      (
        .badAnswer(address: "http://h:1/p", problem: .noClickHouse("Please log in")),
        "What answers at http://h:1/p is no ClickHouse: it says \"Please log in\".", page
      ),
      (
        .badAnswer(address: "http://h:1", problem: .noClickHouse("")),
        "What answers at http://h:1 is no ClickHouse: its page is empty.", page
      ),
      (
        .wrongFile(path: "/w", problem: .noTable(kind: "a view")),
        "Table klines in /w cannot take klines: it is a view, not a table.",
        "Drop it, or move /w aside: sluice then makes a table of its own."
      ),
      (
        .wrongFile(path: "/w", problem: .trigger("t")),
        "Table klines in /w cannot take klines: trigger t may change what is sent.",
        "DROP TRIGGER t, or rename the table (ALTER TABLE klines RENAME TO …): sluice then makes one of its own."
      ),
      (
        .wrongFile(path: "/w", problem: .versionTooGreat("9")),
        "Table klines in /w cannot take klines: it holds rows of version 9, which would win over everything sent.",
        "Delete these rows, or rename the table: sluice then makes one of its own."
      ),
      (
        .wrongFile(path: "/w", problem: .otherUnique(columns: ["a", "b"])),
        "Table klines in /w cannot take klines: (a, b) must be unique in it, so that a candle would delete another one's "
          + "row; only its own key may be.", file
      ),
      (
        .wrongFile(path: "/w", problem: .unfillable(column: "note")),
        "Table klines in /w cannot take klines: column note must have a value and has none by itself.", file
      ),
      (
        .wrongFile(path: "/w", problem: .constraint("CHECK")),
        "Table klines in /w cannot take klines: its constraint CHECK may keep candles out.", file
      ),
      (
        .wrongFile(path: "/w", problem: .collation(column: "symbol", "NOCASE")),
        "Table klines in /w cannot take klines: column symbol is compared by NOCASE, which takes different names for "
          + "equal; right would be BINARY.", file
      ),
      (
        .wrongTable(table: "t", problem: .computed(column: "volume", how: "ALIAS")),
        "Table t cannot take klines: column volume is ALIAS, so that what is sent of it is not kept.", table
      ),
      (
        .wrongTable(table: "t", problem: .noVersion),
        "Table t cannot take klines: it has no column `version`, so nothing tells the newest of a candle's rows; right "
          + "would be `version` UInt64 and ENGINE = ReplacingMergeTree(version).", table
      ),
      (
        .database(path: "/w", code: 13, message: "database or disk is full"),
        "The warehouse /w cannot be used: database or disk is full.",
        "Make room on the disk, then run the ingest again: it goes on from what is there."
      ),
      (
        .database(path: "/w", code: 5, message: "database is locked"),
        "The warehouse /w cannot be used: database is locked.",
        "Another program holds the database: wait for it, then run the ingest again."
      ),
      (
        .database(path: "/w", code: 6, message: "table is locked"), "The warehouse /w cannot be used: table is locked.",
        "Another program holds the database: wait for it, then run the ingest again."
      ),
      (
        .database(path: "/w", code: 11, message: "malformed"), "The warehouse /w cannot be used: malformed.",
        "Move /w aside and run the ingest again: everything is then ingested again."
      ),
      (
        .database(path: "/w", code: 26, message: "file is not a database"),
        "The warehouse /w cannot be used: file is not a database.",
        "Move /w aside and run the ingest again: everything is then ingested again."
      ),
      (
        .database(path: "/w", code: 14, message: "unable to open database file"),
        "The warehouse /w cannot be used: unable to open database file.", path
      ),
      (
        .denied(address: "http://h:1", user: "u", grant: "ALTER DELETE ON d.t", message: "no rights"),
        "The warehouse at http://h:1 does not let user u do that: no rights.",
        "Let an administrator run: GRANT ALTER DELETE ON d.t TO u"
      ),
      (
        .denied(address: "http://h:1", user: "u", grant: nil, message: "readonly mode."),
        "The warehouse at http://h:1 does not let user u do that: readonly mode.",
        "Let an administrator give user u that right, or a profile that is not readonly."
      ),
      (
        .wrongTable(table: "t", problem: .wrongSortingKey(found: ["a"], expected: ["a", "b"])),
        "Table t cannot take klines: it is sorted by (a), by which merges would delete candles or keep old ones; right "
          + "would be ORDER BY (a, b).", table
      ),
      (
        .wrongTable(table: "t", problem: .wrongPartitionKey("version % 7")),
        "Table t cannot take klines: it is partitioned by version % 7, so that rows of one candle may lie in two partitions, which are never merged; right would be a function of market, symbol and open_time alone.",
        table
      ),
      (
        .wrongTable(table: "t", problem: .wrongShardingKey("rand()")),
        "Table t cannot take klines: its rows go to shards by rand(), so that rows of one candle may lie on two of them; "
          + "right would be a function of market, symbol and open_time alone.", table
      ),
      (
        .wrongTable(table: "t", problem: .wrongVersion(column: nil)),
        "Table t cannot take klines: of one candle's rows it keeps the one inserted last; right would be `version` as "
          + "the engine's argument.", table
      ),
      (
        .wrongTable(table: "t", problem: .wrongPrimaryKey(found: [], expected: ["a", "b"])),
        "Table t cannot take klines: its primary key is missing, so candles would be doubled or lost; right would be "
          + "PRIMARY KEY (a, b).", table
      ),
      (
        .wrongTable(table: "t", problem: .wrongType(column: "version", found: "UInt32", expected: "UInt64")),
        "Table t cannot take klines: column version is UInt32, expected UInt64.", table
      ),
      (
        .wrongTable(table: "t", problem: .expires(column: nil, "d + toIntervalDay(30)")),
        "Table t cannot take klines: it deletes rows by itself (TTL d + toIntervalDay(30)).",
        "Let an administrator run: ALTER TABLE t REMOVE TTL. Or move the table aside: sluice then makes one of its own."
      ),
      (
        .wrongTable(table: "t", problem: .expires(column: "volume", "d")),
        "Table t cannot take klines: its column volume loses its values by itself (TTL d).",
        "Let an administrator run: ALTER TABLE t MODIFY COLUMN volume REMOVE TTL. Or move the table aside: sluice then "
          + "makes one of its own."
      ),
      (
        .wrongTable(table: "t", problem: .versionTooGreat("18446744073709551615")),
        "Table t cannot take klines: it holds rows of version 18446744073709551615, which would win over everything "
          + "sent.", "Delete these rows, or move the table aside: sluice then makes one of its own."
      ),
      (.notConnected(identity: "sqlite:/w"), "The warehouse sqlite:/w cannot be used: it was not opened.", path),
      (
        .unreachable(address: "http://h:1", detail: "Couldn't connect to server"),
        "The warehouse at http://h:1 cannot be reached: Couldn't connect to server.",
        "Check host and port, and that the server runs; then run the ingest again."
      ),
      (
        .noLibrary(detail: "libcurl.so.4: cannot open shared object file"),
        "libcurl, which speaks to ClickHouse, cannot be used: libcurl.so.4: cannot open shared object file.",
        "Install it (apt install libcurl4), then run the ingest again."
      ),
      (
        .noLibrary(detail: nil),
        "libcurl, which speaks to ClickHouse, cannot be used: it has no room for a connection.",
        "Install it (apt install libcurl4), then run the ingest again."
      ),
      (
        .notTrusted(address: "https://h:1", detail: "self-signed certificate"),
        "The certificate of the warehouse at https://h:1 is not trusted: self-signed certificate.",
        "Set warehouse.ca_file to the authority's PEM file, or give the server a certificate for this name."
      ),
      (
        .loginRefused(address: "http://h:1", user: "ingest"),
        "The warehouse at http://h:1 refuses the login of user ingest.",
        "Check user and password (password_file, or CLICKHOUSE_PASSWORD)."
      ),
      (
        .server(address: "http://h:1", code: 0, status: 502, message: ""),
        "The warehouse at http://h:1 answered HTTP 502 without a word.",
        "Check host, port and path, and the proxy before the server; then run the ingest again."
      ),
      (
        .server(address: "http://h:1", code: 241, status: 500, message: "Memory limit exceeded."),
        "The warehouse at http://h:1 answered HTTP 500, error 241: Memory limit exceeded.", again
      ),
      (
        .badAnswer(address: "http://h:1", problem: .tooLong),
        "The warehouse at http://h:1 gave an answer that makes no sense: it is longer than it can be.", again
      ),
      (
        .badAnswer(address: "http://h:1", problem: .version("1.1")),
        "The warehouse at http://h:1 gave an answer that makes no sense: version 1.1.", again
      ),
      (
        .badAnswer(address: "http://h:1", problem: .notNumbers),
        "The warehouse at http://h:1 gave an answer that makes no sense: sums that are no numbers.", again
      ),
      (
        .otherMarket(table: "klines_1m", holds: "spot", wanted: "um"),
        "Table klines_1m has no market column and holds the spot market; um klines would mix with them.",
        "Keep the markets apart with warehouse.table: \"klines_{market}_{interval}\": all files are then sent again, to "
          + "tables of those names."
      ),
      (
        .severalMarkets(table: "t", markets: ["spot", "um"]),
        "Table t has no market column, and klines of spot and um would mix in it: none of them were sent.",
        "Move the table aside: sluice then makes one with a market column. Or keep the markets apart with "
          + "warehouse.table: \"klines_{market}_{interval}\"."
      ),
      (
        .wrongTable(table: "klines_1m", problem: .missingColumn("volume")),
        "Table klines_1m cannot take klines: column volume is missing.", table
      ),
      (
        .wrongTable(table: "klines_1m", problem: .wrongType(column: "volume", found: "Float32", expected: "Float64")),
        "Table klines_1m cannot take klines: column volume is Float32, expected Float64.", table
      ),
      (
        .wrongTable(table: "klines_1m", problem: .wrongEngine("Log")),
        "Table klines_1m cannot take klines: its engine Log does not replace rows of the same key.", table
      ),
      (
        .wrongTable(table: "klines_1m", problem: .notDistributed(engine: "Log", cluster: "two")),
        "Table klines_1m cannot take klines: its engine Log does not spread rows over the cluster two.", table
      ),
      (
        .password(path: "/p", problem: .unreadable(errno: 2)), "The password file /p cannot be read.",
        "Write the password into it, with mode 0600."
      ),
      (
        .password(path: "/p", problem: .tooOpen(mode: 0o644)),
        "The password file /p has mode 0644: others can read it.", "chmod 600 /p"
      ),
      (
        .password(path: "/p", problem: .empty), "The password file /p is empty.",
        "Write the password into it, with mode 0600."
      ),
      (
        .mutationLate(table: "klines_1m", seconds: 600),
        "Table klines_1m has not finished deleting replaced rows after 600 s.", again
      ),
      (
        .differs(identity: "sqlite:/w", paths: ["A.zip"]),
        "What sqlite:/w gives back of 1 file is not what was sent, first A.zip.", lite
      ),
      (
        .differs(identity: "clickhouse:h:1/d", paths: ["A.zip", "B.zip"]),
        "What clickhouse:h:1/d gives back of 2 files is not what was sent, first A.zip.", again
      ),
    ] as [(WarehouseFault, String, String)])
  func sentence(_ fault: WarehouseFault, _ sentence: String, _ advice: String) {
    #expect(fault.sentence == sentence)
    #expect(fault.advice == advice)
  }
}
