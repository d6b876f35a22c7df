import FoundationEssentials
import SluiceCore

/// How the dashboard writes figures that move: rounded, so that they change seldom and stay readable.
enum Figures {
  /// `912 KB/s`, `5.2 MB/s`, `12 MB/s`: two digits are enough for something that wavers.
  static func rate(_ bytesPerSecond: Double) -> String {
    guard bytesPerSecond.isFinite, bytesPerSecond >= 1 else { return "" }
    return "\(roughSize(Int64(min(bytesPerSecond, 1e18))))/s"
  }

  /// `910 KB`, `5.2 GB`, `12 GB`: a count of bytes to two digits.
  static func roughSize(_ bytes: Int64) -> String {
    let text = size(bytes)
    guard let blank = text.firstIndex(of: " ") else { return text }
    let (number, unit) = (text[..<blank], text[blank...])
    if let point = number.firstIndex(of: ".") {
      // 12.3 becomes 12, 5.2 stays.
      return number[..<point].count > 1 ? "\(number[..<point])\(unit)" : text
    }
    guard let whole = Int(number), whole >= 100 else { return text }
    // Rounding up to 1000 would make a step to the next unit look like one back.
    return "\(min(whole < 1000 ? 990 : 1020, (whole + 5) / 10 * 10))\(unit)"
  }

  /// `40s`, `1m 30s`, `4m`, `2h 05m`: ever coarser steps, none finer than the refresh.
  static func timeLeft(_ seconds: Double?) -> String {
    guard let seconds, seconds.isFinite, seconds >= 0 else { return "" }
    if seconds < 57.5 { return "\(max(5, Int((seconds / 5).rounded()) * 5))s" }
    if seconds < 285 {
      let shown = Int((seconds / 30).rounded()) * 30
      return "\(shown / 60)m \(shown % 60 < 10 ? "0" : "")\(shown % 60)s"
    }
    if seconds < 3570 { return "\(Int((seconds / 60).rounded()))m" }
    return TextFormat.span((min(seconds, 3e9) / 60).rounded() * 60)
  }

  /// `62 %` right-aligned in four columns; empty without a total.
  static func percent(_ fraction: Double?) -> String {
    guard let fraction else { return "" }
    return "\(wholePercent(fraction))%"
  }

  /// 0 to 100; 100 only when it is over.
  static func wholePercent(_ fraction: Double) -> Int {
    guard fraction.isFinite else { return 0 }
    return max(0, min(100, Int((fraction * 100).rounded(.down))))
  }

  /// `1 file`, `1,421 files`.
  static func count(_ number: Int, _ noun: String) -> String { TextFormat.counted(number, noun) }

  /// A count of bytes as text.
  static func size(_ bytes: Int64) -> String { ByteCount(bytes).description }

  /// `10:25 UTC`: the time to the minute, the same on every machine.
  static func clock(_ date: Date) -> String {
    let seconds = Int(date.timeIntervalSince(CalendarDay(date).start))
    let (hour, minute) = (seconds / 3600, seconds / 60 % 60)
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute) UTC"
  }

  /// `14:30` today, `11-28` this year, `2024-11-28` before; local time.
  static func day(_ date: Date, now: Date) -> String {
    let text = moment(date, now: now)
    return text.count == 11 ? String(text.prefix(5)) : text
  }

  /// `14:30` today, `11-28 14:30` this year, `2024-11-28` before; local time.
  static func moment(_ date: Date, now: Date) -> String {
    let text = TextFormat.local(date)
    let today = TextFormat.local(now)
    if text.prefix(10) == today.prefix(10) { return String(text.dropFirst(11).prefix(5)) }
    if text.prefix(4) == today.prefix(4) { return String(text.dropFirst(5).prefix(11)) }
    return String(text.prefix(10))
  }
}
