import CSQLite
import FoundationEssentials
import Glibc
package import Klines
import LakeFiles
import SQLiteStore
import SluiceCore

/// Klines in one SQLite file: table `klines`, a batch in one transaction.
///
/// A batch is put in on a thread of its own, while the one before is read back over another connection. Every commit is
/// synced: the ledger, another file, calls rows verified once they are committed, and power may fail right then.
package final class SQLiteWarehouse: KlineWarehouse {
  /// `sqlite:` and the file's path.
  package let identity: String
  /// Rows that make one transaction worth its sync to the disk.
  package let batchRows = 100_000
  /// A transaction arrives whole, whatever intervals and months are in it.
  package let wantsUniformBatches = false
  let path: String
  private var opened: Connections?
  private let thread = SendingThread()

  /// One that writes, on whatever thread, and one that sees what is committed while that goes on.
  private struct Connections {
    var writing: DatabaseQueue
    var reading: DatabaseQueue
  }

  /// A warehouse in that file, which is made with its directory when it is not there.
  package init(path: String) {
    self.path = path
    identity = "sqlite:\(path)"
  }

  /// Opens the file, makes it and its tables when they are missing, and reads its token.
  ///
  /// - Returns: The random word its table was born with.
  /// - Throws: `WarehouseFault.database` when the directory or the file cannot be made, opened or written.
  package func connect() throws(WarehouseFault) -> String? {
    try Self.perform(path) {
      var options = DatabaseOptions()
      options.busyTimeout = 30
      // Only a file that is made now gets pages of that size, and with them fewer writes; one that is there keeps its own.
      // The write-ahead log may hold one batch; without a limit it would keep its largest size for ever.
      options.preparation = [
        "PRAGMA page_size = 16384", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
        "PRAGMA journal_size_limit = 16777216",
      ]
      try AtomicFile.createDirectory(AtomicFile.split(path).directory)
      let queue = try DatabaseQueue(path: path, options: options)
      // Before anything is made in a file that may be somebody else's.
      if let problem = try queue.read(Self.problemOfTable) {
        throw WarehouseFault.wrongFile(path: path, problem: problem)
      }
      let token = try queue.write(Self.createTables)
      var reading = DatabaseOptions()
      reading.busyTimeout = options.busyTimeout
      opened = Connections(writing: queue, reading: try DatabaseQueue(path: path, options: reading))
      return token
    }
  }

  /// Opens the file to read only, and says what it is.
  ///
  /// - Throws: `WarehouseFault.database` when it cannot be read; `.wrongFile` when its table does not fit.
  package func look() throws(WarehouseFault) -> WarehouseSight {
    try Self.perform(path) {
      guard access(path, F_OK) == 0 else { return .new }
      var options = DatabaseOptions()
      options.isReadOnly = true
      return try DatabaseQueue(path: path, options: options).read { database in
        if let problem = try Self.problemOfTable(database) {
          throw WarehouseFault.wrongFile(path: path, problem: problem)
        }
        guard try database.tableExists("klines"), try database.tableExists("warehouse"),
          let token = try String.fetchOne(database, sql: "SELECT token FROM warehouse")
        else { return .new }
        return .token(token)
      }
    }
  }

  /// Makes the tables when they are missing, and gives the random token that `klines` was born with.
  private static func createTables(_ database: Database) throws -> String? {
    // The token is the table's: where that is gone, with all its rows, the file is another warehouse.
    let isAnother = try !database.tableExists("klines")
    if isAnother, try database.tableExists("warehouse") { try database.execute(sql: "DELETE FROM warehouse") }
    try database.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS klines (
          market TEXT NOT NULL, symbol TEXT NOT NULL, interval TEXT NOT NULL, open_time INTEGER NOT NULL,
          close_time INTEGER NOT NULL, open_price REAL NOT NULL, high_price REAL NOT NULL, low_price REAL NOT NULL,
          close_price REAL NOT NULL, volume REAL NOT NULL, quote_volume REAL NOT NULL, trades_count INTEGER NOT NULL,
          taker_buy_volume REAL NOT NULL, taker_buy_quote_volume REAL NOT NULL, version INTEGER NOT NULL,
          PRIMARY KEY (market, symbol, interval, open_time)
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS warehouse (token TEXT NOT NULL);
        INSERT INTO warehouse SELECT lower(hex(randomblob(16))) WHERE NOT EXISTS (SELECT 1 FROM warehouse);
        """)
    return try String.fetchOne(database, sql: "SELECT token FROM warehouse")
  }

  /// Does nothing: one table holds every series, and `connect` made it.
  ///
  /// - Throws: Never.
  package func prepare(_ series: KlineSeries) throws(WarehouseFault) {}

  /// Begins to put a batch's rows in, in one transaction that also deletes what earlier versions left.
  ///
  /// - Important: Deletes the rows named by the segments' `replaces`.
  ///
  /// - Throws: `WarehouseFault.notConnected` before `connect`; what fails of the transaction `finishSending` throws, and
  ///   then nothing of the batch is in.
  package func startSending(_ batch: KlineBatch, whenIn: @escaping @Sendable () -> Void) throws(WarehouseFault) {
    guard let queue = opened?.writing else { throw .notConnected(identity: identity) }
    thread.start(
      { [path] () throws(WarehouseFault) in
        try Self.perform(path) {
          try queue.write { database in
            try Self.deleteReplaced(batch, database)
            let statements = try KlineStatements(database)
            for segment in batch.segments { try statements.insert(segment, batch.columns) }
          }
        }
      }, whenIn: whenIn)
  }

  /// Waits for the commit of the batch begun last.
  ///
  /// - Throws: `WarehouseFault.database` when the transaction failed; then nothing of the batch is in.
  package func finishSending() throws(WarehouseFault) { try thread.finish() }

  /// Does nothing: what was replaced was deleted in the transaction that brought the new rows.
  ///
  /// - Throws: Never.
  package func removeReplaced(_ batch: KlineBatch) throws(WarehouseFault) {}

  /// Adds up what is there, span by span, in the order asked.
  ///
  /// - Throws: `WarehouseFault` when the file was not opened or cannot be read.
  package func figures(of spans: [KlineSpan]) throws(WarehouseFault) -> [KlineFigures] {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT open_time, close_time, trades_count, version, open_price, high_price, low_price, close_price, volume,
          quote_volume, taker_buy_volume, taker_buy_quote_volume FROM klines
          WHERE market = ? AND symbol = ? AND interval = ? AND open_time BETWEEN ? AND ?
          """)
      return try spans.map { try Self.figures(of: $0, statement.sqliteStatement, database) }
    }
  }

  private static func deleteReplaced(_ batch: KlineBatch, _ database: Database) throws {
    for segment in batch.segments {
      guard let range = segment.replaces else { continue }
      try database.execute(
        sql: """
          DELETE FROM klines WHERE market = ? AND symbol = ? AND interval = ? AND open_time BETWEEN ? AND ?
          AND version NOT IN (\(segment.keeps.map(String.init).joined(separator: ", ")))
          """,
        arguments: [
          segment.series.market.rawValue, segment.symbol, segment.series.interval.rawValue, range.lowerBound,
          range.upperBound,
        ])
    }
  }

  private static func figures(
    of span: KlineSpan, _ statement: OpaquePointer, _ database: Database
  ) throws -> KlineFigures {
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    sqlite3_reset(statement)
    bind([span.series.market.rawValue, span.symbol, span.series.interval.rawValue], statement)
    sqlite3_bind_int64(statement, 4, span.openTimes.lowerBound)
    sqlite3_bind_int64(statement, 5, span.openTimes.upperBound)
    var figures = KlineFigures()
    while true {
      let result = sqlite3_step(statement)
      if result == SQLITE_DONE { return figures }
      guard result == SQLITE_ROW else { throw database.error(result) }
      if let version = span.version, sqlite3_column_int64(statement, 3) != version { continue }
      // The primary key makes every open time of a span a different one.
      let (openTime, trades) = (sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 2))
      var print =
        UInt64(bitPattern: sqlite3_column_int64(statement, 1)) &* KlineFingerprint.closeTimeFactor
        &+ UInt64(bitPattern: trades) &* KlineFingerprint.tradesFactor
      for (column, factor) in KlineFingerprint.valueFactors.enumerated() {
        print &+= sqlite3_column_double(statement, Int32(4 + column)).bitPattern &* factor
      }
      figures += KlineFigures(
        rows: 1, distinct: 1, openTimes: openTime, trades: trades,
        closeBits: sqlite3_column_double(statement, 7).bitPattern,
        volumeBits: sqlite3_column_double(statement, 8).bitPattern,
        content: print &* KlineFingerprint.weight(openTime: openTime))
    }
  }

  private static func bind(_ texts: [String], _ statement: OpaquePointer) {
    for (index, text) in texts.enumerated() {
      sluice_bind_text(statement, Int32(index + 1), text, Int32(text.utf8.count))
    }
  }

  /// Reads what is committed.
  func read<Result>(_ body: (Database) throws -> Result) throws(WarehouseFault) -> Result {
    guard let queue = opened?.reading else { throw .notConnected(identity: identity) }
    return try Self.perform(path) { try queue.read(body) }
  }

  private static func perform<Result>(_ path: String, _ body: () throws -> Result) throws(WarehouseFault) -> Result {
    do {
      return try body()
    } catch let fault as WarehouseFault {
      throw fault
    } catch let error as DatabaseError {
      throw .database(path: path, code: error.code, message: error.message)
    } catch let failure as FileFailure {
      throw .database(path: path, code: SQLITE_CANTOPEN, message: failure.reason)
    } catch {
      throw .database(path: path, code: SQLITE_ERROR, message: "\(error)")
    }
  }
}
