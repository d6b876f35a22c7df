import Foundation
import SluiceCore

/// Looks at a plan before the first byte is written or the first name deleted (DESIGN 5.3).
struct SyncGuards: Sendable {
  let context: RunContext
  /// Whether the user's options delete what is gone at the source.
  let deletes: Bool

  private var profile: Profile { context.profile }

  /// Every reason not to go on.
  func refusals(_ plan: SyncPlan) -> [RunProblem] {
    var found: [RunProblem] = []
    if let expected = context.options.expectedPlan, expected != plan.summary.fingerprint {
      found.append(
        RunProblem(
          code: "plan-changed", message: "The source or the lake has changed since the plan of \(profile.name) was shown.",
          advice: "Look at a new dry run (`d`), then apply that."))
    }
    if !context.options.forceDelete {
      let limits = context.lake.guardLimits
      if deletes, plan.summary.deletions > 0,
        let problem = RetentionGuard.transfer(
          deletions: plan.summary.deletions, of: filesPresent, isSourceEmpty: plan.sourceFiles == 0, limits: limits)
      {
        found.append(problem)
      }
      if let retention = plan.summary.retention,
        let problem = RetentionGuard.retention(retention, arriving: plan.newDirectories.count, limits: limits)
      {
        found.append(problem)
      }
    }
    if let problem = tooLittleSpace(plan) { found.append(problem) }
    return found
  }

  /// Files there before the transfer; 0 when they cannot be counted, which only makes the guard stricter.
  private var filesPresent: Int {
    (try? ProfileUsage(lake: context.lake, profile: profile).scan().files) ?? 0
  }

  private func tooLittleSpace(_ plan: SyncPlan) -> RunProblem? {
    guard let free = plan.summary.freeBytes else { return nil }
    let minFree = context.lake.guardLimits.minFree
    let missing = plan.neededBytes + minFree.bytes - free
    guard plan.neededBytes > 0, missing > 0 else { return nil }
    return RunProblem(
      code: "disk-space",
      message: "The disk of \(profile.localPath) has \(ByteCount(free)) free; the plan needs "
        + "\(ByteCount(plan.neededBytes)) and \(minFree) shall stay free: \(ByteCount(missing)) are missing.",
      advice: "Free that much, shorten a retention, or lower `guard: {min_free: …}`.")
  }
}
