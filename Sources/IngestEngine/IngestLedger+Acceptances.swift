import Foundation
import GRDB
import SluiceCore

/// The files somebody decided to take though their `.CHECKSUM` says otherwise.
extension IngestLedger {
  static let acceptancesSchema = """
    CREATE TABLE IF NOT EXISTS acceptances (
      profile TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
      modified INTEGER NOT NULL, reason TEXT NOT NULL, accepted_at TEXT NOT NULL,
      PRIMARY KEY (profile, path)) WITHOUT ROWID;
    """

  /// A decision and the file it was made about.
  struct Acceptance: Sendable, Equatable {
    var file: AcceptedFile
    var stamp: ContentStamp
  }

  /// All decisions of a profile, sorted by path.
  func acceptances(profile: String) throws(LedgerFault) -> [Acceptance] {
    try write { database in
      // A ledger of an earlier version that is only read has no such table.
      guard try database.tableExists("acceptances") else { return [] }
      let rows = try Row.fetchAll(
        database, sql: "SELECT * FROM acceptances WHERE profile = ? ORDER BY path", arguments: [profile])
      return rows.map { row in
        Acceptance(
          file: AcceptedFile(
            path: row["path"], sha256: row["sha256"], reason: row["reason"], acceptedAt: row["accepted_at"]),
          stamp: ContentStamp(size: row["size"], modified: row["modified"]))
      }
    }
  }

  /// Notes decisions, each in the place of an earlier one about the same file.
  func accept(_ acceptances: [Acceptance], profile: String) throws(LedgerFault) {
    try write { database in
      for acceptance in acceptances {
        let (file, stamp) = (acceptance.file, acceptance.stamp)
        try database.execute(
          sql: "INSERT OR REPLACE INTO acceptances VALUES (?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            profile, file.path, file.sha256, stamp.size, stamp.modified, file.reason, file.acceptedAt,
          ])
      }
    }
  }

  /// Forgets a decision: the file is another one now.
  func forgetAcceptance(of path: String, profile: String) throws(LedgerFault) {
    try write { database in
      try database.execute(sql: "DELETE FROM acceptances WHERE profile = ? AND path = ?", arguments: [profile, path])
    }
  }
}
