package import FoundationEssentials
import Glibc
import IngestEngine
import LakeFiles
package import RunRecords
package import SluiceCore

/// Executes one run in the current process: lock, journal, the job itself, outcome, metrics, history.
package struct JobRunner: Sendable {
  /// The lake whose runs these are.
  package let lake: Lake
  /// Where every event's line goes as well.
  package let log: DailyLog
  /// Where the run was asked for, for its record.
  package let origin: String
  /// The command as typed.
  package let command: [String]
  private let environment: [String: String]
  private let machine: RunMachine
  private let now: @Sendable () -> Date

  /// A runner for one lake; `environment`, `machine` and `now` are for tests to replace.
  package init(
    lake: Lake, log: DailyLog, origin: String, command: [String],
    environment: [String: String] = ProcessInfo.processInfo.environment, machine: RunMachine = RunMachine(),
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.lake = lake
    self.log = log
    self.origin = origin
    self.command = command
    self.environment = environment
    self.machine = machine
    self.now = now
  }

  /// Runs a request to its end.
  ///
  /// - Parameters:
  ///   - request: What to do.
  ///   - id: The run's name when a launcher has promised it already.
  ///   - stopper: Ends the run from outside.
  ///   - observer: Told the run's news.
  /// - Throws: `RunFault` when the run could not even begin: locked, unknown or disabled profile, no state directory.
  package func run(
    _ request: RunRequest, id: RunID? = nil, stopper: RunStopper,
    observer: @escaping @Sendable (RunNews) -> Void
  ) async throws(RunFault) -> PastRun {
    guard let profile = lake.profile(named: request.profile) else {
      throw .noSuchProfile(request.profile, known: lake.profiles.map(\.name))
    }
    guard profile.isEnabled else { throw .disabledProfile(profile.name) }
    let record = makeRecord(request, id: id)
    if let fault = lakeFault {
      // Nothing may be written into a lake that is not there, not even the record of this run; and forcing a
      // deletion does not say that the lake is right.
      let past = refused(record, because: Sentences.problem(fault), observer)
      let notifier = Notifier(lake: lake, log: log)
      if record.task.movesData { notifier.tell(.end, record, past.result) }
      await notifier.settle()
      return past
    }
    let begun: Begun
    do throws(RunFault) {
      begun = try begin(record, profile, observer)
    } catch {
      await tellUnstarted(record, error)
      throw error
    }
    return await finish(begun, of: profile, stopper)
  }

  /// Why the lake is not the one this machine knows; nil while it is.
  private var lakeFault: RunFault? { LakeIdentity(lake: lake, environment: environment).find().fault }

  /// What a run has from its beginning to its end.
  private struct Begun {
    var journal: RunJournal
    /// The profile's, for a run that writes.
    var lock: ProfileLock?
    /// Why it may do no more than say so.
    var fault: RunFault?
    /// Whether it began in the place of the reserve, which it must not take back before its end.
    var usesReserve: Bool
  }

  /// Takes the profile's lock and opens the run's journal.
  private func begin(
    _ record: RunRecord, _ profile: Profile, _ observer: @escaping @Sendable (RunNews) -> Void
  ) throws(RunFault) -> Begun {
    // What frees space must not fail for want of it, nor what only looks.
    let usesReserve = ReserveFile(stateDirectory: lake.stateDirectory).makeRoom(for: record.task)
    try makeDirectories(lake.stateDirectory + "/locks")
    let fault = ProfileDisk(lake: lake, profile: profile).fault
    var lock: ProfileLock?
    if record.task.takesLock {
      // Before the lock, which lies on the directory; why it cannot be made is the job's to tell.
      if record.task.transfers, fault == nil { try? ProfilePlace(lake: lake, profile: profile).make() }
      lock = try ProfileLock.take(
        for: record, stateDirectory: lake.stateDirectory, directory: profile.localPath)
    }
    let log = self.log
    let journal = try RunJournal(record: record, stateDirectory: lake.stateDirectory, now: now) { news in
      // The commands, a screen full each, are the journal's alone: the log also goes to cron's mail.
      if case .event(let event, _) = news, !event.isCommand, let line = RunEventText.line(event) {
        log.write(line, label: record.profile)
      }
      observer(news)
    }
    return Begun(journal: journal, lock: lock, fault: fault, usesReserve: usesReserve)
  }

  private func finish(_ begun: Begun, of profile: Profile, _ stopper: RunStopper) async -> PastRun {
    let (journal, record) = (begun.journal, begun.journal.record)
    let task = record.task
    let reserve = ReserveFile(stateDirectory: lake.stateDirectory)
    if !begun.usesReserve { reserve.ensure() }
    if task.movesData { await prepareLake(for: profile, isThere: begun.fault == nil) }
    let context = RunContext(
      lake: lake, profile: profile, journal: journal, stopper: stopper, machine: machine, now: now
    ) { [self] in lakeFault ?? ProfileDisk(lake: lake, profile: profile).fault }
    let notifier = Notifier(lake: lake, log: log)
    notifier.tell(.start, record, nil)
    if begun.fault == nil { await tellMetrics(record) }
    let deadline = deadline(of: context)
    defer { deadline?.cancel() }
    let result: RunResult
    if let fault = begun.fault {
      context.tell(Sentences.problem(fault))
      result = context.result(.refused)
    } else {
      result = held(await perform(task, context), context)
    }
    journal.end(result)
    // What lies where the lake's disk was is not to be filled with files of a lake.
    let isThere = lakeFault == nil
    if isThere {
      await settle(profile, result, journal.directory)
      reserve.ensure()
    }
    notifier.tell(.end, record, result)
    // Counting and pruning are no reason to keep the profile from its next run.
    begun.lock?.release()
    if task.countsInMetrics, isThere { await count(record, result) }
    await notifier.settle()
    return PastRun(record: record, result: result)
  }

  /// Stops the run when the time it was given is over; nil when it may take its time.
  private func deadline(of context: RunContext) -> Task<Void, Never>? {
    guard let seconds = context.journal.record.task.maxDuration else { return nil }
    context.journal.update { $0.endsBy = context.journal.record.startedAt + Double(seconds) }
    return Task {
      await context.machine.wait(.seconds(seconds))
      guard !Task.isCancelled, !context.stopper.isStopped else { return }
      context.tell(JobSentences(profile: context.profile).problem(.outOfTime(seconds: seconds)))
      context.stopper.stop(by: "--max-duration")
    }
  }

  /// The result, unless the lake's disk went away meanwhile: then nobody knows what of it is where.
  private func held(_ result: RunResult, _ context: RunContext) -> RunResult {
    guard let fault = context.lakeFault() else { return result }
    let problem = Sentences.problem(fault)
    if !result.problems.contains(problem) { context.tell(problem) }
    var failed = context.result(.failed)
    failed.transferOutcome = result.transferOutcome.map { _ in .failed }
    (failed.filesTransferred, failed.bytesTransferred) = (result.filesTransferred, result.bytesTransferred)
    failed.wireBytes = result.wireBytes
    return failed
  }

  /// What comes before the first byte of a run that writes.
  private func prepareLake(for profile: Profile, isThere: Bool) async {
    try? LakeIdentity(lake: lake, environment: environment).establish()
    UnstartedRun(lake: lake, profile: profile.name, environment: environment).forget()
    guard isThere else { return }
    ProfileDisk(lake: lake, profile: profile).note()
    await removeLeftovers(profile)
    await dropPassedAcknowledgement(profile)
  }

  /// Leaves word of a run that could not begin, and so has no record in the lake.
  private func tellUnstarted(_ record: RunRecord, _ fault: RunFault) async {
    guard record.task.movesData else { return }
    var result = RunResult(outcome: .failed, startedAt: record.startedAt, endedAt: now())
    result.problems = [Sentences.problem(fault)]
    if record.task.transfers { result.transferOutcome = .failed }
    let notifier = Notifier(lake: lake, log: log)
    notifier.tell(fault.isLock ? .locked : .end, record, result)
    await notifier.settle()
    // The run that has the lock leaves records of its own, and may well succeed.
    guard !fault.isLock else { return }
    UnstartedRun(lake: lake, profile: record.profile, environment: environment)
      .note(PastRun(record: record, result: result))
  }

  private func perform(_ task: RunTask, _ context: RunContext) async -> RunResult {
    switch task {
    case .sync(let task): await SyncJob(context: context, task: task).run()
    case .cleanup(let task): await CleanupJob(context: context, task: task).run()
    case .ingest(let task): await IngestRun(context: context, task: task).run()
    case .verify(let task): await VerifyJob(context: context, task: task).run()
    }
  }

  /// Takes away what killed runs had half written of files that are replaced as a whole.
  private func removeLeftovers(_ profile: Profile) async {
    let shared = [lake.stateDirectory, lake.checkpointDirectory]
    await OwnThread.run("sluice files") {
      for place in shared { AtomicFile.removeLeftovers(in: place, olderThan: 3600) }
      // The profile's lock is held: nobody else writes there.
      if let own = profile.ingest?.stateDirectory { AtomicFile.removeLeftovers(in: own, olderThan: 0) }
    }
  }

  /// Takes back what verifications found wrong with files that this run has brought again and that are right now; the lock
  /// is held.
  ///
  /// What cannot be written leaves a finding that no longer holds until the next verification: never the reverse.
  private func settle(_ profile: Profile, _ result: RunResult, _ directory: RunDirectory) async {
    let lake = self.lake
    await OwnThread.run("sluice files") {
      try? VerificationStore(stateDirectory: lake.stateDirectory).settle(
        profile, after: result, accepted: { try? MarkerStore(lake: lake, profile: profile).acceptedHashes() },
        changes: { directory.changes() })
    }
  }

  /// A good end, or another failure than the one that is known, is seen before and after each run: between the two it may
  /// have been killed.
  private func dropPassedAcknowledgement(_ profile: Profile) async {
    let (reader, time) = (StatusReader(lake: lake), now())
    await OwnThread.run("sluice files") { reader.dropPassedAcknowledgement(of: profile, now: time) }
  }

  private func tellMetrics(_ record: RunRecord) async {
    let lake = self.lake
    await OwnThread.run("sluice files") { MetricsRecorder(lake: lake).noteBeginning(record) }
  }

  private func count(_ record: RunRecord, _ result: RunResult) async {
    let (lake, log) = (self.lake, self.log)
    let time = now()
    let profile = lake.profile(named: record.profile)
    await OwnThread.run("sluice files") {
      // Before the metrics are written, which tell of it.
      if let profile {
        CoverageCache(lake: lake).count(profile, after: result, now: time)
        StatusReader(lake: lake).dropPassedAcknowledgement(of: profile, now: time)
      }
      for problem in MetricsRecorder(lake: lake).note(record, result) {
        log.write(LogLine(time: time, level: .warning, text: Sentences.line(problem)), label: record.profile)
      }
      RunHistory(stateDirectory: lake.stateDirectory).prune(now: time)
      DailyLog.prune(lake.logDirectory, before: CalendarDay(time).adding(days: -Int(RunHistory.keptDays)))
    }
  }

  private func refused(
    _ record: RunRecord, because problem: RunProblem, _ observer: (RunNews) -> Void
  ) -> PastRun {
    var result = RunResult(outcome: .refused, startedAt: record.startedAt, endedAt: now())
    result.problems = [problem]
    let live = LiveProgress(updatedAt: now(), phase: .ended)
    observer(.event(RunEvent(sequence: 1, time: now(), kind: .problem(problem)), live))
    observer(.event(RunEvent(sequence: 2, time: now(), kind: .ended(result)), live))
    return PastRun(record: record, result: result)
  }

  private func makeRecord(_ request: RunRequest, id: RunID?) -> RunRecord {
    let process = ProcessIdentity.current
    var host = [CChar](repeating: 0, count: 256)
    gethostname(&host, 255)
    let name = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let start = now()
    return RunRecord(
      id: id ?? RunID(start: start), profile: request.profile, task: request.task, command: command, origin: origin,
      user: ProcessInfo.processInfo.userName, host: name, processID: process.processID,
      processStart: process.start, startedAt: start)
  }
}
