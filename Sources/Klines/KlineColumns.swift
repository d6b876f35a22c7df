import CDeflate

/// Candles as a struct of arrays: one block of memory per column, ready to be sent column by column.
///
/// Times are milliseconds since 1970. Rows are only ever added at the end and cut off there.
///
/// - Important: One owner at a time. It is handed from the thread that parses to the thread that sends, never shared;
///   that hand-over is what the unchecked conformance vouches for.
package final class KlineColumns: @unchecked Sendable {
  /// The columns of doubles, in the order of the warehouse's table.
  package enum Value: Int, CaseIterable, Sendable {
    case open, high, low, close, volume, quoteVolume, takerBuyVolume, takerBuyQuoteVolume
  }

  /// The columns of integers.
  package enum Whole: Int, CaseIterable, Sendable { case openTime, closeTime, trades }

  /// Rows in use.
  package private(set) var count = 0
  /// Rows there is memory for.
  package private(set) var capacity = 0
  private var wholes: [UnsafeMutablePointer<Int64>] = []
  private var values: [UnsafeMutablePointer<Double>] = []

  /// Empty columns.
  package init() {}

  deinit { release() }

  /// The memory of an integer column; moves when the columns grow.
  package subscript(column: Whole) -> UnsafeMutablePointer<Int64> { wholes[column.rawValue] }
  /// The memory of a column of doubles; moves when the columns grow.
  package subscript(column: Value) -> UnsafeMutablePointer<Double> { values[column.rawValue] }

  /// Makes room for that many rows beyond those in use.
  package func reserve(_ additional: Int) {
    let needed = count + additional
    guard needed > capacity || wholes.isEmpty else { return }
    let grown = max(needed, min(capacity * 2, capacity + 100_000), 16)
    let newWholes = Whole.allCases.map { _ in UnsafeMutablePointer<Int64>.allocate(capacity: grown) }
    let newValues = Value.allCases.map { _ in UnsafeMutablePointer<Double>.allocate(capacity: grown) }
    if !wholes.isEmpty {
      for (old, new) in zip(wholes, newWholes) { new.update(from: old, count: count) }
      for (old, new) in zip(values, newValues) { new.update(from: old, count: count) }
    }
    release()
    (wholes, values, capacity) = (newWholes, newValues, grown)
  }

  /// Takes rows written beyond the end, up to `newCount`, as part of the columns.
  package func extend(to newCount: Int) {
    count = min(max(newCount, count), capacity)
  }

  /// Forgets the rows from `newCount` on.
  package func truncate(to newCount: Int) {
    count = max(0, min(newCount, count))
  }

  /// Copies one row over another.
  package func copyRow(_ source: Int, to target: Int) {
    for column in wholes { column[target] = column[source] }
    for column in values { column[target] = column[source] }
  }

  /// Adds all rows of other columns at the end.
  package func append(_ other: KlineColumns) { append(0..<other.count, of: other) }

  /// Adds rows of other columns at the end.
  func append(_ rows: Range<Int>, of other: KlineColumns) {
    guard !rows.isEmpty else { return }
    reserve(rows.count)
    for (own, column) in zip(wholes, other.wholes) {
      (own + count).update(from: column + rows.lowerBound, count: rows.count)
    }
    for (own, column) in zip(values, other.values) {
      (own + count).update(from: column + rows.lowerBound, count: rows.count)
    }
    count += rows.count
  }

  /// A sum over every bit of every row: equal rows in the same order give the same.
  var checksum: UInt32 {
    let columns = wholes.map(UnsafeRawPointer.init) + values.map(UnsafeRawPointer.init)
    return columns.reduce(0) { libdeflate_crc32($0, $1, count * 8) }
  }

  /// Puts the rows from `base` on into a new order and keeps only those named.
  ///
  /// - Parameter order: Row numbers, each at least `base` and below `count`, without repetition.
  package func rearrange(from base: Int, order: [Int]) {
    for column in wholes { Self.pick(order, of: column, to: base) }
    for column in values { Self.pick(order, of: column, to: base) }
    count = base + order.count
  }

  private static func pick<Element: BitwiseCopyable>(
    _ order: [Int], of column: UnsafeMutablePointer<Element>, to base: Int
  ) {
    let picked = order.map { column[$0] }
    for (offset, value) in picked.enumerated() { column[base + offset] = value }
  }

  private func release() {
    for column in wholes { column.deallocate() }
    for column in values { column.deallocate() }
  }
}
