import Foundation
import Klines
import SluiceCore
import Warehouse

/// Ledger and warehouse of one ingest, and the order in which they are told things.
struct IngestSession {
  let ledger: IngestLedger
  let scope: IngestLedger.Scope
  let warehouse: any KlineWarehouse

  /// A batch on its way: what the warehouse gets and what the ledger says of it.
  struct Sending {
    var batch: KlineBatch
    /// One entry a segment that is to be read back; repeated parts of other files have none.
    var entries: [LedgerEntry] = []
  }

  /// Gives the files versions and notes the intent, before anything reaches the warehouse.
  func begin(_ files: [ReadFile], columns: KlineColumns, now: Date) throws(LedgerFault) -> Sending {
    var sending = Sending(batch: KlineBatch(columns: columns))
    let count = files.count
    guard count > 0 else { return sending }
    var version = try ledger.takeVersions(count, now: now)
    for file in files {
      guard case .rows(let content, let rows) = file.outcome else { continue }
      var segment = KlineSegment(
        series: file.key.series, symbol: file.key.archive.symbol, rows: rows, version: version)
      version += 1
      if !file.isRepeated {
        segment.replaces = file.previous?.dirty
        sending.entries.append(entry(file, content, version: segment.version))
      }
      sending.batch.segments.append(segment)
    }
    try ledger.record(sending.entries, scope: scope, now: now)
    return sending
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
    try ledger.markSent(sending.entries, scope: scope, now: now)
  }

  /// What the warehouse has of these files, by the version each was sent with.
  func figures(of entries: [LedgerEntry]) throws(WarehouseFault) -> [KlineFigures] {
    try warehouse.figures(
      of: entries.map { entry in
        KlineSpan(
          series: entry.key.series, symbol: entry.key.archive.symbol, openTimes: entry.openTimes ?? 0...0,
          version: entry.version)
      })
  }

  /// Notes what is verified, unchanged or bad, in one transaction.
  func finish(_ sending: Sending, files: [ReadFile], root: String, now: Date) throws(LedgerFault) {
    var known = sending.entries
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
        entry.checksumStamp = FileStamp(path: root + "/" + file.key.path + ".CHECKSUM")
        known.append(entry)
      }
    }
    try ledger.record(known, scope: scope, now: now)
  }
}
