package import FoundationEssentials

extension LiveProgress {
  /// What somebody has ordered of a run, or its timetable or start says, each with its end: `limited to 500 KB/s until
  /// 09:09`, `paused until 10:00`, `ends by 12:00`; nil when nothing of that kind holds.
  ///
  /// - Parameter own: The limit the run began with, KB/s, of which nobody needs to be told; nil is unlimited.
  package func orders(own: Int?, now: Date) -> String? {
    var told: [String] = []
    if let limitUntil {
      told.append("limited to \(TextFormat.limit(bandwidthLimit)) \(TextFormat.until(limitUntil, now: now))")
    } else if bandwidthLimit != own {
      told.append(bandwidthLimit.map { "limited to \(TextFormat.limit($0))" } ?? "not limited")
    }
    if let pausedUntil { told.append("paused \(TextFormat.until(pausedUntil, now: now))") }
    if let endsBy {
      told.append("ends \(TextFormat.until(endsBy, now: now).replacing("until", with: "by"))")
    }
    return told.isEmpty ? nil : told.joined(separator: ", ")
  }
}
