import SluiceCore

/// Reads a profile's `expect`: one table, or a list of them.
struct ExpectationReader {
  /// Whether the profile has klines, and so symbols and intervals.
  let hasKlines: Bool

  /// Every expectation that can be used; mistakes are reported.
  func expectations(_ section: ConfigurationSection) -> [Expectation] {
    section.sections("expect").compactMap(expectation)
  }

  private func expectation(_ section: ConfigurationSection) -> Expectation? {
    var result = Expectation()
    result.series = names(section, "series")
    result.symbols = names(section, "symbols")
    result.intervals = names(section, "intervals").compactMap { interval($0, section) }
    result.market = section.choice("market", of: Market.self)
    result.from = day(section, "from")
    result.until = day(section, "until")
    result.everyDays = every(section) ?? 1
    result.dueSeconds = due(section)
    result.parts = section.integer("parts", in: 1...100_000, "a number of files")
    section.finish()
    return check(result, section) ? result : nil
  }

  private func check(_ found: Expectation, _ section: ConfigurationSection) -> Bool {
    guard section.has("series") || section.has("symbols") else {
      section.report.error(
        section.path, line: section.line, "names nothing that is to come",
        advice: "Name symbols and intervals, or series as `sluice coverage` shows them")
      return false
    }
    for key in ["symbols", "intervals", "market"] where section.has(key) && !hasKlines {
      section.fail(key, "is of klines, and this profile has no ingest", advice: "Name directories by series: [NAME]")
      return false
    }
    if section.has("parts"), section.has("symbols") {
      section.fail("parts", "is of days' directories, and a symbol has one archive a day")
    }
    if section.has("symbols"), !section.has("intervals") {
      section.fail("symbols", "need intervals", advice: "Add intervals: [1m]")
    }
    if section.has("intervals"), !section.has("symbols") {
      section.fail("intervals", "need symbols", advice: "Add symbols: [BTCUSDT]")
    }
    if let from = found.from, let until = found.until, from > until {
      section.fail("until", "lies before from (\(from))")
    }
    return true
  }

  private func names(_ section: ConfigurationSection, _ key: String) -> [String] {
    guard let names = section.texts(key, advice: "Write it as a list: [NAME, NAME]") else { return [] }
    if names.isEmpty { section.fail(key, "is empty") }
    for name in names where name.isEmpty || section.hasControlCharacter(name) {
      section.fail(key, "\(section.shown(name)) is no name")
    }
    return names
  }

  private func interval(_ text: String, _ section: ConfigurationSection) -> KlineInterval? {
    if let interval = KlineInterval(name: text) { return interval }
    section.fail(
      "intervals", "\(section.shown(text)) is no interval", advice: "The exchange has 1s, 1m, 1h, 1d and so on")
    return nil
  }

  private func day(_ section: ConfigurationSection, _ key: String) -> CalendarDay? {
    guard let text = section.text(key, as: "a day") else { return nil }
    // Nothing is older; and the table has a cell a day.
    if let day = CalendarDay(iso: text), let oldest = CalendarDay(iso: "1990-01-01"), day >= oldest { return day }
    section.fail(key, "must be a day like 2024-01-01, not \(section.shown(text))")
    return nil
  }

  private func every(_ section: ConfigurationSection) -> Int? {
    guard let span = section.duration("every") else { return nil }
    let days = span.seconds / 86_400
    guard days == days.rounded(), days >= 1, days <= 366 else {
      section.fail("every", "must be whole days, 1d to 366d")
      return nil
    }
    return Int(days)
  }

  private func due(_ section: ConfigurationSection) -> Int? {
    guard let text = section.text("by", as: "a time of day") else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, parts[0].count == 2, parts[1].count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
      (0...48).contains(hour), (0...59).contains(minute), hour * 60 + minute <= 48 * 60
    {
      return hour * 3600 + minute * 60
    }
    section.fail(
      "by", "must be a time of day in UTC like \"06:00\", not \(section.shown(text))",
      advice: "\"30:00\" is 06:00 of the next day")
    return nil
  }
}
