import SluiceCore

/// What a profile holds of each of the last days, as its dated directories tell it.
struct LakeDays {
  let days: [CalendarDay: DayUsage]
  /// What usually lies on a day; 0 where nothing is known.
  let usual: Int64
  private let first: CalendarDay?
  private let last: CalendarDay?
  private let today: CalendarDay

  init(_ row: ProfileRow, today: CalendarDay) {
    let known = row.status.usage?.days ?? []
    days = Dictionary(known.map { ($0.day, $0) }) { first, _ in first }
    // Today goes on.
    usual = SizeLook.usual(known.filter { $0.day < today }.map(\.bytes))
    let filled = known.filter { $0.files > 0 }
    (first, last) = (filled.first?.day, filled.last?.day)
    self.today = today
  }

  /// Whether anything is known by day.
  var isEmpty: Bool { first == nil }

  /// Whether nothing lies of a day between those of which something does.
  func isMissing(_ day: CalendarDay) -> Bool {
    guard let first, let last, day > first, day < last else { return false }
    return days[day].map { $0.files == 0 } ?? true
  }

  /// Whether a day before today is after the last one of which something lies.
  func isAwaited(_ day: CalendarDay) -> Bool { last.map { day > $0 && day < today } ?? false }
}
