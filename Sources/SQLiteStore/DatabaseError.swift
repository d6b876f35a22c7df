import CSQLite
import Glibc

/// What SQLite answered instead of doing what it was asked.
package struct DatabaseError: Error, Sendable, Equatable {
  /// SQLite's primary result code, 1 to 101.
  package var code: Int32
  /// SQLite's own words; of a full disk, ours.
  package var message: String
  /// Whether the disk, or the user's share of it, is full.
  package var isDiskFull: Bool { code == SQLITE_FULL }

  /// The error of a result, in the words of the connection it happened on.
  ///
  /// - Parameters:
  ///   - result: SQLite's result code, primary or extended.
  ///   - connection: nil when there is none: the code's own words are taken.
  init(_ result: Int32, on connection: OpaquePointer?) {
    code = result & 0xff
    // SQLite calls a full disk an input or output error, or a file it cannot open, wherever it wrote no content.
    let reason = [SQLITE_IOERR, SQLITE_CANTOPEN].contains(code) ? connection.map { sqlite3_system_errno($0) } : nil
    if reason == ENOSPC || reason == EDQUOT { code = SQLITE_FULL }
    guard code != SQLITE_FULL else {
      message = reason == EDQUOT ? "the disk quota is used up" : "the disk is full"
      return
    }
    let words = connection.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(result)
    message = words.map { String(cString: $0) } ?? "SQLite's code \(result)"
  }
}
