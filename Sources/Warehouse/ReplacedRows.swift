import Klines
import SluiceCore

/// Where rows may have to go in one table after a batch: the places of its files, few conditions for many of them.
///
/// A re-publication of thousands of files asks and deletes with as many statements as its conditions' length calls for,
/// one for most batches.
struct ReplacedRows {
  /// Some symbols' open times, and the versions that stay there.
  struct Place: Equatable {
    var market: String
    var symbols: [String]
    var openTimes: ClosedRange<Int64>
    var keeps: [Int64]
  }

  /// A day of a symbol.
  struct Day: Hashable {
    var market: String
    var symbol: String
    /// Counted from 1970.
    var number: Int64
  }

  let hasMarket: Bool
  private(set) var places: [Place] = []

  /// - Parameter segments: Those of one table; those that replace nothing are passed over.
  init(_ segments: [KlineSegment], hasMarket: Bool) {
    self.hasMarket = hasMarket
    let single = segments.compactMap { segment in
      segment.replaces.map {
        Place(
          market: hasMarket ? segment.series.market.rawValue : "", symbols: [segment.symbol], openTimes: $0,
          keeps: segment.keeps)
      }
    }
    places = Self.merged(single)
  }

  private init(hasMarket: Bool, places: [Place]) {
    self.hasMarket = hasMarket
    self.places = places
  }

  /// A symbol's days in a row become one place, and symbols of the same days too.
  private static func merged(_ single: [Place]) -> [Place] {
    let sorted = single.sorted {
      ($0.market, $0.symbols[0], $0.openTimes.lowerBound) < ($1.market, $1.symbols[0], $1.openTimes.lowerBound)
    }
    var rows: [Place] = []
    for place in sorted {
      if let last = rows.last, last.market == place.market, last.symbols == place.symbols, last.keeps == place.keeps,
        place.openTimes.lowerBound <= last.openTimes.upperBound + 1
      {
        let end = max(last.openTimes.upperBound, place.openTimes.upperBound)
        rows[rows.count - 1].openTimes = last.openTimes.lowerBound...end
      } else {
        rows.append(place)
      }
    }
    var found: [Place] = []
    var numbers: [PlaceKey: Int] = [:]
    for row in rows {
      let key = PlaceKey(market: row.market, openTimes: row.openTimes, keeps: row.keeps)
      if let number = numbers[key] {
        found[number].symbols += row.symbols
      } else {
        numbers[key] = found.count
        found.append(row)
      }
    }
    return found
  }

  private struct PlaceKey: Hashable {
    var market: String
    var openTimes: ClosedRange<Int64>
    var keeps: [Int64]
  }

  /// The places in portions whose conditions fit into a statement.
  var portions: [ReplacedRows] {
    var portions: [[Place]] = [[]]
    var length = 0
    for place in places.flatMap(\.ofFewSymbols) {
      let own = condition(place).utf8.count + 24 * place.keeps.count + 40
      if length + own > Self.lengthLimit, length > 0 {
        portions.append([])
        length = 0
      }
      portions[portions.count - 1].append(place)
      length += own
    }
    return portions.filter { !$0.isEmpty }.map { ReplacedRows(hasMarket: hasMarket, places: $0) }
  }

  /// Bytes of all conditions: they stand in a statement up to twice, and servers take 256 kB.
  private static let lengthLimit = 60_000

  /// Those places with rows on one of these days.
  func touching(_ days: Set<Day>) -> ReplacedRows {
    let bySymbol = Dictionary(grouping: days, by: { $0.market + "/" + $0.symbol })
    let found = places.compactMap { place -> Place? in
      var place = place
      place.symbols = place.symbols.filter { symbol in
        bySymbol[place.market + "/" + symbol]?.contains { place.days.contains($0.number) } ?? false
      }
      return place.symbols.isEmpty ? nil : place
    }
    return ReplacedRows(hasMarket: hasMarket, places: found)
  }

  // MARK: Conditions

  /// All that lies at the places.
  var anything: String { any(places.map(condition)) }

  /// Of a group of rows with one key, whose greatest version is `newest`: whether that one stays.
  var newestStays: String? {
    let keeping = places.filter { !$0.keeps.isEmpty }
    guard !keeping.isEmpty else { return nil }
    return any(keeping.map { "\(condition($0)) AND newest IN (\(Self.list($0.keeps)))" })
  }

  /// What lies at the places and is older than the batch, but for what stays.
  func older(than version: Int64) -> String {
    any(
      places.map { place in
        let kept = place.keeps.isEmpty ? "" : " AND version NOT IN (\(Self.list(place.keeps)))"
        return "\(condition(place)) AND version < \(version)\(kept)"
      })
  }

  private func any(_ conditions: [String]) -> String {
    "(" + conditions.map { "(\($0))" }.joined(separator: " OR ") + ")"
  }

  private func condition(_ place: Place) -> String {
    let market = hasMarket ? "market = \(ClickHouseText.literal(place.market)) AND " : ""
    let symbols = place.symbols.map(ClickHouseText.literal).joined(separator: ", ")
    return market + "symbol IN (\(symbols)) AND open_time BETWEEN \(place.openTimes.lowerBound) "
      + "AND \(place.openTimes.upperBound)"
  }

  private static func list(_ versions: [Int64]) -> String { versions.map(String.init).joined(separator: ", ") }
}

extension ReplacedRows.Place {
  /// The whole days it touches, counted from 1970.
  fileprivate var days: ClosedRange<Int64> {
    openTimes.lowerBound / 86_400_000...openTimes.upperBound / 86_400_000
  }

  fileprivate var ofFewSymbols: [Self] {
    stride(from: 0, to: symbols.count, by: 1000).map { start in
      var part = self
      part.symbols = Array(symbols[start..<min(start + 1000, symbols.count)])
      return part
    }
  }
}
