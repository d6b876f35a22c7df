package import FoundationEssentials

/// When something is to begin, in the five fields of `crontab(5)`: `30 2 * * *`, or `@daily` and its like; or as systemd's
/// timers have it: `*-*-* 02:30`.
///
/// The clock is the machine's own, as cron and systemd's timers have it. A minute that the clock is put forward over does
/// not come; one that it shows twice counts once, the first time: so does systemd.
package struct CronSchedule: Sendable, Equatable {
  private let months: CronNumbers
  private let days: CronNumbers
  private let weekdays: CronNumbers
  private let hours: CronNumbers
  private let minutes: CronNumbers
  /// Minutes since midnight, the first one first; one or more.
  private let times: [Int]
  /// As it was written.
  package let text: String

  /// What may be written with an `@`, and the fields it stands for.
  package static let words = [
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
  ]

  /// Reads a schedule.
  ///
  /// - Throws: What is wrong with it: the number of fields, a field's part, or a day that never comes.
  package init(_ text: String) throws(CronFault) {
    var line = text
    if let word = text.split(whereSeparator: \.isWhitespace).first, word.hasPrefix("@") {
      guard let fields = Self.words[text.lowercased().filter { !$0.isWhitespace }] else {
        throw .unknownWord(String(word))
      }
      line = fields
    } else if let fields = CalendarEvent.cronFields(text) {
      line = fields
    }
    let fields = line.split(whereSeparator: \.isWhitespace)
    guard fields.count == CronField.allCases.count else { throw .fieldCount(fields.count) }
    minutes = try CronNumbers(.minute, fields[0])
    hours = try CronNumbers(.hour, fields[1])
    days = try CronNumbers(.day, fields[2])
    months = try CronNumbers(.month, fields[3])
    weekdays = try CronNumbers(.weekday, fields[4])
    self.text = text
    let minutesOfHour = minutes.list(in: 0...59)
    times = hours.list(in: 0...23).flatMap { hour in minutesOfHour.map { hour * 60 + $0 } }
    // A leap year's February is the longest there is.
    let hasDay = months.list(in: 1...12).contains { month in
      days.list(in: 1...CalendarDay.length(ofMonth: month, year: 2000)).isEmpty == false
    }
    if !hasDay, !isEitherDay { throw .neverComes }
  }

  /// The five fields in numbers only, as every cron reads them.
  package var fields: String { [minutes, hours, days, months, weekdays].map(\.text).joined(separator: " ") }

  /// Whether a day has to fit one of the two fields only: cron's rule where neither begins with a star.
  private var isEitherDay: Bool { !days.isStar && !weekdays.isStar }

  /// The first time after an instant; nil when none comes within forty years.
  package func next(after instant: Date, clock: LocalClock = .machine) -> Date? {
    let shown = clock.shown(at: instant)
    let today = Self.day(shown)
    for day in today...(today + Self.horizon) where has(day) {
      for minute in times {
        let time = day * 86_400 + minute * 60
        guard time > shown, let found = clock.instant(showing: time), found > instant else { continue }
        return found
      }
    }
    return nil
  }

  /// The last time that is not after an instant; nil when none was within forty years.
  package func last(notAfter instant: Date, clock: LocalClock = .machine) -> Date? {
    let shown = clock.shown(at: instant)
    // Put back, the clock has shown what is still ahead of it once before.
    let first = Self.day(shown + 86_400)
    for day in stride(from: first, through: first - Self.horizon, by: -1) where has(day) {
      for minute in times.reversed() {
        let time = day * 86_400 + minute * 60
        guard time <= shown + 3 * 3600, let found = clock.instant(showing: time), found <= instant else { continue }
        return found
      }
    }
    return nil
  }

  /// Forty years in days: the 29th of February comes every eight at the latest, on a Sunday every forty.
  private static let horizon = 14_610

  private static func day(_ shown: Int) -> Int { Int((Double(shown) / 86_400).rounded(.down)) }

  private func has(_ day: Int) -> Bool {
    let date = CalendarDay(daysSinceEpoch: day).fields
    guard months.has(date.month) else { return false }
    // 1970 began on a Thursday.
    let isWeekday = weekdays.has(((day + 4) % 7 + 7) % 7)
    return isEitherDay ? days.has(date.day) || isWeekday : days.has(date.day) && isWeekday
  }
}

extension CronSchedule {
  /// The same times as systemd's timers have them, one line `OnCalendar=` each.
  ///
  /// Two where a day of the month or a day of the week is enough, which one line cannot say.
  package var calendarEvents: [String] {
    let time = "\(Self.listed(hours, 0...23)):\(Self.listed(minutes, 0...59)):00"
    let everyDay = "*-\(Self.listed(months, 1...12))-*"
    let named = "*-\(Self.listed(months, 1...12))-\(Self.listed(days, 1...31))"
    let week = weekdays.list(in: 0...6)
    let names = week.map { Self.names[$0] }.joined(separator: ",")
    if week.count == 7 { return ["\(isEitherDay ? everyDay : named) \(time)"] }
    return isEitherDay ? ["\(named) \(time)", "\(names) \(everyDay) \(time)"] : ["\(names) \(named) \(time)"]
  }

  private static let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  /// `*`, `02`, `08..18`, `00,15,30,45`.
  private static func listed(_ numbers: CronNumbers, _ range: ClosedRange<Int>) -> String {
    let list = numbers.list(in: range)
    guard list.count < range.count else { return "*" }
    let isRun = list.count > 2 && zip(list, list.dropFirst()).allSatisfy { $1 == $0 + 1 }
    let shown = isRun ? [list[0], list[list.count - 1]] : list
    return shown.map { CalendarDay.padded($0, 2) }.joined(separator: isRun ? ".." : ",")
  }
}
