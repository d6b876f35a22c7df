/// How much data a profile gets a day, and until when that makes it grow.
package struct DayPace: Sendable, Equatable {
  /// Days that a pace is worked out of: the newest that are over.
  package static let days = 14
  /// Fewer days than these say nothing.
  package static let leastDays = 7

  /// Bytes of a usual day: the median, which a day that is missing or doubled does not move.
  package var bytes: Int64
  /// Days from today until retention deletes as much as comes: 0 when it does, nil when it never will.
  package var daysToRetention: Int?

  /// Works out the pace; nil where the days do not tell it.
  ///
  /// - Parameters:
  ///   - usage: The profile's, with its days.
  ///   - retentionDays: Days that are kept; nil keeps for ever.
  ///   - today: The UTC day; the days before yesterday are over.
  package init?(_ usage: DirectoryUsage?, retentionDays: Int?, today: CalendarDay) {
    guard let days = usage?.days, let earliest = usage?.earliestDay else { return nil }
    let last = today.adding(days: -2)
    guard let newest = days.last(where: { $0.day <= last })?.day, last.daysSinceEpoch - newest.daysSinceEpoch <= 7
    else { return nil }
    let first = max(newest.adding(days: 1 - Self.days), earliest)
    let count = newest.daysSinceEpoch - first.daysSinceEpoch + 1
    guard count >= Self.leastDays else { return nil }
    let known = days.filter { (first...newest).contains($0.day) }.map(\.bytes)
    // A day that never came brought nothing.
    let sorted = (known + Array(repeating: 0, count: max(0, count - known.count))).sorted()
    bytes = sorted[sorted.count / 2]
    daysToRetention = retentionDays.map { kept in
      max(0, earliest.daysSinceEpoch - RetentionPlan.cutoff(retentionDays: kept, today: today).daysSinceEpoch)
    }
  }
}

/// How a lake grows, and when its disk is full at that pace.
package struct DiskForecast: Sendable, Equatable {
  /// Days that are looked ahead.
  package static let horizon = 730

  /// Bytes a day that come and are not made up for by retention.
  package var bytesPerDay: Int64
  /// Days until nothing is free; nil when that is beyond the horizon, or retention makes up for all before.
  package var daysToFull: Int?

  /// Looks ahead.
  ///
  /// - Parameters:
  ///   - paces: Those of the lake's profiles.
  ///   - freeBytes: Bytes free now.
  package init(_ paces: [DayPace], freeBytes: Int64) {
    bytesPerDay = paces.reduce(0) { $0 + ($1.daysToRetention == 0 ? 0 : $1.bytes) }
    // Piece by piece: from each profile's retention on it grows no more.
    var growth = bytesPerDay
    var (day, free) = (0, max(0, freeBytes))
    for pace in paces.filter({ $0.daysToRetention != 0 }).sorted(by: { Self.end(of: $0) < Self.end(of: $1) }) {
      let end = min(Self.end(of: pace), Self.horizon)
      if growth > 0, Int64(end - day) >= free / growth {
        daysToFull = day + Int(free / growth)
        return
      }
      free -= growth * Int64(end - day)
      growth -= pace.bytes
      day = end
    }
  }

  private static func end(of pace: DayPace) -> Int { pace.daysToRetention ?? horizon }
}
