/// One value as SQLite stores it.
package enum DatabaseValue: Sendable, Hashable, CustomStringConvertible {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)

  /// The value as people write it; `NULL` for none.
  package var description: String {
    switch self {
    case .null: "NULL"
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): text
    }
  }

  /// As a whole number, by SQLite's own conversions: none is 0, text that is no number too.
  var integer: Int64 {
    switch self {
    case .null: 0
    case .integer(let number): number
    case .real(let number): Int64(exactly: number.rounded(.towardZero)) ?? (number > 0 ? .max : .min)
    case .text(let text): Int64(text) ?? 0
    }
  }
}

/// A type that SQLite's values can be given and taken as.
package protocol DatabaseValueConvertible {
  /// The value as SQLite stores it.
  var databaseValue: DatabaseValue { get }

  /// Takes a value that is not NULL, by SQLite's own conversions; none of them fails.
  ///
  /// - Parameter value: As it is stored; NULL reads as 0 or as no text.
  init(databaseValue value: DatabaseValue)
}

extension String: DatabaseValueConvertible {
  /// As text.
  package var databaseValue: DatabaseValue { .text(self) }
  /// The text, or the number as written.
  package init(databaseValue value: DatabaseValue) { self = value == .null ? "" : value.description }
}

extension Int64: DatabaseValueConvertible {
  /// As a whole number.
  package var databaseValue: DatabaseValue { .integer(self) }
  /// The number; 0 for what is none.
  package init(databaseValue value: DatabaseValue) { self = value.integer }
}

extension Int: DatabaseValueConvertible {
  /// As a whole number.
  package var databaseValue: DatabaseValue { .integer(Int64(self)) }
  /// The number; 0 for what is none.
  package init(databaseValue value: DatabaseValue) { self = Int(value.integer) }
}

extension Bool: DatabaseValueConvertible {
  /// As 0 or 1.
  package var databaseValue: DatabaseValue { .integer(self ? 1 : 0) }
  /// Whether the number is not 0.
  package init(databaseValue value: DatabaseValue) { self = value.integer != 0 }
}

extension Double: DatabaseValueConvertible {
  /// As a number with a fraction.
  package var databaseValue: DatabaseValue { .real(self) }
  /// The number; 0 for what is none.
  package init(databaseValue value: DatabaseValue) {
    if case .real(let number) = value { self = number } else { self = Double(value.integer) }
  }
}

/// The values of a statement's question marks, in their order.
package struct StatementArguments: ExpressibleByArrayLiteral {
  let values: [DatabaseValue]

  /// The values of an array literal; nil is NULL.
  package init(arrayLiteral elements: (any DatabaseValueConvertible)?...) { self.init(elements) }

  /// The values of an array; nil is NULL.
  package init(_ elements: [(any DatabaseValueConvertible)?]) {
    values = elements.map { $0?.databaseValue ?? .null }
  }
}
