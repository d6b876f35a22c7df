import Foundation
import IngestEngine
import LakeFiles
import Rsync
import SluiceCore

/// The whole job of a sync (DESIGN 5): markers, plan, guards, transfer, publishing, checkpoint, ingest, cleanup.
struct SyncJob: Sendable {
  let context: RunContext
  let task: SyncTask

  var journal: RunJournal { context.journal }
  var profile: Profile { context.profile }
  /// Stops after the plan.
  var isDryRun: Bool { task.isRehearsal }

  /// Runs it to its end; whatever happens becomes a result.
  func run() async -> RunResult {
    let checkpoint = loadCheckpoint()
    do throws(SyncEnd) {
      let setup = try await prepare()
      defer { setup.login?.end() }
      let markers = try await fetchMarkers(setup)
      var plan = try await makePlan(setup, markers: markers.names)
      if let problem = markers.problem { plan.problems.append(problem) }
      if isDryRun { return dryResult(plan) }
      if let refusal = plan.refusals.first { throw SyncEnd(.refused, refusal) }
      let transfer = await transfer(setup, plan, wasResumed: checkpoint.map { $0.lastSyncStatus != .success } ?? false)
      setup.login?.end()
      var published: [String] = []
      var outcome = transfer.totals.outcome
      var problems = transfer.problems
      if outcome == .success, let problem = plan.emptySource ?? markers.problem {
        outcome = .partial
        problems.append(problem)
        journal.append(.problem(problem))
      }
      if outcome == .success {
        do throws(RunFault) {
          published = try publish(markers.names, setup)
        } catch {
          outcome = .failed
          problems.append(Sentences.problem(error))
        }
      }
      problems += saveCheckpoint(outcome, transfer.totals, problems: problems, before: checkpoint)
      return await finish(outcome, transfer.totals, published: published, problems: problems)
    } catch {
      return ended(early: error, before: checkpoint)
    }
  }

  /// What follows a transfer: ingest and cleanup, each only after a success, and the worst outcome of all.
  private func finish(
    _ transferOutcome: RunOutcome, _ totals: TransferTotals, published: [String], problems: [RunProblem]
  ) async -> RunResult {
    var outcomes = [transferOutcome]
    // A checkpoint that could not be written must not look like a success.
    if transferOutcome == .success, problems.contains(where: { $0.code == "checkpoint" }) { outcomes.append(.failed) }
    var all = problems
    var ingest: IngestTotals?
    var cleanup: CleanupResult?
    if transferOutcome == .success, !context.stopper.isStopped {
      if profile.ingest != nil, task.ingests {
        let report = await IngestRun(context: context, task: IngestTask()).ingest()
        ingest = report.totals
        outcomes.append(report.outcome)
        all += report.problems
      }
      if profile.retentionDays != nil, task.cleansUp, !context.stopper.isStopped {
        let report = await CleanupJob(context: context, task: cleanupTask).clean()
        cleanup = report.result
        outcomes.append(report.outcome)
        all += report.problems
      }
    }
    if context.stopper.isStopped { outcomes.append(.interrupted) }
    journal.enter(.finishing)
    var result = context.result(RunContext.worst(outcomes), problems: all)
    result.transferOutcome = transferOutcome
    result.filesTransferred = totals.files
    result.bytesTransferred = totals.bytes
    result.wireBytes = totals.wireBytes
    result.filesDeleted = totals.filesDeleted
    result.wasResumed = totals.wasResumed
    result.markersPublished = published
    result.ingest = ingest
    result.cleanup = cleanup
    return result
  }

  /// The retention at the end of the sync.
  private var cleanupTask: CleanupTask {
    var cleanup = CleanupTask()
    cleanup.forcesDeletion = task.forcesDeletion
    cleanup.confirmedPlan = task.confirmedPlan
    return cleanup
  }

  private func dryResult(_ plan: SyncPlan) -> RunResult {
    let problems = plan.refusals + plan.problems
    for problem in problems { journal.append(.problem(problem)) }
    let outcome: RunOutcome = plan.refusals.isEmpty ? plan.problems.isEmpty ? .success : .partial : .refused
    var result = context.result(outcome, problems: problems)
    result.filesTransferred = 0
    return result
  }

  private func ended(early end: SyncEnd, before checkpoint: Checkpoint?) -> RunResult {
    let outcome = context.stopper.isStopped ? RunOutcome.interrupted : end.outcome
    var problems = end.problems
    for problem in problems { journal.append(.problem(problem)) }
    if !isDryRun {
      problems += saveCheckpoint(outcome, TransferTotals(outcome: outcome), problems: problems, before: checkpoint)
    }
    var result = context.result(outcome, problems: problems)
    result.transferOutcome = isDryRun ? nil : outcome
    return result
  }

  private func loadCheckpoint() -> Checkpoint? {
    let store = CheckpointStore(path: profile.checkpointFile)
    let loaded = isDryRun ? store.load() : store.loadSettingAside(now: context.now())
    if let problem = loaded.problem {
      journal.log(.warning, Sentences.line(problem))
    }
    if let checkpoint = loaded.checkpoint, checkpoint.lastSyncStatus != .success {
      journal.log(
        .debug, "The last sync (\(checkpoint.lastSyncTime)) was \(checkpoint.lastSyncStatus.rawValue); resuming.")
    }
    return loaded.checkpoint
  }

  /// Writes the checkpoint; a failure is a problem of the run, never a crash.
  private func saveCheckpoint(
    _ outcome: RunOutcome, _ totals: TransferTotals, problems: [RunProblem], before: Checkpoint?
  ) -> [RunProblem] {
    if outcome != .refused { journal.enter(.checkpoint) }
    let time = TextFormat.utc(context.now())
    var checkpoint = Checkpoint(
      profileName: profile.name, lastSyncTime: time, lastSyncStatus: outcome, filesTransferred: totals.files,
      bytesTransferred: totals.bytes,
      durationSeconds: max(0, (context.now().timeIntervalSince(journal.record.startedAt) * 10).rounded() / 10),
      errors: problems.map(\.message))
    checkpoint.lastSuccessTime = outcome == .success ? time : before?.lastSuccessTime
    checkpoint.wireBytes = totals.wireBytes
    checkpoint.runID = journal.record.id.text
    let reserve = ReserveFile(stateDirectory: context.lake.stateDirectory)
    let store = CheckpointStore(path: profile.checkpointFile)
    do throws(FileFailure) {
      try reserve.retryingWhenFull { () throws(FileFailure) in try store.save(checkpoint) }
      return []
    } catch {
      var problem = error.problem
      problem.code = "checkpoint"
      journal.append(.problem(problem))
      return [problem]
    }
  }
}

/// The end of a sync before its transfer: what and why.
struct SyncEnd: Error {
  var outcome: RunOutcome
  var problems: [RunProblem]

  init(_ outcome: RunOutcome, _ problem: RunProblem) {
    self.outcome = outcome
    problems = [problem]
  }

  init(_ outcome: RunOutcome, problems: [RunProblem]) {
    self.outcome = outcome
    self.problems = problems
  }
}
