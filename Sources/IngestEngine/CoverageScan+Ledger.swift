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
    var oddFiles: [CoveredFile] = []
    try ledger.forEachCovered(scope: scope) { file in
      let (path, market, archive) = (file.key.path, file.key.market, file.key.archive)
      let (isHere, isUnseen) = look(for: path)
      let isGone = !isHere && !isUnseen
      if isGone, isExpired(path) { return }
      note(path, of: market, archive)
      if file.state == .verified, tally.concerns(file.key) { oddFiles.append(file) }
      if isGone { return addGone(file) }
      if isUnseen { return addUnseen(file) }
      switch file.state {
      case .intent, .sent: add(market, archive, .arrived)
      case .quarantined where faulty.contains(path): add(market, archive, rank: Self.quarantinedFaultRank)
      case .quarantined: add(market, archive, .quarantined)
      case .verified where differing.contains(path): add(market, archive, rank: Self.faultRank)
      case .adopted: add(market, archive, .ingested)
      case .verified: addVerified(file)
      }
    }
    // By path a series' months and days do not lie side by side.
    for file in oddFiles.sorted(by: { $0.place < $1.place }) {
      tally.add(file.key, file.report, of: Self.name(file.key.market, file.key.archive))
    }
  }

  /// What is covered is what lies in the lake: an archive that was there and is not any more leaves a hole, and what the
  /// warehouse has of it is said beside.
  private mutating func addGone(_ file: CoveredFile) {
    noteGone(file)
    switch file.state {
    case .intent, .sent, .quarantined: add(file.key.market, file.key.archive, rank: Self.goneRank)
    case .adopted: add(file.key.market, file.key.archive, .warehouseOnly)
    case .verified:
      let rank = Self.rank(.warehouseOnly)
      addDays(of: file, (hole: Self.goneRank, short: rank, whole: rank))
    }
  }

  /// Of what lies in a directory that cannot be read no day is called whole.
  private mutating func addUnseen(_ file: CoveredFile) {
    add(file.key.market, file.key.archive, rank: Self.rank(.short))
    noteDays(of: file, .unreadable)
  }

  /// A profile that follows its source's deletions may have lost it to one.
  private mutating func noteGone(_ file: CoveredFile) {
    if !profile.followsDeletions { noteDays(of: file, .vanished) }
  }

  private mutating func noteDays(of file: CoveredFile, _ kind: CoverageRemark.Kind) {
    let name = Self.name(file.key.market, file.key.archive)
    let days = LongCandles.days(of: file.key.archive)
    for day in days.lowerBound.daysSinceEpoch...days.upperBound.daysSinceEpoch {
      remarks[name, default: []].append(CoverageRemark(day: CalendarDay(daysSinceEpoch: day), kind: kind))
    }
  }

  /// Whole days are ingested, days with fewer candles short; a day without any is a hole.
  private mutating func addVerified(_ file: CoveredFile) {
    addDays(of: file, (hole: Self.holeRank, short: Self.rank(.short), whole: Self.ingestedRank))
  }

  private mutating func addDays(of file: CoveredFile, _ ranks: (hole: Int, short: Int, whole: Int)) {
    let (market, archive, short) = (file.key.market, file.key.archive, file.report.shortDays)
    for days in LongCandles(archive, file.report)?.days ?? [] {
      add(
        number(of: market, archive), days.first, days.last, rank: days.isMissing ? ranks.hole : ranks.whole,
        told: archive.period)
    }
    if archive.interval.isLongerThanADay { return }
    if short.isEmpty { return add(market, archive, rank: ranks.whole) }
    let series = number(of: market, archive)
    var day = archive.period.firstDay
    while day <= archive.period.lastDay {
      let rank = short[day].map { $0 == 0 ? ranks.hole : ranks.short } ?? ranks.whole
      if rank == Self.rank(.short), let candles = short[day], let step = archive.interval.milliseconds {
        let kind = CoverageRemark.Kind.fewerCandles(candles: candles, expected: Int(86_400_000 / step))
        remarks[Self.name(market, archive), default: []].append(CoverageRemark(day: day, kind: kind))
      }
      add(series, day, day, rank: rank, told: archive.period)
      day = day.adding(days: 1)
    }
  }
}

extension CoveredFile {
  /// Where it comes among others: by series, then from the oldest period on.
  fileprivate var place: (String, String, String, String, String) {
    (
      key.market.rawValue, key.archive.interval.rawValue, key.archive.symbol, key.archive.period.description, key.path
    )
  }
}
