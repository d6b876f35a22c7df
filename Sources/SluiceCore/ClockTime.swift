package import FoundationEssentials
import Glibc

/// A time of day on the machine's own clock, in its time zone: `06:00`.
package struct ClockTime: Sendable, Equatable {
  /// Minutes since midnight, 0 to 1,439.
  package let minute: Int

  /// Reads `6:00` or `06:00`; nil for anything else.
  package init?(_ text: some StringProtocol) {
    let fields = text.split(separator: ":", omittingEmptySubsequences: false)
    guard fields.count == 2, fields.allSatisfy({ (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy(Self.isDigit) }),
      fields[1].utf8.count == 2, let hour = Int(fields[0]), let minute = Int(fields[1]), (0..<24).contains(hour),
      (0..<60).contains(minute)
    else { return nil }
    self.minute = hour * 60 + minute
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  /// The next moment at which the clock shows it, later than the one given; today's or tomorrow's.
  package func next(after moment: Date) -> Date {
    var now = time_t(moment.timeIntervalSince1970.rounded(.down))
    var fields = tm()
    localtime_r(&now, &fields)
    // Whether summer time holds then is the library's to find out: a day may have 23 hours, or 25.
    (fields.tm_hour, fields.tm_min, fields.tm_sec, fields.tm_isdst) = (Int32(minute / 60), Int32(minute % 60), 0, -1)
    var then = fields
    var next = mktime(&then)
    if Double(next) <= moment.timeIntervalSince1970 {
      fields.tm_mday += 1
      next = mktime(&fields)
    }
    return Date(timeIntervalSince1970: Double(next))
  }
}
