import Testing

@testable import Klines

@Suite struct FilledCandlesTests {
  private static let hour: Int64 = 3_600_000

  private static func candles(_ holes: [ClosedRange<Int64>]) -> FilledCandles {
    var found = FilledCandles()
    for hole in holes { found.add(hole.lowerBound * hour...hole.upperBound * hour) }
    return found
  }

  @Test(
    "knows its candles, how many they are and what their open times add up to",
    arguments: [
      [], [0...0], [2...4, 8...8, 10...13], [473_353...473_360, 473_370...473_370],
    ] as [[ClosedRange<Int64>]])
  func contains(holes: [ClosedRange<Int64>]) {
    let (candles, times) = (Self.candles(holes), Set(holes.flatMap { $0 }))
    for time in (times.min() ?? 0) - 2...(times.max() ?? 0) + 2 {
      #expect(candles.contains(time * Self.hour) == times.contains(time))
    }
    let figures = candles.figures(step: Self.hour)
    #expect(figures.rows == times.count)
    #expect(figures.openTimes == times.reduce(0) { $0 + $1 * Self.hour })
    #expect(candles.isEmpty == times.isEmpty)
  }

  @Test("is the same after it was written and read; what it never wrote is none")
  func text() {
    let candles = Self.candles([2...4, 8...8])
    #expect(candles.text == "7200000-14400000,28800000")
    #expect(FilledCandles(text: candles.text) == candles)
    #expect(FilledCandles(text: "") == FilledCandles())
    for text in ["x", "1-", "3-2", "1-2-3", "1,x"] { #expect(FilledCandles(text: text) == nil, "\(text)") }
  }
}
