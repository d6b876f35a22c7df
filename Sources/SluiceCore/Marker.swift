import FoundationEssentials

/// The exchange's market a kline belongs to.
package enum Market: String, Sendable, CaseIterable, Codable, Comparable {
  case spot, um, cm

  package static func < (left: Market, right: Market) -> Bool { left.rawValue < right.rawValue }

  /// The part of an archive path that names the market: `spot`, `futures/um`, `futures/cm`.
  package var pathFragment: String { self == .spot ? "spot" : "futures/\(rawValue)" }
}

/// The length of a candle, by the exchange's own spelling.
package enum KlineInterval: String, Sendable, CaseIterable, Codable, Comparable {
  case s1 = "1s"
  case m1 = "1m"
  case m3 = "3m"
  case m5 = "5m"
  case m15 = "15m"
  case m30 = "30m"
  case h1 = "1h"
  case h2 = "2h"
  case h4 = "4h"
  case h6 = "6h"
  case h8 = "8h"
  case h12 = "12h"
  case d1 = "1d"
  case d3 = "3d"
  case w1 = "1w"
  case mo1 = "1mo"

  /// Reads the exchange's spelling; `1M` is the API's word for `1mo` and never `1m`.
  package init?(name: some StringProtocol) {
    if name == "1M" { self = .mo1 } else { self.init(rawValue: String(name)) }
  }

  /// The candle's length; nil for the month, which has none.
  package var milliseconds: Int64? {
    switch self {
    case .s1: 1000
    case .m1: 60_000
    case .m3: 180_000
    case .m5: 300_000
    case .m15: 900_000
    case .m30: 1_800_000
    case .h1: 3_600_000
    case .h2: 7_200_000
    case .h4: 14_400_000
    case .h6: 21_600_000
    case .h8: 28_800_000
    case .h12: 43_200_000
    case .d1: 86_400_000
    case .d3: 259_200_000
    case .w1: 604_800_000
    case .mo1: nil
    }
  }

  package static func < (left: KlineInterval, right: KlineInterval) -> Bool {
    (left.milliseconds ?? .max) < (right.milliseconds ?? .max)
  }
}

/// The span a marker or an archive vouches for: one UTC day or one month.
package enum Period: Sendable, Hashable, Comparable, CustomStringConvertible, Codable {
  case day(CalendarDay)
  /// Year 1 to 9999, month 1 to 12; made by `init(text:)` only for real months.
  case month(year: Int, month: Int)

  /// Reads `2026-02-14` or `2026-01`; nil for anything the calendar does not have.
  package init?(text: some StringProtocol) {
    if let day = CalendarDay(iso: text) {
      self = .day(day)
      return
    }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let year = CalendarDay.digits(parts[0], count: 4),
      let month = CalendarDay.digits(parts[1], count: 2), CalendarDay(year: year, month: month, day: 1) != nil
    else { return nil }
    self = .month(year: year, month: month)
  }

  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let period = Period(text: text) else {
      throw PlainReason.corrupted("\(text) is not a day or a month", at: decoder.codingPath)
    }
    self = period
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// The first UTC day of the period.
  package var firstDay: CalendarDay {
    switch self {
    case .day(let day): day
    case .month(let year, let month):
      CalendarDay(year: year, month: month, day: 1) ?? CalendarDay(daysSinceEpoch: 0)
    }
  }

  /// The last UTC day of the period; the same as the first for a day.
  package var lastDay: CalendarDay {
    switch self {
    case .day(let day): day
    case .month(let year, let month): firstDay.adding(days: CalendarDay.length(ofMonth: month, year: year) - 1)
    }
  }

  /// Whether the day lies inside.
  package func contains(_ day: CalendarDay) -> Bool { firstDay <= day && day <= lastDay }

  package static func < (left: Period, right: Period) -> Bool {
    (left.firstDay, left.lastDay) < (right.firstDay, right.lastDay)
  }

  package var description: String {
    switch self {
    case .day(let day): day.description
    case .month: String(firstDay.description.prefix(7))
    }
  }
}

/// A file named `_SUCCESS__2026-02-14__um__1h`: the collector's word that a day's archives are complete.
package struct Marker: Sendable, Hashable, Comparable, Codable {
  /// What every marker's name begins with.
  package static let prefix = "_SUCCESS__"

  /// The day or month whose archives are complete.
  package let period: Period
  /// The market of these archives.
  package let market: Market
  /// The candle length of these archives.
  package let interval: KlineInterval
  /// The file's name as found; `1M` and `1mo` are different names for one meaning.
  package let name: String

  /// Reads a marker's file name; nil when the form, the market, the interval or the date is not real.
  package init?(name: String) {
    guard name.hasPrefix(Self.prefix) else { return nil }
    let parts = name.dropFirst(Self.prefix.count).split(separator: "__", omittingEmptySubsequences: false)
      .map(String.init)
    guard parts.count == 3, let period = Period(text: parts[0]), let market = Market(rawValue: parts[1]),
      let interval = KlineInterval(name: parts[2])
    else { return nil }
    self.period = period
    self.market = market
    self.interval = interval
    self.name = name
  }

  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let marker = Marker(name: text) else {
      throw PlainReason.corrupted("\(text) is not a marker", at: decoder.codingPath)
    }
    self = marker
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }

  package static func < (left: Marker, right: Marker) -> Bool {
    (left.period, left.market, left.interval, left.name) < (right.period, right.market, right.interval, right.name)
  }
}
