import LakeFiles
import SluiceCore

/// The directories of days with data, and what tells that one of them is not whole though nothing in it is empty.
struct DayCompleteness {
  /// One day's directory.
  struct Day {
    var series: String
    var day: CalendarDay
    /// Its name.
    var directory: String
    /// Files that hold something, 0 or more.
    var files: Int
  }

  /// Days to each side that count as a day's neighbours.
  private static let reach = 7
  /// So many neighbours at least must agree, 3 of 4 of all.
  private static let leastNeighbours = 4

  private(set) var days: [Day] = []
  /// What is wrong with which day, in the order it was found.
  private(set) var remarks: [String: [CoverageRemark]] = [:]

  mutating func add(_ day: Day) { days.append(day) }

  mutating func remark(_ day: Day, _ kind: CoverageRemark.Kind) {
    remarks[day.series, default: []].append(CoverageRemark(day: day.day, kind: kind))
  }

  /// Finds the days that have fewer files than they should.
  ///
  /// - Parameters:
  ///   - memory: How many there were.
  ///   - parts: How many a series' days have at least, where the configuration says it: then nothing else counts.
  mutating func count(_ memory: CoverageMemory, parts: [String: Int]) {
    for (series, days) in Dictionary(grouping: days, by: \.series) {
      let days = days.sorted { $0.day < $1.day }
      for (index, day) in days.enumerated() {
        if let parts = parts[series] {
          if day.files < parts { remark(day, .fewerThanExpected(files: day.files, expected: parts)) }
        } else if let known = memory.days[day.directory]?.files, day.files < known {
          remark(day, .fewerThanBefore(files: day.files, before: known))
        } else if index > 0, let usual = Self.usual(beside: index, days), day.files < usual {
          // A series' first day may begin at noon.
          remark(day, .fewerThanNeighbours(files: day.files, usual: usual))
        }
      }
    }
  }

  /// How many files nearly all days around a day have, 2 or more; nil when they do not agree.
  private static func usual(beside index: Int, _ days: [Day]) -> Int? {
    func isNear(_ other: Day) -> Bool { abs(other.day.daysSinceEpoch - days[index].day.daysSinceEpoch) <= reach }
    let before = days[..<index].reversed().prefix { isNear($0) }
    let after = days[(index + 1)...].prefix { isNear($0) }
    let counts = (before + after).map(\.files)
    guard counts.count >= leastNeighbours else { return nil }
    let byCount = Dictionary(grouping: counts) { $0 }.mapValues(\.count)
    guard let (files, agreeing) = byCount.max(by: { $0.value < $1.value }), files >= 2,
      agreeing >= leastNeighbours, agreeing * 4 >= counts.count * 3
    else { return nil }
    return files
  }
}
