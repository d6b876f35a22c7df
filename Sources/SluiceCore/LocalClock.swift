package import FoundationEssentials
import Glibc

/// How far local time is from UTC at each instant.
package struct LocalClock: Sendable {
  /// Seconds east of UTC at an instant.
  package let offset: @Sendable (Date) -> Int

  /// A clock with that offset, in seconds east of UTC.
  package init(offset: @escaping @Sendable (Date) -> Int) { self.offset = offset }

  /// The machine's own, in its time zone.
  package static let machine = LocalClock { time in
    var moment = time_t(time.timeIntervalSince1970.rounded(.down))
    var fields = tm()
    localtime_r(&moment, &fields)
    return fields.tm_gmtoff
  }

  /// The first instant at which the clock shows a time; nil when it is put forward over it.
  ///
  /// - Parameter shown: What it shows, in seconds since 1970 had its zone been UTC.
  package func instant(showing shown: Int) -> Date? {
    // A day before and a day after: a zone changes its offset but once in that time.
    let offsets = Set([-86_400, 86_400].map { offset(Date(timeIntervalSince1970: Double(shown + $0))) })
    return offsets.map { Date(timeIntervalSince1970: Double(shown - $0)) }.filter {
      Int($0.timeIntervalSince1970) + offset($0) == shown
    }.min()
  }

  /// What the clock shows at an instant, in seconds since 1970 had its zone been UTC, rounded down.
  func shown(at time: Date) -> Int { Int(time.timeIntervalSince1970.rounded(.down)) + offset(time) }
}
