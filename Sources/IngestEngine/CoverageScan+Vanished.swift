package import FoundationEssentials
package import SluiceCore

/// Days that were here when they were last looked at, and are not any more.
extension CoverageScan {
  /// Makes days missing that were here and are gone, unless retention takes them or the source has let them go.
  mutating func addVanished(isMirror: Bool) {
    memory.days = memory.days.filter { name, _ in
      filled.contains(name) || !isMirror && !Self.isExpired(directory: name, cutoff)
    }
    for name in memory.days.keys where !filled.contains(name) {
      guard let dated = DatedDirectory(name: name) else { continue }
      let series = Self.name(dated)
      add(series, dated.day, dated.day, rank: Self.goneRank)
      remarks[series, default: []].append(CoverageRemark(day: dated.day, kind: .vanished))
    }
  }

  /// Makes missing the first days of kline series that an earlier look has seen, of which neither lake nor ledger has
  /// anything now: from there on the series has holes.
  mutating func addVanishedSeries() {
    guard profile.ingest != nil, !profile.followsDeletions, unread.isEmpty else { return }
    let firsts = firstDays()
    for (name, first) in memory.series where KlineSeriesName(name) != nil {
      let now = numbers[name].flatMap { firsts[$0] }
      guard now.map({ first < $0 }) ?? true, cutoff.map({ first >= $0 }) ?? true else { continue }
      add(name, first, first, rank: Self.goneRank)
      remarks[name, default: []].append(CoverageRemark(day: first, kind: .vanished))
    }
  }

  /// Whether a directory of a day that was here when it was last looked at is not among those that hold anything: then a
  /// whole look has something to tell.
  ///
  /// Reads one small file.
  /// - Parameter filled: The names of the dated directories that hold anything.
  package static func lacksSeenDays(lake: Lake, profile: Profile, filled: Set<String>, now: Date) -> Bool {
    let cutoff = cutoff(of: profile, now)
    return CoverageMemory.load(lake, profile).days.keys.contains {
      !filled.contains($0) && !isExpired(directory: $0, cutoff)
    }
  }

  private static func isExpired(directory name: String, _ cutoff: CalendarDay?) -> Bool {
    guard let cutoff, let dated = DatedDirectory(name: name) else { return false }
    return dated.day < cutoff
  }

  static func cutoff(of profile: Profile, _ now: Date) -> CalendarDay? {
    profile.retentionDays.map { RetentionPlan.cutoff(retentionDays: $0, today: CalendarDay(now)) }
  }
}
