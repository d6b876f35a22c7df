package import SluiceCore

/// A row of a kline file that was not taken, where it stands and why.
package struct RefusedRow: Sendable, Hashable {
  /// Why a row was not taken: the facts a sentence is made of.
  package enum Reason: Sendable, Hashable {
    /// A field, counted from 1, is empty, not a number, or infinite.
    case notFinite(column: Int, text: String)
    /// A field, counted from 1, holds a number beyond its type.
    case tooLarge(column: Int, text: String)
    /// The open time is plausible only in seconds.
    case inSeconds(Int64)
    /// The open time, here in microseconds, is plausible only in nanoseconds.
    case inNanoseconds(microseconds: Int64)
    /// The open time, in milliseconds, lies outside the file's period.
    case otherPeriod(openTime: Int64, period: Period)
    /// The candle is as long, in milliseconds, as none of the file's interval can be.
    case otherLength(Int64, expected: KlineInterval)
    /// The candle closes before it opens; both in milliseconds.
    case closesEarly(openTime: Int64, closeTime: Int64)
    /// The candle was not over when the file was read; its close time in milliseconds.
    case notOver(closeTime: Int64)
    /// These four cannot be the prices of one candle.
    case prices(open: Double, high: Double, low: Double, close: Double)
    /// A quantity that is never negative nor infinite, counted from 1 as in the file.
    case quantity(column: Int, value: Double)
    /// A quantity bought by takers, counted from 1 as in the file, is more than all that was traded.
    case part(column: Int, value: Double, whole: Double)
  }

  /// The line of the file, counted from 1.
  package var line: Int
  /// Why it was not taken.
  package var reason: Reason

  /// A row of that line.
  package init(line: Int, reason: Reason) {
    self.line = line
    self.reason = reason
  }
}

/// Rows that were not taken: how many, and the first of them.
struct RefusedRows: Sendable, Equatable {
  /// How many are kept with their reason.
  static let kept = 3

  private(set) var count = 0
  /// By line, at most `kept`.
  private(set) var first: [RefusedRow] = []
  /// How those of another length lay on the grid.
  var grid = GridReport()

  /// Counts a row; its reason is worked out only when it is one of the first.
  mutating func add(line: Int, _ reason: @autoclosure () -> RefusedRow.Reason) {
    count += 1
    guard first.count < Self.kept || line < first[Self.kept - 1].line else { return }
    keep([RefusedRow(line: line, reason: reason())])
  }

  static func += (left: inout RefusedRows, right: RefusedRows) {
    left.count += right.count
    left.grid += right.grid
    left.keep(right.first)
  }

  static func + (left: RefusedRows, right: RefusedRows) -> RefusedRows {
    var sum = left
    sum += right
    return sum
  }

  private mutating func keep(_ rows: [RefusedRow]) {
    first = Array((first + rows).sorted { $0.line < $1.line }.prefix(Self.kept))
  }
}

/// Which line of a file each parsed row was.
struct LineNumbers {
  /// The line of the first row.
  var first = 1
  /// Lines between the rows that gave none; only as many as can matter for the first refused rows.
  var skipped: [Int] = []

  /// The line of a row, counted from 0; exact as far as `skipped` reaches.
  func line(ofRow row: Int) -> Int {
    var line = first + row
    for other in skipped where other >= first && other <= line { line += 1 }
    return line
  }
}
