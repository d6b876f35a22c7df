import FoundationEssentials
import IngestEngine
import LakeFiles
import Rsync
import RunRecords
import SluiceCore
import Synchronization
import Transport

extension SyncJob {
  /// Lists the source with the transfer's own options, and asks the guards.
  func makePlan(_ setup: Setup, markers: [String]) async throws(SyncAborted) -> SyncPlan {
    journal.enter(.planning)
    let collector = PlanCollector(
      profile: profile, arguments: setup.arguments, journal: isDryRun ? journal : nil,
      leftovers: isDryRun ? nil : transferMark.since.map { LeftoverFiles(root: profile.localPath, since: $0) })
    var plan = try await list(setup, collector)
    if let removed = collector.leftovers?.remove() {
      if removed > 0 {
        journal.log(.info, RunNote.leftoversRemoved(removed).text)
      }
    }
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

  /// Lists what would come and go, to the end of the list or until it is known to be complete.
  private func list(_ setup: Setup, _ collector: PlanCollector) async throws(SyncAborted) -> SyncPlan {
    let (signals, signal) = AsyncStream.makeStream(of: Void.self)
    let early = EarlyEnd()
    let list = Task {
      let result: Result<RsyncRun.Outcome, SyncAborted>
      do throws(SyncAborted) {
        result = .success(
          try await retrying(setup, setup.command.arguments(for: .plan), phase: .planning) {
            collector.add($0)
          } beforeTry: {
            collector.reset()
          } prepare: { run in
            if isDryRun { return }
            run.waiting = setup.ahead.takePlan()
            run.argumentsAfterLogin = { planCommand(setup).arguments(for: .plan) }
            run.begun = { begin(setup, collector) }
            run.listed = { [lane = run.waiting?.lane ?? 0] in
              let roundTrip = roundTrip(TransportCounters.read(from: journal.directory.path, lane: lane))
              guard mayGoOn(setup, with: collector.plan, roundTrip) else { return }
              early.set(roundTrip)
              signal.yield()
            }
          } isEnough: {
            early.isSet
          })
      } catch {
        result = .failure(error)
      }
      signal.finish()
      return result
    }
    for await _ in signals { break }
    if early.isSet {
      var plan = collector.plan
      plan.ending = list
      plan.sourceFiles = plan.summary.files
      plan.roundTrip = early.roundTrip
      return plan
    }
    let outcome = try await list.value.get()
    var plan = collector.plan
    plan.problems = listingProblem(outcome).map { [$0] } ?? []
    plan.isWhole = outcome.failure == nil
    plan.wireBytes = outcome.counters?.bytesIn ?? 0
    plan.roundTrip = roundTrip(outcome.counters)
    plan.sourceFiles = outcome.figures.statistics?.regularFiles ?? 0
    return plan
  }

  /// What a plan is listed with; where that is of use it says when all is listed.
  func planCommand(_ setup: Setup) -> TransferCommand {
    var command = setup.command
    command.tellsListed = StartedAhead.isWorthwhile(setup)
    return command
  }

  /// What is done beside the list, once the login is there.
  private func begin(_ setup: Setup, _ collector: PlanCollector) {
    if mayUseLanes(setup) { collector.keepFiles() }
    setup.ahead.startTransfer(context, setup, forcesDeletion: task.forcesDeletion)
  }

  /// Whether a plan of which all is listed is enough to go on with, before its list has ended.
  ///
  /// With a file that comes the source is not empty; of few deletions no guard that counts has anything to say, and
  /// rsync is bound to so many.
  private func mayGoOn(_ setup: Setup, with plan: SyncPlan, _ roundTrip: Double?) -> Bool {
    guard setup.ahead.holdsTransfer, plan.summary.files > 0 else { return false }
    // Some of what these do is listed at the very end.
    guard !setup.arguments.deletesLast, setup.arguments.singleProcessOption == nil else { return false }
    guard task.forcesDeletion || plan.summary.deletions <= StartedAhead.deletions else { return false }
    // Lanes have to know how long the way is.
    return roundTrip != nil || plan.lanes.bytes < LaneDecision.littleToFetch || laneChoice != .auto
  }

  private func roundTrip(_ counters: TransportCounters?) -> Double? {
    counters.flatMap { $0.lastAnswer > 0 ? Double($0.lastAnswer) / 1e9 : nil }
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

/// Whether all was listed and is used before the list has ended, and what is known of the way by then.
///
/// Safe to use from any thread.
private final class EarlyEnd: Sendable {
  private let state = Mutex<(isSet: Bool, roundTrip: Double?)>((false, nil))

  var isSet: Bool { state.withLock { $0.isSet } }
  var roundTrip: Double? { state.withLock { $0.roundTrip } }

  func set(_ roundTrip: Double?) { state.withLock { $0 = (true, roundTrip) } }
}
