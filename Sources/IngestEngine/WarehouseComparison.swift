import Klines
import SluiceCore
import Warehouse

/// Compares verified files with what the warehouse holds now, over their whole periods; changes nothing.
struct WarehouseComparison {
  private let work: IngestTarget
  private(set) var files = 0
  private(set) var rows = 0
  private(set) var wrong: [String] = []
  private(set) var right: [String] = []

  init(_ work: IngestTarget) { self.work = work }

  /// Compares files of one series, in questions of a size the warehouse can answer at once.
  mutating func compare(_ entries: [LedgerEntry]) throws(IngestPass.Stop) {
    let known = entries.filter { $0.openTimes != nil }
    for start in stride(from: 0, to: known.count, by: 500) {
      let part = Array(known[start..<min(start + 500, known.count)])
      let found: [KlineFigures]
      do throws(WarehouseFault) {
        found = try work.warehouse.figures(of: part.map { IngestTarget.period($0) })
      } catch {
        throw .warehouse(error)
      }
      for (entry, figures) in zip(part, found) {
        files += 1
        rows += figures.rows
        let isRight = figures.agrees(with: entry.figures) ? true : try isRightBesideOthers(entry, figures)
        if isRight { right.append(entry.key.path) } else { wrong.append(entry.key.path) }
      }
    }
  }

  /// Whether what is there of a file's times is what it and the others there vouch for.
  private func isRightBesideOthers(_ entry: LedgerEntry, _ figures: KlineFigures) throws(IngestPass.Stop) -> Bool {
    guard figures.rows >= entry.figures.rows else { return false }
    let span = IngestTarget.period(entry)
    let (others, own, fills, isSettled) = try vouchers(beside: entry, span.openTimes)
    guard !others.isEmpty else { return false }
    let held: [HeldRow]
    do throws(WarehouseFault) {
      guard try work.warehouse.keepsVersions(entry.key.series) else { return true }
      held = try work.warehouse.rows(in: span)
    } catch {
      throw .warehouse(error)
    }
    // Ledgers of earlier versions do not know the versions of all rows they vouch for.
    guard isSettled else { return true }
    let versions = others.reduce(into: own) { $0.formUnion($1.versions) }
    guard held.allSatisfy({ $0.version.map(versions.contains) ?? true }) else { return false }
    // What counts before every other must be there whole.
    let rank = { (entry: LedgerEntry) in
      FilePrecedence(entry.key.archive, published: 0, modified: 0, path: "")
    }
    guard others.allSatisfy({ rank($0.entry) < rank(entry) }) else { return true }
    // What was put into the file's holes may have given way to another one's candles.
    guard let fills else { return true }
    let ownRows = held.filter { ($0.version.map(own.contains) ?? false) && !fills.contains($0.openTime) }
    let filled = fills.figures(step: entry.key.archive.interval.milliseconds ?? 1)
    if fills.isEmpty, let content = entry.figures.content, content != ownRows.reduce(0, { $0 &+ $1.content }) {
      return false
    }
    return ownRows.count == entry.figures.rows - filled.rows
      && ownRows.reduce(0) { $0 &+ $1.openTime } == entry.figures.openTimes &- filled.openTimes
  }

  private func vouchers(
    beside entry: LedgerEntry, _ openTimes: ClosedRange<Int64>
  ) throws(IngestPass.Stop) -> (others: [IngestLedger.Voucher], own: Set<Int64>, fills: FilledCandles?, isSettled: Bool)
  {
    do throws(LedgerFault) {
      return (
        try work.ledger.vouchers(beside: entry.key, openTimes: openTimes, scope: work.scope),
        try work.ledger.repeats(of: entry.key, scope: work.scope).union([entry.version]),
        try work.ledger.fills(of: entry, scope: work.scope),
        try work.ledger.isSettled(scope: work.scope)
      )
    } catch {
      throw .ledger(error)
    }
  }
}
