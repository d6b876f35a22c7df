import Klines
import SluiceCore

/// The days that a file's candles of more than a day stand for.
///
/// They are a matter of the series: the last week of a month's file reaches into the next month, whose own file begins
/// with the next week. A day's file holds the candle the day lies in, which stands for no later day yet.
struct LongCandles {
  /// The days of one candle.
  struct Days: Equatable {
    var first: CalendarDay
    var last: CalendarDay
    var isMissing: Bool
  }

  /// Candle after candle, oldest first.
  private(set) var days: [Days] = []

  /// What a verified file's report says; nil for candles of at most a day.
  init?(_ archive: KlineArchiveName, _ report: RowReport) {
    guard archive.interval.isLongerThanADay, let open = report.firstOpenTime, let anchor = Self.anchor(of: report)
    else {
      return nil
    }
    let grid = CandleGrid(archive.interval, anchor: anchor)
    let period = archive.period
    let start = period.firstDay.millisecondsSinceEpoch
    var moment = min(grid.floor(open), period.isDay ? grid.floor(start) : grid.ceiling(start))
    while moment < period.lastDay.adding(days: 1).millisecondsSinceEpoch {
      let next = grid.next(after: moment)
      let (first, last) = (Self.day(moment), Self.day(next).adding(days: -1))
      days.append(
        Days(
          first: first, last: period.isDay ? min(last, period.lastDay) : last,
          isMissing: report.shortDays[first] != nil))
      moment = next
    }
  }

  /// A moment of the grid the file's candles lie on; nil without rows.
  static func anchor(of report: RowReport) -> Int64? {
    // A missing candle's day is on the grid by itself, an open time may be beside it.
    report.shortDays.keys.min()?.millisecondsSinceEpoch ?? report.firstOpenTime
  }

  /// The days an archive stands for when nothing but its name is known.
  static func days(of archive: KlineArchiveName) -> ClosedRange<CalendarDay> {
    let period = archive.period
    let whole = period.firstDay...period.lastDay
    guard archive.interval.isLongerThanADay else { return whole }
    if archive.interval == .d3 {
      // Where these lie, only the series itself tells; from a month's third day on they are the file's in any case.
      return period.isDay ? whole : period.firstDay.adding(days: 2)...period.lastDay
    }
    let grid = CandleGrid(archive.interval)
    let start = period.firstDay.millisecondsSinceEpoch
    if period.isDay { return day(grid.floor(start))...period.lastDay }
    let last = grid.next(after: grid.floor(period.lastDay.millisecondsSinceEpoch))
    return day(grid.ceiling(start))...day(last).adding(days: -1)
  }

  private static func day(_ moment: Int64) -> CalendarDay { CalendarDay(daysSinceEpoch: Int(moment / 86_400_000)) }
}

extension KlineInterval {
  /// Whether a candle touches more than one day.
  var isLongerThanADay: Bool { milliseconds.map { $0 > 86_400_000 } ?? true }
}

extension Period {
  var isDay: Bool { firstDay == lastDay }
}
