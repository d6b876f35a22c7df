import CSQLite

/// One open connection, while a ``DatabaseQueue`` lends it to the body that asked for it.
///
/// Never to be kept: outside that body another thread may have it.
package final class Database {
  private let handle: OpaquePointer
  private var statements: [String: Statement] = [:]

  /// Opens a file, and prepares the connection as the options say.
  ///
  /// - Parameters:
  ///   - path: The file's path, or its `file:` address with SQLite's own options.
  ///   - isAddress: Which of the two it is.
  /// - Throws: `DatabaseError` when it is not there (for reading), cannot be opened, or a statement of the preparation is
  ///   not done.
  init(_ path: String, _ options: DatabaseOptions, isAddress: Bool = false) throws(DatabaseError) {
    let access = options.isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let flags = access | SQLITE_OPEN_NOMUTEX | (isAddress ? SQLITE_OPEN_URI : 0)
    var opened: OpaquePointer?
    let result = sqlite3_open_v2(path, &opened, flags, GuardedFiles.name)
    guard result == SQLITE_OK, let opened else {
      let error = DatabaseError(result, on: opened)
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, Int32(clamping: options.busyTimeout * 1000))
    for statement in options.preparation { try execute(sql: statement) }
  }

  // Statements that somebody still holds keep the file open until they are gone too.
  deinit { sqlite3_close_v2(handle) }

  /// How many rows the last change was made to.
  package var changesCount: Int { Int(sqlite3_changes(handle)) }

  /// Whether a transaction is open.
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// The error of a result on this connection.
  package func error(_ result: Int32) -> DatabaseError { DatabaseError(result, on: handle) }

  /// Runs one or more statements; the values are those of each.
  ///
  /// - Throws: `DatabaseError` at the first one that SQLite does not do; those before it are done.
  package func execute(sql: String, arguments: StatementArguments = []) throws(DatabaseError) {
    var rest = sql[...]
    while let statement = try next(of: &rest) { try statement.execute(arguments) }
  }

  /// The statement of a text, prepared once and kept as long as the connection.
  ///
  /// - Throws: `DatabaseError` when it is no SQL, or speaks of tables there are not.
  package func cachedStatement(sql: String) throws(DatabaseError) -> Statement {
    if let known = statements[sql] { return known }
    let statement = try self.statement(sql: sql)
    statements[sql] = statement
    return statement
  }

  /// The statement of a text, for one use.
  func statement(sql: String) throws(DatabaseError) -> Statement {
    var rest = sql[...]
    guard let statement = try next(of: &rest) else { throw DatabaseError(SQLITE_MISUSE, on: nil) }
    return statement
  }

  /// Prepares the first statement of a text and takes it off; nil when only blanks and comments are left.
  private func next(of sql: inout Substring) throws(DatabaseError) -> Statement? {
    while !sql.isEmpty {
      var prepared: OpaquePointer?
      let text = String(sql)
      var taken = 0
      let result = text.withCString { start in
        var tail: UnsafePointer<CChar>?
        defer { taken = tail.map { start.distance(to: $0) } ?? text.utf8.count }
        return sqlite3_prepare_v2(handle, start, -1, &prepared, &tail)
      }
      guard result == SQLITE_OK else { throw error(result) }
      sql = sql[sql.utf8.index(sql.startIndex, offsetBy: taken)...]
      if let prepared { return Statement(prepared, database: self) }
    }
    return nil
  }

  func forgetStatements() { statements = [:] }
}
