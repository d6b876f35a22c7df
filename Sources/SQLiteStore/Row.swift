import CSQLite

/// One row of an answer, kept apart from the statement that gave it.
package struct Row: Sendable {
  /// The names of the columns, shared by all rows of an answer.
  final class Columns: Sendable {
    let names: [String]
    private let places: [String: Int]

    init(_ statement: Statement) {
      names = (0..<sqlite3_column_count(statement.sqliteStatement)).map { column in
        sqlite3_column_name(statement.sqliteStatement, column).map { String(cString: $0) } ?? ""
      }
      places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    subscript(name: String) -> Int? { places[name] }
  }

  private let columns: Columns
  /// The values, in the order of the columns.
  package let values: [DatabaseValue]

  init(columns: Columns, values: [DatabaseValue]) {
    self.columns = columns
    self.values = values
  }

  /// How many columns the answer has.
  package var count: Int { values.count }

  /// Names and values, in the order of the columns.
  package var named: [(name: String, value: DatabaseValue)] { zip(columns.names, values).map { ($0, $1) } }

  /// The value of a column by its place, 0 for the first; one that is not there reads as NULL.
  package subscript<Value: DatabaseValueConvertible>(index: Int) -> Value {
    Value(databaseValue: values.indices.contains(index) ? values[index] : .null)
  }

  /// The value of a column by its place; nil for NULL and for a place there is not.
  package subscript<Value: DatabaseValueConvertible>(index: Int) -> Value? {
    guard values.indices.contains(index), values[index] != .null else { return nil }
    return Value(databaseValue: values[index])
  }

  /// The value of a column by its name; one that is not there reads as NULL.
  package subscript<Value: DatabaseValueConvertible>(name: String) -> Value { self[columns[name] ?? -1] }

  /// The value of a column by its name; nil for NULL and for a name there is not.
  package subscript<Value: DatabaseValueConvertible>(name: String) -> Value? { self[columns[name] ?? -1] }
}

/// Reads an answer row by row, so that a long one is never held whole.
///
/// Ends with its statement: another run of that begins the answer from its start.
package final class RowCursor {
  private let statement: Statement
  private var hasEnded = false

  init(_ statement: Statement) { self.statement = statement }

  deinit { sqlite3_reset(statement.sqliteStatement) }

  /// The next row; nil after the last.
  ///
  /// - Throws: `DatabaseError` when it cannot be read.
  package func next() throws(DatabaseError) -> Row? {
    guard !hasEnded else { return nil }
    if try statement.step() { return statement.row() }
    hasEnded = true
    return nil
  }
}
