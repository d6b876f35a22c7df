package import FoundationEssentials
package import SluiceCore

/// When profiles are to be synced; for `validate`.
package enum ScheduleNotes {
  /// One line a schedule, with the next time and the enabled profiles it is meant for.
  package static func lines(_ lake: Lake, now: Date = Date(), clock: LocalClock = .machine) -> [String] {
    let scheduled = lake.profiles.filter { $0.isEnabled && $0.schedule != nil }
    var seen: Set<String> = []
    return scheduled.compactMap { profile in
      guard let times = profile.schedule?.times, seen.insert(times.fields).inserted else { return nil }
      let names = scheduled.filter { $0.schedule?.times.fields == times.fields }.map(\.name)
      let next = times.next(after: now, clock: clock).map { "next at \(TextFormat.local($0))" } ?? "no time comes"
      return "schedule \"\(times.text)\": \(next); \(TextFormat.listed(names))"
    }
  }
}
