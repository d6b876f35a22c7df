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
  func line(_ labels: Labels, now: Date) -> StyledLine {
    let interval = TextFormat.age(seconds)
    var line = StyledLine(labels("about every \(interval)", "约每 \(interval)"))
    let due = last.addingTimeInterval(seconds).timeIntervalSince(now)
    // A quarter late is late: cron does not waver by more.
    if due < -seconds / 4 {
      let late = TextFormat.age(-due)
      line.add(labels("  the next is \(late) late", "  下次已晚 \(late)"), .warning)
    } else if due < 60 {
      line.add(labels("  the next is due", "  下次已到时"), .muted)
    } else {
      let left = TextFormat.age(due)
      line.add(labels("  the next in \(left)", "  下次在 \(left) 后"), .muted)
    }
    return line
  }
}
