package import FoundationEssentials

/// How many days of which series are missing or short: a coverage table's holes in a few numbers.
package struct CoverageCounts: Sendable, Equatable, Codable {
  /// One series' holes.
  package struct Series: Sendable, Hashable, Codable {
    /// The series' name as the table has it.
    package var name: String
    /// Days of which nothing is here.
    package var missing: Int
    /// Days of which less came, or nothing that can be read.
    package var short: Int
    /// Those missing that were here; nil when there are none.
    package var vanished: Int?
    /// The newest of these days; nil in what was counted before it was noted.
    package var newest: CalendarDay?

    /// A series with so many holes.
    package init(name: String, missing: Int = 0, short: Int = 0, vanished: Int? = nil, newest: CalendarDay? = nil) {
      self.name = name
      self.missing = missing
      self.short = short
      self.vanished = vanished
      self.newest = newest
    }

    var holes: Int { missing + short }

    /// Whether the same series' later holes may be these: not more, and none newer.
    func includes(_ later: Series) -> Bool {
      guard later.holes <= holes else { return false }
      guard let newest, let other = later.newest else { return true }
      return other <= newest
    }
  }

  /// How many series are kept by name.
  package static let namesKept = 200

  /// Days of which nothing is here, over all series.
  package private(set) var missingDays = 0
  /// Those among them whose rows are in the warehouse; nil when there are none.
  package private(set) var warehouseOnlyDays: Int?
  /// Days missing that were here when they were last looked at; nil when there are none.
  package private(set) var vanishedDays: Int?
  /// Days of which less came, or nothing that can be read, over all series.
  package private(set) var shortDays = 0
  /// Series with holes, those with most first, at most `namesKept`.
  package private(set) var series: [Series] = []
  /// How many series have holes.
  package private(set) var seriesWithHoles = 0
  /// Names of which nothing is read; nil when there are none.
  package private(set) var skipped: SkippedFiles?
  /// Sentences of what could not be read, so that holes may be more or fewer; nil when all was read.
  package private(set) var unread: [String]?
  /// Candles that are there and not as their interval has them; nil when there are none.
  package private(set) var odd: OddCandles?
  /// When the table was made.
  package var computedAt: Date

  /// Counts a table's holes.
  package init(_ table: CoverageTable, computedAt: Date) {
    self.computedAt = computedAt
    (skipped, odd, unread) = (table.skipped, table.odd, table.unread)
    for row in table.series {
      let holes = table.holes(of: row)
      guard !holes.isEmpty else { continue }
      let missing = holes.count { row.cells[$0].isMissing }
      let warehouseOnly = holes.count { row.cells[$0] == .warehouseOnly }
      if warehouseOnly > 0 { warehouseOnlyDays = (warehouseOnlyDays ?? 0) + warehouseOnly }
      let newest = holes.last.map { table.firstDay.adding(days: $0) }
      let gone = Set((row.remarks ?? []).filter(\.isVanished).map(\.day))
      let vanished = holes.count { row.cells[$0].isMissing && gone.contains(table.firstDay.adding(days: $0)) }
      if vanished > 0 { vanishedDays = (vanishedDays ?? 0) + vanished }
      series.append(
        Series(
          name: row.name, missing: missing, short: holes.count - missing, vanished: vanished > 0 ? vanished : nil,
          newest: newest))
      missingDays += missing
      shortDays += holes.count - missing
    }
    seriesWithHoles = series.count
    series.sort { ($1.holes, $0.name) < ($0.holes, $1.name) }
    series = Array(series.prefix(Self.namesKept))
  }

  /// `3 days missing (1 in the warehouse only)`; nil when none is missing.
  package var missingSentence: String? {
    guard missingDays > 0 else { return nil }
    let inWarehouse = warehouseOnlyDays.map { " (\(TextFormat.grouped($0)) in the warehouse only)" } ?? ""
    return TextFormat.counted(missingDays, "day") + " missing" + inWarehouse
  }

  /// `3 days that were here are gone: a_B 2, c_D 1`; nil when none is.
  package var vanishedSentence: String? {
    guard let vanishedDays else { return nil }
    let names = series.compactMap { row in row.vanished.map { "\(row.name) \(TextFormat.grouped($0))" } }
    let days = TextFormat.counted(vanishedDays, "day that was here is", "days that were here are")
    return "\(days) gone: \(TextFormat.listed(names))"
  }

  /// A count of days; nil when it is 0 and not all could be read: then nobody knows.
  package func known(_ days: Int) -> Int? { days == 0 && unread != nil ? nil : days }

  /// Missing and short days together.
  package var holes: Int { missingDays + shortDays }

  /// `3 days missing and 1 short in 2 series: a_B 3, c_D 1`; nil without holes.
  package var sentence: String? {
    guard holes > 0 else { return nil }
    let missing = missingSentence
    let days = missing == nil ? TextFormat.counted(shortDays, "day") : TextFormat.grouped(shortDays)
    let short = shortDays > 0 ? "\(days) short" : nil
    let names = series.map { "\($0.name) \(TextFormat.grouped($0.holes))" }
    return [missing, short].compactMap { $0 }.joined(separator: " and ")
      + " in \(TextFormat.grouped(seriesWithHoles)) series: \(TextFormat.listed(names, of: seriesWithHoles, limit: 3))"
  }
}
