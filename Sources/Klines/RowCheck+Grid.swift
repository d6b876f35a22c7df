import SluiceCore

extension RowCheck {
  /// Counts what the grid lacks, and what lies beside it or is of another length.
  mutating func holdAgainstGrid() {
    let times = columns[.openTime]
    let closeTimes = columns[.closeTime]
    let grid = CandleGrid(
      archive.interval, openTimes: UnsafeBufferPointer(start: times + base, count: columns.count - base))
    let (start, end) = (days.lowerBound.millisecondsSinceEpoch, days.upperBound.adding(days: 1).millisecondsSinceEpoch)
    var missing = MissingCandles(archive.interval)
    var expected = firstExpected(grid, from: start)
    for row in base..<columns.count {
      let time = times[row]
      while expected < time, expected < end {
        missing.add(expected, to: &report)
        expected = grid.next(after: expected)
      }
      let isExpected = time == expected
      let place = isExpected ? time : grid.floor(time)
      let next = grid.next(after: place)
      if isExpected { expected = next }
      report.grid.look(
        at: time, length: closeTimes[row] - time + 1, step: next - place, isOnGrid: place == time)
    }
    while expected < end {
      missing.add(expected, to: &report)
      expected = grid.next(after: expected)
    }
    missing.note(in: &report)
  }

  /// The first candle the period should have.
  ///
  /// A month's file holds the weeks that open in it; a day's file the week the day lies in.
  private func firstExpected(_ grid: CandleGrid, from start: Int64) -> Int64 {
    if case .day = archive.period { return grid.floor(start) }
    return grid.ceiling(start)
  }

  /// Puts flat candles where the grid lacks one between two candles of one day, at the earlier one's close, without
  /// volume; never where a candle is, be it beside the grid.
  mutating func fillHoles() {
    guard let step = archive.interval.milliseconds, step < CandleGrid.day else { return }
    let grid = CandleGrid(archive.interval)
    let end = columns.count
    for row in (base..<end).dropFirst() {
      let (before, after) = (columns[.openTime][row - 1], columns[.openTime][row])
      guard before / CandleGrid.day == after / CandleGrid.day else { continue }
      let (first, last) = (grid.ceiling(before + step), grid.floor(after - step))
      guard first <= last else { continue }
      columns.reserve(Int((last - first) / step) + 1)
      report.fills.add(first...last)
      for time in stride(from: first, through: last, by: Int(step)) {
        append(at: time, step: step, price: columns[.close][row - 1])
      }
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
}

/// Candles that are not there, a day at a time: there may be millions of them.
private struct MissingCandles {
  /// Candles of a whole day; 1 where a candle is longer than that.
  private let expected: Int
  private var day: Int64 = -1
  private var first: Int64 = 0
  private var count = 0

  init(_ interval: KlineInterval) {
    expected = interval.milliseconds.map { max(1, Int(CandleGrid.day / $0)) } ?? 1
  }

  mutating func add(_ moment: Int64, to report: inout RowReport) {
    let day = moment / CandleGrid.day
    if day != self.day {
      note(in: &report)
      (self.day, first) = (day, moment)
    }
    count += 1
  }

  /// Notes what was counted of one day.
  mutating func note(in report: inout RowReport) {
    guard count > 0 else { return }
    let day = CalendarDay(daysSinceEpoch: Int(day))
    report.missing += count
    report.shortDays[day] = expected - count
    report.firstMissing[day] = first
    count = 0
  }
}
