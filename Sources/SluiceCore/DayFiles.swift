/// The files of one day of one series, as they lie in the lake.
package struct DayFiles: Sendable, Equatable {
  /// One of them.
  package struct File: Sendable, Hashable {
    /// Relative to the profile's directory.
    package var path: String
    /// Its size.
    package var bytes: Int64

    /// A file of that size.
    package init(path: String, bytes: Int64) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// Files that are named at most.
  package static let kept = 5000

  /// The series, as the coverage names it.
  package var series: String
  /// The day.
  package var day: CalendarDay
  /// The largest first; at most `kept`.
  package private(set) var files: [File]
  /// How many there are.
  package private(set) var count: Int
  /// Bytes of all of them.
  package private(set) var bytes: Int64
  /// Why not all are known, as a sentence; nil when they are.
  package var problem: String?

  /// The files of a day, in any order.
  package init(series: String, day: CalendarDay, files: [File], problem: String? = nil) {
    self.series = series
    self.day = day
    self.problem = problem
    count = files.count
    bytes = files.reduce(0) { $0 + $1.bytes }
    self.files = Array(files.sorted { ($1.bytes, $0.path) < ($0.bytes, $1.path) }.prefix(Self.kept))
  }
}
