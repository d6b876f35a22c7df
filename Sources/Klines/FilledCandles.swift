/// Which candles of a file are none of the exchange's, but were put into its holes.
///
/// They count less than any real one, whatever file that is in.
package struct FilledCandles: Sendable, Hashable {
  /// Open times in milliseconds since 1970, hole by hole, oldest first; no real candle of the file lies within one.
  package private(set) var holes: [ClosedRange<Int64>] = []

  /// None.
  package init() {}

  /// Whether there are none.
  package var isEmpty: Bool { holes.isEmpty }

  /// Adds the candles of a hole that comes after the others.
  mutating func add(_ openTimes: ClosedRange<Int64>) { holes.append(openTimes) }

  static func += (left: inout FilledCandles, right: FilledCandles) { left.holes += right.holes }

  /// Whether the file's candle that opens then was put there.
  package func contains(_ openTime: Int64) -> Bool {
    var (low, high) = (0, holes.count)
    while low < high {
      let middle = (low + high) / 2
      if holes[middle].upperBound < openTime { low = middle + 1 } else { high = middle }
    }
    return low < holes.count && holes[low].lowerBound <= openTime
  }

  /// How many there are, and the sum of their open times, wrapping around.
  ///
  /// - Parameter step: The candles' length in milliseconds, 1 or more.
  package func figures(step: Int64) -> (rows: Int, openTimes: Int64) {
    holes.reduce((0, 0)) { sums, hole in
      let count = (hole.upperBound - hole.lowerBound) / step + 1
      // Members of an arithmetic series pair up; a product halved after it wrapped around would be another number.
      let ends = hole.lowerBound &+ hole.upperBound
      let sum = count % 2 == 0 ? ends &* (count / 2) : (ends / 2) &* count
      return (sums.0 + Int(count), sums.1 &+ sum)
    }
  }
}

extension FilledCandles {
  /// `1704067200000-1704074400000,1704106800000`: the first and last open time of each hole; empty without any.
  package var text: String {
    holes.map { $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }

  /// Reads what `text` gives.
  ///
  /// nil when it is anything else.
  package init?(text: String) {
    for part in text.split(separator: ",") {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
      guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last else {
        return nil
      }
      holes.append(first...last)
    }
  }
}
