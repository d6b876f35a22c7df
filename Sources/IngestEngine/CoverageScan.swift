package import FoundationEssentials
import Klines
import LakeFiles
package import SluiceCore

/// What a profile holds day by day, from its directories, its archives and the ledger.
///
/// Reads directories and blocks: not for a thread of the global pool.
package struct CoverageScan {
  let profile: Profile
  let cutoff: CalendarDay?
  let now: Date
  /// The market that the profile's paths or markers name.
  private var market: Market?
  private var series: [String] = []
  private(set) var numbers: [String: Int] = [:]
  private var spans: [Span] = []
  /// The series that was asked for last, and its row.
  private var lastArchive: (market: Market, interval: KlineInterval, symbol: String, number: Int)?
  private var weights: [Weight] = []
  /// Series with an archive outside the dated directories, which are all that retention ever takes.
  private var keptForEver: Set<Int> = []
  /// Whether archives lie in dated directories.
  private var hasDatedArchives = false
  /// Archives that hold nothing.
  private(set) var faulty: Set<String> = []
  /// Sums of the paths of all archives that are there.
  private var present: Set<UInt64> = []
  /// Directories that could not be read: nobody can say what is gone from there.
  private var unreadable: [String] = []
  var skipped = SkippedFiles()
  /// Sentences of what could not be read.
  var unread: [String] = []
  /// Whether the profile's directory is there and could not be listed.
  var isUnseen = false
  var odd: OddCandles?
  var completeness = DayCompleteness()
  /// Names of days' directories in which there is anything, for all that can be seen.
  var filled: Set<String> = []
  /// What tells of a series' days why they are short, or that they were here: of directories that are gone, and of archives.
  var remarks: [String: [CoverageRemark]] = [:]
  /// What earlier scans have seen, and this one.
  var memory = CoverageMemory()

  /// A stretch of days in one state; a first ingest may have hundreds of thousands.
  private struct Span {
    var series: Int32
    var first: Int32
    var last: Int32
    /// The last of its days that says how far the data goes.
    var told: Int32
    var rank: UInt8
  }

  /// Bytes of a stretch of days.
  private struct Weight {
    var series: Int32
    var first: Int32
    var last: Int32
    var bytes: Int64
  }

  /// From weakest to strongest: where two files speak of one day, the stronger word counts.
  ///
  /// The second `missing` is an archive that is known and gone, the third a hole inside a file that was read: stronger than
  /// the file's mere arrival.
  private static let ranks: [CoverageCell] = [
    .missing, .expired, .missing, .warehouseOnly, .arrived, .missing, .quarantined, .short, .ingested, .short,
    .quarantined,
  ]
  static let goneRank = 2
  private static let arrivedRank = 4
  static let holeRank = 5
  static let ingestedRank = 8
  /// What is wrong with the file itself, or with its rows in the warehouse, is said whatever was ingested of it before.
  static let faultRank = 9
  static let quarantinedFaultRank = 10

  /// One row for each series of dated directories, and for each market, symbol and interval of klines.
  ///
  /// No row is invented: a series is in the table when a directory, an archive or the ledger names it.
  ///
  /// - Parameters:
  ///   - since: The table's first day; the oldest there is when nil.
  ///   - until: The table's last day; the newest there is when nil.
  ///   - now: Decides which missing days retention has taken.
  ///   - isMirror: Whether the source has just been mirrored, deletions included: fewer files than before are right then.
  /// - Important: Keeps in the lake's state what it has seen, so that the next scan knows what is gone.
  package static func table(
    lake: Lake, profile: Profile, since: CalendarDay? = nil, until: CalendarDay? = nil, now: Date = Date(),
    isMirror: Bool = false
  ) -> CoverageTable {
    var scan = CoverageScan(profile: profile, now: now)
    let memory = CoverageMemory.load(lake, profile)
    scan.memory = memory
    if isMirror { for name in memory.days.keys { scan.memory.days[name]?.files = 0 } }
    let isThere = scan.readDirectories()
    // Nor can anybody say what is gone from a directory that cannot be listed.
    if !scan.isUnseen { scan.addVanished(isMirror: isMirror) }
    if profile.ingest != nil {
      let store = MarkerStore(lake: lake, profile: profile)
      scan.readArchives(store)
      scan.readLedger(store, since: since, until: until)
      scan.addVanishedSeries()
    }
    let expected = scan.expect()
    scan.judgeDays(expected)
    // Of a directory that is not there nothing was seen.
    if isThere, scan.memory != memory { scan.memory.save(lake, profile) }
    var table = scan.table(since: since, until: until, expected)
    if scan.isUnseen { table.isUnseen = true }
    return table
  }

  private init(profile: Profile, now: Date) {
    self.profile = profile
    self.now = now
    cutoff = Self.cutoff(of: profile, now)
  }

  // MARK: Reading

  /// Makes days short that have fewer files than they should, or a broken one, and keeps in mind what is there.
  private mutating func judgeDays(_ expected: ExpectedCoverage) {
    completeness.count(memory, parts: expected.parts)
    for (name, remarks) in completeness.remarks {
      for remark in remarks { add(name, remark.day, remark.day, .short) }
    }
    for day in completeness.days {
      let known = memory.days[day.directory]?.files ?? 0
      memory.days[day.directory]?.files = max(day.files, known)
    }
    for span in spans where Self.isThere(span.rank) {
      let (name, first) = (series[Int(span.series)], CalendarDay(daysSinceEpoch: Int(span.first)))
      if memory.series[name].map({ first < $0 }) ?? true { memory.series[name] = first }
    }
  }

  private mutating func readArchives(_ store: MarkerStore) {
    let inferred = IngestPlanner.inferredMarket(profile, store.listing().markers.map(\.marker.market))
    market = inferred
    var walk = ArchiveWalk(root: profile.localPath, measures: true)
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
    unreadable = walk.unreadable.map(\.path)
    for (path, code) in walk.unreadable where !path.isEmpty {
      unread.append(FileFailure(.list, path: profile.localPath + "/" + path, code: code).description)
    }
  }

  /// Whether an archive that the ledger knows is in the lake, and if not whether it lies where nothing could be read:
  /// then nobody can say.
  func look(for path: String) -> (isHere: Bool, isUnseen: Bool) {
    if present.contains(Fingerprint.number(of: path)) { return (true, false) }
    return (false, unreadable.contains { $0.isEmpty || path.hasPrefix($0 + "/") })
  }

  /// Whether retention has taken what lay at a path, or is about to.
  func isExpired(_ path: String) -> Bool {
    guard let cutoff, let day = Self.datedDirectory(of: path)?.day else { return false }
    return day < cutoff
  }

  private static func datedDirectory(of path: String) -> DatedDirectory? {
    // A date ends in a digit; most archives lie below another kind of directory.
    guard let slash = path.utf8.firstIndex(of: 47), slash > path.startIndex,
      (48...57).contains(path.utf8[path.utf8.index(before: slash)])
    else { return nil }
    return DatedDirectory(name: String(path[..<slash]))
  }

  /// Notes where a series' archive lies, or lay: only dated directories ever expire.
  mutating func note(_ path: String, of market: Market, _ archive: KlineArchiveName) {
    if Self.datedDirectory(of: path) == nil {
      keptForEver.insert(number(of: market, archive))
    } else {
      hasDatedArchives = true
    }
  }

  private mutating func add(_ file: ArchiveWalk.File, _ path: String, _ market: Market) {
    present.insert(Fingerprint.number(of: path))
    note(path, of: market, file.archive)
    let isEmpty = DataFileKind.isEmpty(fileName: file.name, bytes: file.bytes)
    if isEmpty { faulty.insert(path) }
    add(market, file.archive, rank: isEmpty ? Self.faultRank : Self.arrivedRank)
    weigh(Self.name(market, file.archive), LongCandles.days(of: file.archive), bytes: file.bytes)
  }

  /// Notes how much of a series lies on days.
  mutating func weigh(_ name: String, _ days: ClosedRange<CalendarDay>, bytes: Int64) {
    guard bytes > 0 else { return }
    weights.append(
      Weight(
        series: Int32(number(of: name)), first: Int32(days.lowerBound.daysSinceEpoch),
        last: Int32(days.upperBound.daysSinceEpoch), bytes: bytes))
  }

  static func name(_ dated: DatedDirectory) -> String { dated.series.isEmpty ? "(days)" : dated.series }

  static func name(_ market: Market, _ archive: KlineArchiveName) -> String {
    "\(market.rawValue) \(archive.symbol) \(archive.interval.rawValue)"
  }

  /// The days an archive stands for, in one state.
  mutating func add(_ market: Market, _ archive: KlineArchiveName, _ cell: CoverageCell) {
    add(market, archive, rank: Self.rank(cell))
  }

  mutating func add(_ market: Market, _ archive: KlineArchiveName, rank: Int) {
    let days = LongCandles.days(of: archive)
    add(number(of: market, archive), days.lowerBound, days.upperBound, rank: rank, told: archive.period)
  }

  mutating func add(_ name: String, _ first: CalendarDay, _ last: CalendarDay, _ cell: CoverageCell) {
    add(name, first, last, rank: Self.rank(cell))
  }

  mutating func add(_ name: String, _ first: CalendarDay, _ last: CalendarDay, rank: Int) {
    add(number(of: name), first, last, rank: rank)
  }

  /// - Parameters:
  ///   - number: The series' row.
  ///   - period: Beyond its end the days are known, but do not say how far the data goes: a week's candle reaches into a
  ///     month of which nothing has come.
  mutating func add(
    _ number: Int, _ first: CalendarDay, _ last: CalendarDay, rank: Int, told period: Period? = nil
  ) {
    spans.append(
      Span(
        series: Int32(number), first: Int32(first.daysSinceEpoch), last: Int32(last.daysSinceEpoch),
        told: Int32(min(last, period?.lastDay ?? last).daysSinceEpoch), rank: UInt8(rank)))
  }

  static func rank(_ cell: CoverageCell) -> Int { ranks.firstIndex(of: cell) ?? 0 }

  /// The row of a series, a new one when it has none yet.
  private mutating func number(of name: String) -> Int {
    if let known = numbers[name] { return known }
    numbers[name] = series.count
    series.append(name)
    return series.count - 1
  }

  /// The row of an archive's series; files of one come side by side, in a directory and in the ledger.
  mutating func number(of market: Market, _ archive: KlineArchiveName) -> Int {
    if let last = lastArchive, last.market == market, last.interval == archive.interval, last.symbol == archive.symbol {
      return last.number
    }
    let number = number(of: Self.name(market, archive))
    lastArchive = (market, archive.interval, archive.symbol, number)
    return number
  }

  /// Adds a row for what is expected and nowhere.
  private mutating func expect() -> ExpectedCoverage {
    guard !profile.expectations.isEmpty else {
      return ExpectedCoverage([], known: [], market: nil, oldest: nil, now: now)
    }
    let firsts = firstDays()
    let known = series.indices.map { (name: series[$0], first: firsts[$0]) }
    let vanished = memory.series.filter { numbers[$0.key] == nil }.sorted { $0.key < $1.key }
    let expected = ExpectedCoverage(
      profile.expectations, known: known, vanished: vanished.map { ($0.key, $0.value) }, market: market,
      oldest: firsts.values.min(), now: now)
    for name in expected.days.keys.sorted() where numbers[name] == nil {
      let index = number(of: name)
      // Nothing of it is there; it would lie where the profile's other archives lie.
      if profile.ingest != nil, !hasDatedArchives, KlineSeriesName(name) != nil { keptForEver.insert(index) }
    }
    return expected
  }

  /// The first day of each series that has any, by its row.
  func firstDays() -> [Int: CalendarDay] {
    var firsts: [Int32: Int32] = [:]
    for span in spans where Self.isThere(span.rank) {
      firsts[span.series] = min(firsts[span.series] ?? span.first, span.first)
    }
    return Dictionary(
      uniqueKeysWithValues: firsts.map { (Int($0.key), CalendarDay(daysSinceEpoch: Int($0.value))) })
  }

  /// Whether a cell of that rank says that something came; a hole inside a file says that it did not.
  private static func isThere(_ rank: UInt8) -> Bool { rank > 1 && rank != holeRank }

  // MARK: Table

  private func table(since: CalendarDay?, until: CalendarDay?, _ expected: ExpectedCoverage) -> CoverageTable {
    var table = rows(since: since, until: until, expected)
    table.skipped = skipped.count > 0 ? skipped : nil
    table.unread = unread.isEmpty ? nil : unread
    table.followsDeletions = profile.followsDeletions ? true : nil
    table.odd = odd
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
      var row = CoverageSeries(
        name: series[index], cells: cells[index][(first - start)...(last - start)].map { Self.ranks[Int($0)] },
        firstDay: own.map { CalendarDay(daysSinceEpoch: start + $0) },
        lastDay: own == nil ? nil : end.map { CalendarDay(daysSinceEpoch: start + $0) },
        expected: expected.days[series[index]])
      // What was said of a day that another file makes whole is not so.
      let ofFiles = (remarks[series[index]] ?? []).filter { remark in
        let place = remark.day.daysSinceEpoch - first
        guard row.cells.indices.contains(place) else { return false }
        return remark.isVanished ? row.cells[place].isMissing : row.cells[place] == .short
      }
      let remarks = (completeness.remarks[series[index]] ?? []) + ofFiles
      row.remarks = remarks.isEmpty ? nil : Array(Set(remarks)).sorted { ($0.day, $0.code) < ($1.day, $1.code) }
      return row
    }
    var table = CoverageTable(firstDay: CalendarDay(daysSinceEpoch: first), series: rows)
    table.bytes = bytes(from: first, count: last - first + 1)
    // What is asked for, could be there and is not, is missing; what is still to come is not.
    let newest = max(extent.upperBound, CalendarDay(now).daysSinceEpoch - 1)
    if last > newest { table.newestDay = CalendarDay(daysSinceEpoch: newest) }
    return table
  }

  /// The first and last day of what is there and of what is expected, in days since 1970; nil when there is nothing.
  private func extent(_ expected: ExpectedCoverage) -> ClosedRange<Int>? {
    // A directory without a file says nothing of how far the data goes.
    // Nor does one of a day that cannot be yet: every series would have holes up to it.
    let tomorrow = Int32(CalendarDay(now).adding(days: 1).daysSinceEpoch)
    let telling = spans.filter { $0.rank > 0 && $0.first <= tomorrow }
    var firsts = [telling.map(\.first).min()].compactMap { $0.map(Int.init) }
    var lasts = [telling.map(\.told).max()].compactMap { $0.map(Int.init) }
    for (name, days) in expected.days {
      guard let first = days.map(\.first.daysSinceEpoch).min(), let last = days.map(\.last.daysSinceEpoch).max() else {
        continue
      }
      // Of what retention has taken, nothing need be shown.
      firsts.append(min(last, max(first, cutoff(of: numbers[name] ?? -1) ?? .min)))
      lasts.append(last)
    }
    guard let first = firsts.min(), let last = lasts.max() else { return nil }
    return first...last
  }

  /// The bytes of all series' days, in the rows' order; what a file of many days holds is spread over them.
  private func bytes(from start: Int, count: Int) -> [[Int64]] {
    var bytes = series.indices.map { _ in [Int64](repeating: 0, count: count) }
    for weight in weights {
      let share = weight.bytes / Int64(weight.last - weight.first + 1)
      for day in Int(weight.first)...Int(weight.last) where (start..<start + count).contains(day) {
        bytes[Int(weight.series)][day - start] += share
      }
    }
    return series.indices.sorted { series[$0] < series[$1] }.map { bytes[$0] }
  }

  /// The first day of a series that retention keeps, in days since 1970; nil where it takes none.
  private func cutoff(of series: Int) -> Int? { keptForEver.contains(series) ? nil : cutoff?.daysSinceEpoch }

  /// The ranks of all series' days.
  private func cells(from start: Int, count: Int) -> [[UInt8]] {
    var cells = series.indices.map { index in
      let expired = max(0, min(count, (cutoff(of: index) ?? start) - start))
      return [UInt8](repeating: 1, count: expired) + [UInt8](repeating: 0, count: count - expired)
    }
    for span in spans {
      for day in Int(span.first)...Int(span.last) where (start..<start + count).contains(day) {
        cells[Int(span.series)][day - start] = max(cells[Int(span.series)][day - start], span.rank)
      }
    }
    return cells
  }
}
