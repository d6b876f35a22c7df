extension Row {
  /// The rows of an answer, one after the other.
  ///
  /// - Throws: `DatabaseError` when the values do not fit the statement.
  package static func fetchCursor(
    _ statement: Statement, arguments: StatementArguments = []
  ) throws(DatabaseError) -> RowCursor {
    try statement.bind(arguments)
    return RowCursor(statement)
  }

  /// The rows of an answer, one after the other, of a statement for one use.
  ///
  /// - Throws: `DatabaseError` when the text is no SQL or the values do not fit it.
  package static func fetchCursor(
    _ database: Database, sql: String, arguments: StatementArguments = []
  ) throws(DatabaseError) -> RowCursor {
    try fetchCursor(database.statement(sql: sql), arguments: arguments)
  }

  /// All rows of an answer.
  ///
  /// - Throws: `DatabaseError` when it cannot be read.
  package static func fetchAll(
    _ statement: Statement, arguments: StatementArguments = []
  ) throws(DatabaseError) -> [Row] {
    let cursor = try fetchCursor(statement, arguments: arguments)
    var rows: [Row] = []
    while let row = try cursor.next() { rows.append(row) }
    return rows
  }

  /// All rows of an answer of a statement for one use.
  ///
  /// - Throws: `DatabaseError` when the text is no SQL or the answer cannot be read.
  package static func fetchAll(
    _ database: Database, sql: String, arguments: StatementArguments = []
  ) throws(DatabaseError) -> [Row] {
    try fetchAll(database.statement(sql: sql), arguments: arguments)
  }

  /// The first row of an answer; nil when it has none.
  ///
  /// - Throws: `DatabaseError` when it cannot be read.
  package static func fetchOne(
    _ statement: Statement, arguments: StatementArguments = []
  ) throws(DatabaseError) -> Row? {
    try fetchCursor(statement, arguments: arguments).next()
  }

  /// The first row of an answer of a statement for one use.
  ///
  /// - Throws: `DatabaseError` when the text is no SQL or the answer cannot be read.
  package static func fetchOne(
    _ database: Database, sql: String, arguments: StatementArguments = []
  ) throws(DatabaseError) -> Row? {
    try fetchOne(database.statement(sql: sql), arguments: arguments)
  }
}

extension DatabaseValueConvertible {
  /// The first column of an answer's first row; nil for no row and for NULL.
  ///
  /// - Throws: `DatabaseError` when it cannot be read.
  package static func fetchOne(
    _ statement: Statement, arguments: StatementArguments = []
  ) throws(DatabaseError) -> Self? {
    try Row.fetchOne(statement, arguments: arguments)?[0]
  }

  /// The same of a statement for one use.
  ///
  /// - Throws: `DatabaseError` when the text is no SQL or the answer cannot be read.
  package static func fetchOne(
    _ database: Database, sql: String, arguments: StatementArguments = []
  ) throws(DatabaseError) -> Self? {
    try fetchOne(database.statement(sql: sql), arguments: arguments)
  }

  /// The first column of every row.
  ///
  /// - Throws: `DatabaseError` when the answer cannot be read.
  package static func fetchAll(
    _ statement: Statement, arguments: StatementArguments = []
  ) throws(DatabaseError) -> [Self] {
    try Row.fetchAll(statement, arguments: arguments).map { $0[0] }
  }

  /// The same of a statement for one use.
  ///
  /// - Throws: `DatabaseError` when the text is no SQL or the answer cannot be read.
  package static func fetchAll(
    _ database: Database, sql: String, arguments: StatementArguments = []
  ) throws(DatabaseError) -> [Self] {
    try fetchAll(database.statement(sql: sql), arguments: arguments)
  }
}

extension Database {
  /// What SQLite says of a table's column.
  package struct Column: Sendable, Equatable {
    /// Its name.
    package var name: String
  }

  /// An index of a table.
  package struct Index: Sendable, Equatable {
    /// The indexed columns; an expression among them has no name.
    package var columns: [String]
    /// Whether no two rows may be the same in them.
    package var isUnique: Bool
  }

  /// Whether there is a table of that name, whatever the case of its letters.
  ///
  /// - Throws: `DatabaseError` when the file cannot be read.
  package func tableExists(_ name: String) throws(DatabaseError) -> Bool {
    try Bool.fetchOne(
      self, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND lower(name) = lower(?))",
      arguments: [name]) ?? false
  }

  /// The columns of a table; none when it is not there.
  ///
  /// - Throws: `DatabaseError` when the file cannot be read.
  package func columns(in table: String) throws(DatabaseError) -> [Column] {
    try String.fetchAll(self, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table]).map(Column.init)
  }

  /// The indexes of a table that hold all of its rows.
  ///
  /// - Throws: `DatabaseError` when the file cannot be read.
  package func indexes(on table: String) throws(DatabaseError) -> [Index] {
    let rows = try Row.fetchAll(
      self, sql: "SELECT name, \"unique\" FROM pragma_index_list(?) WHERE NOT partial", arguments: [table])
    var found: [Index] = []
    for row in rows {
      let names = try String.fetchAll(
        self, sql: "SELECT name FROM pragma_index_info(?) ORDER BY seqno", arguments: [row[0] as String])
      found.append(Index(columns: names, isUnique: row[1]))
    }
    return found
  }
}
