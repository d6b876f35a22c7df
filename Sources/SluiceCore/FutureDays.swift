/// Days that data is dated with and that have not come: a clock set wrong, or a mistyped name.
package struct FutureDays: Sendable, Hashable, Codable {
  /// The nearest.
  package var first: CalendarDay
  /// The farthest; there need not be data for each day between.
  package var last: CalendarDay

  /// Days from the first to the last, both included.
  package init(first: CalendarDay, last: CalendarDay) {
    self.first = first
    self.last = last
  }

  /// What is told of them, without the profile's name.
  package var sentence: String {
    let days = first == last ? "\(first)" : "\(first) to \(last)"
    return "data is dated \(days), after tomorrow; check the collector's clock"
  }
}
