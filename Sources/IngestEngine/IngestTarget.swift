import Foundation
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
    /// Whether more parts of the last file follow in other batches.
    var isContinued = false
  }

  /// A large file whose parts are being sent.
  struct OpenFile {
    var entry: LedgerEntry
    /// Versions of rows of other files that its parts repeat.
    var repeated: [LedgerKey: Int64] = [:]
  }

  /// Gives the files versions and notes the intent, before anything reaches the warehouse.
  ///
  /// - Parameters:
  ///   - repeatedLater: Other files whose rows later parts will repeat.
  ///   - open: The large file the batch goes on with; set when the batch begins one, cleared with its last part.
  func begin(
    _ files: [ReadFile], repeatedLater: [LedgerKey] = [], columns: KlineColumns, open: inout OpenFile?, now: Date
  ) throws(LedgerFault) -> Sending {
    var sending = Sending(batch: KlineBatch(columns: columns))
    guard !files.isEmpty else { return sending }
    let isContinuation = files.contains { ($0.part?.index ?? 0) > 0 }
    if !isContinuation { open = nil }
    let versions = isContinuation ? 0 : files.count + repeatedLater.count
    var begun = open
    try ledger.begin(versions, scope: scope, now: now) { first in
      var version = first
      let take = {
        defer { version += 1 }
        return version
      }
      // Before the file's own, which must win over them.
      let repeated = Dictionary(repeatedLater.map { ($0, take()) }, uniquingKeysWith: { first, _ in first })
      var fresh: [LedgerEntry] = []
      for file in files {
        guard case .rows(let content, let rows) = file.outcome else { continue }
        let known = file.isRepeated ? begun?.repeated[file.key] ?? repeated[file.key] : nil
        let isOpen = (file.part?.index ?? 0) > 0
        let own = known ?? (isOpen ? begun?.entry.version : nil) ?? take()
        var segment = KlineSegment(series: file.key.series, symbol: file.key.archive.symbol, rows: rows, version: own)
        if !file.isRepeated {
          segment.replaces = file.replaces
          let entry = (isOpen ? begun?.entry : nil) ?? entry(file, content, version: own)
          if !isOpen { fresh.append(entry) }
          if file.part != nil { begun = OpenFile(entry: entry, repeated: begun?.repeated ?? repeated) }
          sending.entries.append(entry)
          sending.spans.append(span(entry, openTimes: file.part?.openTimes))
          sending.figures.append(file.part?.figures ?? entry.figures)
        }
        sending.batch.segments.append(segment)
      }
      return fresh
    }
    sending.isContinued = files.contains { !$0.isComplete }
    open = sending.isContinued ? begun : nil
    return sending
  }

  /// Where the rows of an entry's last sending are.
  private func span(_ entry: LedgerEntry, openTimes: ClosedRange<Int64>? = nil) -> KlineSpan {
    KlineSpan(
      series: entry.key.series, symbol: entry.key.archive.symbol, openTimes: openTimes ?? entry.openTimes ?? 0...0,
      version: entry.version)
  }

  private func entry(_ file: ReadFile, _ content: KlineFileContent, version: Int64) -> LedgerEntry {
    var entry = LedgerEntry(key: file.key, state: .intent, stamp: content.stamp)
    entry.sha256 = content.sha256
    entry.report = content.report
    entry.figures = content.figures
    entry.version = version
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
    try warehouse.figures(of: entries.map { span($0) })
  }

  /// Files of the batch of which the warehouse does not give back what was sent.
  func differing(_ sending: Sending) throws(WarehouseFault) -> [String] {
    let found = try warehouse.figures(of: sending.spans)
    return sending.entries.indices.filter { sending.figures[$0] != found[$0] }.map { sending.entries[$0].key.path }
  }

  /// Notes what is verified, unchanged or bad, in one transaction.
  func finish(_ sending: Sending, files: [ReadFile], root: String, now: Date) throws(LedgerFault) {
    // A file is verified when its last part is: each was read back before the next was noted.
    var known = sending.isContinued ? [] : sending.entries
    for index in known.indices {
      known[index].state = .verified
      known[index].dirty = known[index].openTimes
    }
    for file in files where !file.isRepeated {
      switch file.outcome {
      case .rows: continue
      case .sameAsBefore(let content):
        guard var entry = file.previous else { continue }
        entry.stamp = content.stamp
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

extension ReadFile {
  /// Open times at which earlier versions may have left rows that this file, or this part of it, replaces.
  var replaces: ClosedRange<Int64>? {
    guard let dirty = previous?.dirty else { return nil }
    guard let slice = part?.slice else { return dirty }
    return dirty.overlaps(slice) ? dirty.clamped(to: slice) : nil
  }
}
