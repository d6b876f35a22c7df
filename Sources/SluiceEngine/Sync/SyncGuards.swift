import Foundation
import SluiceCore

/// Looks at a plan before the first byte is written or the first name deleted (DESIGN 5.3).
struct SyncGuards: Sendable {
  let context: RunContext
  let task: SyncTask
  /// Whether the user's options delete what is gone at the source.
  let deletes: Bool

  private var profile: Profile { context.profile }

  /// Every reason not to go on.
  func refusals(_ plan: SyncPlan) -> [RunProblem] {
    var found: [RunProblem] = []
    if let expected = task.confirmedPlan, expected != plan.summary.fingerprint {
      found.append(
        RunProblem(
          code: "plan-changed",
          message: "The source or the lake has changed since the plan of \(profile.name) was shown.",
          advice: "Look at a new dry run (`d`), then apply that."))
    }
    if !task.forcesDeletion {
      if let problem = emptySource(plan) ?? tooManyDeletions(plan) { found.append(problem) }
      if let retention = plan.summary.retention,
        let problem = RetentionRefusal.problem(
          retention, arriving: plan.newDirectories.count, profile: profile, limits: context.lake.guardLimits,
          command: "sync")
      {
        found.append(problem)
      }
    }
    if let problem = tooLittleSpace(plan) { found.append(problem) }
    return found
  }

  private func emptySource(_ plan: SyncPlan) -> RunProblem? {
    guard deletes, plan.sourceFiles == 0, plan.summary.deletions > 0 else { return nil }
    return RunProblem(
      code: "source-empty",
      message: "The source \(profile.source.address) is empty, and --delete would remove all "
        + "\(TextFormat.counted(plan.summary.deletions, "entry")) of \(profile.localPath). Its disk is probably not "
        + "mounted.",
      advice: "Look at the source. If that is right: sluice sync \(profile.name) --force-delete")
  }

  private func tooManyDeletions(_ plan: SyncPlan) -> RunProblem? {
    guard deletes, plan.summary.deletions > DeletionGuard.alwaysAllowed else { return nil }
    // What cannot be counted makes the guard only stricter.
    let present = (try? UsageScan.countEntries(profile: profile)) ?? 0
    let limit = context.lake.guardLimits.maxDeletePercent
    guard DeletionGuard.exceeds(deleting: plan.summary.deletions, of: present, maxPercent: limit) else { return nil }
    return RunProblem(
      code: "delete-guard",
      message: "--delete would remove \(TextFormat.grouped(plan.summary.deletions)) of "
        + "\(TextFormat.counted(present, "entry")) of \(profile.localPath), more than the guard's \(limit) %.",
      advice: "See them with: sluice sync \(profile.name) --dry-run. If that is right: sluice sync \(profile.name) "
        + "--force-delete")
  }

  private func tooLittleSpace(_ plan: SyncPlan) -> RunProblem? {
    guard let fit = plan.summary.fit, let missing = fit.missing else { return nil }
    return RunProblem(
      code: "disk-space",
      message: "The disk of \(profile.localPath) has \(fit.free) free; the plan needs \(fit.needed) and "
        + "\(fit.reserve) must stay free: \(missing) are missing.",
      advice: "Free that much, shorten a retention, or lower `guard: {min_free: …}`.")
  }
}

/// Retention's own guard, in words.
enum RetentionRefusal {
  /// The problem to refuse a run with; nil when the plan may be applied.
  ///
  /// - Parameters:
  ///   - arriving: Dated directories the transfer before it will bring.
  ///   - command: The command that was asked for, `sync` or `cleanup`.
  static func problem(
    _ plan: RetentionPlan, arriving: Int = 0, profile: Profile, limits: GuardLimits, command: String
  ) -> RunProblem? {
    guard let cutoff = plan.cutoff, limits.isExceeded(by: plan, arriving: arriving) else { return nil }
    let present = plan.presentCount(arriving: arriving)
    return RunProblem(
      code: "retention-guard",
      message: "Retention would delete \(TextFormat.grouped(plan.expired.count)) of "
        + "\(TextFormat.counted(present, "dated directory")) of \(profile.localPath) (all before \(cutoff)), more than the guard's \(limits.maxDeletePercent) %. Is this machine's clock right?",
      advice: "See them with: sluice cleanup \(profile.name) --dry-run. If that is right: sluice \(command) "
        + "\(profile.name) --force-delete")
  }
}
