package import LakeFiles
package import SluiceCore

/// Looks at a profile's directory and says what retention means for it.
package enum RetentionPlanner {
  /// Names at the top of a profile's directory that are the lake's own and no data.
  static let ownNames: Set<String> = UsageScan.ownNames.union([".rsync-partial", ".~tmp~"])

  /// The plan that dry run, preview and the real run share.
  ///
  /// Lists the top level without following links, and adds up what would go. Blocks for as long as the disk takes:
  /// never call it on the shared thread pool.
  /// - Parameters:
  ///   - profile: Its `retentionDays` of nil gives a plan without a cut-off.
  ///   - today: The run's UTC day, the same that made the transfer's exclude rules.
  ///   - pending: Periods that pending markers vouch for; directories of these days stay.
  /// - Throws: When the directory is there and cannot be listed, or leads out of the lake.
  package static func plan(
    profile: Profile, today: CalendarDay, pending: [Period]
  ) throws(FileFailure) -> RetentionPlan {
    guard let directory = try ProfileDirectory.open(profile) else {
      return RetentionPlan(names: [], retentionDays: profile.retentionDays, today: today)
    }
    let directories = try directory.entries().filter { $0.kind == .directory }.map(\.name)
    let names = directories.compactMap(\.text).filter { !ownNames.contains($0) }
    var plan = RetentionPlan(names: names, retentionDays: profile.retentionDays, today: today, pending: pending)
    // A name that is not UTF-8 cannot be named in a plan, so it is never deleted; it is shown among what is kept.
    plan.undated += directories.filter { $0.text == nil }.map(\.description)
    plan.undated.sort()
    let sizes = TreeScan.measure(plan.expired.map { FileName($0.name) }, in: directory).sizes
    for (index, size) in sizes.enumerated() {
      plan.expired[index].bytes = size.bytes
      plan.expired[index].files = size.files
    }
    return plan
  }
}
