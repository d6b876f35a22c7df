import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// A day of which a part is gone is not whole.
@Suite final class DayCompletenessTests {
  private static let first = CalendarDay(daysSinceEpoch: 19_723)  // 2024-01-01
  private let lake: IngestFixture
  private var profile: Profile

  init() throws {
    lake = try IngestFixture()
    profile = lake.profile
    profile.ingest = nil
  }

  /// Magic, a footer of one byte, its length, magic.
  private static let parquet = Data("PAR1".utf8) + Data([7, 1, 0, 0, 0]) + Data("PAR1".utf8)

  private static func directory(_ day: Int) -> String { "a_B_\(first.adding(days: day).compact)" }

  private static func part(_ day: Int, _ part: Int) -> String { "\(directory(day))/part_0000\(part).parquet" }

  private func put(_ day: Int, parts: Int) throws {
    for part in 0..<parts { try lake.put(Self.part(day, part), Self.parquet) }
  }

  /// Short days and why, as `DAY CODE`, seen on the morning after day 29.
  private func short(isMirror: Bool = false) -> [String] {
    let now = Self.first.adding(days: 30).start.addingTimeInterval(7 * 3600)
    let table = CoverageScan.table(lake: lake.lake, profile: profile, now: now, isMirror: isMirror)
    let series = table.series.first { $0.name == "a_B" }
    let remarks = series?.remarks ?? []
    let days = series.map { series in table.holes(of: series).filter { series.cells[$0] == .short } } ?? []
    #expect(Set(days.map { table.firstDay.adding(days: $0) }) == Set(remarks.map(\.day)))
    return remarks.map { "\($0.day.daysSinceEpoch - Self.first.daysSinceEpoch) \($0.code)" }
  }

  @Test("any one of a day's files deleted is told, however many its neighbours have, until it is back")
  func deletedPart() throws {
    let counts = [3, 1, 2, 5, 3, 3, 4]
    for (day, count) in counts.enumerated() { try put(day, parts: count) }
    #expect(short() == [])
    for (day, count) in counts.enumerated() where count > 1 {
      for part in 0..<count {
        try FileManager.default.removeItem(atPath: lake.path(Self.part(day, part)))
        for _ in 0..<2 { #expect(short() == ["\(day) fewer-than-before"]) }
        try lake.put(Self.part(day, part), Self.parquet)
        #expect(short() == [])
      }
    }
    // What a mirror has just deleted is gone at the source too.
    try FileManager.default.removeItem(atPath: lake.path(Self.part(3, 1)))
    #expect(short() == ["3 fewer-than-before"])
    #expect(short(isMirror: true) == [])
    #expect(short() == [])
  }

  @Test("a day with fewer files than nearly all around it is told at its first sight, its series' first and today not")
  func neighbours() throws {
    for day in 0...30 { try put(day, parts: [0, 30].contains(day) ? 1 : 3) }
    for day in [10, 11] { try FileManager.default.removeItem(atPath: lake.path(Self.part(day, 1))) }
    #expect(short() == ["10 fewer-than-neighbours", "11 fewer-than-neighbours"])
  }

  @Test("days whose number of files changes, or that are too few to compare, are nobody's measure")
  func unsteady() throws {
    for day in 0..<20 { try put(day, parts: 2 + day % 3) }
    for day in 25...28 { try put(day, parts: day == 27 ? 1 : 2) }
    #expect(short() == [])
  }

  @Test("`parts` is the measure where it is said, and the only one")
  func parts() throws {
    for day in 0..<20 { try put(day, parts: day == 7 ? 1 : day == 9 ? 2 : 3) }
    var expected = Expectation()
    (expected.series, expected.until, expected.parts) = (["a_*"], Self.first.adding(days: 19), 2)
    profile.expectations = [expected]
    #expect(short() == ["7 fewer-than-expected"])
    profile.expectations[0].parts = 1
    try FileManager.default.removeItem(atPath: lake.path(Self.part(12, 1)))
    #expect(short() == [])
  }

  @Test("a Parquet file cut off is told, whatever was seen of it before, and right again when it is whole")
  func cutOff() throws {
    for day in 0..<3 { try put(day, parts: 1) }
    let long = Data("PAR1".utf8) + Data(repeating: 7, count: 5000) + Data([200, 0, 0, 0]) + Data("PAR1".utf8)
    try lake.put(Self.part(1, 0), long)
    #expect(short() == [])
    for bytes in [5000, 4000, 13] {
      try lake.put(Self.part(1, 0), long.prefix(bytes))
      for _ in 0..<2 { #expect(short() == ["1 broken-file"]) }
    }
    try lake.put(Self.part(1, 0), Data(repeating: 7, count: 400))
    #expect(short() == ["1 broken-file"])
    try lake.put(Self.part(1, 0), long)
    #expect(short() == [])
    // One of today may still be written.
    try lake.put(Self.part(30, 0), long.prefix(4000))
    #expect(short() == [])
  }
}
