import Foundation
import IngestEngine
import LakeFiles
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
  let task: CleanupTask

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
    let planned = await OwnThread.run("sluice files") {
      Result<RetentionPlan, FileFailure> { () throws(FileFailure) in
        try RetentionPlanner.plan(
          profile: profile, today: today, pending: MarkerStore(lake: lake, profile: profile).pendingPeriods())
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
    guard !task.isRehearsal else {
      return Report(result: CleanupResult(cutoffDate: plan.cutoff), outcome: .success, problems: [])
    }
    let stopper = context.stopper
    let journal = context.journal
    let outcome = await OwnThread.run("sluice cleanup") {
      RetentionExecutor.apply(plan, profile: profile, shouldStop: { Self.isStopped(journal, stopper) })
    }
    for problem in outcome.problems { context.journal.append(.problem(problem)) }
    context.journal.append(.cleaned(outcome.result))
    let verdict: RunOutcome =
      outcome.wasStopped ? .interrupted : outcome.problems.isEmpty ? .success : .partial
    return Report(result: outcome.result, outcome: verdict, problems: outcome.problems)
  }

  private static func isStopped(_ journal: RunJournal, _ stopper: RunStopper) -> Bool {
    let control = journal.directory.control()
    if control.stop { stopper.stop(by: control.stoppedBy ?? "sluice stop") }
    return stopper.isStopped
  }

  private func refusal(_ plan: RetentionPlan) -> RunProblem? {
    if let expected = task.confirmedPlan, expected != plan.fingerprint {
      return RunProblem(
        code: "plan-changed", message: "The directories of \(profile.name) have changed since the plan was shown.",
        advice: "Look at a new plan, then apply that.")
    }
    guard !task.forcesDeletion else { return nil }
    return RetentionRefusal.problem(
      plan, profile: profile, limits: context.lake.guardLimits, command: "cleanup")
  }

  private func failed(_ outcome: RunOutcome, _ problem: RunProblem, cutoff: CalendarDay?) -> Report {
    context.journal.append(.problem(problem))
    return Report(result: CleanupResult(cutoffDate: cutoff), outcome: outcome, problems: [problem])
  }
}
