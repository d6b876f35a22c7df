/// What an ingest found odd about the rows of one file that are in nevertheless.
package struct RowFinding: Sendable, Equatable, Codable {
  /// Candles missing on one day.
  package struct Hole: Sendable, Equatable, Codable {
    /// The day they should have opened on.
    package var day: CalendarDay
    /// How many, 1 or more.
    package var candles: Int
    /// Open time of the first one missing, milliseconds since 1970.
    package var firstOpenTime: Int64

    /// So many candles of a day, from that one on.
    package init(day: CalendarDay, candles: Int, firstOpenTime: Int64) {
      self.day = day
      self.candles = candles
      self.firstOpenTime = firstOpenTime
    }

    /// The time of day of the first one missing: `12:00`, with seconds where they are not zero.
    package var clock: String {
      let seconds = Int(firstOpenTime / 1000) - day.daysSinceEpoch * 86_400
      let fields = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { CalendarDay.padded($0, 2) }
      return fields.prefix(seconds % 60 == 0 ? 2 : 3).joined(separator: ":")
    }
  }

  /// Relative to the profile's directory.
  package var path: String
  /// The market the file was read as.
  package var market: Market
  /// Candles the file's period should have and the file has not.
  package var missing = 0
  /// By day, oldest first.
  package var holes: [Hole] = []
  /// Rows whose open time was there before; the first one stays.
  package var duplicates: Int
  /// Rows that came after a later one.
  package var outOfOrder: Int

  /// A finding without holes.
  package init(path: String, market: Market, duplicates: Int, outOfOrder: Int) {
    self.path = path
    self.market = market
    self.duplicates = duplicates
    self.outOfOrder = outOfOrder
  }
}
