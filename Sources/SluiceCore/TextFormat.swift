package import FoundationEssentials
import Glibc

/// How counts, spans and moments are written for people; one place, so that every face says them alike.
package enum TextFormat {
  /// `1,421`.
  package static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return (value < 0 ? "-" : "") + result
  }

  /// `1 file`, `1,421 files`, `2 directories`: the one way to count something in a sentence.
  ///
  /// - Parameter plural: Where the noun does not follow the rule (`s`, or `ies` for a `y` after a consonant), or where
  ///   more than the noun changes (`file is`, `files are`).
  package static func counted(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? noun : plural ?? regularPlural(noun))"
  }

  private static func regularPlural(_ noun: String) -> String {
    guard noun.last == "y", let before = noun.dropLast().last, !"aeiou".contains(before) else { return noun + "s" }
    return noun.dropLast() + "ies"
  }

  /// `a, b and 3 more`: the first of many names, control characters escaped.
  ///
  /// - Parameters:
  ///   - total: How many there are, of which `names` are the first.
  ///   - limit: How many are named at most.
  package static func listed(_ names: some Collection<String>, of total: Int, limit: Int = 5) -> String {
    let shown = names.prefix(limit).map(escaped)
    let text = shown.joined(separator: ", ")
    return total > shown.count ? "\(text) and \(grouped(total - shown.count)) more" : text
  }

  /// The same where all names are at hand.
  package static func listed(_ names: some Collection<String>, limit: Int = 5) -> String {
    listed(names, of: names.count, limit: limit)
  }

  /// A name from outside as a sentence may hold it: control characters and what turns the reading order shown, a line
  /// feed as `\n`.
  package static func escaped(_ name: String) -> String {
    if name.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return name }
    guard name.unicodeScalars.contains(where: isUnsafe) else { return name }
    return name.unicodeScalars.map { scalar in
      switch scalar {
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      case _ where isUnsafe(scalar): spelled(scalar)
      default: String(scalar)
      }
    }.joined()
  }

  /// `\x1b`, `\u{202e}`: as the dashboard spells them, so that a name is the same text wherever it is shown.
  private static func spelled(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return scalar.value < 0xA0 ? "\\x\(scalar.value < 0x10 ? "0" : "")\(digits)" : "\\u{\(digits)}"
  }

  /// Whether a scalar moves the cursor, turns the reading order or hides itself.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    let category = scalar.properties.generalCategory
    return [.control, .format, .lineSeparator, .paragraphSeparator, .surrogate].contains(category)
  }

  /// `25s`, `3m 42s`, `2h 05m`, `3d 04h`; at most two units, whole seconds.
  ///
  /// - Parameter seconds: Zero or more; a negative or non-finite value reads as `0s`.
  package static func span(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds > 0 else { return "0s" }
    let whole = seconds < 3e9 ? Int(seconds.rounded()) : 3_000_000_000
    if whole < 60 { return "\(whole)s" }
    if whole < 3600 { return "\(whole / 60)m \(CalendarDay.padded(whole % 60, 2))s" }
    if whole < 86_400 { return "\(whole / 3600)h \(CalendarDay.padded(whole % 3600 / 60, 2))m" }
    return "\(whole / 86_400)d \(CalendarDay.padded(whole % 86_400 / 3600, 2))h"
  }

  /// `3h ago`; of a moment that is still to come, that.
  package static func ago(_ seconds: Double) -> String {
    seconds < -clockError ? "in the future; check the clock" : "\(age(seconds)) ago"
  }

  /// Seconds that a moment may lie ahead before that is no matter of two clocks any more.
  package static let clockError = 300.0

  /// One unit only, for narrow columns: `25s`, `3m`, `2h`, `3d`.
  package static func age(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds > 0 else { return "0s" }
    if seconds < 60 { return "\(Int(seconds))s" }
    if seconds < 3600 { return "\(Int(seconds / 60))m" }
    if seconds < 2 * 86_400 { return "\(Int(seconds / 3600))h" }
    return "\(Int(min(seconds, 3e9) / 86_400))d"
  }

  /// `12.3 MB/s`.
  package static func rate(_ bytesPerSecond: Double) -> String {
    guard bytesPerSecond.isFinite, bytesPerSecond > 0 else { return "0 B/s" }
    return "\(ByteCount(Int64(min(bytesPerSecond, 1e18))))/s"
  }

  /// `2,048 KB/s`, or `none`.
  package static func limit(_ kilobytesPerSecond: Int?) -> String {
    guard let limit = kilobytesPerSecond, limit > 0 else { return "none" }
    return "\(grouped(limit)) KB/s"
  }

  /// `until 14:30`, with the day where it is not today's and with seconds where it is less than two minutes away, in the
  /// machine's own time zone.
  package static func until(_ end: Date, now: Date) -> String {
    let (text, today) = (local(end), local(now))
    let time = text.dropFirst(11).prefix(end.timeIntervalSince(now) < 120 ? 8 : 5)
    return text.prefix(10) == today.prefix(10) ? "until \(time)" : "until \(text.prefix(10)) \(time)"
  }

  /// `2024-11-28T14:30:45Z`, whole seconds, UTC: the form of every time in a file.
  package static func utc(_ date: Date) -> String {
    let seconds = Int(date.timeIntervalSince1970.rounded(.down))
    let day = CalendarDay(date)
    let rest = seconds - day.daysSinceEpoch * 86_400
    return "\(day)T\(clock(rest))Z"
  }

  /// `2024-11-28 14:30`, UTC: a moment in milliseconds since 1970, seconds and thousandths only where they are not zero.
  package static func moment(_ milliseconds: Int64) -> String {
    // Beyond these years the number itself says more.
    guard (-62_135_596_800_000..<253_402_300_800_000).contains(milliseconds) else { return "\(milliseconds) ms" }
    let day = Int(milliseconds / 86_400_000) - (milliseconds % 86_400_000 < 0 ? 1 : 0)
    let rest = Int(milliseconds - Int64(day) * 86_400_000)
    let (seconds, thousandths) = (rest / 1000, rest % 1000)
    let fraction = thousandths == 0 ? "" : "." + CalendarDay.padded(thousandths, 3)
    let time = clock(seconds).dropLast(seconds % 60 == 0 && thousandths == 0 ? 3 : 0)
    return "\(CalendarDay(daysSinceEpoch: day)) \(time)\(fraction)"
  }

  /// Reads `2024-11-28T14:30:45Z`, with or without a fraction of a second.
  package static func date(utc text: String) -> Date? {
    let parts = text.split(separator: "T")
    guard parts.count == 2, let day = CalendarDay(iso: parts[0]), parts[1].hasSuffix("Z") else { return nil }
    let fields = parts[1].dropLast().split(separator: ":")
    guard fields.count == 3, let hour = Int(fields[0]), let minute = Int(fields[1]), let second = Double(fields[2]),
      (0..<24).contains(hour), (0..<60).contains(minute), (0..<61).contains(second)
    else { return nil }
    return Date(timeIntervalSince1970: Double(day.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60) + second)
  }

  /// `2024-11-28 14:30:45` in the machine's own time zone: the form of every time on screen.
  package static func local(_ date: Date) -> String {
    var moment = time_t(date.timeIntervalSince1970.rounded(.down))
    var fields = tm()
    guard localtime_r(&moment, &fields) != nil else { return utc(date) }
    let day = [Int(fields.tm_mon) + 1, Int(fields.tm_mday)].map { CalendarDay.padded($0, 2) }
    let time = clock(Int(fields.tm_hour) * 3600 + Int(fields.tm_min) * 60 + Int(fields.tm_sec))
    return "\(Int(fields.tm_year) + 1900)-\(day[0])-\(day[1]) \(time)"
  }

  private static func clock(_ seconds: Int) -> String {
    [seconds / 3600, seconds / 60 % 60, seconds % 60].map { CalendarDay.padded($0, 2) }.joined(separator: ":")
  }
}
