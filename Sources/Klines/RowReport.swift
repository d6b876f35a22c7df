package import SluiceCore

/// What the check of a file's rows found.
package struct RowReport: Sendable, Equatable {
  /// Rows that stay, filled ones included.
  package var rows = 0
  /// Rows that are no possible candle of the file's period, or no candle at all.
  package var refused = 0
  /// The first of them, with line and reason.
  package var refusedRows: [RefusedRow] = []
  /// Rows whose open time was there before; the first one stays.
  package var duplicates = 0
  /// Those of them that have other values than the one that stays.
  package var contradictions = 0
  /// Rows that came after a later one.
  package var outOfOrder = 0
  /// Candles the period should have and the file has not.
  package var missing = 0
  /// Flat candles put into holes, when that was asked for.
  package var filled = 0
  /// Where these are.
  package var fills = FilledCandles()
  /// How the rows lie on their interval's grid.
  package var grid = GridReport()
  /// How the rows that were refused for their length lay there.
  var refusedGrid = GridReport()
  /// Members of the archive with the same name before the one that was read.
  package var namesakes = 0
  /// Members of the archive with other names, of which nothing was read.
  package var otherMembers = OtherMembers()
  /// The earliest open time, in milliseconds since 1970; nil without rows.
  package var firstOpenTime: Int64?
  /// The latest open time, in milliseconds since 1970; nil without rows.
  package var lastOpenTime: Int64?
  /// Days with fewer candles of the grid than they should have, and how many they have.
  ///
  /// Of candles longer than a day: the days on which one should have opened.
  package var shortDays: [CalendarDay: Int] = [:]
  /// Open time of the first missing candle, by the day it should have opened on.
  package var firstMissing: [CalendarDay: Int64] = [:]

  /// A report of nothing.
  package init() {}

  /// Adds what was found in the days after.
  static func += (left: inout RowReport, right: RowReport) {
    left.rows += right.rows
    left.refused += right.refused
    left.duplicates += right.duplicates
    left.contradictions += right.contradictions
    left.outOfOrder += right.outOfOrder
    left.missing += right.missing
    left.filled += right.filled
    left.fills += right.fills
    left.grid += right.grid
    left.firstOpenTime = left.firstOpenTime ?? right.firstOpenTime
    left.lastOpenTime = right.lastOpenTime ?? left.lastOpenTime
    left.shortDays.merge(right.shortDays) { $1 }
    left.firstMissing.merge(right.firstMissing) { $1 }
  }

  /// Takes over what was refused elsewhere.
  mutating func add(_ rows: RefusedRows) {
    refused += rows.count
    refusedRows = rows.first
    refusedGrid = rows.grid
  }

  /// Why the rows as a whole cannot be taken for the archive's; nil when they can.
  func fault(_ archive: KlineArchiveName) -> KlineFault? {
    let all = refusedGrid.joined(with: grid)
    let count = rows - filled + refusedGrid.odd
    if all.isOfOtherInterval(rows: count) { return .otherInterval(expected: archive.interval, rows: count, all) }
    return rows > 0 ? nil : .noValidRow(refused: refused, first: refusedRows.first)
  }
}
