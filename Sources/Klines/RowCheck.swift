package import SluiceCore

/// The check of every row of one file, in the memory it was parsed into.
package struct RowCheck {
  let columns: KlineColumns
  let base: Int
  let archive: KlineArchiveName
  /// The days the rows stand for: candles missing elsewhere are not counted.
  let days: ClosedRange<CalendarDay>
  var report = RowReport()

  /// Checks the rows from `base` to the end: refuses impossible ones, drops duplicates, restores the order.
  ///
  /// - Parameters:
  ///   - columns: Their rows from `base` on are the file's; those that fail are cut out.
  ///   - base: The file's first row.
  ///   - archive: The file's name, which says what interval and period its rows must have.
  ///   - text: What the parser said of the rows; those it refused count too.
  ///   - days: Those of the period that the rows stand for; all of them when nil.
  ///   - fillGaps: Whether holes between two candles of one day are filled with flat candles.
  ///   - now: Milliseconds since 1970: a candle that closes later is refused.
  package static func apply(
    to columns: KlineColumns, from base: Int, archive: KlineArchiveName, text: KlineTextState = KlineTextState(),
    days: ClosedRange<CalendarDay>? = nil, fillGaps: Bool = false, now: Int64 = .max
  ) -> RowReport {
    let all = archive.period.firstDay...archive.period.lastDay
    var check = RowCheck(columns: columns, base: base, archive: archive, days: days ?? all)
    var refused = text.refused
    if !refuseImpossibleRows(columns, from: base, archive, text.lines, now: now, &refused) { check.restoreOrder() }
    check.report.add(refused)
    check.holdAgainstGrid()
    if fillGaps { check.fillHoles() }
    check.report.rows = columns.count - base
    if columns.count > base {
      check.report.firstOpenTime = columns[.openTime][base]
      check.report.lastOpenTime = columns[.openTime][columns.count - 1]
    }
    return check.report
  }

  private init(columns: KlineColumns, base: Int, archive: KlineArchiveName, days: ClosedRange<CalendarDay>) {
    self.columns = columns
    self.base = base
    self.archive = archive
    self.days = days
  }

  /// Open times the file may hold, in milliseconds.
  ///
  /// The week of a daily file opened days before; a month's file holds the weeks that open in it.
  static func openTimes(_ archive: KlineArchiveName) -> Range<Int64> {
    let first = archive.period.firstDay.millisecondsSinceEpoch
    let end = archive.period.lastDay.adding(days: 1).millisecondsSinceEpoch
    let length = archive.interval.milliseconds ?? 31 * CandleGrid.day
    guard case .day = archive.period, length > CandleGrid.day else { return first..<end }
    return first - length + 1..<end
  }

  /// Cuts out the rows that cannot be; says whether the rest is strictly ascending.
  ///
  /// - Parameters:
  ///   - lines: The line of each row, the first being the one at `base`.
  ///   - now: Milliseconds since 1970: a candle that closes later still changes.
  ///   - refused: Counts up what is cut out.
  static func refuseImpossibleRows(
    _ columns: KlineColumns, from base: Int, _ archive: KlineArchiveName, _ lines: LineNumbers, now: Int64,
    _ refused: inout RefusedRows
  ) -> Bool {
    let row = RowWriter(columns)
    let allowed = openTimes(archive)
    let lengths = CandleLengths(archive.interval)
    var kept = base
    var previous = Int64.min
    var isAscending = true
    for source in base..<columns.count {
      guard isPossible(row, source), allowed.contains(row.openTime[source]), row.closeTime[source] <= now else {
        refused.add(line: lines.line(ofRow: source - base), row.reason(source, archive.period, allowed, now: now))
        continue
      }
      if lengths.isForeign(row.openTime[source], row.closeTime[source]) {
        lengths.refuse(row.openTime[source], row.closeTime[source], line: lines.line(ofRow: source - base), &refused)
        continue
      }
      if kept != source { columns.copyRow(source, to: kept) }
      isAscending = isAscending && row.openTime[source] > previous
      previous = row.openTime[source]
      kept += 1
    }
    columns.truncate(to: kept)
    return isAscending
  }

  /// Whether the numbers can be a candle: comparisons with NaN are false, so NaN is refused by each of them.
  @inline(__always)
  static func isPossible(_ row: RowWriter, _ index: Int) -> Bool {
    let (open, high, low, close) = (row.open[index], row.high[index], row.low[index], row.close[index])
    let prices = low > 0 && high < .infinity && low <= open && low <= close && high >= open && high >= close
    let volumes = row.volume[index] >= 0 && row.volume[index] < .infinity && row.quoteVolume[index] >= 0
    let taker = row.takerBuyVolume[index] >= 0 && row.takerBuyQuoteVolume[index] >= 0
    let finite =
      row.quoteVolume[index] < .infinity && row.takerBuyVolume[index] < .infinity
      && row.takerBuyQuoteVolume[index] < .infinity
    // Nobody can have bought more than was traded.
    let parts =
      isPart(row.takerBuyVolume[index], of: row.volume[index])
      && isPart(row.takerBuyQuoteVolume[index], of: row.quoteVolume[index])
    return prices && volumes && taker && finite && parts && row.trades[index] >= 0
      && row.closeTime[index] >= row.openTime[index]
  }

  /// Whether an amount can be a part of another, both rounded to the exchange's decimals.
  @inline(__always)
  static func isPart(_ part: Double, of whole: Double) -> Bool { part <= whole * (1 + 1e-6) + 1e-8 }

  private mutating func restoreOrder() {
    let times = columns[.openTime]
    var latest = Int64.min
    for row in base..<columns.count {
      if times[row] < latest { report.outOfOrder += 1 }
      latest = max(latest, times[row])
    }
    // Ties are broken by position, so the first of equal open times stays first and wins.
    let sorted = (base..<columns.count).sorted { (times[$0], $0) < (times[$1], $1) }
    var order: [Int] = []
    order.reserveCapacity(sorted.count)
    for row in sorted {
      guard let last = order.last, times[last] == times[row] else {
        order.append(row)
        continue
      }
      if columns.fingerprint(last) != columns.fingerprint(row) { report.contradictions += 1 }
    }
    report.duplicates = sorted.count - order.count
    columns.rearrange(from: base, order: order)
  }
}

extension RowWriter {
  /// Why a row that is not possible, or not of the period, is neither.
  func reason(_ row: Int, _ period: Period, _ allowed: Range<Int64>, now: Int64) -> RefusedRow.Reason {
    let time = openTime[row]
    if !allowed.contains(time) {
      // The parser has taken what it could for microseconds.
      if allowed.contains(time / 1000) { return .inNanoseconds(microseconds: time) }
      if time > 0, time < 100_000_000_000, allowed.contains(time * 1000) { return .inSeconds(time) }
      return .otherPeriod(openTime: time, period: period)
    }
    if closeTime[row] > now { return .notOver(closeTime: closeTime[row]) }
    if closeTime[row] < time { return .closesEarly(openTime: time, closeTime: closeTime[row]) }
    let quantities = [
      (6, volume[row]), (8, quoteVolume[row]), (9, Double(trades[row])), (10, takerBuyVolume[row]),
      (11, takerBuyQuoteVolume[row]),
    ]
    for (column, value) in quantities where !(value >= 0 && value < .infinity) {
      return .quantity(column: column, value: value)
    }
    for (column, part, whole) in [
      (10, takerBuyVolume[row], volume[row]), (11, takerBuyQuoteVolume[row], quoteVolume[row]),
    ] where !RowCheck.isPart(part, of: whole) {
      return .part(column: column, value: part, whole: whole)
    }
    return .prices(open: open[row], high: high[row], low: low[row], close: close[row])
  }
}
