import FoundationEssentials
import IngestEngine
import LakeFiles
import Rsync
import RunRecords
import SluiceCore
import Transport

extension SyncJob {
  /// Lists the source with the transfer's own options, and asks the guards.
  func makePlan(_ setup: Setup, markers: [String]) async throws(SyncAborted) -> SyncPlan {
    journal.enter(.planning)
    let collector = PlanCollector(
      profile: profile, arguments: setup.arguments, journal: isDryRun ? journal : nil,
      leftovers: isDryRun ? nil : transferMark.since.map { LeftoverFiles(root: profile.localPath, since: $0) },
      keepsFiles: !isDryRun && laneChoice != .count(1))
    let outcome = try await retrying(setup, setup.command.arguments(for: .plan), phase: .planning) {
      collector.add($0)
    } beforeTry: {
      collector.reset()
    }
    var plan = collector.plan
    plan.problems = listingProblem(outcome).map { [$0] } ?? []
    plan.isWhole = outcome.failure == nil
    if let removed = collector.leftovers?.remove() {
      if removed > 0 {
        journal.log(.info, RunNote.leftoversRemoved(removed).text)
      }
    }
    plan.wireBytes = outcome.counters?.bytesIn ?? 0
    plan.roundTrip = outcome.counters.flatMap { $0.lastAnswer > 0 ? Double($0.lastAnswer) / 1e9 : nil }
    plan.sourceFiles = outcome.figures.statistics?.regularFiles ?? 0
    plan.emptySource = try await emptySource(plan)
    if let problem = plan.emptySource { plan.problems.append(problem) }
    let retention = try await planRetention()
    plan.summary.retention = retention
    let space = try? DiskSpace(at: profile.localPath)
    plan.freeFiles = space?.freeFiles
    if plan.summary.neededBytes != nil {
      plan.summary.freeBytes = space?.freeBytes
      plan.summary.reservedBytes = context.lake.guardLimits.minFree.bytes
    }
    plan.summary.fingerprint = collector.fingerprint(with: retention, markers: markers)
    plan.refusals = SyncGuards(context: context, task: task, deletes: setup.arguments.deletes).refusals(plan)
    plan.summary.heldBack = plan.refusals.filter(\.yieldsToForce).map(refusal).map(\.message)
    journal.append(.planned(plan.summary))
    journal.update { live in
      live.bytesTotal = plan.summary.bytes
      live.filesTotal = plan.summary.files
    }
    return plan
  }

  /// A source without a single file while the lake has some: without --delete nothing is lost, but nothing came.
  private func emptySource(_ plan: SyncPlan) async throws(SyncAborted) -> RunProblem? {
    guard plan.isWhole, plan.sourceFiles == 0, !task.forcesDeletion else { return nil }
    let present = try await presentEntries()
    return present > 0 ? words.problem(.emptySource(present: present)) : nil
  }

  /// How many entries the profile's directory holds; 0 before it was made.
  ///
  /// - Throws: `SyncAborted` when it cannot be listed: what could not be counted is not nothing.
  func presentEntries() async throws(SyncAborted) -> Int {
    let profile = self.profile
    let counted = await OwnThread.run("sluice files") {
      Result { () throws(FileFailure) in try UsageScan.countEntries(profile: profile) }
    }
    do throws(FileFailure) {
      return try counted.get()
    } catch {
      throw SyncAborted(.failed, error.problem)
    }
  }

  /// What the cleanup at the end will delete: planned here once, guarded with the rest and applied as it is.
  private func planRetention() async throws(SyncAborted) -> RetentionPlan? {
    guard profile.retentionDays != nil else { return nil }
    switch await CleanupJob(context: context, task: CleanupTask()).plan() {
    case .success(let plan): return plan
    case .failure(let failure): throw SyncAborted(.failed, failure.problem)
    }
  }
}
