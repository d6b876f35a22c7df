import FoundationEssentials
import IngestEngine
import LakeFiles
import RunRecords
import SluiceCore

/// Retention on its own (plan, guard, delete as planned), or as the end of a sync that has planned it.
///
/// - Important: Deletes directories of the profile's data.
struct CleanupJob: Sendable {
  /// What a cleanup did; what went wrong has been told to the journal.
  struct Report: Sendable {
    var result: CleanupResult
    var outcome: RunOutcome
  }

  let context: RunContext
  let task: CleanupTask

  private var profile: Profile { context.profile }

  /// The whole run of `sluice cleanup`.
  func run() async -> RunResult {
    context.journal.enter(.cleaning)
    let report = await planAndApply()
    context.journal.enter(.finishing)
    var result = context.result(report.outcome)
    result.cleanup = report.result
    return result
  }

  /// The plan that dry run, preview and the real run share.
  func plan() async -> Result<RetentionPlan, FileFailure> {
    let (profile, lake, today) = (self.profile, context.lake, context.today)
    return await OwnThread.run("sluice files") {
      Result { () throws(FileFailure) in
        try RetentionPlanner.plan(
          profile: profile, today: today, pending: try MarkerStore(lake: lake, profile: profile).pendingPeriods())
      }
    }
  }

  /// Deletes what a plan says that the guards have let pass, and nothing else.
  ///
  /// The plan may be as old as the transfer before it: each name is checked again, and what a marker pending by now
  /// vouches for stays.
  ///
  /// - Important: Deletes directories of the profile's data.
  func apply(_ planned: RetentionPlan) async -> Report {
    let (journal, stopper, profile, lake) = (context.journal, context.stopper, self.profile, context.lake)
    journal.enter(.cleaning)
    let held = await OwnThread.run("sluice files") {
      Result { () throws(FileFailure) in
        planned.holdingBack(try MarkerStore(lake: lake, profile: profile).pendingPeriods())
      }
    }
    let plan: RetentionPlan
    switch held {
    case .success(let found): plan = found
    case .failure(let failure): return ended(.failed, because: failure.problem, cutoff: planned.cutoff)
    }
    for name in plan.heldByMarkers where !planned.heldByMarkers.contains(name) {
      journal.log(.warning, RunNote.keptForMarker(name: name).text)
    }
    let outcome = await OwnThread.run("sluice cleanup") {
      RetentionExecutor.apply(
        plan, profile: profile, shouldStop: { Self.isStopped(journal, stopper) },
        removed: { files, bytes in journal.update { ($0.filesDeleted, $0.bytesFreed) = (files, bytes) } })
    }
    let problems = outcome.problems
    problems.forEach(context.tell)
    journal.append(.cleaned(outcome.result))
    return Report(
      result: outcome.result,
      outcome: outcome.wasStopped ? .interrupted : problems.isEmpty ? .success : .partial)
  }

  private func planAndApply() async -> Report {
    let plan: RetentionPlan
    switch await self.plan() {
    case .success(let found): plan = found
    case .failure(let failure): return ended(.failed, because: failure.problem, cutoff: nil)
    }
    var summary = PlanSummary()
    summary.retention = plan
    context.journal.append(.planned(summary))
    if let refusal = refusal(plan) {
      let problem = GuardSentences(profile: profile, command: .cleanup).problem(refusal)
      return ended(.refused, because: problem, cutoff: plan.cutoff)
    }
    guard !task.isRehearsal else {
      return Report(result: CleanupResult(cutoffDate: plan.cutoff), outcome: .success)
    }
    return await apply(plan)
  }

  private static func isStopped(_ journal: RunJournal, _ stopper: RunStopper) -> Bool {
    stopper.obey(journal.control())
    return stopper.isStopped
  }

  private func refusal(_ plan: RetentionPlan) -> Refusal? {
    if let expected = task.confirmedPlan, expected != plan.fingerprint { return .planChanged }
    return task.forcesDeletion ? nil : .ofRetention(plan, limits: context.lake.guardLimits)
  }

  private func ended(_ outcome: RunOutcome, because problem: RunProblem, cutoff: CalendarDay?) -> Report {
    context.tell(problem)
    return Report(result: CleanupResult(cutoffDate: cutoff), outcome: outcome)
  }
}
