import Foundation
import SluiceCore

/// Which series a profile expects on which days, by name.
struct ExpectedCoverage {
  /// A series without any day is expected, and not due yet; one that is not here is held to what came of it.
  private(set) var days: [String: [ExpectedDays]] = [:]

  /// Works out what is due.
  ///
  /// - Parameters:
  ///   - known: The series there are, each with its own first day.
  ///   - market: What the profile's paths or markers name.
  ///   - oldest: The first day of all that is there.
  init(
    _ expectations: [Expectation], known: [(name: String, first: CalendarDay?)], market: Market?,
    oldest: CalendarDay?, now: Date
  ) {
    for expectation in expectations {
      for (name, first) in known where expectation.covers(name) { add(expectation, name, first ?? oldest, now) }
      for name in expectation.missingSeries(among: known.map(\.name), market: market) {
        add(expectation, name, oldest, now)
      }
    }
  }

  /// The first and the last day anything is expected on.
  var extent: ClosedRange<CalendarDay>? {
    let all = days.values.joined()
    guard let first = all.map(\.first).min(), let last = all.map(\.last).max() else { return nil }
    return first...last
  }

  private mutating func add(_ expectation: Expectation, _ name: String, _ first: CalendarDay?, _ now: Date) {
    let due = expectation.newestDueDay(series: name, now: now)
    let from = expectation.from ?? first ?? due
    let until = min(expectation.until ?? due, due)
    let own = from <= until ? [ExpectedDays(first: from, last: until, everyDays: expectation.everyDays)] : []
    days[name, default: []] += own
  }
}
