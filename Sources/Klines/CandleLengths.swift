import SluiceCore

/// Tells candles of another interval, which have strayed into a file, from those that an outage cut.
///
/// A cut candle is shorter than the interval, and opens or closes with it.
struct CandleLengths {
  private let interval: KlineInterval
  /// The interval's length; of a month that of the longest.
  private let step: Int64

  init(_ interval: KlineInterval) {
    self.interval = interval
    step = interval.milliseconds ?? 31 * CandleGrid.day
  }

  /// Whether a candle cannot be one of the interval; both times in milliseconds, the first not after the second.
  @inline(__always)
  func isForeign(_ openTime: Int64, _ closeTime: Int64) -> Bool {
    let length = closeTime - openTime + 1
    return length != step && (length > step + 1 || isWithin(openTime, length))
  }

  /// Whether it lies between two moments of the grid and has the length of another interval.
  private func isWithin(_ openTime: Int64, _ length: Int64) -> Bool {
    step <= CandleGrid.day && openTime % step != 0 && (openTime + length) % step != 0
      && KlineInterval.allCases.contains { $0.milliseconds == length }
  }

  /// Counts such a candle: too many of them are another interval's file.
  func refuse(_ openTime: Int64, _ closeTime: Int64, line: Int, _ refused: inout RefusedRows) {
    let length = closeTime - openTime + 1
    refused.add(line: line, .otherLength(length, expected: interval))
    refused.grid.look(
      at: openTime, length: length, step: step, isOnGrid: step > CandleGrid.day || openTime % step == 0)
  }
}
