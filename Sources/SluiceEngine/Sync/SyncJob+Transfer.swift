import FoundationEssentials
import LakeFiles
import Rsync
import RunRecords
import SluiceCore

extension SyncJob {
  /// Fetches the plan's files, trying again as its failures mean.
  ///
  /// - Parameter stage: What rsync is started for: all that a plan has found, or the files of a list.
  /// - Returns: How it went, and whether an rsync was killed meanwhile, which may have left unfinished files.
  func transfer(
    _ setup: Setup, _ plan: SyncPlan, wasResumed: Bool, stage: TransferCommand.Stage = .transfer
  ) async -> (totals: TransferTotals, mayHaveLeftFiles: Bool) {
    journal.enter(.transferring)
    let setup = settingCompression(setup, plan)
    var command = setup.command
    command.maxDelete = task.forcesDeletion ? nil : max(plan.summary.deletions, 10)
    let arguments = command.arguments(for: stage)
    let start = context.now()
    var schedule = RetrySchedule(policy: profile.retry)
    var passesAfterVanished = 0
    var tally = TransferTally(
      earlier: LiveProgress(updatedAt: start, phase: .transferring),
      lanes: stage == .transfer && !plan.leavesNothingToDo ? laneWork(setup, plan) : nil)
    if !plan.leavesNothingToDo { transferMark.set() }
    // The same options have just found that all is here; a second look would only cost the source its time.
    while !plan.leavesNothingToDo {
      let mayBeAhead = stage == .transfer && !setup.command.leavesOutCompression
      guard let tried = await fetch(setup, plan, arguments, &tally, mayBeAhead: mayBeAhead) else { continue }
      guard let failure = tried.outcome.failure else { break }
      // Which was killed, rsync itself or only its receiver, the code does not tell.
      if !failure.isPartial { tally.mayHaveLeftFiles = true }
      if context.stopper.isStopped {
        tally.totals.outcome = .interrupted
        break
      }
      if failure.meaning == .vanished, passesAfterVanished == 0 {
        passesAfterVanished += 1
        journal.log(.warning, RunNote.filesVanished.text)
        continue
      }
      let missing = failure.meaning == .localDiskFull ? await missingBytes(setup) : nil
      let words = await transferWords(failure, setup)
      let problem = words.problem(failure, stalledFor: tried.outcome.stalledFor, missing: missing)
      guard failure.isRetryable,
        let wait = schedule.next(broughtBytes: tried.madeProgress, jitter: context.machine.jitter())
      else {
        // Whatever ended rsync, nothing is wrong with the source: the next run goes on from there.
        tally.totals.outcome = failure.isPartial ? .partial : failure.meaning == .killed ? .interrupted : .failed
        context.tell(problem)
        break
      }
      guard await waitBeforeRetry(wait, because: problem) else {
        tally.totals.outcome = .interrupted
        break
      }
      journal.enter(.transferring)
    }
    setup.ahead.drop()
    if plan.leavesNothingToDo { tally.totals.wireBytes = plan.wireBytes }
    tally.totals.durationSeconds = max(0, context.now().timeIntervalSince(start))
    tally.totals.wasResumed = wasResumed
    journal.append(.transferred(tally.totals))
    return (tally.totals, tally.mayHaveLeftFiles)
  }

  /// Bytes to come, compressed already, from which an rsync without `-z` is worth the round trips that start it.
  private static let worthAnotherStart: Int64 = 16 << 20

  /// Takes the user's `-z` back, and says so in the log, when what is to come is compressed already.
  private func settingCompression(_ setup: Setup, _ plan: SyncPlan) -> Setup {
    guard plan.compressed.areNearlyAll, setup.arguments.letsCompressionBeLeftOut else { return setup }
    // The rsync that waits was started with it, and to start another costs more than a little compression does.
    if setup.ahead.holdsTransfer, plan.summary.bytes < Self.worthAnotherStart { return setup }
    journal.log(.debug, RunNote.withoutCompression.text)
    var setup = setup
    setup.command.leavesOutCompression = true
    return setup
  }

  /// Tries once: by lanes while they have something to do, else by an ordinary pass.
  ///
  /// - Parameter mayBeAhead: Whether an rsync that was started ahead may do it.
  /// - Returns: How it went and whether that is nearer to the end; nil when lanes went well, after which more is to do.
  private func fetch(
    _ setup: Setup, _ plan: SyncPlan, _ arguments: [String], _ tally: inout TransferTally, mayBeAhead: Bool
  ) async -> (outcome: RsyncRun.Outcome, madeProgress: Bool)? {
    if let work = tally.lanes, let login = setup.login {
      let round = await LaneRound(
        context: context, setup: setup, login: login, lanes: work.lanes, told: tally.told, earlier: tally.earlier
      ).run(work.files)
      tally.add(round.sums)
      tally.lanes = round.rest(of: work, told: tally.told)
      guard let failure = round.failure else { return nil }
      return (failure, round.sums.madeProgress)
    }
    let told = tally.told
    let waiting =
      mayBeAhead
      ? setup.ahead.takeTransfer(deleting: plan.summary.deletions, forcesDeletion: task.forcesDeletion) : nil
    var run = RsyncRun(
      context: context, rsync: setup.rsync, arguments: arguments, login: setup.login, earlier: tally.earlier)
    run.waiting = waiting
    run.showsFigures = true
    run.neverFalls = tally.usesLanes
    run.takeChanges = { [journal] in journal.add(changes: told.new(of: $0)) }
    let before = told.repeatedFiles
    let outcome = await run.run()
    let listing = await plan.listingBytes()
    tally.add(outcome, repeated: told.repeatedFiles - before, listing: listing)
    return (outcome, outcome.madeProgress(listing: listing))
  }

  /// The words for a failure, with what this machine says of it.
  private func transferWords(_ failure: TransferFailure, _ setup: Setup) async -> TransferSentences {
    var words = transferWords
    if failure.isAboutTheWay { words.destination = await context.machine.destination(setup.ssh) }
    return words
  }

  private var transferWords: TransferSentences {
    let space = try? DiskSpace(at: profile.localPath)
    var words = TransferSentences(profile: profile, lake: context.lake, key: KeyFault.of(profile.source))
    words.free = space.map { ByteCount($0.freeBytes) }
    words.isOutOfFiles = space?.holdsNoNewName ?? false
    return words
  }

  /// What the disk lacks for the rest, by a new list of the source; nil when that cannot be had.
  private func missingBytes(_ setup: Setup) async -> ByteCount? {
    let collector = PlanCollector(profile: profile, arguments: setup.arguments, journal: nil)
    var run = RsyncRun(
      context: context, rsync: setup.rsync, arguments: setup.command.arguments(for: .plan), earlier: journal.progress)
    run.takeChanges = { collector.add($0) }
    let outcome = await run.run()
    guard outcome.failure.map(\.isPartial) ?? true, let free = try? DiskSpace.free(at: profile.localPath) else {
      return nil
    }
    guard let bytes = collector.plan.summary.neededBytes else { return nil }
    let needed = ByteCount(bytes)
    return DiskFit(needed: needed, free: free, reserve: context.lake.guardLimits.minFree).missing
  }

  /// What a stage that only lists could not read; nil for one that could read all.
  ///
  /// What has vanished meanwhile was nothing to list.
  func listingProblem(_ outcome: RsyncRun.Outcome) -> RunProblem? {
    guard let failure = outcome.failure, failure.meaning != .vanished else { return nil }
    return transferWords.problem(failure)
  }

  /// Runs a stage that only lists, trying again as its failures mean.
  ///
  /// - Parameters:
  ///   - patience: Seconds in which the source may be silent beyond what the profile allows.
  ///   - prepare: Changes how it is run.
  ///   - isEnough: Whether all was listed and is used already, so that nothing is tried again.
  /// - Throws: `SyncAborted` with what it could not do.
  func retrying(
    _ setup: Setup, _ arguments: [String], phase: RunPhase, patience: Double = 0,
    take: @escaping @Sendable ([FileChange]) -> Void = { _ in }, beforeTry: () -> Void = {},
    prepare: (inout RsyncRun) -> Void = { _ in }, isEnough: () -> Bool = { false }
  ) async throws(SyncAborted) -> RsyncRun.Outcome {
    var schedule = RetrySchedule(policy: profile.retry)
    while true {
      beforeTry()
      var run = RsyncRun(
        context: context, rsync: setup.rsync, arguments: arguments, login: setup.login,
        earlier: LiveProgress(updatedAt: context.now(), phase: phase))
      run.takeChanges = take
      run.patience = patience
      prepare(&run)
      let outcome = await run.run()
      guard let failure = outcome.failure, !isEnough() else { return outcome }
      let problem = await transferWords(failure, setup).problem(failure, stalledFor: outcome.stalledFor)
      if context.stopper.isStopped { throw SyncAborted(.interrupted, problems: []) }
      // While listing, an entry that cannot be read or has vanished is the transfer's to report.
      if failure.isPartial { return outcome }
      guard failure.isRetryable, let wait = schedule.next(broughtBytes: false, jitter: context.machine.jitter()) else {
        throw SyncAborted(.failed, problem)
      }
      guard await waitBeforeRetry(wait, because: problem) else { throw SyncAborted(.interrupted, problems: []) }
      journal.enter(phase)
    }
  }

  /// Waits, in steps short enough that a stop is felt; false when the run was stopped meanwhile.
  private func waitBeforeRetry(_ seconds: Double, because problem: RunProblem) async -> Bool {
    let number = journal.runState.retries + 1
    journal.append(.retry(number: number, afterSeconds: seconds, because: problem))
    journal.update { $0.attempt = number + 1 }
    journal.enter(.waiting)
    // Not the wall clock: set back, it would hold the run for hours.
    let end = context.machine.uptime() + .seconds(seconds)
    while context.machine.uptime() < end, !context.stopper.isStopped {
      let control = journal.control()
      context.stopper.obey(control)
      journal.tellHeld(control)
      await context.machine.wait(.milliseconds(100))
    }
    await context.waitWhilePaused()
    return !context.stopper.isStopped
  }
}
