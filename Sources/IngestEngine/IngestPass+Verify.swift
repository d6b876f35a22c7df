import Klines
import SluiceCore
import Warehouse

extension IngestPass {
  /// Compares everything the ledger calls verified with what the warehouse holds now; changes nothing.
  func verify(_ work: IngestTarget) throws(Stop) {
    var comparison = WarehouseComparison(work)
    let isComplete = try compareAll(&comparison, work)
    try remember(comparison, isComplete: isComplete, work)
    guard isComplete else { return }
    report.totals.rows = comparison.rows
    report.totals.filesUnchanged = comparison.files - comparison.wrong.count
    job.reporter.log(.info, IngestWords.verified(files: comparison.files, wrong: comparison.wrong.count))
    let (there, gone) = parted(comparison.wrong)
    if !there.isEmpty { worsen(IngestWords.differs(there), .partial) }
    if !gone.isEmpty { worsen(IngestWords.differsAndGone(gone), .partial) }
    try tellUnvouched(work)
    try tellUncompared(comparison, work)
    guard comparison.files == 0, report.outcome == .success else { return }
    worsen(IngestWords.nothingVerified(in: work.warehouse.identity), .partial)
  }

  /// - Returns: Whether the run was not asked to end before all were compared.
  private func compareAll(_ comparison: inout WarehouseComparison, _ work: IngestTarget) throws(Stop) -> Bool {
    for symbol in try stopping({ () throws(LedgerFault) in try work.ledger.symbols(scope: work.scope) }) {
      if job.reporter.shouldStop { return false }
      let entries = try stopping { () throws(LedgerFault) in try work.ledger.verified(symbol, scope: work.scope) }
      guard !entries.isEmpty else { continue }
      if try prepare(symbol.series, work) { try comparison.compare(entries) } else { comparison.leaveOut(entries) }
    }
    return true
  }

  /// Names rows that count and are those of no file that is there and in order.
  private func tellUnvouched(_ work: IngestTarget) throws(Stop) {
    let found = try findOutlived(work.ledger, work.scope)
    if !found.pairs.isEmpty { worsen(IngestWords.countingCopies(found.pairs), .partial) }
    if !found.elsewhere.isEmpty { worsen(IngestWords.outlived(elsewhere: found.elsewhere), .partial) }
    var aside = FilesAside()
    try stopping { () throws(LedgerFault) in
      try work.ledger.forEachAside(scope: work.scope) { file in if file.rows > 0 { aside.add(file) } }
    }
    if aside.count > 0 { worsen(IngestWords.rowsAside(aside), .partial) }
  }

  /// Names files of which nothing was sent and read back that a verification could compare.
  private func tellUncompared(_ comparison: WarehouseComparison, _ work: IngestTarget) throws(Stop) {
    let open = try stopping { () throws(LedgerFault) in
      try work.ledger.entries(in: [.intent, .sent, .adopted], scope: work.scope)
    }
    var found: [IngestWords.Uncompared: [String]] = [:]
    try stopping { () throws(LedgerFault) in
      try work.ledger.forEachAside(scope: work.scope) { file in
        // One that was never in and is gone is missed by nobody; one that was is told as such a row.
        if !file.wasSent, !isGone(file.key.path) { found[.aside, default: []].append(file.key.path) }
      }
    }
    for entry in open {
      let path = entry.key.path
      switch (entry.state, isGone(path)) {
      case (.adopted, _): found[.adopted, default: []].append(path)
      case (_, true): found[.gone, default: []].append(path)
      default: found[.unsent, default: []].append(path)
      }
    }
    if !comparison.refused.isEmpty { found[.refused] = comparison.refused }
    if !comparison.open.isEmpty { found[.beside] = comparison.open }
    if !found.isEmpty { worsen(IngestWords.uncompared(found.mapValues { $0.sorted() }), .partial) }
  }

  /// Files that can be sent again, and those that are gone.
  func parted(_ paths: [String]) -> (there: [String], gone: [String]) {
    let parts = Dictionary(grouping: paths) { isGone($0) }
    return (parts[false] ?? [], parts[true] ?? [])
  }

  /// Compares each series' newest week: rows that are gone behind our back are missed by the next ingest, which asks before
  /// it sends any of its own.
  ///
  /// Where some are, all is compared, so that what is sent again is everything that is gone.
  ///
  /// - Returns: Whether nothing is gone.
  func compareNewest(_ work: IngestTarget) throws(Stop) -> Bool {
    guard !job.reporter.shouldStop else { return true }
    var comparison = WarehouseComparison(work)
    var left = Self.comparedRows
    // Long candles are few: what they leave of the rows is the short ones'.
    let all = try stopping { () throws(LedgerFault) in try work.ledger.verifiedSeries(scope: work.scope) }
      .sorted { ($0.place.1, $0.place.0) > ($1.place.1, $1.place.0) }
    for (index, series) in all.enumerated() where try prepare(series, work) {
      let share = left / (all.count - index)
      let newest = try stopping { () throws(LedgerFault) in
        try work.ledger.newest(days: 7, of: series, rows: share, scope: work.scope)
      }
      try comparison.compare(newest)
      left = max(0, newest.reduce(left) { $0 - $1.report.rows })
    }
    let isSound = comparison.wrong.isEmpty
    var isComplete = false
    if !isSound {
      comparison = WarehouseComparison(work)
      isComplete = try compareAll(&comparison, work)
    }
    try remember(comparison, isComplete: isComplete, work)
    return isSound
  }

  /// How many rows an ingest compares beside its own: what a server adds up within a second.
  private static let comparedRows = 2_000_000

  /// Every run says what differs until it is mended.
  private func remember(_ comparison: WarehouseComparison, isComplete: Bool, _ work: IngestTarget) throws(Stop) {
    try stopping { () throws(LedgerFault) in
      try work.ledger.note(
        differences: comparison.wrong, equal: comparison.right, undecided: comparison.open,
        isComplete: isComplete && refusedSeries.isEmpty, scope: work.scope, now: job.now())
    }
  }
}
