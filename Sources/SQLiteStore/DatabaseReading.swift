import CSQLite
import Glibc
import Synchronization

/// How a file is opened that is only read, on a disk that may have no room.
///
/// Even to read, SQLite makes a log's index beside the file, or lengthens it. Where there is no room for that, the file
/// can still be read: with an index in memory, or as it is where it has no log.
enum DatabaseReading {
  // One after the other: connections of one process share an index, and with it how that was opened.
  private static let turn = Mutex(())

  /// Opens a file for reading, and reads of it.
  ///
  /// - Throws: `DatabaseError` when it cannot be opened, or is none.
  static func open(_ path: String, _ options: DatabaseOptions) throws(DatabaseError) -> Database {
    try turn.withLock { _ throws(DatabaseError) in
      let full: DatabaseError
      do throws(DatabaseError) { return try read(path, options) } catch { full = error }
      guard full.isDiskFull else { throw full }
      if let database = try? read(path, options, "readonly_shm=1") { return database }
      guard !hasLog(path) else { throw full }
      // A process that wrote meanwhile would need a log, and there is no room for one.
      return try read(path, options, "immutable=1")
    }
  }

  private static func read(
    _ path: String, _ options: DatabaseOptions, _ way: String? = nil
  ) throws(DatabaseError) -> Database {
    let database = try Database(way.map { address(path) + "?" + $0 } ?? path, options, isAddress: way != nil)
    // Only now SQLite looks for a log.
    _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master")
    return database
  }

  private static func hasLog(_ path: String) -> Bool {
    var status = stat()
    return stat(path + "-wal", &status) == 0 && status.st_size > 0
  }

  /// The path as a `file:` address; what would end it there is written by its number.
  static func address(_ path: String) -> String {
    let numbers: [Unicode.Scalar: String] = ["%": "%25", "?": "%3f", "#": "%23"]
    // A relative path has no slashes before it, which would name a host.
    return path.unicodeScalars.reduce(into: path.hasPrefix("/") ? "file://" : "file:") {
      $0 += numbers[$1] ?? String($1)
    }
  }
}
