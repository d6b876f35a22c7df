import FoundationEssentials
import Glibc
import Klines
import LakeFiles
import SQLiteStore
import SluiceCore

/// The files somebody decided to take as they are: their `.CHECKSUM` says otherwise, or rows of them were refused.
extension IngestLedger {
  static let acceptancesSchema = """
    CREATE TABLE IF NOT EXISTS acceptances (
      profile TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
      modified INTEGER NOT NULL, reason TEXT NOT NULL, accepted_at TEXT NOT NULL, changed INTEGER,
      PRIMARY KEY (profile, path)) WITHOUT ROWID;
    """

  /// A decision and the file it was made about.
  struct Acceptance: Sendable, Equatable {
    /// How the file stands to the one that was accepted.
    enum Standing { case same, changed, gone }

    var file: AcceptedFile
    var stamp: ContentStamp
    /// When the file's entry last changed (`st_ctim`), nanoseconds since 1970: size and time can be set back, this not.
    ///
    /// nil in what an earlier version noted.
    var changed: Int64?

    /// Looks at the file as it is now; reads it only where it may be the accepted one, written or touched again.
    func standing(in directory: String) -> Standing {
      let path = directory + "/" + file.path
      guard let now = try? FileStatus(at: path), now.kind == .file else { return .gone }
      if isNoted(now) { return .same }
      guard now.size == stamp.size, let found = try? KlineFileReader().hash(path: path) else { return .changed }
      return found.sha256 == file.sha256 ? .same : .changed
    }

    /// Whether a file of that status is the one that was accepted for all that can be told without reading it.
    func isNoted(_ now: FileStatus) -> Bool {
      ContentStamp(now) == stamp && (changed == nil || changed == now.changed)
    }
  }

  /// Adds what an earlier version did not note.
  static func addAcceptanceChanges(_ database: Database) throws {
    guard try !database.columns(in: "acceptances").contains(where: { $0.name == "changed" }) else { return }
    try database.execute(sql: "ALTER TABLE acceptances ADD COLUMN changed INTEGER")
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
          stamp: ContentStamp(size: row["size"], modified: row["modified"]),
          // One of an earlier version that is only read has no such column.
          changed: row["changed"])
      }
    }
  }

  /// Notes decisions, each in the place of an earlier one about the same file.
  func accept(_ acceptances: [Acceptance], profile: String) throws(LedgerFault) {
    try write { database in
      for acceptance in acceptances {
        let (file, stamp) = (acceptance.file, acceptance.stamp)
        try database.execute(
          sql: "INSERT OR REPLACE INTO acceptances VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            profile, file.path, file.sha256, stamp.size, stamp.modified, file.reason, file.acceptedAt,
            acceptance.changed,
          ])
      }
    }
  }

  /// Forgets a decision: the file is another one now, or it is taken back.
  func forgetAcceptance(of path: String, profile: String) throws(LedgerFault) {
    try write { database in
      try database.execute(sql: "DELETE FROM acceptances WHERE profile = ? AND path = ?", arguments: [profile, path])
    }
  }
}
