/// The part of systemd's calendar events (`systemd.time(7)`) that five fields of cron can say: `*-*-* 06:10`,
/// `Mon..Fri 06:10`, `*-*-01,15 04:00:00`.
enum CalendarEvent {
  /// The same times as five fields of cron; nil when the text is not written as a calendar event, or says what five fields
  /// cannot: a year, seconds, the last days of a month, a zone, or a day of the week beside one of the month.
  static func cronFields(_ text: String) -> String? {
    var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let time = words.popLast(), let clock = clockFields(time) else { return nil }
    var date = "*-*-*"
    if let last = words.last, last.contains("-"), last.first.map({ $0.isNumber || $0 == "*" }) == true {
      date = last
      words.removeLast()
    }
    let parts = date.split(separator: "-", omittingEmptySubsequences: false)
    // A year is left out, or every year.
    guard parts.count == 2 || parts.count == 3 && parts[0] == "*", words.count <= 1 else { return nil }
    guard let month = field(parts[parts.count - 2], from: 1, to: 12),
      let day = field(parts[parts.count - 1], from: 1, to: 31)
    else { return nil }
    guard let week = words.first else { return "\(clock.minute) \(clock.hour) \(day) \(month) *" }
    // Both must fit there, where cron takes either.
    guard day == "*", let names = weekdays(week) else { return nil }
    return "\(clock.minute) \(clock.hour) * \(month) \(names)"
  }

  /// `06:10`, `06:10:00`, `*:00/15`, `08..18:30`.
  private static func clockFields(_ text: String) -> (hour: String, minute: String)? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3 && (parts[2] == "00" || parts[2] == "0"),
      let hour = field(parts[0], from: 0, to: 23), let minute = field(parts[1], from: 0, to: 59)
    else { return nil }
    return (hour, minute)
  }

  /// A list of numbers, ranges with two dots, and repetitions from a number on, as cron has them.
  private static func field(_ text: Substring, from first: Int, to last: Int) -> String? {
    var parts: [String] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let halves = part.split(separator: "/", omittingEmptySubsequences: false)
      guard halves.count <= 2 else { return nil }
      var range: String
      if halves[0] == "*" {
        range = "*"
      } else {
        let ends = halves[0].replacing("..", with: "\u{0}").split(separator: "\u{0}", omittingEmptySubsequences: false)
        let numbers = ends.compactMap { Int($0) }
        guard numbers.count == ends.count, ends.count <= 2, ends.allSatisfy({ $0.allSatisfy(\.isNumber) }) else {
          return nil
        }
        // A repetition goes on to the end of the range there is.
        range = numbers.map(String.init).joined(separator: "-")
        if halves.count == 2, numbers.count == 1 { range += "-\(last)" }
      }
      if halves.count == 2 {
        guard let step = Int(halves[1]), step > 0 else { return nil }
        range += "/\(step)"
      }
      parts.append(range)
    }
    return parts.joined(separator: ",")
  }

  private static func weekdays(_ text: String) -> String? {
    let parts = text.lowercased().split(separator: ",", omittingEmptySubsequences: false).map { part in
      part.replacing("..", with: "-").split(separator: "-", omittingEmptySubsequences: false).map { $0.prefix(3) }
    }
    let names: Set<Substring> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    guard parts.allSatisfy({ $0.count <= 2 && $0.allSatisfy(names.contains) }) else { return nil }
    // Cron's week begins with Sunday, which is its seventh day too.
    return parts.map { ends in ends.count == 2 && ends[1] == "sun" ? "\(ends[0])-7" : ends.joined(separator: "-") }
      .joined(separator: ",")
  }
}
