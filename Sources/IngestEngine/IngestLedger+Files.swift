import FoundationEssentials
import Glibc
import Klines
import SQLiteStore
import SluiceCore
import Warehouse

extension IngestLedger {
  /// Writes entries as they are, replacing what was known of their files.
  func record(_ entries: [LedgerEntry], scope: Scope, now: Date) throws(LedgerFault) {
    guard !entries.isEmpty else { return }
    try write { database in try Self.record(entries, scope: scope, now: now, in: database) }
  }

  static func record(_ entries: [LedgerEntry], scope: Scope, now: Date, in database: Database) throws {
    let stamp = TextFormat.utc(now)
    let marks = Array(repeating: "?", count: 33).joined(separator: ",")
    let statement = try database.cachedStatement(sql: "INSERT OR REPLACE INTO files VALUES (\(marks))")
    for entry in entries {
      try statement.execute(arguments(entry, scope: scope.id, updatedAt: stamp))
    }
    try forgetDifferences(entries.filter { $0.state == .verified }.map(\.key.path), scope: scope, in: database)
  }

  /// Notes that these files are on their way.
  func markSent(_ entries: [LedgerEntry], scope: Scope, now: Date) throws(LedgerFault) {
    let stamp = TextFormat.utc(now)
    try write { database in
      let statement = try database.cachedStatement(
        sql: "UPDATE files SET state = 'sent', updated_at = ? WHERE scope = ? AND path = ? AND market = ?")
      for entry in entries {
        try statement.execute([stamp, scope.id, entry.key.path, entry.key.market.rawValue])
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
          SELECT path, state, size, modified, checksum_size, checksum_modified, \(hasChanges ? "changed" : "NULL"),
          updated_at, sha256, fault_code FROM files
          WHERE scope = ? AND path > ? AND path < ? AND market = ?
          """)
      let rows = try Row.fetchCursor(statement, arguments: [scope.id, lower, upper, market.rawValue])
      while let row = try rows.next() {
        let path: String = row[0]
        guard !path.utf8.dropFirst(lower.utf8.count).contains(47), let state = LedgerState(rawValue: row[1]) else {
          continue
        }
        var stamp = LedgerStamp(state: state, stamp: ContentStamp(size: row[2], modified: row[3]))
        if let size = row[4] as Int64?, let modified = row[5] as Int64? {
          stamp.checksumStamp = ContentStamp(size: size, modified: modified)
        }
        stamp.changed = row[6]
        // Parsing a time costs more than all of this: only where nothing else tells.
        if stamp.changed == nil { stamp.notedAt = TextFormat.date(utc: row[7]) }
        stamp.sha256 = row[8]
        stamp.isDoubted = row[9] as String? == LedgerEntry.doubtCode
        found[path] = stamp
      }
      return found
    }
  }

  /// Notes which `.CHECKSUM` files were found to agree with their verified archives.
  func note(checksums: [(key: LedgerKey, stamp: ContentStamp)], scope: Scope) throws(LedgerFault) {
    guard !checksums.isEmpty else { return }
    try write { database in
      let statement = try database.cachedStatement(
        sql: """
          UPDATE files SET checksum_size = ?, checksum_modified = ?
          WHERE scope = ? AND path = ? AND market = ? AND state = 'verified'
          """)
      for (key, stamp) in checksums {
        try statement.execute([stamp.size, stamp.modified, scope.id, key.path, key.market.rawValue])
      }
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

  /// One market's candles of one length and one symbol.
  struct Symbol: Sendable, Hashable {
    var series: KlineSeries
    var name: String
  }

  /// Every symbol of which the ledger knows a file.
  func symbols(scope: Scope) throws(LedgerFault) -> [Symbol] {
    try write { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT DISTINCT market, interval, symbol FROM files WHERE scope = ? ORDER BY 1, 2, 3",
        arguments: [scope.id])
      return rows.compactMap { row in
        guard let market = Market(rawValue: row[0]), let interval = KlineInterval(name: row[1] as String) else {
          return nil
        }
        return Symbol(series: KlineSeries(market: market, interval: interval), name: row[2])
      }
    }
  }

  /// Whether any file of a series was sent to a warehouse, or brought by an earlier tool.
  func hasRows(of series: KlineSeries, warehouse: String) throws(LedgerFault) -> Bool {
    try write { database in
      try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM scopes JOIN files ON files.scope = scopes.id
          WHERE warehouse = ? AND files.market = ? AND interval = ? AND (version > 0 OR state = 'adopted'))
          """, arguments: [warehouse, series.market.rawValue, series.interval.rawValue]) ?? false
    }
  }

  /// Series of which a file is verified.
  func verifiedSeries(scope: Scope) throws(LedgerFault) -> Set<KlineSeries> {
    try read { database in
      try Self.series(
        database,
        """
        SELECT EXISTS (SELECT 1 FROM files INDEXED BY files_of_series WHERE scope = ? AND market = ? AND interval = ?
        AND state = 'verified' AND last_open IS NOT NULL)
        """, scope.id)
    }
  }

  /// A series' verified files of its own newest days, newest first, as many as hold so many rows in all.
  ///
  /// Goes by the periods, which the index has in order: no file has rows behind its own.
  func newest(days: Int64, of series: KlineSeries, rows limit: Int, scope: Scope) throws(LedgerFault) -> [LedgerEntry] {
    try read { database in
      let own = "scope = ?1 AND market = ?2 AND interval = ?3 AND state = 'verified' AND last_open IS NOT NULL"
      let known: StatementArguments = [scope.id, series.market.rawValue, series.interval.rawValue]
      // A month sorts before its days.
      let last = try Int64.fetchOne(
        database,
        sql: """
          SELECT max(last_open) FROM files WHERE \(own)
          AND period >= (SELECT substr(max(period), 1, 7) FROM files WHERE \(own))
          """, arguments: known)
      guard let last else { return [] }
      let after = last - days * 86_400_000
      let month = String("\(CalendarDay(daysSinceEpoch: Int(after / 86_400_000)))".prefix(7))
      let cursor = try Row.fetchCursor(
        database,
        sql: "SELECT * FROM files WHERE \(own) AND period >= ?4 AND last_open > ?5 ORDER BY last_open DESC",
        arguments: [scope.id, series.market.rawValue, series.interval.rawValue, month, after])
      var found: [LedgerEntry] = []
      var rows = 0
      while rows < limit, let row = try cursor.next() {
        guard let entry = Self.entry(row) else { continue }
        rows += entry.report.rows
        found.append(entry)
      }
      return found
    }
  }

  /// A symbol's verified files, sorted by their first open time.
  func verified(_ symbol: Symbol, scope: Scope) throws(LedgerFault) -> [LedgerEntry] {
    let found = try fetch(
      "scope = ? AND market = ? AND interval = ? AND symbol = ? AND state = 'verified'",
      [scope.id, symbol.series.market.rawValue, symbol.series.interval.rawValue, symbol.name])
    return found.sorted { ($0.report.firstOpenTime ?? 0) < ($1.report.firstOpenTime ?? 0) }
  }

  /// Verified files of one interval, symbol by symbol, oldest first.
  func verified(interval: KlineInterval, scope: Scope) throws(LedgerFault) -> [LedgerEntry] {
    let found = try fetch("scope = ? AND state = 'verified' AND interval = ?", [scope.id, interval.rawValue])
    return found.sorted {
      ($0.key.market.rawValue, $0.key.archive.symbol, $0.report.firstOpenTime ?? 0)
        < ($1.key.market.rawValue, $1.key.archive.symbol, $1.report.firstOpenTime ?? 0)
    }
  }

  /// Files that are in the warehouse but for rows that were refused, sorted by path.
  func refusals(scope: Scope) throws(LedgerFault) -> [(path: String, rows: Int)] {
    try write { database in
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT path, refused FROM files WHERE scope = ? AND refused > 0 AND state = 'verified' ORDER BY path",
        arguments: [scope.id])
      return rows.map { ($0[0], $0[1]) }
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
      let statement = try database.cachedStatement(sql: "SELECT * FROM files WHERE \(condition)")
      let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
      var found: [LedgerEntry] = []
      while let row = try rows.next() {
        if let entry = Self.entry(row) { found.append(entry) }
      }
      return found
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
      entry.changed, figures.content.map { Int64(bitPattern: $0) },
    ]
    return StatementArguments(values)
  }

  // By position, in the order of the schema: names cost more than SQLite itself.
  static func entry(_ row: Row) -> LedgerEntry? {
    guard let market = Market(rawValue: row[2]), let interval = KlineInterval(name: row[3] as String),
      let period = Period(text: row[5] as String), let state = LedgerState(rawValue: row[6])
    else { return nil }
    let archive = KlineArchiveName(symbol: row[4], interval: interval, period: period)
    let key = LedgerKey(path: row[1], market: market, archive: archive)
    var entry = LedgerEntry(
      key: key, state: state, stamp: ContentStamp(size: row[7], modified: row[8]))
    entry.sha256 = row[9]
    entry.report = report(row)
    entry.figures = KlineFigures(
      rows: entry.report.rows, distinct: entry.report.rows, openTimes: row[18], trades: row[19],
      closeBits: UInt64(bitPattern: row[20]), volumeBits: UInt64(bitPattern: row[21]))
    entry.version = row[22]
    if let first = row[23] as Int64?, let last = row[24] as Int64?, first <= last {
      entry.dirty = first...last
    }
    entry.fault = row[26]
    entry.faultCode = row[27]
    if let size = row[28] as Int64?, let modified = row[29] as Int64? {
      entry.checksumStamp = ContentStamp(size: size, modified: modified)
    }
    // A ledger of an earlier version that is only read lacks the last columns.
    if row.count > 31 { entry.changed = row[31] }
    if row.count > 32 { entry.figures.content = (row[32] as Int64?).map { UInt64(bitPattern: $0) } }
    return entry
  }

  private static func report(_ row: Row) -> RowReport {
    var report = RowReport()
    report.rows = row[10]
    report.refused = row[11]
    report.duplicates = row[12]
    report.outOfOrder = row[13]
    report.missing = row[14]
    report.filled = row[15]
    report.firstOpenTime = row[16]
    report.lastOpenTime = row[17]
    if let text = row[25] as String? { report.shortDays = shortDays(text) }
    return report
  }

  /// Reads what `shortDays(_: RowReport)` wrote.
  static func shortDays(_ text: String) -> [CalendarDay: Int] {
    var found: [CalendarDay: Int] = [:]
    for part in text.split(separator: ",") {
      let pair = part.split(separator: ":")
      if pair.count == 2, let day = CalendarDay(iso: pair[0]), let rows = Int(pair[1]) { found[day] = rows }
    }
    return found
  }

  /// `2024-01-01:1438,2024-01-02:0`; nil when every day is whole.
  private static func shortDays(_ report: RowReport) -> String? {
    guard !report.shortDays.isEmpty else { return nil }
    return report.shortDays.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
  }
}
