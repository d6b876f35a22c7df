import Foundation
import SluiceCore

/// How often a profile is synced, as its history shows: the schedule itself is cron's or systemd's.
struct Rhythm: Sendable, Equatable {
  /// Seconds between two syncs: the median, which a missed one or one by hand does not move.
  let interval: Double
  let last: Date

  /// Works out the rhythm; nil with fewer than four syncs.
  init?(history: HistoryPage?, of profile: String) {
    guard let history, history.profile == profile else { return nil }
    let starts = history.syncs.prefix(20).map(\.record.startedAt)
    guard starts.count >= 4, let last = starts.first else { return nil }
    let gaps = zip(starts, starts.dropFirst()).map { $0.timeIntervalSince($1) }.sorted()
    let median = gaps[gaps.count / 2]
    guard median >= 60 else { return nil }
    interval = median
    self.last = last
  }
}
