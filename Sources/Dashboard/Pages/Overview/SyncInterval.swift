import FoundationEssentials
import SluiceCore
import TerminalUI

/// How often a profile is synced, as its history shows: the schedule itself is cron's or systemd's.
struct SyncInterval: Sendable, Equatable {
  /// Seconds between two syncs: the median, which a missed one or one by hand does not move.
  let seconds: Double
  let last: Date

  /// Works the interval out; nil with fewer than four syncs.
  init?(_ runs: PastRuns?) {
    let starts = (runs?.syncs ?? []).prefix(20).map(\.record.startedAt)
    guard starts.count >= 4, let last = starts.first else { return nil }
    let gaps = zip(starts, starts.dropFirst()).map { $0.timeIntervalSince($1) }.sorted()
    let median = gaps[gaps.count / 2]
    guard median >= 60 else { return nil }
    seconds = median
    self.last = last
  }

  /// The interval and when the next sync is due.
  func line(now: Date) -> StyledLine {
    var line = StyledLine("about every \(TextFormat.age(seconds))")
    let due = last.addingTimeInterval(seconds).timeIntervalSince(now)
    // A quarter late is late: cron does not waver by more.
    if due < -seconds / 4 {
      line.add("  the next is \(TextFormat.age(-due)) late", .warning)
    } else if due < 60 {
      line.add("  the next is due", .muted)
    } else {
      line.add("  the next in \(TextFormat.age(due))", .muted)
    }
    return line
  }
}
