import FoundationEssentials
import IngestEngine
import LakeFiles
import Rsync
import RunRecords
import SluiceCore

/// The whole job of a sync (DESIGN 5): markers, plan, guards, transfer, publishing, checkpoint, ingest, cleanup.
struct SyncJob: Sendable {
  let context: RunContext
  let task: SyncTask

  var journal: RunJournal { context.journal }
  var profile: Profile { context.profile }
  /// Says the job's faults in words.
  var words: JobSentences { JobSentences(profile: profile) }
  /// Stops after the plan.
  var isDryRun: Bool { task.isRehearsal }

  /// What has to lie beside the data while the run lives.
  var workDirectory: ProfileWorkDirectory { ProfileWorkDirectory(profile: profile) }
  /// Says to the next run that a transfer was killed, or what it brought is not known to be on the disk.
  var transferMark: TransferMark { TransferMark(profile: profile, stateDirectory: context.lake.stateDirectory) }

  /// Runs it to its end; whatever happens becomes a result.
  func run() async -> RunResult {
    let checkpoint = loadCheckpoint()
    let last = await lastSync(checkpoint)
    do throws(SyncAborted) {
      let setup = try await prepare()
      defer {
        setup.ahead.drop()
        setup.login?.end()
        if !isDryRun { workDirectory.clear() }
      }
      let markers = try await fetchMarkers(setup)
      let plan = try await makePlan(setup, markers: markers.names)
      if isDryRun { return dryResult(plan, markersProblem: markers.problem) }
      guard plan.refusals.isEmpty else {
        _ = await plan.endedWhole()
        throw SyncAborted(.refused, problems: refused(plan))
      }
      let directory = try openDirectory()
      var (totals, mayHaveLeftFiles) = await transfer(setup, plan, wasResumed: last?.isIncomplete ?? false)
      let isWhole = await plan.endedWhole()
      setup.login?.end()
      totals.outcome = await complete(
        totals.outcome, setup, plan, markers.names, in: directory, problem: plan.emptySource ?? markers.problem)
      if totals.outcome == .success, isWhole, !mayHaveLeftFiles { transferMark.clear() }
      let isKept = saveCheckpoint(totals.outcome, totals, before: checkpoint)
      return await finish(totals, isKept: isKept, retention: plan.summary.retention)
    } catch {
      return ended(early: error, before: checkpoint)
    }
  }

  /// Publishes the markers when everything they vouch for has come and is on the disk; how the transfer counts after
  /// that.
  private func complete(
    _ outcome: RunOutcome, _ setup: Setup, _ plan: SyncPlan, _ markers: [String], in directory: DirectoryDescriptor,
    problem: RunProblem?
  ) async -> RunOutcome {
    guard outcome == .success else { return outcome }
    if let fault = context.lakeFault() {
      context.tell(Sentences.problem(fault))
      return .failed
    }
    if let problem {
      context.tell(problem)
      return .partial
    }
    do throws(SyncAborted) {
      try await putOnDisk(directory)
      try publish(markers, setup, in: directory)
      return .success
    } catch {
      error.problems.forEach(context.tell)
      return error.outcome
    }
  }

  /// What follows a transfer: ingest and cleanup, each only after a success, and the worst outcome of all.
  ///
  /// - Parameters:
  ///   - isKept: Whether the checkpoint was written; a success without it must not look like one.
  ///   - retention: As planned before the transfer.
  private func finish(_ totals: TransferTotals, isKept: Bool, retention: RetentionPlan?) async -> RunResult {
    var outcomes = isKept ? [totals.outcome] : [totals.outcome, .failed]
    var ingest: IngestReport?
    var cleanup: (result: CleanupResult, outcome: RunOutcome)?
    if totals.outcome == .success, !context.stopper.isStopped {
      if profile.ingest != nil, task.ingests {
        let report = await IngestRun(context: context, task: IngestTask()).ingest()
        ingest = report
        outcomes.append(report.outcome)
      }
      if let retention, task.cleansUp, !context.stopper.isStopped {
        let report = await CleanupJob(context: context, task: CleanupTask()).apply(retention)
        cleanup = (report.result, report.outcome)
        outcomes.append(report.outcome)
      }
    }
    if context.stopper.isStopped { outcomes.append(.interrupted) }
    journal.enter(.finishing)
    var result = context.result(.worst(outcomes))
    result.transferOutcome = totals.outcome
    result.filesTransferred = totals.files
    result.bytesTransferred = totals.bytes
    result.wireBytes = totals.wireBytes
    result.filesDeleted = totals.filesDeleted
    result.wasResumed = totals.wasResumed
    (result.ingest, result.ingestOutcome) = (ingest?.totals, ingest?.outcome)
    (result.cleanup, result.cleanupOutcome) = (cleanup?.result, cleanup?.outcome)
    return result
  }

  private func dryResult(_ plan: SyncPlan, markersProblem: RunProblem?) -> RunResult {
    let problems = plan.problems + [markersProblem].compactMap { $0 }
    (refused(plan) + problems).forEach(context.tell)
    return context.result(plan.refusals.isEmpty ? problems.isEmpty ? .success : .partial : .refused)
  }

  private func refused(_ plan: SyncPlan) -> [RunProblem] { plan.refusals.map(refusal) }

  /// A refusal in words.
  func refusal(_ refusal: Refusal) -> RunProblem { GuardSentences(profile: profile, command: .sync).problem(refusal) }

  private func ended(early end: SyncAborted, before checkpoint: Checkpoint?) -> RunResult {
    let outcome = context.stopper.isStopped ? RunOutcome.interrupted : end.outcome
    end.problems.forEach(context.tell)
    if !isDryRun { saveCheckpoint(outcome, TransferTotals(outcome: outcome), before: checkpoint) }
    var result = context.result(outcome)
    result.transferOutcome = isDryRun ? nil : outcome
    return result
  }

  private func loadCheckpoint() -> Checkpoint? {
    let store = CheckpointStore(path: profile.checkpointFile)
    let loaded = isDryRun ? store.load() : store.loadSettingAside(now: context.now())
    if let problem = loaded.problem {
      journal.log(.warning, Sentences.line(problem))
    }
    return loaded.checkpoint
  }

  private func lastSync(_ checkpoint: Checkpoint?) async -> SyncEnding? {
    let (history, name) = (RunHistory(stateDirectory: context.lake.stateDirectory), profile.name)
    let last = await OwnThread.run("sluice files") { history.lastSync(of: name, checkpoint: checkpoint) }
    if let last, last.isIncomplete {
      journal.log(.debug, RunNote.resuming(after: last).text)
    }
    return last
  }

  /// Writes the checkpoint; false when it could not be written, which is a problem of the run, never a crash.
  @discardableResult
  private func saveCheckpoint(_ outcome: RunOutcome, _ totals: TransferTotals, before: Checkpoint?) -> Bool {
    if outcome != .refused { journal.enter(.checkpoint) }
    // Where the lake's disk was mounted, a checkpoint would lie on another.
    guard context.lakeFault() == nil else { return false }
    let time = TextFormat.utc(context.now())
    var checkpoint = Checkpoint(
      profileName: profile.name, lastSyncTime: time, lastSyncStatus: outcome, filesTransferred: totals.files,
      bytesTransferred: totals.bytes,
      durationSeconds: max(0, (context.now().timeIntervalSince(journal.record.startedAt) * 10).rounded() / 10),
      errors: journal.runState.problems.map(\.message))
    checkpoint.lastSuccessTime = outcome == .success ? time : before?.lastSuccessTime
    checkpoint.wireBytes = totals.wireBytes
    checkpoint.runID = journal.record.id.text
    let reserve = ReserveFile(stateDirectory: context.lake.stateDirectory)
    let store = CheckpointStore(path: profile.checkpointFile)
    do throws(FileFailure) {
      try reserve.retryingWhenFull { () throws(FileFailure) in try store.save(checkpoint) }
      return true
    } catch {
      context.tell(words.problem(.unsavedCheckpoint(error)))
      return false
    }
  }
}

/// A sync that ended before its transfer: how, and why.
struct SyncAborted: Error {
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
