import Klines
import SluiceCore
import Warehouse

/// Files that were ingested once and are not in the warehouse, because it was lost or is another one.
extension IngestPass {
  /// Those an ingest would find, for one that only looks: it asks the warehouse the same, and makes nothing there.
  ///
  /// - Parameter scope: Becomes that of the name the warehouse had before, as an ingest would make it.
  func lostBeforeIngest(
    _ ledger: IngestLedger, _ scope: inout IngestLedger.Scope?,
    _ make: (WarehouseSettings) throws(WarehouseFault) -> any KlineWarehouse
  ) throws(Stop) -> [LedgerEntry] {
    let seen = look(make)
    let (key, profile) = (job.lake.warehouse.key, job.profile.name)
    let own = scope
    if case .token(let token)? = seen?.sight, own?.token == nil {
      scope =
        try stopping { () throws(LedgerFault) in
          try ledger.earlier(token: token, warehouse: key, profile: profile, scope: own)
        } ?? own
    }
    let known = scope
    var found = try stopping { () throws(LedgerFault) in
      try ledger.yetToTakeOver(known?.warehouse ?? key, profile: profile, into: known)
    }
    guard let known else { return found }
    found += try stopping { () throws(LedgerFault) in try ledger.lost(scope: known) }
    guard let seen else { return found }
    let isAnother = known.token != nil && seen.sight != known.token.map(WarehouseSight.token)
    let lost = try isAnother ? [] : lostSeries(ledger, known.warehouse, seen.warehouse)
    if isAnother { job.reporter.log(.warning, IngestWords.forgot(seen.warehouse.identity)) }
    if !lost.isEmpty { job.reporter.log(.warning, IngestWords.lostTables(of: lost, in: seen.warehouse.identity)) }
    guard isAnother || !lost.isEmpty else { return found }
    let sent = try stopping { () throws(LedgerFault) in
      try ledger.entries(in: [.intent, .sent, .verified, .adopted, .quarantined], scope: known)
    }
    return found
      + sent.filter { ($0.version > 0 || $0.state == .adopted) && (isAnother || lost.contains($0.key.series)) }
  }

  /// What the warehouse is; nil where it cannot be asked, which an ingest would fail of.
  private func look(
    _ make: (WarehouseSettings) throws(WarehouseFault) -> any KlineWarehouse
  ) -> (warehouse: any KlineWarehouse, sight: WarehouseSight)? {
    do throws(WarehouseFault) {
      let warehouse = try make(job.lake.warehouse)
      return (warehouse, try warehouse.look())
    } catch {
      fail(IngestWords.problem(error))
      return nil
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
