import SluiceCore

/// How a file's candles lie on the grid of their interval.
///
/// The last candle before an outage closes early, and one after it may open late: real, and few.
package struct GridReport: Sendable, Hashable {
  /// Candles that open between two moments of the grid.
  package var offGrid = 0
  /// Open time of the first of them.
  package var firstOffGrid: Int64?
  /// Candles that are shorter or longer than the interval.
  package var otherLength = 0
  /// Open time of the first of them.
  package var firstOtherLength: Int64?
  /// The shortest and the longest of these, in milliseconds.
  package var lengths: ClosedRange<Int64>?
  /// Candles that are off the grid, of another length, or both.
  var odd = 0
  /// Candles of a length that only another interval has.
  var foreign = 0
  /// Candles that no outage makes: longer than the interval, or whole and off the grid.
  var impossible = 0

  /// Everything fits.
  package init() {}

  /// Looks at one candle.
  ///
  /// - Parameters:
  ///   - step: The interval's length there; both in milliseconds.
  @inline(__always)
  mutating func look(at openTime: Int64, length: Int64, step: Int64, isOnGrid: Bool) {
    // Some write the end of a candle as the beginning of the next.
    let isWhole = length == step || length == step + 1
    guard !isOnGrid || !isWhole else { return }
    note(openTime, length: length, step: step, isOnGrid: isOnGrid, isWhole: isWhole)
  }

  private mutating func note(_ openTime: Int64, length: Int64, step: Int64, isOnGrid: Bool, isWhole: Bool) {
    odd += 1
    if !isOnGrid {
      offGrid += 1
      firstOffGrid = firstOffGrid ?? openTime
    }
    if !isWhole {
      otherLength += 1
      firstOtherLength = firstOtherLength ?? openTime
      lengths = Self.joined(lengths, length...length)
    }
    if isWhole || length > step {
      impossible += 1
    } else if KlineInterval.allCases.contains(where: { $0.milliseconds == length }) {
      foreign += 1
    }
  }

  /// Whether the rows as a whole are candles of another interval.
  ///
  /// - Parameter rows: How many were looked at.
  func isOfOtherInterval(rows: Int) -> Bool {
    // A single short candle may be the last of a contract, and two may be cut by two outages.
    if impossible * 2 > rows { return true }
    if impossible + foreign >= 2, (impossible + foreign) * 2 > rows { return true }
    return odd >= 4 && odd * 2 > rows
  }

  static func += (left: inout GridReport, right: GridReport) {
    left.offGrid += right.offGrid
    left.firstOffGrid = left.firstOffGrid ?? right.firstOffGrid
    left.otherLength += right.otherLength
    left.firstOtherLength = left.firstOtherLength ?? right.firstOtherLength
    left.lengths = right.lengths.map { joined(left.lengths, $0) } ?? left.lengths
    left.odd += right.odd
    left.foreign += right.foreign
    left.impossible += right.impossible
  }

  /// Both, of rows that lie among each other.
  func joined(with other: GridReport) -> GridReport {
    var sum = self
    sum += other
    sum.firstOffGrid = [firstOffGrid, other.firstOffGrid].compactMap { $0 }.min()
    sum.firstOtherLength = [firstOtherLength, other.firstOtherLength].compactMap { $0 }.min()
    return sum
  }

  private static func joined(_ left: ClosedRange<Int64>?, _ right: ClosedRange<Int64>) -> ClosedRange<Int64> {
    guard let left else { return right }
    return min(left.lowerBound, right.lowerBound)...max(left.upperBound, right.upperBound)
  }
}
