import FoundationEssentials
import SluiceCore

/// How far away moments are, and limits, in the operator's language; units stay the letters they are everywhere else.
extension Labels {
  /// How long ago something was: `now`, `3m`, `2h`, `3d`; minutes are the finest, for the clock ticks no faster.
  func age(of date: Date?, now: Date) -> String {
    guard let date else { return "–" }
    let seconds = now.timeIntervalSince(date)
    if seconds < -TextFormat.clockError { return self("future", "未来") }
    return seconds < 60 ? self("now", "刚刚") : TextFormat.age(seconds)
  }

  /// `3m ago`, `just now`, `never`.
  func ago(_ date: Date?, now: Date) -> String {
    guard let date else { return self("never", "从未") }
    let seconds = now.timeIntervalSince(date)
    if seconds < -TextFormat.clockError { return self("in the future", "在未来") }
    return seconds < 60 ? self("just now", "刚刚") : ago(seconds)
  }

  /// `3m ago`.
  func ago(_ seconds: Double) -> String {
    let age = TextFormat.age(seconds)
    return self("\(age) ago", "\(age) 前")
  }

  /// `in 23h`, `due`, `3h late!`: what a schedule says, in minutes at the finest; of seconds only that it is late.
  func due(_ outlook: ScheduleOutlook, now: Date) -> String {
    if let missed = outlook.missedSince {
      let seconds = now.timeIntervalSince(missed)
      let age = TextFormat.age(seconds)
      return seconds < 60 ? self("late!", "已晚!") : self("\(age) late!", "晚 \(age)!")
    }
    if outlook.isDue { return self("due", "已到时") }
    // A minute that has begun counts: nothing is `in 0m`.
    guard let left = outlook.next?.timeIntervalSince(now) else { return "–" }
    let span = TextFormat.age(left < 3600 ? (left / 60).rounded(.up) * 60 : left)
    return self("in \(span)", "\(span) 后")
  }

  /// `until 14:30`.
  func until(_ end: Date, now: Date) -> String {
    let time = Self.clock(end, now: now)
    return self("until \(time)", "至 \(time)")
  }

  /// `by 14:30`.
  func by(_ end: Date, now: Date) -> String {
    let time = Self.clock(end, now: now)
    return self("by \(time)", "至迟 \(time)")
  }

  /// The time of an end that is to come, with its day where that is not today.
  private static func clock(_ end: Date, now: Date) -> String {
    String(TextFormat.until(end, now: now).drop { $0 != " " }.dropFirst())
  }

  /// `2,048 KB/s`, or `none`.
  func limit(_ kilobytesPerSecond: Int?) -> String {
    guard let limit = kilobytesPerSecond, limit > 0 else { return self("none", "无") }
    return TextFormat.limit(limit)
  }
}
