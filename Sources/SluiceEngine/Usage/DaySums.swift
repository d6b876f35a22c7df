import SluiceCore

/// Sums of dated directories and of archives of one day, by their day.
struct DaySums: Sendable, Hashable {
  private var days: [CalendarDay: DayUsage] = [:]

  /// Adds a directory; one without a date, or without data, is of no day.
  mutating func add(_ name: String, _ size: TreeSize) {
    guard size.hasData, let day = DatedDirectory(name: name)?.day else { return }
    add(day, bytes: size.bytes, files: size.files)
  }

  /// Adds files of a day; negative figures take them away.
  mutating func add(_ day: CalendarDay, bytes: Int64, files: Int) {
    days[day, default: DayUsage(day: day)].bytes += bytes
    days[day, default: DayUsage(day: day)].files += files
  }

  /// Adds what others hold of their days.
  mutating func add(_ other: DaySums) {
    for (day, usage) in other.days { add(day, bytes: usage.bytes, files: usage.files) }
  }

  /// The newest days, oldest first; those that cannot be yet are left out.
  func newest(until last: CalendarDay) -> [DayUsage] {
    Array(days.values.filter { $0.day <= last && $0.files > 0 }.sorted { $0.day < $1.day }.suffix(DayUsage.kept))
  }
}
