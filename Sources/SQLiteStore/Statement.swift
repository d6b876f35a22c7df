import CSQLite

/// One prepared statement of a connection.
///
/// Belongs to the thread that has its connection, as everything of a ``Database`` does.
package final class Statement {
  /// SQLite's own handle, for loops in which every call counts; valid as long as this object.
  package let sqliteStatement: OpaquePointer
  let database: Database
  /// The columns of the answer by name, of two with one name the first; made when it is first asked for.
  private(set) lazy var columns = Row.Columns(self)

  init(_ handle: OpaquePointer, database: Database) {
    sqliteStatement = handle
    self.database = database
  }

  deinit { sqlite3_finalize(sqliteStatement) }

  /// Gives the question marks their values; those of an earlier run are forgotten.
  ///
  /// - Throws: `DatabaseError` when there are not as many values as marks, or one is too long.
  func bind(_ arguments: StatementArguments) throws(DatabaseError) {
    sqlite3_reset(sqliteStatement)
    sqlite3_clear_bindings(sqliteStatement)
    // A mark without a value would be NULL, without a word.
    guard sqlite3_bind_parameter_count(sqliteStatement) <= arguments.values.count else {
      throw DatabaseError(SQLITE_RANGE, on: nil)
    }
    for (index, value) in arguments.values.enumerated() {
      let position = Int32(index + 1)
      let result =
        switch value {
        case .null: sqlite3_bind_null(sqliteStatement, position)
        case .integer(let number): sqlite3_bind_int64(sqliteStatement, position, number)
        case .real(let number): sqlite3_bind_double(sqliteStatement, position, number)
        case .text(let text): Self.bind(text, position, sqliteStatement)
        }
      guard result == SQLITE_OK else { throw database.error(result) }
    }
  }

  /// With its length, for a text may hold a zero.
  private static func bind(_ text: String, _ position: Int32, _ handle: OpaquePointer) -> Int32 {
    // Without a byte there may be no address, which would be NULL.
    guard !text.isEmpty else { return sluice_bind_text(handle, position, "", 0) }
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { sluice_bind_text(handle, position, $0.baseAddress, Int32($0.count)) }
    }
  }

  /// Runs it to its end; what it answers is passed over.
  ///
  /// - Throws: `DatabaseError` when SQLite does not do it.
  package func execute(_ arguments: StatementArguments = []) throws(DatabaseError) {
    try bind(arguments)
    defer { sqlite3_reset(sqliteStatement) }
    while try step() {}
  }

  /// Goes on to the next row of the answer; false after the last.
  func step() throws(DatabaseError) -> Bool {
    let result = sqlite3_step(sqliteStatement)
    switch result {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw database.error(result)
    }
  }

  /// The row that the last step came to.
  func row() -> Row {
    let count = sqlite3_column_count(sqliteStatement)
    return Row(columns: columns, values: (0..<count).map(value))
  }

  private func value(_ column: Int32) -> DatabaseValue {
    switch sqlite3_column_type(sqliteStatement, column) {
    case SQLITE_NULL: return .null
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(sqliteStatement, column))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(sqliteStatement, column))
    default:
      guard let bytes = sqlite3_column_text(sqliteStatement, column) else { return .null }
      let count = Int(sqlite3_column_bytes(sqliteStatement, column))
      return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
    }
  }
}
