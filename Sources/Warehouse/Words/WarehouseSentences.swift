import SluiceCore

/// Every sentence of this module.
extension WarehouseFault {
  /// What failed, on what and why.
  package var sentence: String {
    switch self {
    case .database(let path, _, let message): "The warehouse \(path) cannot be used: \(message)."
    case .unreachable(let address, let detail): "The warehouse at \(address) cannot be reached: \(detail)."
    case .broken(let address, let detail):
      "The connection to the warehouse at \(address) broke before the answer\(detail.map { ": \($0)" } ?? "")."
    case .notConnected(let identity): "The warehouse \(identity) cannot be used: it was not opened."
    case .noLibrary(let detail):
      "libcurl, which speaks to ClickHouse, cannot be used: \(detail ?? "it has no room for a connection")."
    case .notTrusted(let address, let detail):
      "The certificate of the warehouse at \(address) is not trusted: \(detail)."
    case .loginRefused(let address, let user): "The warehouse at \(address) refuses the login of user \(user)."
    case .server(let address, let code, let status, let message):
      "The warehouse at \(address) answered HTTP \(status)\(code == 0 ? "" : ", error \(code)")"
        + (message.isEmpty ? " without a word." : ": \(message)")
    case .denied(let address, let user, _, let message):
      "The warehouse at \(address) does not let user \(user) do that: \(message)\(message.hasSuffix(".") ? "" : ".")"
    case .badAnswer(let address, .noClickHouse(let words)):
      "What answers at \(address) is no ClickHouse: \(words.isEmpty ? "its page is empty" : "it says \"\(words)\"")."
    case .badAnswer(let address, let problem):
      "The warehouse at \(address) gave an answer that makes no sense: \(problem.clause)."
    case .otherMarket(let table, let holds, let wanted):
      "Table \(table) has no market column and holds the \(holds) market; \(wanted) klines would mix with them."
    case .severalMarkets(let table, let markets):
      "Table \(table) has no market column, and klines of \(markets.joined(separator: " and ")) would mix in it: none of "
        + "them were sent."
    case .wrongTable(let table, let problem): "Table \(table) cannot take klines: \(problem.clause)."
    case .wrongFile(let path, let problem): "Table klines in \(path) cannot take klines: \(problem.clause)."
    case .password(let path, .unreadable): "The password file \(path) cannot be read."
    case .password(let path, .tooOpen(let mode)):
      "The password file \(path) has mode 0\(String(mode, radix: 8)): others can read it."
    case .password(let path, .empty): "The password file \(path) is empty."
    case .differs(let identity, let paths):
      "What \(identity) gives back of \(TextFormat.counted(paths.count, "file")) is not what was sent, first "
        + "\(paths.first ?? "")."
    case .mutationLate(let table, let seconds):
      "Table \(table) has not finished deleting replaced rows after \(seconds) s."
    }
  }

  /// What to do next.
  package var advice: String {
    switch self {
    case .database(_, 13, _): "Make room on the disk, then run the ingest again: it goes on from what is there."
    case .database(_, 5, _), .database(_, 6, _):
      "Another program holds the database: wait for it, then run the ingest again."
    case .database(let path, 11, _), .database(let path, 26, _):
      "Move \(path) aside and run the ingest again: everything is then ingested again."
    case .database, .notConnected: "Check the path and its permissions, then run the ingest again."
    case .unreachable: "Check host and port, and that the server runs; then run the ingest again."
    case .noLibrary: "Install it (apt install libcurl4), then run the ingest again."
    case .notTrusted:
      "Set warehouse.ca_file to the authority's PEM file, or give the server a certificate for this name."
    case .loginRefused: "Check user and password (password_file, or CLICKHOUSE_PASSWORD)."
    case .broken:
      "See that the server runs, then run the ingest again: it repeats only what is not verified. If it stays so, look at "
        + "the proxy before it."
    case .server(_, 0, _, _): "Check host, port and path, and the proxy before the server; then run the ingest again."
    case .badAnswer(_, .noClickHouse):
      "Check host, port and path, and the proxy before the server, which may want a login of its own; then run the ingest "
        + "again."
    case .differs(let identity, _) where identity.hasPrefix("sqlite:"):
      "Run the ingest again: it repeats only what is not verified. If it stays so, check the disk, and the file with PRAGMA "
        + "integrity_check."
    case .server, .badAnswer, .mutationLate, .differs:
      "Look into the server's log, then run the ingest again: it repeats only what is not verified."
    case .denied(_, let user, let grant?, _): "Let an administrator run: GRANT \(grant) TO \(user)"
    case .denied(_, let user, nil, _):
      "Let an administrator give user \(user) that right, or a profile that is not readonly."
    case .otherMarket:
      "Keep the markets apart with warehouse.table: \"klines_{market}_{interval}\": all files are then sent again, to tables "
        + "of those names."
    case .severalMarkets:
      "Move the table aside: sluice then makes one with a market column. Or keep the markets apart with warehouse.table: "
        + "\"klines_{market}_{interval}\"."
    case .wrongTable(_, .versionTooGreat):
      "Delete these rows, or move the table aside: sluice then makes one of its own."
    case .wrongTable(let table, .expires(let column, _)):
      "Let an administrator run: ALTER TABLE \(table) \(column.map { "MODIFY COLUMN \($0) " } ?? "")REMOVE TTL. Or move the "
        + "table aside: sluice then makes one of its own."
    case .wrongFile(_, .versionTooGreat): "Delete these rows, or rename the table: sluice then makes one of its own."
    case .wrongFile(let path, .noTable): "Drop it, or move \(path) aside: sluice then makes a table of its own."
    case .wrongFile(_, .trigger(let name)):
      "DROP TRIGGER \(name), or rename the table (ALTER TABLE klines RENAME TO …): sluice then makes one of its own."
    case .wrongFile(let path, _):
      "Rename the table (ALTER TABLE klines RENAME TO …), or move \(path) aside: sluice then makes one of its own."
    case .wrongTable: "Move the table aside, or name another database: sluice then makes a table of its own."
    case .password(let path, .tooOpen): "chmod 600 \(path)"
    case .password: "Write the password into it, with mode 0600."
    }
  }
}

extension WarehouseFault.AnswerProblem {
  fileprivate var clause: String {
    switch self {
    case .tooLong: "it is longer than it can be"
    case .version(let text): "version \(text)"
    case .noClickHouse(let words): words
    case .notNumbers: "sums that are no numbers"
    }
  }
}

extension WarehouseFault.TableProblem {
  private static let key = "market, symbol and open_time alone"

  fileprivate var clause: String {
    switch self {
    case .missingColumn(let name): "column \(name) is missing"
    case .noTable(let kind): "it is \(kind), not a table"
    case .computed(let column, let how): "column \(column) is \(how), so that what is sent of it is not kept"
    case .unfillable(let column): "column \(column) must have a value and has none by itself"
    case .constraint(let name): "its constraint \(name) may keep candles out"
    case .otherUnique(let columns):
      "(\(columns.joined(separator: ", "))) must be unique in it, so that a candle would delete another one's row; only its "
        + "own key may be"
    case .trigger(let name): "trigger \(name) may change what is sent"
    case .collation(let column, let name):
      "column \(column) is compared by \(name), which takes different names for equal; right would be BINARY"
    case .noVersion:
      "it has no column `version`, so nothing tells the newest of a candle's rows; right would be `version` UInt64 and "
        + "ENGINE = ReplacingMergeTree(version)"
    case .wrongType(let column, let found, let expected): "column \(column) is \(found), expected \(expected)"
    case .wrongEngine(let engine): "its engine \(engine) does not replace rows of the same key"
    case .notDistributed(let engine, let cluster):
      "its engine \(engine) does not spread rows over the cluster \(cluster)"
    case .wrongSortingKey(let found, let expected):
      "it is sorted by (\(found.joined(separator: ", "))), by which merges would delete candles or keep old ones; right "
        + "would be ORDER BY (\(expected.joined(separator: ", ")))"
    case .wrongPartitionKey(let found):
      "it is partitioned by \(found), so that rows of one candle may lie in two partitions, which are never merged; right "
        + "would be a function of \(Self.key)"
    case .wrongShardingKey(let found):
      "its rows go to shards by \(found), so that rows of one candle may lie on two of them; right would be a function of "
        + Self.key
    case .wrongVersion(let column):
      "of one candle's rows it keeps \(column.map { "the one with the greatest \($0)" } ?? "the one inserted last"); "
        + "right would be `version` as the engine's argument"
    case .expires(nil, let rule): "it deletes rows by itself (TTL \(rule))"
    case .expires(let column?, let rule): "its column \(column) loses its values by itself (TTL \(rule))"
    case .wrongPrimaryKey(let found, let expected):
      "its primary key is \(found.isEmpty ? "missing" : "(\(found.joined(separator: ", ")))"), so candles would be doubled "
        + "or lost; right would be PRIMARY KEY (\(expected.joined(separator: ", ")))"
    case .versionTooGreat(let version):
      "it holds rows of version \(version), which would win over everything sent"
    }
  }
}
