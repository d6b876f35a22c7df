/// What a file's rows add up to: enough to know them again in a warehouse without comparing each.
///
/// Sums wrap around; those of the doubles are taken over their bit patterns, so one wrong last bit shows. The last of them
/// is over every column of every row.
package struct KlineFigures: Sendable, Hashable {
  /// How many rows were added up.
  package var rows = 0
  /// Different open times.
  package var distinct = 0
  /// Sum of the open times in milliseconds since 1970, wrapping around.
  package var openTimes: Int64 = 0
  /// Sum of the numbers of trades, wrapping around.
  package var trades: Int64 = 0
  /// Sum of the bit patterns of the close prices, wrapping around.
  package var closeBits: UInt64 = 0
  /// Sum of the bit patterns of the volumes, wrapping around.
  package var volumeBits: UInt64 = 0
  /// Sum over the fingerprints of all rows, each by its open time, so that values which changed places show too.
  ///
  /// nil where it was not added up.
  package var content: UInt64? = 0

  /// Figures of no rows.
  package init() {}

  /// Figures with these values, as a warehouse or a ledger reports them.
  package init(
    rows: Int, distinct: Int, openTimes: Int64, trades: Int64, closeBits: UInt64, volumeBits: UInt64,
    content: UInt64? = nil
  ) {
    self.rows = rows
    self.distinct = distinct
    self.openTimes = openTimes
    self.trades = trades
    self.closeBits = closeBits
    self.volumeBits = volumeBits
    self.content = content
  }

  /// Figures of checked rows: their open times differ.
  package init(of columns: KlineColumns, rows range: Range<Int>) {
    guard !range.isEmpty else { return }
    let (open, trades) = (columns[.openTime], columns[.trades])
    let (close, volume) = (columns[.close], columns[.volume])
    for row in range {
      openTimes &+= open[row]
      self.trades &+= trades[row]
      closeBits &+= close[row].bitPattern
      volumeBits &+= volume[row].bitPattern
    }
    rows = range.count
    distinct = range.count
    content = columns.content(of: range)
  }

  /// Whether both can be of the same rows; what one of them did not add up says nothing.
  package func agrees(with other: KlineFigures) -> Bool {
    var other = other
    if content == nil || other.content == nil { other.content = content }
    return self == other
  }

  /// Adds the figures of other rows with other open times.
  package static func += (left: inout KlineFigures, right: KlineFigures) {
    left.rows += right.rows
    left.distinct += right.distinct
    left.openTimes &+= right.openTimes
    left.trades &+= right.trades
    left.closeBits &+= right.closeBits
    left.volumeBits &+= right.volumeBits
    if let known = left.content, let more = right.content { left.content = known &+ more } else { left.content = nil }
  }
}
