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
  /// Files beside which another one is on its way: what the table should hold there is open until that is read back.
  private(set) var open: [String] = []

  /// Files whose table cannot take klines.
  private(set) var refused: [String] = []

  private enum Judgement { case right, wrong, open }

  init(_ work: IngestTarget) { self.work = work }

  /// Notes that files are not compared because their table is refused.
  mutating func leaveOut(_ entries: [LedgerEntry]) { refused += entries.map(\.key.path) }

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
        switch figures.agrees(with: entry.figures) ? .right : try judgeBesideOthers(entry, figures) {
        case .right: right.append(entry.key.path)
        case .wrong: wrong.append(entry.key.path)
        case .open:
          open.append(entry.key.path)
          files -= 1
          rows -= figures.rows
        }
      }
    }
  }

  /// Whether what is there of a file's times is what it and the others there vouch for.
  private func judgeBesideOthers(_ entry: LedgerEntry, _ figures: KlineFigures) throws(IngestPass.Stop) -> Judgement {
    let span = IngestTarget.period(entry)
    let found = try vouchers(beside: entry, span.openTimes)
    guard !found.others.isEmpty else { return .wrong }
    let unfinished = found.others.map(\.entry).filter { [.intent, .sent].contains($0.state) }
    if unfinished.isEmpty {
      return try isRightBesideOthers(entry, figures, span, found) ? .right : .wrong
    }
    return try lacks(entry, span, outside: unfinished) ? .wrong : .open
  }

  /// Whether fewer rows are there than the file has without those at times where others may have changed them.
  private func lacks(
    _ entry: LedgerEntry, _ span: KlineSpan, outside others: [LedgerEntry]
  ) throws(IngestPass.Stop) -> Bool {
    guard let step = entry.key.archive.interval.milliseconds, !entry.key.archive.hasLongCandles else { return false }
    let times = others.map { $0.key.archive.openTimes.joined(with: $0.openTimes).joined(with: $0.dirty) }
    let held = try rows(in: span).filter { row in !times.contains { $0.contains(row.openTime) } }
    let most = times.reduce(0) { sum, range in
      let shared = range.clamped(to: span.openTimes)
      return range.overlaps(span.openTimes) ? sum + Int((shared.upperBound - shared.lowerBound) / step) + 1 : sum
    }
    return held.count < entry.figures.rows - most
  }

  private func rows(in span: KlineSpan) throws(IngestPass.Stop) -> [HeldRow] {
    do throws(WarehouseFault) { return try work.warehouse.rows(in: span) } catch { throw .warehouse(error) }
  }

  private func isRightBesideOthers(
    _ entry: LedgerEntry, _ figures: KlineFigures, _ span: KlineSpan, _ found: Found
  ) throws(IngestPass.Stop) -> Bool {
    guard figures.rows >= entry.figures.rows else { return false }
    let (others, own, fills, isSettled) = found
    let held: [HeldRow]
    do throws(WarehouseFault) {
      guard try work.warehouse.keepsVersions(entry.key.series) else { return true }
    } catch {
      throw .warehouse(error)
    }
    held = try rows(in: span)
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

  private typealias Found = (
    others: [IngestLedger.Voucher], own: Set<Int64>, fills: FilledCandles?, isSettled: Bool
  )

  private func vouchers(
    beside entry: LedgerEntry, _ openTimes: ClosedRange<Int64>
  ) throws(IngestPass.Stop) -> Found {
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
