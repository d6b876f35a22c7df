package import FoundationEssentials
import Glibc

/// Bandwidth limits by the clock: `08:00,2M 19:00,off`, or with days `Mon-08:00,512k Fri-19:00,off`.
///
/// rclone's form (its `--bwlimit`, https://rclone.org/docs/): each limit holds from its minute to the next one, the last
/// of the week into the first. The clock is the machine's own, in its time zone.
package struct BandwidthTimetable: Sendable, Equatable {
  /// A minute of the week and the limit from then on.
  private struct Slot: Sendable, Equatable {
    /// Minutes since Sunday 00:00, 0 to 10,079.
    var minute: Int
    /// KB/s of 1024 bytes; 0 is none.
    var limit: Int
  }

  /// By minute, one or more.
  private let slots: [Slot]
  /// As it was written.
  package let text: String

  private static let days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
  private static let week = 7 * 1440

  /// Reads a timetable.
  ///
  /// - Returns: nil when the text is none: a part without a time, a day or rate that is not known, a minute named twice.
  package init?(_ text: String) {
    var slots: [Slot] = []
    for part in text.split(whereSeparator: { $0 == " " || $0 == ";" }) {
      let halves = part.split(separator: ",", omittingEmptySubsequences: false)
      guard halves.count == 2, let minutes = Self.minutes(halves[0]),
        let limit = BandwidthLimit.limit(String(halves[1]))
      else { return nil }
      slots += minutes.map { Slot(minute: $0, limit: limit) }
    }
    guard !slots.isEmpty, Set(slots.map(\.minute)).count == slots.count else { return nil }
    self.slots = slots.sorted { $0.minute < $1.minute }
    self.text = text
  }

  /// What holds at a moment.
  ///
  /// - Returns: The limit in KB/s of 1024 bytes, 0 for none, and when it changes; nil when it never does.
  package func limit(at time: Date) -> (kilobytesPerSecond: Int, until: Date?) {
    let now = Self.minuteOfWeek(time)
    let place = slots.lastIndex { $0.minute <= now.minute } ?? slots.count - 1
    let limit = slots[place].limit
    for step in 1..<max(2, slots.count) {
      let next = slots[(place + step) % slots.count]
      guard next.limit != limit else { continue }
      let minutes = (next.minute - now.minute + Self.week) % Self.week
      return (limit, time.addingTimeInterval(Double((minutes == 0 ? Self.week : minutes) * 60 - now.seconds)))
    }
    return (limit, nil)
  }

  /// `08:00`, every day, or `Mon-08:00`.
  private static func minutes(_ text: Substring) -> [Int]? {
    var time = text
    var days = Array(Self.days.indices)
    if let dash = text.firstIndex(of: "-") {
      let day = text[..<dash].lowercased()
      // `Monday` as well as `Mon`, as rclone takes them.
      guard day.count >= 3, let number = Self.days.firstIndex(where: { $0.hasPrefix(day) }) else { return nil }
      days = [number]
      time = text[text.index(after: dash)...]
    }
    let fields = time.split(separator: ":", omittingEmptySubsequences: false)
    guard fields.count == 2, fields.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy(\.isNumber) }),
      let hour = Int(fields[0]), let minute = Int(fields[1]), (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    return days.map { $0 * 1440 + hour * 60 + minute }
  }

  private static func minuteOfWeek(_ time: Date) -> (minute: Int, seconds: Int) {
    var moment = time_t(time.timeIntervalSince1970.rounded(.down))
    var fields = tm()
    localtime_r(&moment, &fields)
    return (Int(fields.tm_wday) * 1440 + Int(fields.tm_hour) * 60 + Int(fields.tm_min), Int(fields.tm_sec))
  }
}
