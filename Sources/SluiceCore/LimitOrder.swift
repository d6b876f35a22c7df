package import FoundationEssentials

/// A limit as an operator orders it for a run: `500`, `2M for 30m`, `2M until 06:00`, `off`, `auto`.
package struct LimitOrder: Sendable, Equatable {
  /// What is to be in force.
  package enum Limit: Sendable, Equatable {
    /// KB/s of 1024 bytes; 0 is none.
    case rate(Int)
    /// What the run began with, or its profile's timetable.
    case own
  }

  /// Why a text is no order.
  package enum Fault: Error, Equatable { case noRate, tooGreat, noSpan }

  /// What is to be in force.
  package var limit: Limit
  /// How long; nil is to the run's end.
  package var span: Duration?

  /// An order to the run's end, or for a span.
  package init(_ limit: Limit, for span: Duration? = nil) {
    self.limit = limit
    self.span = span
  }

  /// Reads an order.
  ///
  /// - Parameter now: What a time of day is counted from.
  package static func parse(_ text: String, now: Date = Date()) -> Result<LimitOrder, Fault> {
    let words = text.split(separator: " ").map(String.init)
    guard let rate = words.first else { return .failure(.noRate) }
    var order = LimitOrder(.own)
    if rate.lowercased() != "auto" {
      guard let limit = BandwidthLimit.limit(rate) else {
        return .failure(BandwidthLimit.isBeyondRange(rate) ? .tooGreat : .noRate)
      }
      order.limit = .rate(limit)
    }
    let rest = words.dropFirst().joined()
    guard !rest.isEmpty else { return .success(order) }
    // The run's own limit has no end.
    guard case .rate = order.limit, let span = span(rest, now: now), span >= .seconds(1) else {
      return .failure(.noSpan)
    }
    order.span = span
    return .success(order)
  }

  /// Reads `for30m` or `until06:00`, without blanks.
  private static func span(_ text: String, now: Date) -> Duration? {
    if text.hasPrefix("for") { return DurationText.parse(text.dropFirst(3)) }
    guard text.hasPrefix("until"), let time = ClockTime(text.dropFirst(5)) else { return nil }
    return .seconds(Int(time.next(after: now).timeIntervalSince(now).rounded(.up)))
  }

  /// As it is written on a command line after the profile's name.
  package var words: [String] {
    let rate =
      switch limit {
      case .own: "auto"
      case .rate(let rate): String(rate)
      }
    return [rate] + (span.map { ["--for", DurationText.text(Int($0.seconds))] } ?? [])
  }

  /// When it ends by itself; nil is with the run.
  package func end(from now: Date) -> Date? { span.map { now + $0.seconds } }

  /// Leaves it with a run.
  package func apply(to control: inout RunControl, now: Date) {
    switch limit {
    case .own: control.limit(nil)
    case .rate(let rate): control.limit(rate, until: end(from: now))
    }
  }
}
