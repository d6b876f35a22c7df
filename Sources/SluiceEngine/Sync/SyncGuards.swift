import LakeFiles
import SluiceCore

/// Looks at a plan before the first byte is written or the first name deleted (DESIGN 5.3).
struct SyncGuards: Sendable {
  let context: RunContext
  let task: SyncTask
  /// Whether the user's options delete what is gone at the source.
  let deletes: Bool

  private var profile: Profile { context.profile }

  /// Every reason not to go on.
  func refusals(_ plan: SyncPlan) -> [Refusal] {
    var found: [Refusal] = []
    if let expected = task.confirmedPlan, expected != plan.summary.fingerprint { found.append(.planChanged) }
    let nestedLake = deletes ? plan.nestedLake : nil
    if let nestedLake { found.append(.nestedLake(nestedLake)) }
    if !task.forcesDeletion {
      // Of deletions that no word allows, nobody is told how to force them.
      if nestedLake == nil, let refusal = emptySource(plan) ?? tooManyDeletions(plan) { found.append(refusal) }
      if let retention = plan.summary.retention,
        let refusal = Refusal.ofRetention(
          retention, arriving: plan.newDirectories.count, limits: context.lake.guardLimits)
      {
        found.append(refusal)
      }
    }
    if let fit = plan.summary.fit ?? leastFit(plan), let missing = fit.missing {
      found.append(.tooLittleSpace(fit, missing: missing))
    }
    // A temporary file more, which is renamed before the next is begun.
    if let free = plan.freeFiles, plan.newNames > 0, Int64(plan.newNames) + 1 > free {
      found.append(.tooFewInodes(needed: plan.newNames, free: free))
    }
    return found
  }

  /// What must be free in any case, for a plan whose needs are not known.
  private func leastFit(_ plan: SyncPlan) -> DiskFit? {
    guard plan.summary.neededBytes == nil, let free = try? DiskSpace.free(at: profile.localPath) else { return nil }
    return DiskFit(needed: ByteCount(min(plan.summary.bytes, 1)), free: free, reserve: context.lake.guardLimits.minFree)
  }

  private func emptySource(_ plan: SyncPlan) -> Refusal? {
    guard deletes, plan.sourceFiles == 0, plan.summary.deletions > 0 else { return nil }
    return .emptySource(deletions: plan.summary.deletions)
  }

  private func tooManyDeletions(_ plan: SyncPlan) -> Refusal? {
    guard deletes, plan.summary.deletions > DeletionGuard.alwaysAllowed else { return nil }
    // What cannot be counted makes the guard only stricter.
    let present = (try? UsageScan.countEntries(profile: profile)) ?? 0
    let limit = context.lake.guardLimits.maxDeletePercent
    guard DeletionGuard.exceeds(deleting: plan.summary.deletions, of: present, maxPercent: limit) else { return nil }
    return .tooManyDeletions(plan.summary.deletions, present: present, maxPercent: limit)
  }
}
