/// Proposes what to expect of a profile from what is there.
package enum CoverageLearning {
  /// A series that ended so many days before the newest day of all has been given up, not delayed.
  static let endedDays = 7

  /// Expectations under which exactly the series that are there, from their first day on, are expected.
  ///
  /// - Parameter table: The whole of the profile's coverage.
  package static func expectations(from table: CoverageTable) -> [Expectation] {
    let newest = table.series.compactMap(\.lastDay).max()
    var klines: [KlineGroup: Set<KlineInterval>] = [:]
    var directories: [Extent: [String]] = [:]
    for series in table.series {
      guard let first = series.firstDay, let last = series.lastDay, let newest else { continue }
      let isDirectory = KlineSeriesName(series.name) == nil
      let every = isDirectory ? rhythm(of: series) : 1
      let hasEnded = newest.daysSinceEpoch - last.daysSinceEpoch > max(endedDays, 2 * every)
      let extent = Extent(first: first, last: hasEnded ? last : nil, everyDays: every)
      if let kline = KlineSeriesName(series.name) {
        klines[KlineGroup(extent: extent, market: kline.market, symbol: kline.symbol), default: []]
          .insert(kline.interval)
      } else {
        directories[extent, default: []].append(series.name)
      }
    }
    return symbolExpectations(klines) + seriesExpectations(directories)
  }

  /// Every how many days something of a series came: 1 unless at least four days lie so far apart, or a multiple of it.
  private static func rhythm(of series: CoverageSeries) -> Int {
    let days = series.cells.indices.filter { !series.cells[$0].isMissing && series.cells[$0] != .expired }
    let steps = zip(days, days.dropFirst()).map { $1 - $0 }
    guard steps.count >= 3, let least = steps.min(), steps.allSatisfy({ $0.isMultiple(of: least) }) else { return 1 }
    return least
  }

  /// From when to when, and how often; without an end when it goes on.
  private struct Extent: Hashable, Comparable {
    var first: CalendarDay
    var last: CalendarDay?
    var everyDays = 1

    static func < (left: Extent, right: Extent) -> Bool {
      (left.first, left.last?.daysSinceEpoch ?? .max, left.everyDays)
        < (right.first, right.last?.daysSinceEpoch ?? .max, right.everyDays)
    }
  }

  private struct KlineGroup: Hashable {
    var extent: Extent
    var market: Market
    var symbol: String
  }

  private struct SharedKlines: Hashable {
    var extent: Extent
    var market: Market
    var intervals: [KlineInterval]
  }

  /// Symbols of one market with the same intervals and days share an expectation.
  private static func symbolExpectations(_ klines: [KlineGroup: Set<KlineInterval>]) -> [Expectation] {
    var shared: [SharedKlines: [String]] = [:]
    for (group, intervals) in klines {
      let key = SharedKlines(extent: group.extent, market: group.market, intervals: intervals.sorted())
      shared[key, default: []].append(group.symbol)
    }
    let ordered = shared.sorted { left, right in
      if left.key.market != right.key.market { return left.key.market < right.key.market }
      if left.key.extent != right.key.extent { return left.key.extent < right.key.extent }
      return left.key.intervals.lexicographicallyPrecedes(right.key.intervals)
    }
    return ordered.map { key, symbols in
      var expectation = expectation(key.extent)
      (expectation.symbols, expectation.intervals, expectation.market) = (symbols.sorted(), key.intervals, key.market)
      return expectation
    }
  }

  private static func seriesExpectations(_ directories: [Extent: [String]]) -> [Expectation] {
    directories.sorted { $0.key < $1.key }.map { extent, names in
      var expectation = expectation(extent)
      expectation.series = names.sorted()
      return expectation
    }
  }

  private static func expectation(_ extent: Extent) -> Expectation {
    var expectation = Expectation()
    expectation.from = extent.first
    expectation.until = extent.last
    expectation.everyDays = extent.everyDays
    return expectation
  }
}

extension Expectation {
  /// The keys and values of the configuration, in its order; lists as they are.
  package var configuration: [(key: String, value: [String], isList: Bool)] {
    var fields: [(key: String, value: [String], isList: Bool)] = []
    if !series.isEmpty { fields.append(("series", series, true)) }
    if !symbols.isEmpty { fields.append(("symbols", symbols, true)) }
    if !intervals.isEmpty { fields.append(("intervals", intervals.map(\.rawValue), true)) }
    if let market { fields.append(("market", [market.rawValue], false)) }
    if let from { fields.append(("from", [from.description], false)) }
    if let until { fields.append(("until", [until.description], false)) }
    fields.append(("every", ["\(everyDays)d"], false))
    if let parts { fields.append(("parts", ["\(parts)"], false)) }
    if let dueSeconds {
      let clock = [dueSeconds / 3600, dueSeconds / 60 % 60].map { CalendarDay.padded($0, 2) }
      fields.append(("by", [clock.joined(separator: ":")], false))
    }
    return fields
  }

  /// The expectation as one line of YAML: `{symbols: ["BTCUSDT"], from: 2024-01-01, every: 1d}`.
  package var yaml: String {
    let fields = configuration.map { key, value, isList in
      if isList { return "\(key): [\(value.map(Self.quoted).joined(separator: ", "))]" }
      return "\(key): \(key == "by" ? Self.quoted(value[0]) : value[0])"
    }
    return "{\(fields.joined(separator: ", "))}"
  }

  /// In double quotes, so that `NO`, `1e5` and `a: b` stay what they are.
  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where scalar.value < 32 || scalar.value == 127:
        "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
