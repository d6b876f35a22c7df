import FoundationEssentials
import Glibc
import Klines
import LakeFiles
import SluiceCore
import Warehouse

/// Ledger and warehouse of one ingest, and the order in which they are told things.
struct IngestTarget {
  let ledger: IngestLedger
  let scope: IngestLedger.Scope
  let warehouse: any KlineWarehouse

  /// A batch on its way: what the warehouse gets and what the ledger says of it.
  struct Sending {
    var batch: KlineBatch
    /// One entry a file that is to be read back; repeated parts of other files have none.
    var entries: [LedgerEntry] = []
    /// What is read back for each entry: the whole file, or the part of it that is in the batch.
    var spans: [KlineSpan] = []
    var figures: [KlineFigures] = []
    /// Entries that share their times with other files.
    var shared: Set<Int> = []
    /// Whether more parts of the last file follow in other batches.
    var isContinued = false
  }

  /// A large file whose parts are being sent.
  struct OpenFile {
    var entry: LedgerEntry
  }

  /// Gives the files versions and notes the intent, before anything reaches the warehouse.
  ///
  /// - Parameters:
  ///   - settled: The files whose rows count, and what becomes of those that are there.
  ///   - files: All files of the batch.
  ///   - open: The large file the batch goes on with; set when the batch begins one, cleared with its last part.
  func begin(
    _ settled: SettledBatch, of files: [ReadFile], columns: KlineColumns, open: inout OpenFile?, now: Date
  ) throws(LedgerFault) -> Sending {
    var sending = Sending(batch: KlineBatch(columns: columns))
    guard !files.isEmpty else { return sending }
    let isContinuation = files.contains { ($0.part?.index ?? 0) > 0 }
    if !isContinuation { open = nil }
    let count = settled.files.reduce(isContinuation ? 0 : settled.files.count) { $0 + $1.repeats.count }
    var begun = open
    try ledger.begin(
      count, above: settled.greatestVersion, forgetting: settled.files.flatMap(\.gone), scope: scope, now: now
    ) { first in
      var next = first
      let take = {
        defer { next += 1 }
        return next
      }
      var fresh: [LedgerEntry] = []
      var repeats: [(voucher: IngestLedger.Voucher, version: Int64)] = []
      for own in settled.files {
        guard case .rows(let content, _) = own.file.outcome else { continue }
        let going = (own.file.part?.index ?? 0) > 0 ? begun?.entry : nil
        let entry = going ?? entry(own.file, content, version: take())
        if going == nil { fresh.append(entry) }
        if own.file.part != nil { begun = OpenFile(entry: entry) }
        sending.add(own, entry)
        for (voucher, rows) in own.repeats {
          let version = take()
          repeats.append((voucher, version))
          sending.add(rows, of: voucher, version: version)
        }
      }
      return (fresh, repeats)
    }
    sending.isContinued = files.contains { !$0.isComplete }
    open = sending.isContinued ? begun : nil
    return sending
  }

  /// Where the rows of an entry's last sending are.
  fileprivate static func span(_ entry: LedgerEntry, openTimes: ClosedRange<Int64>? = nil) -> KlineSpan {
    KlineSpan(
      series: entry.key.series, symbol: entry.key.archive.symbol, openTimes: openTimes ?? entry.openTimes ?? 0...0,
      version: entry.version)
  }

  /// All that is there of an entry's period, whatever sending it came with.
  static func period(_ entry: LedgerEntry) -> KlineSpan {
    KlineSpan(
      series: entry.key.series, symbol: entry.key.archive.symbol,
      openTimes: entry.key.archive.openTimes.joined(with: entry.openTimes))
  }

  private func entry(_ file: ReadFile, _ content: KlineFileContent, version: Int64) -> LedgerEntry {
    var entry = LedgerEntry(key: file.key, state: .intent, stamp: content.stamp)
    entry.sha256 = content.sha256
    entry.report = content.report
    entry.figures = content.figures
    entry.version = version
    entry.changed = content.changed
    // Whatever happens next, rows may be at the old times and at the new ones.
    let own = entry.openTimes
    switch (file.previous?.dirty, own) {
    case (let old?, let new?): entry.dirty = min(old.lowerBound, new.lowerBound)...max(old.upperBound, new.upperBound)
    case (let old, let new): entry.dirty = old ?? new
    }
    return entry
  }

  /// Notes that the warehouse has taken the batch, before it is read back.
  func markSent(_ sending: Sending, now: Date) throws(LedgerFault) {
    guard !sending.isContinued else { return }
    try ledger.markSent(sending.entries, scope: scope, now: now)
  }

  /// What the warehouse has of these files, by the version each was sent with.
  func figures(of entries: [LedgerEntry]) throws(WarehouseFault) -> [KlineFigures] {
    try warehouse.figures(of: entries.map { Self.span($0) })
  }

  /// Files of the batch of which the warehouse does not give back what was sent.
  ///
  /// - Parameter isCleared: Whether the rows that it replaces are gone already; a table without versions cannot tell them
  ///   from those that were sent.
  func differing(_ sending: Sending, isCleared: Bool = false) throws(WarehouseFault) -> [String] {
    let found = try warehouse.figures(of: sending.spans)
    var wrong: [String] = []
    for index in sending.entries.indices where !sending.figures[index].agrees(with: found[index]) {
      // Without versions the figures are those of all rows there.
      let entry = sending.entries[index]
      if sending.shared.contains(index) || !isCleared, try !warehouse.keepsVersions(entry.key.series),
        try isThere(index, sending)
      {
        continue
      }
      wrong.append(entry.key.path)
    }
    return wrong
  }

  /// Whether the batch is to be read back once more when what it replaces is gone: what was there besides it could not be
  /// told from it before.
  func mustBeReadAgain(_ sending: Sending) throws(WarehouseFault) -> Bool {
    for segment in sending.batch.segments where segment.replaces != nil {
      if try !warehouse.keepsVersions(segment.series) { return true }
    }
    return false
  }

  /// Whether every row that was sent of a file is there with all its values.
  private func isThere(_ index: Int, _ sending: Sending) throws(WarehouseFault) -> Bool {
    let found = try warehouse.rows(in: sending.spans[index])
    let known = Dictionary(found.map { ($0.openTime, $0.fingerprint) }, uniquingKeysWith: { $1 })
    let columns = sending.batch.columns
    let rows = sending.batch.segments.filter { $0.version == sending.entries[index].version }.flatMap { Array($0.rows) }
    return rows.allSatisfy { known[columns[.openTime][$0]] == columns.fingerprint($0) }
  }

  /// Notes what is verified, unchanged or bad, in one transaction.
  func finish(_ sending: Sending, files: [ReadFile], root: String, now: Date) throws(LedgerFault) {
    // A file is verified when its last part is: each was read back before the next was noted.
    var known = sending.isContinued ? [] : sending.entries
    for index in known.indices {
      known[index].state = .verified
      // It may be another one by now, and an accepted file contradicts it: the next ingest compares.
      known[index].checksumStamp = nil
      known[index].dirty = known[index].openTimes
    }
    for file in files {
      switch file.outcome {
      case .rows: continue
      case .sameAsBefore(let content):
        guard var entry = file.previous else { continue }
        (entry.stamp, entry.changed) = (content.stamp, content.changed)
        known.append(entry)
      case .fault(let fault, let stamp):
        // Figures and open times of an earlier version stay: its rows are still in the warehouse.
        var entry = file.previous ?? LedgerEntry(key: file.key, state: .quarantined, stamp: stamp)
        entry.state = .quarantined
        entry.stamp = stamp
        entry.fault = fault.reason
        entry.faultCode = fault.code
        entry.checksumStamp = ContentStamp(path: root + "/" + file.key.path + ".CHECKSUM")
        // No entry changed then: what may be good as it is, the next ingest tries again.
        entry.changed = fault.isPassing ? 0 : LedgerEntry.changed(root + "/" + file.key.path)
        known.append(entry)
      }
    }
    try ledger.record(known, scope: scope, now: now)
  }
}

extension IngestTarget.Sending {
  /// Adds a file's own rows.
  fileprivate mutating func add(_ own: SettledFile, _ entry: LedgerEntry) {
    let file = own.file
    var segment = KlineSegment(
      series: file.key.series, symbol: file.key.archive.symbol, rows: own.rows, version: entry.version,
      replaces: own.replaces)
    segment.keeps = own.vouchers.flatMap(\.versions).sorted()
    segment.keepsOpenTimes = own.keepsOpenTimes
    if !own.vouchers.isEmpty { shared.insert(entries.count) }
    entries.append(entry)
    spans.append(IngestTarget.span(entry, openTimes: file.part?.openTimes))
    figures.append(own.figures ?? file.part?.figures ?? entry.figures)
    batch.segments.append(segment)
  }

  /// Adds rows of another file, which come in one block with those of the file that makes them necessary.
  fileprivate mutating func add(_ rows: Range<Int>, of voucher: IngestLedger.Voucher, version: Int64) {
    let key = voucher.entry.key
    batch.segments.append(
      KlineSegment(series: key.series, symbol: key.archive.symbol, rows: rows, version: version))
  }
}
