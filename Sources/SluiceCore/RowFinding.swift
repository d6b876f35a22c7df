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
  /// Candles that open between two moments of their interval's grid.
  package var offGrid = 0
  /// Open time of the first of them, milliseconds since 1970.
  package var firstOffGrid: Int64?
  /// Candles shorter or longer than their interval.
  package var otherLength = 0
  /// Open time of the first of them, milliseconds since 1970.
  package var firstOtherLength: Int64?
  /// Members of the archive with the same name before the one that was read.
  package var olderMembers = 0
  /// Members of the archive with other names, of which nothing was read.
  package var otherMembers = 0

  /// A finding without holes.
  package init(path: String, market: Market, duplicates: Int, outOfOrder: Int) {
    self.path = path
    self.market = market
    self.duplicates = duplicates
    self.outOfOrder = outOfOrder
  }

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    path = try keys.decode(String.self, forKey: .path)
    market = try keys.decode(Market.self, forKey: .market)
    missing = try keys.decode(.missing, default: 0)
    holes = try keys.decode(.holes, default: [])
    duplicates = try keys.decode(.duplicates, default: 0)
    outOfOrder = try keys.decode(.outOfOrder, default: 0)
    offGrid = try keys.decode(.offGrid, default: 0)
    firstOffGrid = try keys.decodeIfPresent(Int64.self, forKey: .firstOffGrid)
    otherLength = try keys.decode(.otherLength, default: 0)
    firstOtherLength = try keys.decodeIfPresent(Int64.self, forKey: .firstOtherLength)
    olderMembers = try keys.decode(.olderMembers, default: 0)
    otherMembers = try keys.decode(.otherMembers, default: 0)
  }
}
