package import FoundationEssentials

/// What a profile's source is to bring, so that what never came is a hole.
package struct Expectation: Sendable, Equatable {
  /// Names of series as `coverage` shows them; `*` stands for any characters, `?` for one.
  package var series: [String] = []
  /// Symbols of klines, each in every one of `intervals`; `*` and `?` as in `series`.
  package var symbols: [String] = []
  /// Lengths of the symbols' candles.
  package var intervals: [KlineInterval] = []
  /// The market of the symbols; nil takes the one the profile's paths or markers name.
  package var market: Market?
  /// The first day; nil is each series' own first.
  package var from: CalendarDay?
  /// The last day; nil is for ever.
  package var until: CalendarDay?
  /// Days from one to the next, 1 or more.
  package var everyDays = 1
  /// Seconds after 00:00 UTC at which a day is due, 0 to 172,800; nil is 24:00.
  package var dueSeconds: Int?
  /// How many files a day's directory has at least, 1 or more; nil goes by the days around it and by what was there.
  package var parts: Int?

  /// An expectation of nothing, every day and without an end.
  package init() {}

  /// Whether it speaks of a series.
  package func covers(_ name: String) -> Bool {
    if series.contains(where: { Self.matches(name, pattern: $0) }) { return true }
    guard let kline = KlineSeriesName(name) else { return false }
    return symbols.contains { Self.matches(kline.symbol, pattern: $0) } && intervals.contains(kline.interval)
      && (market ?? kline.market) == kline.market
  }

  /// Whether it names a series letter by letter, so that no pattern of another expectation counts for it.
  package func names(_ name: String) -> Bool {
    if series.contains(where: { !Self.isPattern($0) && $0 == name }) { return true }
    guard let kline = KlineSeriesName(name), !Self.isPattern(kline.symbol) else { return false }
    return symbols.contains(kline.symbol) && covers(name)
  }

  /// The patterns among its names.
  package var patterns: [String] { (series + symbols).filter(Self.isPattern) }

  private static func isPattern(_ name: String) -> Bool { name.contains("*") || name.contains("?") }

  /// Series that must be there: those it names, and patterns that match none.
  ///
  /// - Parameters:
  ///   - known: The series there are.
  ///   - market: What the profile's paths or markers name.
  package func missingSeries(among known: [String], market inferred: Market?) -> [String] {
    var missing = series.filter { pattern in !known.contains { Self.matches($0, pattern: pattern) } }
    let klines = known.compactMap { KlineSeriesName($0) }
    for symbol in symbols {
      for interval in intervals {
        let isThere = klines.contains {
          Self.matches($0.symbol, pattern: symbol) && $0.interval == interval && (market ?? $0.market) == $0.market
        }
        guard !isThere else { continue }
        let words = [(market ?? inferred)?.rawValue, symbol, interval.rawValue]
        missing.append(words.compactMap { $0 }.joined(separator: " "))
      }
    }
    return missing
  }

  /// The newest day that is due at a moment.
  ///
  /// A directory is due on its own day at the hour; an archive of klines can only come when its day is over, so its
  /// hour is that of the next day.
  package func newestDueDay(series name: String, now: Date) -> CalendarDay {
    let isArchive = !symbols.isEmpty || KlineSeriesName(name) != nil
    let offset = (dueSeconds ?? 86_400) + (isArchive ? 86_400 : 0)
    return CalendarDay(now.addingTimeInterval(-Double(offset)))
  }

  /// Shell patterns without brackets, over Unicode scalars.
  static func matches(_ name: String, pattern: String) -> Bool {
    let (text, glob) = (Array(name.unicodeScalars), Array(pattern.unicodeScalars))
    var (at, place) = (0, 0)
    var star: (at: Int, place: Int)?
    while at < text.count {
      if place < glob.count, glob[place] == "*" {
        star = (at, place)
        place += 1
      } else if place < glob.count, glob[place] == "?" || glob[place] == text[at] {
        at += 1
        place += 1
      } else if let last = star {
        // The last star takes one character more.
        star = (last.at + 1, last.place)
        (at, place) = (last.at + 1, last.place + 1)
      } else {
        return false
      }
    }
    return glob[place...].allSatisfy { $0 == "*" }
  }
}

/// The name of a series of klines, `um BTCUSDT 1h`.
package struct KlineSeriesName: Sendable, Hashable {
  /// The name's first word.
  package var market: Market
  /// The name's second word.
  package var symbol: String
  /// The name's third word.
  package var interval: KlineInterval

  /// Reads a series' name; nil when it is none of klines.
  package init?(_ name: String) {
    let words = name.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, let market = Market(rawValue: String(words[0])),
      let interval = KlineInterval(name: words[2])
    else { return nil }
    (self.market, self.symbol, self.interval) = (market, String(words[1]), interval)
  }
}

/// Days on which a series is expected.
package struct ExpectedDays: Sendable, Equatable, Codable {
  /// The first of them.
  package var first: CalendarDay
  /// Never before `first`.
  package var last: CalendarDay
  /// Days from one to the next, 1 or more.
  package var everyDays: Int

  /// The days of a stretch, every so many.
  package init(first: CalendarDay, last: CalendarDay, everyDays: Int = 1) {
    self.first = first
    self.last = last
    self.everyDays = everyDays
  }

  /// Whether the series is expected on that day.
  package func contains(_ day: CalendarDay) -> Bool {
    first <= day && day <= last && (day.daysSinceEpoch - first.daysSinceEpoch).isMultiple(of: everyDays)
  }
}
