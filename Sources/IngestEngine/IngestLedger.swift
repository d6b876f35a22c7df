import FoundationEssentials
import Glibc
import Klines
import LakeFiles
import SQLiteStore
import SluiceCore
import Warehouse

/// The ledger could not be read or written.
struct LedgerFault: Error, Sendable, Equatable {
  var path: String
  var message: String
  /// Whether a newer program wrote it: it is in order, and must stay.
  var isNewer = false
  /// Whether the disk is full: it is in order, and must stay.
  var isDiskFull = false
}

/// What was sent where: `ledger.sqlite`, one row a file, profile and warehouse.
///
/// Safe from any thread (its queue is serial), but every call blocks. Several processes may use it at once.
final class IngestLedger: Sendable {
  /// One profile's files in one warehouse.
  struct Scope: Sendable, Hashable {
    var id: Int64
    /// The warehouse's token when its files were last sent.
    var token: String?
    /// What the warehouse is named by.
    var warehouse: String
    var profile: String
  }

  let path: String
  let queue: DatabaseQueue
  /// Whether nothing can be noted in it.
  let isReadOnly: Bool
  /// Whether it knows when a file's entry changed; one of an earlier version that is only read does not.
  let hasChanges: Bool

  static func path(in lake: Lake) -> String { lake.stateDirectory + "/ledger.sqlite" }

  /// Opens the ledger, and makes it when it is not there.
  ///
  /// - Parameter isReadOnly: Writes nothing to disk; a missing ledger is then an empty one in memory.
  init(path: String, isReadOnly: Bool = false) throws(LedgerFault) {
    self.path = path
    self.isReadOnly = isReadOnly
    queue = try Self.mapped(path) {
      if isReadOnly, access(path, F_OK) != 0 {
        let memory = try DatabaseQueue.inMemory()
        try memory.write {
          try $0.execute(sql: Self.schema + Self.tablesBeside)
        }
        return memory
      }
      var options = DatabaseOptions()
      options.busyTimeout = 30
      options.isReadOnly = isReadOnly
      if !isReadOnly {
        try AtomicFile.createDirectory(AtomicFile.split(path).directory)
        // A row called verified must survive a power failure.
        options.preparation = ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"]
      }
      let queue = try DatabaseQueue(path: path, options: options)
      try queue.read(Self.checkForm)
      if !isReadOnly { try queue.write(Self.prepare) }
      return queue
    }
    hasChanges = (try? queue.read(Self.hasChanges)) ?? false
  }

  /// Refuses a ledger that a newer program has given another form; SQLite keeps the number in the file's head.
  private static func checkForm(_ database: Database) throws {
    try Form.ledger.check(Int.fetchOne(database, sql: "PRAGMA user_version"))
  }

  /// Makes what is missing, in a ledger of an earlier version too.
  private static func prepare(_ database: Database) throws {
    // Only where it is missing: writing it would be a transaction at every start.
    if try Int.fetchOne(database, sql: "PRAGMA user_version") == 0 {
      try database.execute(sql: "PRAGMA user_version = \(Form.ledger.number)")
    }
    try database.execute(sql: schema + tablesBeside)
    try addAcceptanceChanges(database)
    try respell(database)
    // In this order, which is that of the columns in a new ledger.
    if try !hasChanges(database) { try database.execute(sql: "ALTER TABLE files ADD COLUMN changed INTEGER") }
    if try !database.columns(in: "files").contains(where: { $0.name == "content" }) {
      try database.execute(sql: "ALTER TABLE files ADD COLUMN content INTEGER")
    }
  }

  private static func hasChanges(_ database: Database) throws -> Bool {
    try database.columns(in: "files").contains { $0.name == "changed" }
  }

  private static let tablesBeside = remarksSchema + acceptancesSchema + vouchersSchema + odditiesSchema

  private static let schema = """
    CREATE TABLE IF NOT EXISTS scopes (
      id INTEGER PRIMARY KEY, warehouse TEXT NOT NULL, profile TEXT NOT NULL, token TEXT, UNIQUE (warehouse, profile));
    CREATE TABLE IF NOT EXISTS files (
      scope INTEGER NOT NULL, path TEXT NOT NULL, market TEXT NOT NULL, interval TEXT NOT NULL, symbol TEXT NOT NULL,
      period TEXT NOT NULL, state TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, sha256 TEXT,
      rows INTEGER NOT NULL, refused INTEGER NOT NULL, duplicates INTEGER NOT NULL, out_of_order INTEGER NOT NULL,
      missing INTEGER NOT NULL, filled INTEGER NOT NULL, first_open INTEGER, last_open INTEGER,
      open_times INTEGER NOT NULL, trades INTEGER NOT NULL, close_bits INTEGER NOT NULL, volume_bits INTEGER NOT NULL,
      version INTEGER NOT NULL, dirty_first INTEGER, dirty_last INTEGER, short_days TEXT, fault TEXT, fault_code TEXT,
      checksum_size INTEGER, checksum_modified INTEGER, updated_at TEXT NOT NULL,
      changed INTEGER, content INTEGER,
      PRIMARY KEY (scope, path, market)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS files_of_series ON files (scope, market, interval, period, symbol);
    CREATE INDEX IF NOT EXISTS files_of_symbol ON files (scope, market, interval, symbol);
    CREATE INDEX IF NOT EXISTS files_by_state ON files (scope, state);
    CREATE INDEX IF NOT EXISTS files_with_refused_rows ON files (scope) WHERE refused > 0;
    CREATE TABLE IF NOT EXISTS adoptions (
      profile TEXT NOT NULL, marker TEXT NOT NULL, warehouse TEXT NOT NULL, PRIMARY KEY (profile, marker));
    CREATE TABLE IF NOT EXISTS versions (last INTEGER NOT NULL);
    """

  /// The scope of a profile and warehouse; nil when it is unknown and must not be made.
  ///
  /// - Parameter warehouse: Its key.
  func scope(warehouse: String, profile: String, makes: Bool) throws(LedgerFault) -> Scope? {
    try write { database in
      let find = { () throws -> Scope? in
        let sql = "SELECT id, token FROM scopes WHERE warehouse = ? AND profile = ?"
        return try Row.fetchOne(database, sql: sql, arguments: [warehouse, profile])
          .map { Scope(id: $0["id"], token: $0["token"], warehouse: warehouse, profile: profile) }
      }
      if let found = try find() { return found }
      // A ledger of an earlier version that is only read has the host as it was written then.
      if isReadOnly, let found = try Self.otherSpelling(of: warehouse, profile, database) { return found }
      guard makes else { return nil }
      try database.execute(
        sql: "INSERT INTO scopes (warehouse, profile) VALUES (?, ?)", arguments: [warehouse, profile])
      return try find()
    }
  }

  /// Takes version numbers and notes, with the same commit, what is about to be sent with them.
  ///
  /// - Parameters:
  ///   - count: How many numbers: greater than every earlier one, and than the microseconds since 1970.
  ///   - floor: What they have to exceed too.
  ///   - gone: Files to be forgotten with it, because those that are sent have outlived them.
  ///   - make: Gets the first of them; gives the entries to be noted, and of which files rows are repeated.
  func begin(
    _ count: Int, above floor: Int64, forgetting gone: [Voucher], scope: Scope, now: Date,
    _ make: (Int64) -> (entries: [LedgerEntry], repeats: [(voucher: Voucher, version: Int64)])
  ) throws(LedgerFault) {
    try write { database in
      let last = try Int64.fetchOne(database, sql: "SELECT last FROM versions") ?? 0
      let first = max(last + 1, floor + 1, Int64(now.timeIntervalSince1970 * 1_000_000))
      if count > 0 {
        try database.execute(sql: "DELETE FROM versions")
        try database.execute(sql: "INSERT INTO versions VALUES (?)", arguments: [first + Int64(count)])
      }
      let made = make(first)
      try Self.forget(gone, warehouse: scope.warehouse, in: database)
      try Self.forgetRepeats(of: made.entries, scope: scope.id, in: database)
      try Self.record(made.entries, scope: scope, now: now, in: database)
      try Self.note(odditiesOf: made.entries, scope: scope.id, in: database)
      try Self.note(repeats: made.repeats, warehouse: scope.warehouse, in: database)
    }
  }

  /// Which warehouse an empty record of an earlier tool was taken over for; nil when it was not yet.
  func adoptions(profile: String) throws(LedgerFault) -> [String: String] {
    try write { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT marker, warehouse FROM adoptions WHERE profile = ?", arguments: [profile])
      return Dictionary(
        rows.map { ($0["marker"], WarehouseSettings.key(of: $0["warehouse"])) }, uniquingKeysWith: { first, _ in first }
      )
    }
  }

  func adopt(markers: [String], profile: String, warehouse: String) throws(LedgerFault) {
    try write { database in
      for marker in markers {
        try database.execute(
          sql: "INSERT OR IGNORE INTO adoptions VALUES (?, ?, ?)", arguments: [profile, marker, warehouse])
      }
    }
  }

  /// Runs a body in one transaction (or a plain read when the ledger is read-only).
  func write<Result>(_ body: (Database) throws -> Result) throws(LedgerFault) -> Result {
    try Self.mapped(path) { queue.isReadOnly ? try queue.read(body) : try queue.write(body) }
  }

  /// Runs a body that only reads, while other processes may write.
  func read<Result>(_ body: (Database) throws -> Result) throws(LedgerFault) -> Result {
    try Self.mapped(path) { try queue.read(body) }
  }

  private static func mapped<Result>(_ path: String, _ body: () throws -> Result) throws(LedgerFault) -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw LedgerFault(path: path, message: error.message, isDiskFull: error.isDiskFull)
    } catch let failure as FileFailure {
      throw LedgerFault(path: path, message: failure.reason, isDiskFull: failure.isDiskFull)
    } catch let newer as NewerForm {
      throw LedgerFault(path: path, message: newer.sentence, isNewer: true)
    } catch {
      throw LedgerFault(path: path, message: "\(error)")
    }
  }
}
