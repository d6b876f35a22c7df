/// What a profile's directory holds of one day.
package struct DayUsage: Sendable, Hashable {
  /// How many days are told at most, the newest.
  package static let kept = 92

  /// The day that the names of its directories, or of its archives, end in.
  package var day: CalendarDay
  /// Apparent bytes of its files.
  package var bytes: Int64
  /// Its files, 0 or more.
  package var files: Int

  /// A day with these figures.
  package init(day: CalendarDay, bytes: Int64 = 0, files: Int = 0) {
    self.day = day
    self.bytes = bytes
    self.files = files
  }
}
