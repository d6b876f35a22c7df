package import SluiceCore

/// What the check of a file's rows found.
package struct RowReport: Sendable, Equatable {
  /// Rows that stay, filled ones included.
  package var rows = 0
  /// Rows that are no possible candle of the file's period.
  package var refused = 0
  /// Rows whose open time was there before; the first one stays.
  package var duplicates = 0
  /// Rows that came after a later one.
  package var outOfOrder = 0
  /// Candles the period should have and the file has not.
  package var missing = 0
  /// Flat candles put into holes, when that was asked for.
  package var filled = 0
  /// The earliest open time, in milliseconds since 1970; nil without rows.
  package var firstOpenTime: Int64?
  /// The latest open time, in milliseconds since 1970; nil without rows.
  package var lastOpenTime: Int64?
  /// Days with fewer candles than they should have, and how many they have; only for intervals of up to a day.
  package var shortDays: [CalendarDay: Int] = [:]
  /// Open time of the first missing candle, by the day it should have opened on.
  package var firstMissing: [CalendarDay: Int64] = [:]

  /// A report of nothing.
  package init() {}
}

/// The check of every row of one file, in the memory it was parsed into.
package struct RowCheck {
  private let columns: KlineColumns
  private let base: Int
  private let archive: KlineArchiveName
  /// The days the rows stand for: candles missing elsewhere are not counted.
  private let days: ClosedRange<CalendarDay>
  private var report = RowReport()

  /// Checks the rows from `base` to the end: refuses impossible ones, drops duplicates, restores the order.
  ///
  /// - Parameters:
  ///   - columns: Their rows from `base` on are the file's; those that fail are cut out.
  ///   - base: The file's first row.
  ///   - archive: The file's name, which says what interval and period its rows must have.
  ///   - days: Those of the period that the rows stand for; all of them when nil.
  ///   - fillGaps: Whether holes between two candles of one day are filled with flat candles.
  /// - Returns: Counts; `refused` does not contain rows the parser refused.
  package static func apply(
    to columns: KlineColumns, from base: Int, archive: KlineArchiveName, days: ClosedRange<CalendarDay>? = nil,
    fillGaps: Bool = false
  ) -> RowReport {
    let all = archive.period.firstDay...archive.period.lastDay
    var check = RowCheck(columns: columns, base: base, archive: archive, days: days ?? all)
    if !check.refuseImpossibleRows() { check.restoreOrder() }
    check.countMissing()
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
  /// A candle longer than a day belongs to every period it touches: the week of a daily file opened days before.
  static func openTimes(_ archive: KlineArchiveName) -> Range<Int64> {
    let first = archive.period.firstDay.millisecondsSinceEpoch
    let end = archive.period.lastDay.adding(days: 1).millisecondsSinceEpoch
    let length = archive.interval.milliseconds ?? 31 * day
    return (length > day ? first - length + 1 : first)..<end
  }

  /// Cuts out the rows that cannot be; says whether the rest is strictly ascending.
  private mutating func refuseImpossibleRows() -> Bool {
    let row = RowWriter(columns)
    let allowed = Self.openTimes(archive)
    var kept = base
    var previous = Int64.min
    var isAscending = true
    for source in base..<columns.count {
      guard Self.isPossible(row, source), allowed.contains(row.openTime[source]) else { continue }
      if kept != source { columns.copyRow(source, to: kept) }
      isAscending = isAscending && row.openTime[source] > previous
      previous = row.openTime[source]
      kept += 1
    }
    report.refused = columns.count - kept
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
    return prices && volumes && taker && finite && row.trades[index] >= 0
      && row.closeTime[index] >= row.openTime[index]
  }

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
    for row in sorted where order.last.map({ times[$0] != times[row] }) ?? true { order.append(row) }
    report.duplicates = sorted.count - order.count
    columns.rearrange(from: base, order: order)
  }

  private mutating func countMissing() {
    guard let step = archive.interval.milliseconds else { return }
    let times = columns[.openTime]
    guard step <= Self.day else {
      for row in (base..<columns.count).dropFirst() {
        let count = max(0, Int((times[row] - times[row - 1]) / step) - 1)
        guard count > 0 else { continue }
        report.missing += count
        for index in 1...count {
          let time = times[row - 1] + Int64(index) * step
          report.firstMissing[CalendarDay(daysSinceEpoch: Int(time / Self.day))] = time
        }
      }
      return
    }
    let expected = Int(Self.day / step)
    var row = base
    for offset in 0...(days.upperBound.daysSinceEpoch - days.lowerBound.daysSinceEpoch) {
      let day = days.lowerBound.adding(days: offset)
      let end = day.adding(days: 1).millisecondsSinceEpoch
      let first = row
      while row < columns.count, times[row] < end { row += 1 }
      guard row - first < expected else { continue }
      report.missing += expected - (row - first)
      report.shortDays[day] = row - first
      report.firstMissing[day] = firstMissing(in: first..<row, from: day.millisecondsSinceEpoch, step: step)
    }
  }

  /// The first moment of a day's grid at which none of its rows opens.
  private func firstMissing(in rows: Range<Int>, from start: Int64, step: Int64) -> Int64 {
    let times = columns[.openTime]
    var expected = start
    for row in rows {
      guard times[row] < expected + step else { break }
      if times[row] >= expected { expected += step }
    }
    return expected
  }

  /// Puts flat candles on the grid between two candles of one day, at the earlier one's close, without volume.
  private mutating func fillHoles() {
    guard let step = archive.interval.milliseconds, step < Self.day else { return }
    let end = columns.count
    for row in (base..<end).dropFirst() {
      let (before, after) = (columns[.openTime][row - 1], columns[.openTime][row])
      guard before / Self.day == after / Self.day, after - before > step else { continue }
      let holes = Int((after - before - 1) / step)
      columns.reserve(holes)
      for hole in 1...holes { append(at: before + Int64(hole) * step, step: step, price: columns[.close][row - 1]) }
    }
    report.filled = columns.count - end
    guard report.filled > 0 else { return }
    let times = columns[.openTime]
    columns.rearrange(from: base, order: (base..<columns.count).sorted { times[$0] < times[$1] })
  }

  private func append(at time: Int64, step: Int64, price: Double) {
    let row = columns.count
    columns[.openTime][row] = time
    columns[.closeTime][row] = time + step - 1
    columns[.trades][row] = 0
    for column in [KlineColumns.Value.open, .high, .low, .close] { columns[column][row] = price }
    for column in [KlineColumns.Value.volume, .quoteVolume, .takerBuyVolume, .takerBuyQuoteVolume] {
      columns[column][row] = 0
    }
    columns.extend(to: row + 1)
  }

  private static let day: Int64 = 86_400_000
}

extension RowReport {
  /// Adds what was found in the days after.
  static func += (left: inout RowReport, right: RowReport) {
    left.rows += right.rows
    left.refused += right.refused
    left.duplicates += right.duplicates
    left.outOfOrder += right.outOfOrder
    left.missing += right.missing
    left.filled += right.filled
    left.firstOpenTime = left.firstOpenTime ?? right.firstOpenTime
    left.lastOpenTime = right.lastOpenTime ?? left.lastOpenTime
    left.shortDays.merge(right.shortDays) { $1 }
    left.firstMissing.merge(right.firstMissing) { $1 }
  }
}
