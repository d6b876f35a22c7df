import Klines
import SluiceCore
import Warehouse

extension IngestPass {
  /// Looks at the tables the planned files would go into, before any of them is sent.
  func checkTables(_ plan: IngestPlan, _ work: IngestTarget) throws(Stop) {
    let planned = plan.files.series
    let refusals = try reaching { () throws(WarehouseFault) in try work.warehouse.refusals(of: planned) }
    for (series, fault) in refusals.sorted(by: { $0.key.place < $1.key.place }) { refuse(series, fault) }
    var unknown: [(series: KlineSeries, rows: Int)] = []
    for series in planned.sorted(by: { $0.place < $1.place }) where refusals[series] == nil {
      let isKnown = try stopping { () throws(LedgerFault) in
        try work.ledger.hasRows(of: series, warehouse: work.scope.warehouse)
      }
      if isKnown { continue }
      guard try prepare(series, work) else { continue }
      let rows = try reaching { () throws(WarehouseFault) in try work.warehouse.rowCount(of: series) }
      if rows > 0 { unknown.append((series, rows)) }
    }
    guard !unknown.isEmpty else { return }
    job.reporter.log(.warning, IngestWords.unknownRows(unknown, in: work.warehouse.identity))
  }
}

extension KlineSeries {
  /// Where it comes among others.
  var place: (Int, Int) {
    (Market.allCases.firstIndex(of: market) ?? 0, KlineInterval.allCases.firstIndex(of: interval) ?? 0)
  }
}
