import Foundation
import SluiceCore

/// Retention on its own, or as the end of a sync: plan, guard, delete as planned.
///
/// - Important: Deletes directories of the profile's data.
struct CleanupJob: Sendable {
  /// What a cleanup did, for whoever adds it to a run's result.
  struct Report: Sendable {
    var result: CleanupResult
    var outcome: RunOutcome
    var problems: [RunProblem]
  }

  let context: RunContext

  private var profile: Profile { context.profile }

  /// The whole run of `sluice cleanup`.
  func run() async -> RunResult {
    let report = await clean()
    context.journal.enter(.finishing)
    var result = context.result(report.outcome, problems: report.problems)
    result.cleanup = report.result
    return result
  }

  /// Plans, asks the guard and deletes; each problem is told to the journal.
  func clean() async -> Report {
    context.journal.enter(.cleaning)
    let (profile, lake, today) = (self.profile, context.lake, context.today)
    let planned = await OwnThread.run {
      Result<RetentionPlan, FileFailure> { () throws(FileFailure) in
        try RetentionPlanner.plan(
          profile: profile, today: today, pending: MarkerStore.pendingPeriods(lake: lake, profile: profile))
      }
    }
    let plan: RetentionPlan
    switch planned {
    case .success(let found): plan = found
    case .failure(let failure): return failed(.failed, failure.problem, cutoff: nil)
    }
    var summary = PlanSummary()
    summary.retention = plan
    context.journal.append(.planned(summary))
    if let refusal = refusal(plan) { return failed(.refused, refusal, cutoff: plan.cutoff) }
    guard !context.options.dryRun else {
      return Report(result: CleanupResult(cutoffDate: plan.cutoff), outcome: .success, problems: [])
    }
    let stopper = context.stopper
    let journal = context.journal
    let applied = await OwnThread.run {
      RetentionExecutor.apply(plan, profile: profile) {
        if journal.directory.control().stop { stopper.stop(by: journal.directory.control().stoppedBy ?? "sluice stop") }
        return stopper.isStopped
      }
    }
    for problem in applied.problems { context.journal.append(.problem(problem)) }
    context.journal.append(.cleaned(applied.result))
    let outcome: RunOutcome =
      context.stopper.isStopped ? .interrupted : applied.problems.isEmpty ? .success : .partial
    return Report(result: applied.result, outcome: outcome, problems: applied.problems)
  }

  private func refusal(_ plan: RetentionPlan) -> RunProblem? {
    let limit = context.lake.guardLimits.maxDeletePercent
    let present = plan.expired.count + plan.keptCount
    if let expected = context.options.expectedPlan, expected != plan.fingerprint {
      return RunProblem(
        code: "plan-changed", message: "The directories of \(profile.name) have changed since the plan was shown.",
        advice: "Look at a new plan, then apply that.")
    }
    guard !context.options.forceDelete,
      RetentionGuard.exceeds(deleting: plan.expired.count, of: present, maxPercent: limit)
    else { return nil }
    return RunProblem(
      code: "retention-guard",
      message: "Retention would delete \(plan.expired.count) of \(present) dated directories of \(profile.localPath), "
        + "more than the guard's \(limit) %. Is this machine's clock right (today is \(context.today))?",
      advice: "See them with: sluice cleanup \(profile.name) --dry-run. If that is right: sluice cleanup "
        + "\(profile.name) --force-delete")
  }

  private func failed(_ outcome: RunOutcome, _ problem: RunProblem, cutoff: CalendarDay?) -> Report {
    context.journal.append(.problem(problem))
    return Report(result: CleanupResult(cutoffDate: cutoff), outcome: outcome, problems: [problem])
  }
}
