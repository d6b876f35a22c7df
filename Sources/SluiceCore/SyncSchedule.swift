package import FoundationEssentials

/// When a profile is to be synced, and from when on a sync that has not begun is missed.
package struct SyncSchedule: Sendable, Equatable {
  /// The times.
  package var times: CronSchedule
  /// How long after its time a sync may still begin: timers waver, and syncs of other profiles may be before it.
  package var grace: Duration
  /// When the file that says so was last written; nil when that is not known.
  ///
  /// Of a profile that was never synced no time before it can be said to be missed.
  package var writtenAt: Date?

  /// What is allowed when nothing is said: a quarter of an hour.
  package static let usualGrace = Duration.seconds(15 * 60)

  /// A schedule with these times.
  package init(times: CronSchedule, grace: Duration = Self.usualGrace, writtenAt: Date? = nil) {
    self.times = times
    self.grace = grace
    self.writtenAt = writtenAt
  }

  /// The first time for which no sync was there; in the past when one is due or missed.
  ///
  /// - Parameter lastSync: Until when a sync was last seen to go on; nil when there was none.
  package func due(since lastSync: Date?, clock: LocalClock = .machine) -> Date? {
    (lastSync ?? writtenAt).flatMap { times.next(after: $0, clock: clock) }
  }
}

/// What a schedule says of a profile at a moment.
package struct ScheduleOutlook: Sendable, Equatable {
  /// The next time that is still to come; nil when none comes in forty years.
  package var next: Date?
  /// The first time whose sync has not begun, though its grace is over; nil when none is missed.
  package var missedSince: Date?
  /// Whether a sync should be beginning, and its grace is not over.
  package var isDue: Bool
}

extension ProfileStatus {
  /// What the profile's schedule says at a moment; nil without one, and of a profile that timers do not run.
  package func outlook(now: Date, clock: LocalClock = .machine) -> ScheduleOutlook? {
    guard let schedule = profile.schedule, profile.isEnabled, isConfigured else { return nil }
    let due = scheduledDue(now: now, clock: clock)
    let isPast = due.map { $0 <= now } ?? false
    let isMissed = due.map { now.timeIntervalSince($0) >= schedule.grace.seconds } ?? false
    return ScheduleOutlook(
      next: isPast || due == nil ? schedule.times.next(after: now, clock: clock) : due,
      missedSince: isMissed ? due : nil, isDue: isPast && !isMissed)
  }

  /// The first scheduled time for which no sync was there; in the past when one is due or missed.
  ///
  /// One that began and failed, or was interrupted, was there: that is told as such. So was one that was still going on at
  /// that time, since a timer starts no second one.
  package func scheduledDue(now: Date, clock: LocalClock = .machine) -> Date? {
    guard let schedule = profile.schedule, profile.isEnabled, isConfigured else { return nil }
    return schedule.due(since: lastSyncSeen(now: now), clock: clock)
  }

  /// Whether a scheduled sync has not begun, though its grace is over.
  package func isLate(now: Date) -> Bool {
    // Without a schedule, which is most, nothing is worked out.
    profile.schedule != nil && outlook(now: now)?.missedSince != nil
  }

  /// That a scheduled sync has not begun, without a full stop; nil when none is missed.
  package func missedSentence(now: Date) -> String? {
    guard profile.schedule != nil, let missed = outlook(now: now)?.missedSince else { return nil }
    // Whole seconds that have passed, as the table's column counts them.
    let passed = now.timeIntervalSince(missed).rounded(.down)
    return "the sync due at \(TextFormat.local(missed)) has not begun, \(TextFormat.span(passed)) later"
  }

  /// Until when a sync is known to have gone on; nil when there never was one.
  private func lastSyncSeen(now: Date) -> Date? {
    if let live = liveRun, live.record.task.transfers { return now }
    let runs = [lastSyncRun, lastRun, unstartedRun].compactMap { $0 } + otherRuns
    let ends = runs.filter { $0.record.task.transfers }.flatMap { [$0.record.startedAt, $0.result.endedAt] }
    return (ends + [checkpoint?.lastSync].compactMap { $0 }).max()
  }
}
