import SluiceCore

/// Sums of dated directories by their day.
struct DaySums {
  private var days: [CalendarDay: DayUsage] = [:]

  /// Adds a directory; one without a date, or without data, is of no day.
  mutating func add(_ name: String, _ size: TreeSize) {
    guard size.hasData, let day = DatedDirectory(name: name)?.day else { return }
    days[day, default: DayUsage(day: day)].bytes += size.bytes
    days[day, default: DayUsage(day: day)].files += size.files
  }

  /// The newest days, oldest first; those that cannot be yet are left out.
  func newest(until last: CalendarDay) -> [DayUsage] {
    Array(days.values.filter { $0.day <= last }.sorted { $0.day < $1.day }.suffix(DayUsage.kept))
  }
}
