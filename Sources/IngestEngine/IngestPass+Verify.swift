import Klines
import SluiceCore
import Warehouse

extension IngestPass {
  /// Compares everything the ledger calls verified with what the warehouse holds now; changes nothing.
  ///
  /// Where several files vouch for the same days the last sent has won, so only the number of rows is compared.
  func verify(_ work: IngestTarget) throws(Stop) {
    var check = Check()
    for symbol in try stopping({ () throws(LedgerFault) in try work.ledger.symbols(scope: work.scope) }) {
      if job.reporter.shouldStop { return try remember(check, isComplete: false, work) }
      try reaching { () throws(WarehouseFault) in try work.warehouse.prepare(symbol.series) }
      let entries = try stopping { () throws(LedgerFault) in
        try work.ledger.verified(symbol, scope: work.scope)
      }
      try reaching { () throws(WarehouseFault) in try check.compare(entries, with: work.warehouse) }
    }
    try remember(check, isComplete: true, work)
    report.totals.rows = check.rows
    report.totals.filesUnchanged = check.files - check.wrong.count
    job.reporter.log(.info, IngestWords.verified(files: check.files, wrong: check.wrong.count))
    if !check.wrong.isEmpty { worsen(IngestWords.differs(check.wrong), .partial) }
  }

  /// Every run says what differs until it is mended.
  private func remember(_ check: Check, isComplete: Bool, _ work: IngestTarget) throws(Stop) {
    try stopping { () throws(LedgerFault) in
      try work.ledger.note(differences: check.wrong, isComplete: isComplete, scope: work.scope, now: job.now())
    }
  }

  /// What was compared so far.
  private struct Check {
    var files = 0
    var rows = 0
    var wrong: [String] = []

    /// Compares one symbol's files, oldest first, in questions of a size the warehouse can answer at once.
    mutating func compare(
      _ entries: [LedgerEntry], with warehouse: any KlineWarehouse
    ) throws(WarehouseFault) {
      let known = entries.compactMap { entry in entry.openTimes.map { (entry, $0) } }
      let shared = Self.shared(known.map(\.1))
      for start in stride(from: 0, to: known.count, by: 500) {
        let part = start..<min(start + 500, known.count)
        let spans = part.map { index in
          let (entry, openTimes) = known[index]
          return KlineSpan(series: entry.key.series, symbol: entry.key.archive.symbol, openTimes: openTimes)
        }
        for (index, figures) in zip(part, try warehouse.figures(of: spans)) {
          let own = known[index].0.figures
          files += 1
          rows += figures.rows
          if shared[index] ? figures.rows < own.rows : figures != own { wrong.append(known[index].0.key.path) }
        }
      }
    }

    /// Which spans, sorted by their beginning, share a day with another: some warehouses add up whole days.
    private static func shared(_ moments: [ClosedRange<Int64>]) -> [Bool] {
      let spans = moments.map { $0.lowerBound / 86_400_000...$0.upperBound / 86_400_000 }
      var result = [Bool](repeating: false, count: spans.count)
      var furthest: Int?
      for index in spans.indices {
        if let before = furthest, spans[index].lowerBound <= spans[before].upperBound {
          result[index] = true
          result[before] = true
        }
        if furthest.map({ spans[$0].upperBound < spans[index].upperBound }) ?? true { furthest = index }
      }
      return result
    }
  }
}
