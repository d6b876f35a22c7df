import Foundation
import GRDB
import Klines
import SluiceCore
import Warehouse

extension IngestLedger {
  /// Writes entries as they are, replacing what was known of their files.
  func record(_ entries: [LedgerEntry], scope: Scope, now: Date) throws(LedgerFault) {
    guard !entries.isEmpty else { return }
    let stamp = TextFormat.utc(now)
    try write { database in
      let marks = Array(repeating: "?", count: 31).joined(separator: ",")
      let statement = try database.cachedStatement(sql: "INSERT OR REPLACE INTO files VALUES (\(marks))")
      for entry in entries {
        statement.setUncheckedArguments(Self.arguments(entry, scope: scope.id, updatedAt: stamp))
        try statement.execute()
      }
    }
  }

  /// States and stamps of one directory's files, by path.
  func stamps(
    inDirectory directory: String, market: Market, scope: Scope
  ) throws(LedgerFault) -> [String: LedgerStamp] {
    // All paths below the directory sort between "dir/" and "dir0", the character after the slash.
    let (lower, upper) = directory.isEmpty ? ("", "\u{10FFFF}") : (directory + "/", directory + "0")
    return try write { database in
      var found: [String: LedgerStamp] = [:]
      let statement = try database.cachedStatement(
        sql: """
          SELECT path, state, size, modified, checksum_size, checksum_modified FROM files
          WHERE scope = ? AND path > ? AND path < ? AND market = ?
          """)
      let rows = try Row.fetchCursor(statement, arguments: [scope.id, lower, upper, market.rawValue])
      while let row = try rows.next() {
        let path: String = row[0]
        guard !path.utf8.dropFirst(lower.utf8.count).contains(47), let state = LedgerState(rawValue: row[1]) else {
          continue
        }
        var stamp = LedgerStamp(state: state, stamp: FileStamp(size: row[2], modified: row[3]))
        if let size = row[4] as Int64?, let modified = row[5] as Int64? {
          stamp.checksumStamp = FileStamp(size: size, modified: modified)
        }
        found[path] = stamp
      }
      return found
    }
  }

  /// What is known of one file.
  func entry(_ key: LedgerKey, scope: Scope) throws(LedgerFault) -> LedgerEntry? {
    try fetch("scope = ? AND path = ? AND market = ?", [scope.id, key.path, key.market.rawValue]).first
  }

  /// What is known of the files a marker vouches for.
  func entries(
    market: Market, interval: KlineInterval, period: Period, scope: Scope
  ) throws(LedgerFault) -> [LedgerEntry] {
    try fetch(
      "scope = ? AND market = ? AND interval = ? AND period = ?",
      [scope.id, market.rawValue, interval.rawValue, period.description])
  }

  /// Files in any of these states.
  func entries(in states: [LedgerState], scope: Scope) throws(LedgerFault) -> [LedgerEntry] {
    var found: [LedgerEntry] = []
    for state in states { found += try fetch("scope = ? AND state = ?", [scope.id, state.rawValue]) }
    return found
  }

  /// All entries of a scope, one after the other, without holding them.
  func forEach(scope: Scope, _ body: (LedgerEntry) throws -> Void) throws(LedgerFault) {
    try write { database in
      let cursor = try Row.fetchCursor(
        database, sql: "SELECT * FROM files WHERE scope = ? ORDER BY market, interval, symbol, period, path",
        arguments: [scope.id])
      while let row = try cursor.next() {
        if let entry = Self.entry(row) { try body(entry) }
      }
    }
  }

  /// Verified files, other than the one at `path`, whose rows may lie at these open times.
  func overlapping(
    _ key: LedgerKey, openTimes: ClosedRange<Int64>, scope: Scope
  ) throws(LedgerFault) -> [LedgerEntry] {
    let found = try fetch(
      """
      scope = ? AND market = ? AND interval = ? AND symbol = ? AND state = 'verified' AND path <> ?
      AND first_open <= ? AND last_open >= ?
      """,
      [
        scope.id, key.market.rawValue, key.archive.interval.rawValue, key.archive.symbol, key.path,
        openTimes.upperBound, openTimes.lowerBound,
      ])
    return found.sorted { $0.version < $1.version }
  }

  /// How many files are quarantined.
  func quarantinedCount(scope: Scope) throws(LedgerFault) -> Int {
    try write { database in
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM files WHERE scope = ? AND state = 'quarantined'", arguments: [scope.id])
        ?? 0
    }
  }

  /// Forgets files that are no longer there and were never sent.
  func forget(_ keys: [LedgerKey], scope: Scope) throws(LedgerFault) {
    try write { database in
      for key in keys {
        try database.execute(
          sql: "DELETE FROM files WHERE scope = ? AND path = ? AND market = ?",
          arguments: [scope.id, key.path, key.market.rawValue])
      }
    }
  }

  private func fetch(
    _ condition: String, _ arguments: [any DatabaseValueConvertible]
  ) throws(LedgerFault) -> [LedgerEntry] {
    try write { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM files WHERE \(condition)", arguments: StatementArguments(arguments)
      ).compactMap(Self.entry)
    }
  }

  private static func arguments(_ entry: LedgerEntry, scope: Int64, updatedAt: String) -> StatementArguments {
    let (key, report, figures) = (entry.key, entry.report, entry.figures)
    let values: [(any DatabaseValueConvertible)?] = [
      scope, key.path, key.market.rawValue, key.archive.interval.rawValue, key.archive.symbol,
      key.archive.period.description, entry.state.rawValue, entry.stamp.size, entry.stamp.modified, entry.sha256,
      report.rows, report.refused, report.duplicates, report.outOfOrder, report.missing, report.filled,
      report.firstOpenTime, report.lastOpenTime, figures.openTimes, figures.trades,
      Int64(bitPattern: figures.closeBits), Int64(bitPattern: figures.volumeBits), entry.version,
      entry.dirty?.lowerBound, entry.dirty?.upperBound, shortDays(report), entry.fault, entry.faultCode,
      entry.checksumStamp?.size, entry.checksumStamp?.modified, updatedAt,
    ]
    return StatementArguments(values)
  }

  private static func entry(_ row: Row) -> LedgerEntry? {
    guard let market = Market(rawValue: row["market"]), let interval = KlineInterval(name: row["interval"] as String),
      let period = Period(text: row["period"] as String), let state = LedgerState(rawValue: row["state"])
    else { return nil }
    let archive = KlineArchiveName(symbol: row["symbol"], interval: interval, period: period)
    let key = LedgerKey(path: row["path"], market: market, archive: archive)
    var entry = LedgerEntry(
      key: key, state: state, stamp: FileStamp(size: row["size"], modified: row["modified"]))
    entry.sha256 = row["sha256"]
    entry.report = report(row)
    entry.figures = KlineFigures(
      rows: entry.report.rows, distinct: entry.report.rows, openTimes: row["open_times"], trades: row["trades"],
      closeBits: UInt64(bitPattern: row["close_bits"]), volumeBits: UInt64(bitPattern: row["volume_bits"]))
    entry.version = row["version"]
    if let first = row["dirty_first"] as Int64?, let last = row["dirty_last"] as Int64?, first <= last {
      entry.dirty = first...last
    }
    entry.fault = row["fault"]
    entry.faultCode = row["fault_code"]
    if let size = row["checksum_size"] as Int64?, let modified = row["checksum_modified"] as Int64? {
      entry.checksumStamp = FileStamp(size: size, modified: modified)
    }
    return entry
  }

  private static func report(_ row: Row) -> RowReport {
    var report = RowReport()
    report.rows = row["rows"]
    report.refused = row["refused"]
    report.duplicates = row["duplicates"]
    report.outOfOrder = row["out_of_order"]
    report.missing = row["missing"]
    report.filled = row["filled"]
    report.firstOpenTime = row["first_open"]
    report.lastOpenTime = row["last_open"]
    for part in (row["short_days"] as String? ?? "").split(separator: ",") {
      let pair = part.split(separator: ":")
      if pair.count == 2, let day = CalendarDay(iso: pair[0]), let rows = Int(pair[1]) { report.shortDays[day] = rows }
    }
    return report
  }

  /// `2024-01-01:1438,2024-01-02:0`; nil when every day is whole.
  private static func shortDays(_ report: RowReport) -> String? {
    guard !report.shortDays.isEmpty else { return nil }
    return report.shortDays.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
  }
}
