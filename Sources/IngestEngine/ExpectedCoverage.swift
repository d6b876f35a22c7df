import FoundationEssentials
import SluiceCore

/// Which series a profile expects on which days, by name.
struct ExpectedCoverage {
  /// A series without any day is expected, and not due yet; one that is not here is held to what came of it.
  private(set) var days: [String: [ExpectedDays]] = [:]
  /// How many files a series' days have at least, where that is said.
  private(set) var parts: [String: Int] = [:]

  /// Works out what is due.
  ///
  /// - Parameters:
  ///   - known: The series there are, each with its own first day.
  ///   - vanished: Series that were there once, each with its first day: what a pattern has brought is expected from
  ///     then on, whether or not something else matches it.
  ///   - market: What the profile's paths or markers name.
  ///   - oldest: The first day of all that is there.
  init(
    _ expectations: [Expectation], known: [(name: String, first: CalendarDay?)],
    vanished: [(name: String, first: CalendarDay?)] = [], market: Market?, oldest: CalendarDay?, now: Date
  ) {
    let all = known + vanished
    for (name, first) in all {
      let covering = expectations.filter { $0.covers(name) }
      // An expectation that names it says when it ended: a pattern beside it must not expect it further.
      let naming = covering.filter { $0.names(name) }
      for expectation in naming.isEmpty ? covering : naming { add(expectation, name, first ?? oldest, now) }
    }
    for expectation in expectations {
      for name in expectation.missingSeries(among: all.map(\.name), market: market) {
        add(expectation, name, oldest, now)
      }
    }
  }

  private mutating func add(_ expectation: Expectation, _ name: String, _ first: CalendarDay?, _ now: Date) {
    let due = expectation.newestDueDay(series: name, now: now)
    let from = expectation.from ?? first ?? due
    let until = min(expectation.until ?? due, due)
    let own = from <= until ? [ExpectedDays(first: from, last: until, everyDays: expectation.everyDays)] : []
    days[name, default: []] += own
    if let count = expectation.parts { parts[name] = max(parts[name] ?? 0, count) }
  }
}
