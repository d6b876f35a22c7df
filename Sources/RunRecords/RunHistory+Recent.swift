package import SluiceCore

extension RunHistory {
  /// How the newest syncs of these profiles ended, found in one pass over the lake's runs: of each their records and
  /// results are read, never a journal that has a result beside it.
  ///
  /// - Parameter profiles: Names.
  /// - Returns: By name; a profile without a sync that is over is left out.
  package func recentSyncs(of profiles: some Sequence<String>) -> [String: RecentSyncs] {
    var found: [String: [PastRun]] = [:]
    var filter = RunFilter(profiles: Set(profiles))
    for directory in directories() {
      guard !filter.profiles.isEmpty else { break }
      guard directory.recordBytes(pass: filter.mayMatch), let record = directory.record(), record.task.transfers,
        filter.profiles.contains(record.profile), let past = directory.pastRun()
      else { continue }
      let runs = found[record.profile, default: []] + [past]
      found[record.profile] = runs
      // Since when it fails may be longer ago than the strip is long.
      let isEnough = runs.count >= RecentSyncs.kept && (past.result.outcome == .success || Self.isMixed(runs))
      if isEnough { filter.profiles.remove(record.profile) }
    }
    return found.mapValues(RecentSyncs.init(newestFirst:))
  }

  private static func isMixed(_ runs: [PastRun]) -> Bool {
    runs.contains { $0.result.outcome != runs.first?.result.outcome }
  }
}
