import FoundationEssentials
import SluiceCore
import TerminalUI

/// How often a profile is synced, as its history shows: the schedule itself is cron's or systemd's.
///
/// Learned of the newest 20 syncs that cron or systemd started, however they ended: one that failed came in time as well.
/// Where there are not four of these, of all that ended well or in part, and then only with at least ten minutes between
/// them, since what comes quicker is somebody's tries. Either way most of the gaps have to be within a quarter of the
/// median, or there is no rhythm.
struct SyncInterval: Sendable, Equatable {
  /// Seconds between two syncs: the median, which a missed one or one by hand does not move.
  let seconds: Double
  /// When the newest of such syncs began; of those by hand, the newest whatever its end.
  let last: Date

  /// Syncs it takes to know a rhythm.
  private static let least = 4

  /// Works the interval out; nil where there is none to be seen.
  init?(_ runs: PastRuns?) {
    let syncs = runs?.syncs ?? []
    let scheduled = syncs.filter { ["cron", "service"].contains($0.record.origin) }
    let isScheduled = scheduled.count >= Self.least
    let learned = isScheduled ? scheduled : syncs.filter { [.success, .partial].contains($0.result.outcome) }
    let starts = learned.prefix(20).map(\.record.startedAt)
    guard starts.count >= Self.least, let last = (isScheduled ? scheduled : syncs).first?.record.startedAt else {
      return nil
    }
    let gaps = zip(starts, starts.dropFirst()).map { $0.timeIntervalSince($1) }.sorted()
    let median = gaps[gaps.count / 2]
    let regular = gaps.count { abs($0 - median) <= median / 4 }
    guard median >= (isScheduled ? 60 : 600), regular * 2 > gaps.count else { return nil }
    seconds = median
    self.last = last
  }

  /// The interval and when the next sync is due; the latter not while a run goes on, which may be that sync.
  func line(_ labels: Labels, now: Date, isRunning: Bool) -> StyledLine {
    let interval = TextFormat.age(seconds)
    var line = StyledLine(labels("about every \(interval)", "约每 \(interval)"))
    guard !isRunning else { return line }
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
