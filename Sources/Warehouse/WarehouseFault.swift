/// Why a warehouse could not do what it was asked to.
///
/// Facts only; `WarehouseSentences.swift` makes sentences of them.
package enum WarehouseFault: Error, Sendable, Equatable {
  /// SQLite's own code and words; see https://sqlite.org/rescode.html.
  case database(path: String, code: Int32, message: String)
  /// It was used before `connect`.
  case notConnected(identity: String)
  case unreachable(address: String, detail: String)
  /// It was reached, and the connection ended before a request was answered; curl's words, nil where they say nothing.
  case broken(address: String, detail: String?)
  /// libcurl, which speaks to the server, cannot be loaded.
  ///
  /// The loader's words; nil when it was loaded and has no room for a connection.
  case noLibrary(detail: String?)
  case notTrusted(address: String, detail: String)
  case loginRefused(address: String, user: String)
  case server(address: String, code: Int, status: Int, message: String)
  /// The user may not do it.
  ///
  /// The right it takes, as a server names it; nil where it does not.
  case denied(address: String, user: String, grant: String?, message: String)
  case badAnswer(address: String, problem: AnswerProblem)
  case otherMarket(table: String, holds: String, wanted: String)
  /// Klines of several markets would be the first in a table that does not tell them apart.
  case severalMarkets(table: String, markets: [String])
  case wrongTable(table: String, problem: TableProblem)
  /// The same of the table `klines` in an SQLite file.
  case wrongFile(path: String, problem: TableProblem)
  case password(path: String, problem: PasswordProblem)
  case mutationLate(table: String, seconds: Int)
  /// What was read back of these files is not what was sent.
  case differs(identity: String, paths: [String])

  /// Why a server's answer cannot be used.
  package enum AnswerProblem: Sendable, Equatable {
    /// It is longer than any answer to our questions.
    case tooLong
    /// What it says of its version is one before 18.
    case version(String)
    /// Something else answers, as a proxy's page; its words, empty for none.
    case noClickHouse(String)
    /// A sum that was asked for is no number.
    case notNumbers
  }

  /// Why klines cannot be kept exactly in a table.
  package enum TableProblem: Sendable, Equatable {
    case missingColumn(String)
    /// It is a view, or a table that a module makes up.
    case noTable(kind: String)
    /// A column of ours takes no values: it is computed, or not kept.
    case computed(column: String, how: String)
    /// A column that is none of ours must have a value, and has none by itself.
    case unfillable(column: String)
    /// What it asks of a row may keep candles out.
    case constraint(String)
    /// Rows of other candles with the same values there would be replaced.
    case otherUnique(columns: [String])
    /// What it does with a row is not known.
    case trigger(String)
    /// Symbols that are not equal are taken for equal.
    case collation(column: String, String)
    /// No column says which of a candle's rows is the newest.
    case noVersion
    case wrongType(column: String, found: String, expected: String)
    /// Its engine does not replace rows of the same key.
    case wrongEngine(String)
    /// Its engine does not spread rows over the cluster.
    case notDistributed(engine: String, cluster: String)
    /// Merges would keep one row of candles that differ, or several of one.
    case wrongSortingKey(found: [String], expected: [String])
    /// Rows of one candle may lie in several partitions, which are never merged.
    case wrongPartitionKey(String)
    /// Rows of one candle may lie on several shards, where nothing replaces the older.
    case wrongShardingKey(String)
    /// Not the newest row of a candle wins but that of another column's greatest value; nil for the one inserted last.
    case wrongVersion(column: String?)
    /// Rows, or the values of one column, go by themselves; the rule, as the server writes it.
    case expires(column: String?, String)
    /// Its primary key, empty for none.
    case wrongPrimaryKey(found: [String], expected: [String])
    /// It holds a version that none of ours can exceed.
    case versionTooGreat(String)
  }

  /// What is wrong with a password file.
  package enum PasswordProblem: Sendable, Equatable {
    case unreadable(errno: Int32)
    /// Others than its owner may read it.
    case tooOpen(mode: UInt32)
    case empty
  }
}

extension WarehouseFault {
  /// A short stable word for machines.
  package var code: String {
    switch self {
    case .database, .notConnected: "warehouse-database"
    case .unreachable, .broken: "warehouse-unreachable"
    case .noLibrary: "warehouse-library"
    case .notTrusted: "warehouse-certificate"
    case .loginRefused: "warehouse-login"
    case .server, .badAnswer: "warehouse-error"
    case .denied: "warehouse-grant"
    case .otherMarket, .severalMarkets: "warehouse-market"
    case .wrongTable, .wrongFile: "warehouse-table"
    case .password: "warehouse-password"
    case .mutationLate: "warehouse-slow"
    case .differs: "warehouse-differs"
    }
  }
}
