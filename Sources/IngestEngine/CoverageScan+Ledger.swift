import FoundationEssentials
import Glibc
import Klines
import SluiceCore

/// What the ledger says of a profile's days, held against what is in the lake.
extension CoverageScan {
  /// Whatever cannot be read of the ledger stays "arrived", and is told: a day may be short all the same.
  mutating func readLedger(_ store: MarkerStore, since: CalendarDay?, until: CalendarDay?) {
    do throws(LedgerFault) {
      guard let (ledger, scope) = try store.scopedLedger() else { return }
      var tally = OddCandleTally(try ledger.grids(scope: scope), since: since, until: until)
      try read(ledger, scope, &tally)
      odd = tally.found
    } catch {
      unread.append(IngestWords.problem(error).message)
    }
  }

  private mutating func read(
    _ ledger: IngestLedger, _ scope: IngestLedger.Scope, _ tally: inout OddCandleTally
  ) throws(LedgerFault) {
    var differing = Set(try ledger.differences(scope: scope).map(\.path))
    // Neither is a file that was accepted and changed since known to be what the warehouse holds.
    let accepted = try ledger.acceptances(profile: profile.name)
    differing.formUnion(accepted.filter { $0.standing(in: profile.localPath) == .changed }.map(\.file.path))
    try ledger.forEach(scope: scope) { entry in
      let (path, market, archive) = (entry.key.path, entry.key.market, entry.key.archive)
      let isGone = isGone(path)
      if isGone, isExpired(path) { return }
      note(path, of: market, archive)
      if entry.state == .verified { tally.add(entry, of: Self.name(market, archive)) }
      if isGone { return addGone(entry) }
      if isUnseen(path) { return addUnseen(entry) }
      switch entry.state {
      case .intent, .sent: add(market, archive, .arrived)
      case .quarantined where faulty.contains(path): add(market, archive, rank: Self.quarantinedFaultRank)
      case .quarantined: add(market, archive, .quarantined)
      case .verified where differing.contains(path): add(market, archive, rank: Self.faultRank)
      case .adopted: add(market, archive, .ingested)
      case .verified: addVerified(entry)
      }
    }
  }

  /// What is covered is what lies in the lake: an archive that was there and is not any more leaves a hole, and what the
  /// warehouse has of it is said beside.
  private mutating func addGone(_ entry: LedgerEntry) {
    noteGone(entry)
    switch entry.state {
    case .intent, .sent, .quarantined: add(entry.key.market, entry.key.archive, rank: Self.goneRank)
    case .adopted: add(entry.key.market, entry.key.archive, .warehouseOnly)
    case .verified:
      let rank = Self.rank(.warehouseOnly)
      addDays(of: entry, (hole: Self.goneRank, short: rank, whole: rank))
    }
  }

  /// Of what lies in a directory that cannot be read no day is called whole.
  private mutating func addUnseen(_ entry: LedgerEntry) {
    add(entry.key.market, entry.key.archive, rank: Self.rank(.short))
    noteDays(of: entry, .unreadable)
  }

  /// A profile that follows its source's deletions may have lost it to one.
  private mutating func noteGone(_ entry: LedgerEntry) {
    if !profile.followsDeletions { noteDays(of: entry, .vanished) }
  }

  private mutating func noteDays(of entry: LedgerEntry, _ kind: CoverageRemark.Kind) {
    let name = Self.name(entry.key.market, entry.key.archive)
    let days = LongCandles.days(of: entry.key.archive)
    for day in days.lowerBound.daysSinceEpoch...days.upperBound.daysSinceEpoch {
      remarks[name, default: []].append(CoverageRemark(day: CalendarDay(daysSinceEpoch: day), kind: kind))
    }
  }

  /// Whole days are ingested, days with fewer candles short; a day without any is a hole.
  private mutating func addVerified(_ entry: LedgerEntry) {
    addDays(of: entry, (hole: Self.holeRank, short: Self.rank(.short), whole: Self.ingestedRank))
  }

  private mutating func addDays(of entry: LedgerEntry, _ ranks: (hole: Int, short: Int, whole: Int)) {
    let (archive, short) = (entry.key.archive, entry.report.shortDays)
    let name = Self.name(entry.key.market, archive)
    for days in LongCandles(entry)?.days ?? [] {
      add(name, days.first, days.last, rank: days.isMissing ? ranks.hole : ranks.whole, told: archive.period)
    }
    if archive.interval.isLongerThanADay { return }
    if short.isEmpty { return add(entry.key.market, archive, rank: ranks.whole) }
    var day = archive.period.firstDay
    while day <= archive.period.lastDay {
      let rank = short[day].map { $0 == 0 ? ranks.hole : ranks.short } ?? ranks.whole
      if rank == Self.rank(.short), let candles = short[day], let step = archive.interval.milliseconds {
        let kind = CoverageRemark.Kind.fewerCandles(candles: candles, expected: Int(86_400_000 / step))
        remarks[name, default: []].append(CoverageRemark(day: day, kind: kind))
      }
      add(name, day, day, rank: rank, told: archive.period)
      day = day.adding(days: 1)
    }
  }
}
