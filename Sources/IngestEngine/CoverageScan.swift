package import Foundation
import Klines
import LakeFiles
package import SluiceCore

/// What a profile holds day by day, from its directories, its archives and the ledger.
///
/// Reads directories and blocks: not for a thread of the global pool.
package struct CoverageScan {
  private let profile: Profile
  private let cutoff: CalendarDay?
  private let now: Date
  /// The market that the profile's paths or markers name.
  private var market: Market?
  private var series: [String] = []
  private var numbers: [String: Int] = [:]
  private var spans: [Span] = []
  /// Archives that hold nothing.
  private var faulty: Set<String> = []
  private var skipped = SkippedFiles()

  /// A stretch of days in one state; a first ingest may have hundreds of thousands.
  private struct Span {
    var series: Int32
    var first: Int32
    var last: Int32
    /// The last of its days that says how far the data goes.
    var told: Int32
    var rank: UInt8
  }

  /// From weakest to strongest: where two files speak of one day, the stronger word counts.
  ///
  /// The second `missing` is a hole inside a file that was read: stronger than the file's mere arrival.
  private static let ranks: [CoverageCell] = [
    .missing, .expired, .arrived, .missing, .quarantined, .short, .ingested, .short, .quarantined,
  ]
  private static let arrivedRank = 2
  private static let holeRank = 3
  private static let ingestedRank = 6
  /// What is wrong with the file itself, or with its rows in the warehouse, is said whatever was ingested of it before.
  private static let faultRank = 7
  private static let quarantinedFaultRank = 8

  /// One row for each series of dated directories, and for each market, symbol and interval of klines.
  ///
  /// No row is invented: a series is in the table when a directory, an archive or the ledger names it.
  ///
  /// - Parameters:
  ///   - since: The table's first day; the oldest there is when nil.
  ///   - until: The table's last day; the newest there is when nil.
  ///   - now: Decides which missing days retention has taken.
  package static func table(
    lake: Lake, profile: Profile, since: CalendarDay? = nil, until: CalendarDay? = nil, now: Date = Date()
  ) -> CoverageTable {
    var scan = CoverageScan(profile: profile, now: now)
    scan.readDirectories()
    if profile.ingest != nil {
      scan.readArchives(MarkerStore(lake: lake, profile: profile))
      scan.readLedger(lake)
    }
    let expected = scan.expect()
    return scan.table(since: since, until: until, expected)
  }

  private init(profile: Profile, now: Date) {
    self.profile = profile
    self.now = now
    cutoff = profile.retentionDays.map { RetentionPlan.cutoff(retentionDays: $0, today: CalendarDay(now)) }
  }

  // MARK: Reading

  private mutating func readDirectories() {
    let root = try? DirectoryDescriptor.open(profile.localPath, followingLinks: true)
    for entry in (try? root?.entries()) ?? [] {
      guard let name = entry.name.text else {
        // Of a profile with ingest the walk over its archives says so.
        if entry.kind == .directory, profile.ingest == nil { skipped.add(entry.name.description, .encoding) }
        continue
      }
      guard let dated = DatedDirectory(name: name) else { continue }
      if let cell = Self.cell(profile.localPath + "/" + name) {
        add(dated.series.isEmpty ? "(days)" : dated.series, dated.day, dated.day, cell)
      } else if entry.kind == .link, profile.ingest == nil {
        skipped.add(name, .link)
      }
    }
  }

  /// What a day's directory shows.
  ///
  /// - Returns: nil for what is no directory.
  private static func cell(_ path: String) -> CoverageCell? {
    guard let directory = try? DirectoryDescriptor.open(path) else { return nil }
    return DayContent(of: directory).cell
  }

  private mutating func readArchives(_ store: MarkerStore) {
    let inferred = IngestPlanner.inferredMarket(profile, store.listing().markers.map(\.marker.market))
    market = inferred
    var walk = ArchiveWalk(root: profile.localPath)
    walk.run { content in
      let place = KlineArchivePath(directory: content.directory)
      if place == .excluded { return true }
      for (name, reason) in content.skipped { skipped.add(content.path(name), reason) }
      let market = place.market(inferred: inferred)
      for file in content.files {
        let path = content.path(file.name)
        if let market { add(file, path, market) } else if inferred != nil { skipped.add(path, .market) }
      }
      return true
    }
  }

  private mutating func add(_ file: ArchiveWalk.File, _ path: String, _ market: Market) {
    let size = FileStamp(path: profile.localPath + "/" + path)?.size ?? 0
    let isEmpty = DataFileKind.isEmpty(fileName: file.name, bytes: size)
    if isEmpty { faulty.insert(path) }
    add(market, file.archive, rank: isEmpty ? Self.faultRank : Self.arrivedRank)
  }

  private mutating func readLedger(_ lake: Lake) {
    let path = IngestLedger.path(in: lake)
    guard FileManager.default.fileExists(atPath: path),
      let ledger = try? IngestLedger(path: path, isReadOnly: true),
      let scope = try? ledger.scope(warehouse: lake.warehouse.identity, profile: profile.name, makes: false)
    else { return }
    let differing = Set(((try? ledger.differences(scope: scope)) ?? []).map(\.path))
    // What cannot be read of the ledger stays "arrived": the table then says less, never more.
    try? ledger.forEach(scope: scope) { entry in
      let (market, archive) = (entry.key.market, entry.key.archive)
      switch entry.state {
      case .intent, .sent: add(market, archive, .arrived)
      case .quarantined where faulty.contains(entry.key.path): add(market, archive, rank: Self.quarantinedFaultRank)
      case .quarantined: add(market, archive, .quarantined)
      case .verified where differing.contains(entry.key.path): add(market, archive, rank: Self.faultRank)
      case .adopted: add(market, archive, .ingested)
      case .verified: addVerified(entry)
      }
    }
  }

  /// Whole days are ingested, days with fewer candles short; a day without any is a hole.
  private mutating func addVerified(_ entry: LedgerEntry) {
    let (archive, short) = (entry.key.archive, entry.report.shortDays)
    let name = Self.name(entry.key.market, archive)
    for days in LongCandles(entry)?.days ?? [] {
      add(name, days.first, days.last, rank: days.isMissing ? Self.holeRank : Self.ingestedRank, told: archive.period)
    }
    if archive.interval.isLongerThanADay { return }
    if short.isEmpty { return add(entry.key.market, archive, .ingested) }
    var day = archive.period.firstDay
    while day <= archive.period.lastDay {
      if short[day] == 0 {
        add(name, day, day, rank: Self.holeRank, told: archive.period)
      } else {
        add(name, day, day, short[day] == nil ? .ingested : .short)
      }
      day = day.adding(days: 1)
    }
  }

  private static func name(_ market: Market, _ archive: KlineArchiveName) -> String {
    "\(market.rawValue) \(archive.symbol) \(archive.interval.rawValue)"
  }

  /// The days an archive stands for, in one state.
  private mutating func add(_ market: Market, _ archive: KlineArchiveName, _ cell: CoverageCell) {
    add(market, archive, rank: Self.rank(cell))
  }

  private mutating func add(_ market: Market, _ archive: KlineArchiveName, rank: Int) {
    let days = LongCandles.days(of: archive)
    add(Self.name(market, archive), days.lowerBound, days.upperBound, rank: rank, told: archive.period)
  }

  private mutating func add(_ name: String, _ first: CalendarDay, _ last: CalendarDay, _ cell: CoverageCell) {
    add(name, first, last, rank: Self.rank(cell))
  }

  /// - Parameter period: Beyond its end the days are known, but do not say how far the data goes: a week's candle
  ///   reaches into a month of which nothing has come.
  private mutating func add(
    _ name: String, _ first: CalendarDay, _ last: CalendarDay, rank: Int, told period: Period? = nil
  ) {
    spans.append(
      Span(
        series: Int32(number(of: name)), first: Int32(first.daysSinceEpoch), last: Int32(last.daysSinceEpoch),
        told: Int32(min(last, period?.lastDay ?? last).daysSinceEpoch), rank: UInt8(rank)))
  }

  private static func rank(_ cell: CoverageCell) -> Int { ranks.firstIndex(of: cell) ?? 0 }

  /// The row of a series, a new one when it has none yet.
  private mutating func number(of name: String) -> Int {
    if let known = numbers[name] { return known }
    numbers[name] = series.count
    series.append(name)
    return series.count - 1
  }

  /// Adds a row for what is expected and nowhere.
  private mutating func expect() -> ExpectedCoverage {
    guard !profile.expectations.isEmpty else {
      return ExpectedCoverage([], known: [], market: nil, oldest: nil, now: now)
    }
    var firsts: [Int32: Int32] = [:]
    for span in spans where Self.isThere(span.rank) {
      firsts[span.series] = min(firsts[span.series] ?? span.first, span.first)
    }
    let known = series.indices.map { index in
      (name: series[index], first: firsts[Int32(index)].map { CalendarDay(daysSinceEpoch: Int($0)) })
    }
    let expected = ExpectedCoverage(
      profile.expectations, known: known, market: market,
      oldest: firsts.values.min().map { CalendarDay(daysSinceEpoch: Int($0)) }, now: now)
    for name in expected.days.keys.sorted() { _ = number(of: name) }
    return expected
  }

  /// Whether a cell of that rank says that something came; a hole inside a file says that it did not.
  private static func isThere(_ rank: UInt8) -> Bool { rank > 1 && rank != holeRank }

  // MARK: Table

  private func table(since: CalendarDay?, until: CalendarDay?, _ expected: ExpectedCoverage) -> CoverageTable {
    var table = rows(since: since, until: until, expected)
    table.skipped = skipped.count > 0 ? skipped : nil
    return table
  }

  private func rows(since: CalendarDay?, until: CalendarDay?, _ expected: ExpectedCoverage) -> CoverageTable {
    guard let extent = extent(expected) else {
      return CoverageTable(firstDay: since ?? CalendarDay(daysSinceEpoch: 0), series: [])
    }
    let first = since?.daysSinceEpoch ?? min(extent.lowerBound, until?.daysSinceEpoch ?? .max)
    let last = until?.daysSinceEpoch ?? max(extent.upperBound, first)
    guard first <= last else { return CoverageTable(firstDay: CalendarDay(daysSinceEpoch: first), series: []) }
    // A series' own days are known only from all of it, whatever part is asked for.
    let start = min(first, extent.lowerBound)
    let cells = cells(from: start, count: max(last, extent.upperBound) - start + 1)
    let rows = series.indices.sorted { series[$0] < series[$1] }.map { index in
      // A month's file may begin before its series does; where it ends too early, days are missing.
      let own = cells[index].firstIndex(where: Self.isThere)
      let end = cells[index].lastIndex { $0 > 1 }
      return CoverageSeries(
        name: series[index], cells: cells[index][(first - start)...(last - start)].map { Self.ranks[Int($0)] },
        firstDay: own.map { CalendarDay(daysSinceEpoch: start + $0) },
        lastDay: own == nil ? nil : end.map { CalendarDay(daysSinceEpoch: start + $0) },
        expected: expected.days[series[index]])
    }
    return CoverageTable(firstDay: CalendarDay(daysSinceEpoch: first), series: rows)
  }

  /// The first and last day of what is there and of what is expected, in days since 1970; nil when there is nothing.
  private func extent(_ expected: ExpectedCoverage) -> ClosedRange<Int>? {
    // A directory without a file says nothing of how far the data goes.
    let telling = spans.filter { $0.rank > 0 }
    var firsts = [telling.map(\.first).min()].compactMap { $0.map(Int.init) }
    var lasts = [telling.map(\.told).max()].compactMap { $0.map(Int.init) }
    if let extent = expected.extent {
      // Of what retention has taken, nothing need be shown.
      let last = extent.upperBound.daysSinceEpoch
      firsts.append(min(last, max(extent.lowerBound.daysSinceEpoch, cutoff?.daysSinceEpoch ?? .min)))
      lasts.append(last)
    }
    guard let first = firsts.min(), let last = lasts.max() else { return nil }
    return first...last
  }

  /// The ranks of all series' days.
  private func cells(from start: Int, count: Int) -> [[UInt8]] {
    let expired = max(0, min(count, (cutoff?.daysSinceEpoch ?? start) - start))
    let blank = (0..<count).map { UInt8($0 < expired ? 1 : 0) }
    var cells = [[UInt8]](repeating: blank, count: series.count)
    for span in spans {
      for day in Int(span.first)...Int(span.last) where (start..<start + count).contains(day) {
        cells[Int(span.series)][day - start] = max(cells[Int(span.series)][day - start], span.rank)
      }
    }
    return cells
  }
}
