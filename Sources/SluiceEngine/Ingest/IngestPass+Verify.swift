import Klines
import SluiceCore
import Warehouse

extension IngestPass {
  /// Compares everything the ledger calls verified with what the warehouse holds now; changes nothing.
  ///
  /// Where several files vouch for the same open times the last sent has won, so only the number of rows is compared.
  func verify(_ work: IngestSession) throws(Stop) {
    var wrong: [String] = []
    var checked = 0
    for group in try symbols(work) {
      for start in stride(from: 0, to: group.count, by: 500) {
        if job.reporter.shouldStop { return }
        let entries = Array(group[start..<min(start + 500, group.count)])
        let spans = entries.compactMap { entry in
          entry.openTimes.map {
            KlineSpan(series: entry.key.series, symbol: entry.key.archive.symbol, openTimes: $0)
          }
        }
        guard spans.count == entries.count else { continue }
        let found = try reaching { () throws(WarehouseFault) in try work.warehouse.figures(of: spans) }
        for (entry, figures) in zip(entries, found) {
          checked += 1
          report.totals.rows += figures.rows
          let isShared = Self.isShared(entry, group)
          if isShared ? figures.rows < entry.figures.rows : figures != entry.figures { wrong.append(entry.key.path) }
        }
      }
    }
    report.totals.filesUnchanged = checked - wrong.count
    job.reporter.log(
      .info, "Verified \(TextFormat.grouped(checked)) files: \(TextFormat.grouped(wrong.count)) differ.")
    if !wrong.isEmpty { worsen(IngestWords.differs(wrong), .partial) }
  }

  /// Verified entries, one list a market, interval and symbol.
  private func symbols(_ work: IngestSession) throws(Stop) -> [[LedgerEntry]] {
    var groups: [[LedgerEntry]] = []
    try stopping { () throws(LedgerFault) in
      try work.ledger.forEach(scope: work.scope) { entry in
        guard entry.state == .verified else { return }
        if let last = groups.last?.last, last.key.series == entry.key.series,
          last.key.archive.symbol == entry.key.archive.symbol
        {
          groups[groups.count - 1].append(entry)
        } else {
          groups.append([entry])
        }
      }
    }
    for series in Set(groups.compactMap { $0.first?.key.series }) {
      try reaching { () throws(WarehouseFault) in try work.warehouse.prepare(series) }
    }
    return groups
  }

  private static func isShared(_ entry: LedgerEntry, _ group: [LedgerEntry]) -> Bool {
    guard let own = entry.openTimes else { return false }
    return group.contains { $0.key.path != entry.key.path && ($0.openTimes?.overlaps(own) ?? false) }
  }
}
