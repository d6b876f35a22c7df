import Klines
import SluiceCore
import Warehouse

extension IngestPass {
  /// Compares everything the ledger calls verified with what the warehouse holds now; changes nothing.
  func verify(_ work: IngestTarget) throws(Stop) {
    var comparison = WarehouseComparison(work)
    for symbol in try stopping({ () throws(LedgerFault) in try work.ledger.symbols(scope: work.scope) }) {
      if job.reporter.shouldStop { return try remember(comparison, isComplete: false, work) }
      let entries = try stopping { () throws(LedgerFault) in try work.ledger.verified(symbol, scope: work.scope) }
      guard !entries.isEmpty else { continue }
      try reaching { () throws(WarehouseFault) in try work.warehouse.prepare(symbol.series) }
      try comparison.compare(entries)
    }
    try remember(comparison, isComplete: true, work)
    report.totals.rows = comparison.rows
    report.totals.filesUnchanged = comparison.files - comparison.wrong.count
    job.reporter.log(.info, IngestWords.verified(files: comparison.files, wrong: comparison.wrong.count))
    if !comparison.wrong.isEmpty { worsen(IngestWords.differs(comparison.wrong), .partial) }
  }

  /// Compares the newest week: rows that are gone behind our back are missed by the next ingest.
  func compareNewest(_ work: IngestTarget) throws(Stop) {
    guard !job.reporter.shouldStop else { return }
    let newest = try stopping { () throws(LedgerFault) in
      try work.ledger.newest(days: 7, rows: Self.comparedRows, scope: work.scope)
    }
    var comparison = WarehouseComparison(work)
    for (series, entries) in Dictionary(grouping: newest, by: \.key.series) where try prepare(series, work) {
      try comparison.compare(entries)
    }
    try remember(comparison, isComplete: false, work)
  }

  /// How many rows an ingest compares beside its own: what a server adds up within a second.
  private static let comparedRows = 2_000_000

  /// Every run says what differs until it is mended.
  private func remember(_ comparison: WarehouseComparison, isComplete: Bool, _ work: IngestTarget) throws(Stop) {
    try stopping { () throws(LedgerFault) in
      try work.ledger.note(
        differences: comparison.wrong, equal: comparison.right, isComplete: isComplete, scope: work.scope,
        now: job.now())
    }
  }
}
