package import Foundation

/// How many days of which series are missing or short: a coverage table's holes in a few numbers.
package struct CoverageCounts: Sendable, Equatable, Codable {
  /// One series' holes.
  package struct Series: Sendable, Hashable, Codable {
    /// The series' name as the table has it.
    package var name: String
    /// Days of which nothing came.
    package var missing: Int
    /// Days of which less came, or nothing that can be read.
    package var short: Int

    /// A series with so many holes.
    package init(name: String, missing: Int = 0, short: Int = 0) {
      self.name = name
      self.missing = missing
      self.short = short
    }

    var holes: Int { missing + short }
  }

  /// How many series are kept by name.
  package static let namesKept = 200

  /// Days of which nothing came, over all series.
  package private(set) var missingDays = 0
  /// Days of which less came, or nothing that can be read, over all series.
  package private(set) var shortDays = 0
  /// Series with holes, those with most first, at most `namesKept`.
  package private(set) var series: [Series] = []
  /// How many series have holes.
  package private(set) var seriesWithHoles = 0
  /// Names of which nothing is read; nil when there are none.
  package private(set) var skipped: SkippedFiles?
  /// When the table was made.
  package var computedAt: Date

  /// Counts a table's holes.
  package init(_ table: CoverageTable, computedAt: Date) {
    self.computedAt = computedAt
    skipped = table.skipped
    for row in table.series {
      let holes = table.holes(of: row)
      guard !holes.isEmpty else { continue }
      let missing = holes.count { row.cells[$0] == .missing }
      series.append(Series(name: row.name, missing: missing, short: holes.count - missing))
      missingDays += missing
      shortDays += holes.count - missing
    }
    seriesWithHoles = series.count
    series.sort { ($1.holes, $0.name) < ($0.holes, $1.name) }
    series = Array(series.prefix(Self.namesKept))
  }

  /// Missing and short days together.
  package var holes: Int { missingDays + shortDays }

  /// `3 days missing and 1 short in 2 series: a_B 3, c_D 1`; nil without holes.
  package var sentence: String? {
    guard holes > 0 else { return nil }
    let missing = missingDays > 0 ? TextFormat.counted(missingDays, "day") + " missing" : nil
    let days = missing == nil ? TextFormat.counted(shortDays, "day") : TextFormat.grouped(shortDays)
    let short = shortDays > 0 ? "\(days) short" : nil
    let names = series.map { "\($0.name) \(TextFormat.grouped($0.holes))" }
    return [missing, short].compactMap { $0 }.joined(separator: " and ")
      + " in \(TextFormat.grouped(seriesWithHoles)) series: \(TextFormat.listed(names, of: seriesWithHoles, limit: 3))"
  }
}
