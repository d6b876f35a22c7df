import Klines
import SluiceCore

/// Gathers, file by file, what is odd about the candles a ledger calls verified.
struct OddCandleTally {
  private let grids: [IngestLedger.OddFile: GridReport]
  private let since: CalendarDay?
  private let until: CalendarDay?
  private var series: [String: OddCandles.Series] = [:]
  /// By series of three-day candles, the first file and a day on which its candles open.
  private var anchors: [String: (path: String, day: CalendarDay)] = [:]

  /// - Parameters:
  ///   - since: Files of days before are passed over, if any.
  ///   - until: Files of days after are passed over, if any.
  init(_ grids: [IngestLedger.OddFile: GridReport], since: CalendarDay?, until: CalendarDay?) {
    self.grids = grids
    (self.since, self.until) = (since, until)
  }

  /// Whether a file says anything here: most do not, and need no name for their series.
  func concerns(_ key: LedgerKey) -> Bool {
    key.archive.interval == .d3 || (!grids.isEmpty && grids[Self.file(key)] != nil)
  }

  private static func file(_ key: LedgerKey) -> IngestLedger.OddFile {
    .init(path: key.path, market: key.market.rawValue)
  }

  /// Looks at a file; those of one series come one after the other, oldest first.
  mutating func add(_ key: LedgerKey, _ report: RowReport, of name: String) {
    let period = key.archive.period
    if since.map({ period.lastDay < $0 }) ?? false || until.map({ period.firstDay > $0 }) ?? false { return }
    if key.archive.interval == .d3 { holdAgainstFirst(key.path, report, name) }
    guard let grid = grids[Self.file(key)] else { return }
    var known = series[name] ?? OddCandles.Series(name: name)
    known.offGrid += grid.offGrid
    known.firstOffGrid = known.firstOffGrid ?? grid.firstOffGrid
    known.otherLength += grid.otherLength
    known.firstOtherLength = known.firstOtherLength ?? grid.firstOtherLength
    series[name] = known
  }

  /// Where candles of three days begin is a matter of the series: two months that disagree hold candles that overlap.
  private mutating func holdAgainstFirst(_ path: String, _ report: RowReport, _ name: String) {
    guard let moment = LongCandles.anchor(of: report) else { return }
    let day = CalendarDay(daysSinceEpoch: Int(moment / 86_400_000))
    guard let first = anchors[name] else {
      anchors[name] = (path, day)
      return
    }
    guard (day.daysSinceEpoch - first.day.daysSinceEpoch) % 3 != 0, series[name]?.grids == nil else { return }
    series[name, default: OddCandles.Series(name: name)].grids = OddCandles.OtherGrid(
      path: first.path, day: first.day, other: path, otherDay: day)
  }

  /// nil when nothing is odd.
  var found: OddCandles? { OddCandles(series.values) }
}
