/// Candles that are there and yet not as their interval has them, series by series: how many, and the first of each kind.
package struct OddCandles: Sendable, Hashable, Codable {
  /// Those of one series.
  package struct Series: Sendable, Hashable, Codable {
    /// The series' name as the coverage table has it.
    package var name: String
    /// Candles that open between two moments of the grid.
    package var offGrid = 0
    /// Open time of the first of them, milliseconds since 1970.
    package var firstOffGrid: Int64?
    /// Candles shorter or longer than their interval, as before an outage.
    package var otherLength = 0
    /// Open time of the first of them, milliseconds since 1970.
    package var firstOtherLength: Int64?
    /// Two files whose candles of three days lie on different grids; nil when all lie on one.
    package var grids: OtherGrid?

    /// A series without any.
    package init(name: String) { self.name = name }
  }

  /// A series whose files do not agree where a candle of three days begins.
  package struct OtherGrid: Sendable, Hashable, Codable {
    /// The first file, relative to the profile's directory.
    package var path: String
    /// A day on which candles of the first file open.
    package var day: CalendarDay
    /// The first file of another grid.
    package var other: String
    /// A day on which candles of the other file open.
    package var otherDay: CalendarDay

    /// Two files and a day of each.
    package init(path: String, day: CalendarDay, other: String, otherDay: CalendarDay) {
      self.path = path
      self.day = day
      self.other = other
      self.otherDay = otherDay
    }
  }

  /// How many series are kept by name.
  package static let seriesKept = 200

  /// Sorted by name, at most `seriesKept`.
  package private(set) var series: [Series]
  /// Candles beside the grid, over all series.
  package private(set) var offGrid: Int
  /// Candles of another length, over all series.
  package private(set) var otherLength: Int
  /// How many series lie on more than one grid.
  package private(set) var seriesOnTwoGrids: Int

  /// The odd candles of these series.
  ///
  /// nil when none has any.
  package init?(_ all: some Collection<Series>) {
    let odd = all.filter { $0.offGrid > 0 || $0.otherLength > 0 || $0.grids != nil }
    guard !odd.isEmpty else { return nil }
    offGrid = odd.reduce(0) { $0 + $1.offGrid }
    otherLength = odd.reduce(0) { $0 + $1.otherLength }
    seriesOnTwoGrids = odd.count { $0.grids != nil }
    // What contradicts itself must not be cut off behind what is merely odd.
    let kept = odd.sorted { ($0.grids == nil ? 1 : 0, $0.name) < ($1.grids == nil ? 1 : 0, $1.name) }
    series = kept.prefix(Self.seriesKept).sorted { $0.name < $1.name }
  }

  /// One sentence a kind, without a full stop.
  package var sentences: [String] { [offGridSentence, otherLengthSentence, gridsSentence].compactMap { $0 } }

  private var offGridSentence: String? {
    guard offGrid > 0 else { return nil }
    let open = TextFormat.counted(offGrid, "candle opens", "candles open")
    return "\(open) beside the grid of the interval: \(list(\.offGrid, \.firstOffGrid))"
  }

  private var otherLengthSentence: String? {
    guard otherLength > 0 else { return nil }
    let have = TextFormat.counted(otherLength, "candle has", "candles have")
    return "\(have) not the length of the interval, as before an outage: \(list(\.otherLength, \.firstOtherLength))"
  }

  /// `um BTCUSDT 3d (A.zip from 2024-01-02, B.zip from 2024-02-02)`: the series whose files contradict each other; nil
  /// without any.
  package var gridsSentence: String? {
    guard seriesOnTwoGrids > 0 else { return nil }
    let have = TextFormat.counted(seriesOnTwoGrids, "series has", "series have")
    let names = series.compactMap { series in
      series.grids.map { grids in
        "\(series.name) (\(Self.fileName(grids.path)) from \(grids.day), "
          + "\(Self.fileName(grids.other)) from \(grids.otherDay))"
      }
    }
    return "\(have) candles of three days on two grids, so that some overlap: "
      + TextFormat.listed(names, of: seriesOnTwoGrids, limit: 3)
  }

  /// `um BTCUSDT 1h 17, first 2024-01-01 04:30`, the first series of many.
  private func list(_ count: KeyPath<Series, Int>, _ first: KeyPath<Series, Int64?>) -> String {
    let odd = series.filter { $0[keyPath: count] > 0 }
    let names = odd.prefix(3).map { series in
      let moment = series[keyPath: first].map { ", first \(TextFormat.moment($0))" } ?? ""
      return "\(series.name) \(TextFormat.grouped(series[keyPath: count]))\(moment)"
    }
    let more = odd.count - names.count
    return names.map(TextFormat.escaped).joined(separator: "; ")
      + (more > 0 ? "; and \(TextFormat.grouped(more)) series more" : "")
  }

  private static func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
