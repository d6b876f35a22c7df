import Klines
import SluiceCore
import Warehouse

/// Files that were ingested once and are not in the warehouse, because it was lost or is another one.
extension IngestPass {
  /// Those an ingest would find, for one that only looks and so does not reach the warehouse.
  func lostBeforeIngest(_ ledger: IngestLedger, _ scope: IngestLedger.Scope?) throws(Stop) -> [LedgerEntry] {
    let (warehouse, profile) = (scope?.warehouse ?? job.lake.warehouse.key, job.profile.name)
    return try stopping { () throws(LedgerFault) in
      var found = try ledger.yetToTakeOver(warehouse, profile: profile, into: scope)
      guard let scope else { return found }
      found += try ledger.lost(scope: scope)
      if !store.warehouseMayExist { found += try ledger.entries(in: [.sent, .verified, .adopted], scope: scope) }
      return found
    }
  }

  /// Makes everything that was in tables which are gone yet to be sent, before any of them is made again.
  func noteLostTables(_ work: IngestTarget) throws(Stop) {
    let lost = try lostSeries(work.ledger, work.scope.warehouse, work.warehouse)
    guard !lost.isEmpty else { return }
    try stopping { () throws(LedgerFault) in try work.ledger.note(lost: lost, warehouse: work.scope.warehouse) }
    job.reporter.log(.warning, IngestWords.lostTables(of: lost, in: work.warehouse.identity))
  }

  /// Series that were sent and whose tables are gone.
  func lostSeries(
    _ ledger: IngestLedger, _ key: String, _ warehouse: any KlineWarehouse
  ) throws(Stop) -> Set<KlineSeries> {
    let sent = try stopping { () throws(LedgerFault) in try ledger.sentSeries(warehouse: key) }
    return try reaching { () throws(WarehouseFault) in try warehouse.missing(of: sent) }
  }

  /// Says what of them cannot be sent, because it is not in the lake either; then it is forgotten.
  func tellLost(_ work: IngestTarget) throws(Stop) {
    let lost = try stopping { () throws(LedgerFault) in try work.ledger.lost(scope: work.scope) }
    try tellGone(lost, work.ledger, work.scope)
    let gone = lost.filter { presence.isGone($0.key.path, of: job.profile.name) }
    try stopping { () throws(LedgerFault) in try work.ledger.forget(gone.map(\.key), scope: work.scope) }
  }

  /// Says which of them are gone from the lake; one that was only moved is not.
  func tellGone(_ lost: [LedgerEntry], _ ledger: IngestLedger, _ scope: IngestLedger.Scope?) throws(Stop) {
    let parts = Dictionary(grouping: lost) { presence.isGone($0.key.path, of: job.profile.name) }
    let there = Set((parts[false] ?? []).map(Candles.init))
    var alone: [LedgerEntry] = []
    for entry in parts[true] ?? [] where !there.contains(Candles(entry)) {
      let copies = try stopping { () throws(LedgerFault) in
        try scope.map { scope throws(LedgerFault) in try ledger.copies(of: entry.key, scope: scope) } ?? []
      }
      if !copies.contains(where: { presence.isThere($0.path, of: $0.profile) }) { alone.append(entry) }
    }
    guard !alone.isEmpty else { return }
    let rows = alone.reduce(0) { $0 + $1.report.rows }
    worsen(IngestWords.lost(alone.map(\.key.path).sorted(), rows: rows), .partial)
  }

  /// What copies of a file have in common.
  private struct Candles: Hashable {
    var market: Market
    var archive: KlineArchiveName

    init(_ entry: LedgerEntry) { (market, archive) = (entry.key.market, entry.key.archive) }
  }
}
