import CSQLite
import Dispatch

/// How a file is opened.
package struct DatabaseOptions: Sendable {
  /// Whether nothing can be written; the file must be there then.
  package var isReadOnly = false
  /// How long a statement waits for another process that writes, in seconds.
  package var busyTimeout = 5
  /// Statements for a connection that was just opened: the file's modes.
  package var preparation: [String] = []

  /// As a file is opened for reading and writing.
  package init() {}
}

/// One connection to a file, lent to one caller after the other.
///
/// Safe from any thread; every call blocks until those before it are done. A body must not ask the same queue again.
package final class DatabaseQueue: @unchecked Sendable {
  /// Whether nothing can be written.
  package let isReadOnly: Bool
  // Touched on the queue alone.
  private let database: Database
  private let queue = DispatchQueue(label: "sluice database")

  /// Opens a file, and makes it unless it is only read; its directory must be there.
  ///
  /// - Throws: `DatabaseError` when it cannot be opened, or a statement of the preparation is not done.
  package init(path: String, options: DatabaseOptions = DatabaseOptions()) throws(DatabaseError) {
    isReadOnly = options.isReadOnly
    database = try options.isReadOnly ? DatabaseReading.open(path, options) : Database(path, options)
  }

  // The kept statements hold the connection as it holds them: without this the file would stay open for ever.
  deinit { database.forgetStatements() }

  /// An empty database in memory, gone with this object.
  ///
  /// - Throws: `DatabaseError` when there is no memory.
  package static func inMemory() throws(DatabaseError) -> DatabaseQueue { try DatabaseQueue(path: ":memory:") }

  /// Runs a body in one transaction that sees one state of the file and changes nothing.
  ///
  /// - Throws: what the body throws, or `DatabaseError` when the file cannot be read.
  package func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try transaction("BEGIN DEFERRED", body)
  }

  /// Runs a body in one transaction, committed when it returns and taken back when it throws.
  ///
  /// - Throws: what the body throws, or `DatabaseError` when the transaction is not begun or not committed.
  package func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    // Immediate: to wait for another writer is possible at the start only, not when a read has already been done.
    try transaction("BEGIN IMMEDIATE", body)
  }

  private func transaction<Result>(_ begin: String, _ body: (Database) throws -> Result) throws -> Result {
    try queue.sync {
      try database.cachedStatement(sql: begin).execute()
      do {
        let result = try body(database)
        try database.cachedStatement(sql: "COMMIT").execute()
        return result
      } catch {
        // SQLite has taken some back by itself: a full disk, no memory.
        if database.isInTransaction { try? database.execute(sql: "ROLLBACK") }
        throw error
      }
    }
  }
}
