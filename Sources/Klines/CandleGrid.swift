package import SluiceCore

/// The moments at which candles of one length open, in milliseconds since 1970.
///
/// Up to a day they divide the UTC day; weeks open on Mondays, months on their first day. Candles of three days are
/// counted from the first one of their series, wherever that was: their place is read off the rows.
package struct CandleGrid: Sendable {
  /// nil is a month.
  private let step: Int64?
  private let phase: Int64

  static let day: Int64 = 86_400_000
  /// 1970-01-01 was a Thursday.
  private static let monday = 4 * day

  /// The grid of an interval.
  ///
  /// - Parameter anchor: A moment of the grid, which tells where candles of three days lie; others do not need it.
  package init(_ interval: KlineInterval, anchor: Int64 = 0) {
    step = interval.milliseconds
    switch interval {
    case .d3: phase = Self.floored(anchor, Self.day)
    case .w1: phase = Self.monday
    default: phase = 0
    }
  }

  /// The grid on which most of the rows lie.
  init(_ interval: KlineInterval, openTimes: UnsafeBufferPointer<Int64>) {
    guard interval == .d3 else {
      self.init(interval)
      return
    }
    // Three places are possible; the one of most rows is the series' own, of equally many that of the first.
    var counts: [Int64: Int] = [:]
    for time in openTimes where time % Self.day == 0 { counts[time / Self.day % 3, default: 0] += 1 }
    let most = counts.values.max()
    let anchor = openTimes.first { $0 % Self.day == 0 && counts[$0 / Self.day % 3] == most }
    self.init(interval, anchor: anchor ?? openTimes.first ?? 0)
  }

  /// The last moment of the grid that is not after a time.
  package func floor(_ time: Int64) -> Int64 {
    if let step { return phase + Self.floored(time - phase, step) }
    let day = CalendarDay(daysSinceEpoch: Int(Self.floored(time, Self.day) / Self.day))
    return day.adding(days: 1 - day.fields.day).millisecondsSinceEpoch
  }

  /// The moment of the grid that follows one.
  package func next(after moment: Int64) -> Int64 {
    if let step { return moment + step }
    // No month has more than 31 days, and none fewer than 28.
    return floor(moment + 31 * Self.day)
  }

  /// The first moment of the grid that is not before a time.
  package func ceiling(_ time: Int64) -> Int64 {
    let before = floor(time)
    return before == time ? time : next(after: before)
  }

  private static func floored(_ time: Int64, _ step: Int64) -> Int64 {
    let rest = time % step
    return time - (rest < 0 ? rest + step : rest)
  }
}
