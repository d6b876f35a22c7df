package import Foundation
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
    if let fault = LakeIdentity(lake: lake, environment: environment).find().fault {
      // Nothing may be written into a lake that is not there, not even the record of this run; and forcing a
      // deletion does not say that the lake is right.
      return refused(record, because: Sentences.problem(fault), observer)
    }
    try makeDirectories(lake.stateDirectory + "/locks")
    let task = request.task
    let lock = task.takesLock ? try ProfileLock.take(for: record, stateDirectory: lake.stateDirectory) : nil
    defer { lock?.release() }
    let log = self.log
    let journal = try RunJournal(record: record, stateDirectory: lake.stateDirectory, now: now) { news in
      if case .event(let event, _) = news, let line = RunEventText.line(event) {
        log.write(line, label: record.profile)
      }
      observer(news)
    }
    ReserveFile(stateDirectory: lake.stateDirectory).ensure()
    if task.movesData {
      try? LakeIdentity(lake: lake, environment: environment).establish()
      await removeLeftovers(profile)
      await dropPassedAcknowledgement(profile)
    }
    let context = RunContext(
      lake: lake, profile: profile, journal: journal, stopper: stopper, machine: machine, now: now)
    let notifier = Notifier(lake: lake)
    notifier.tell(.start, record, nil)
    let result = await perform(task, context)
    journal.end(result)
    settle(profile, result, journal.directory)
    notifier.tell(.end, record, result)
    // Counting and pruning are no reason to keep the profile from its next run.
    lock?.release()
    if task.countsInMetrics { await finish(record, result) }
    await notifier.settle()
    return PastRun(record: record, result: result)
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

  /// Takes back what verifications found wrong with files that this run has brought again; the lock is held.
  ///
  /// What cannot be written leaves a finding that no longer holds until the next verification: never the reverse.
  private func settle(_ profile: Profile, _ result: RunResult, _ directory: RunDirectory) {
    try? VerificationStore(stateDirectory: lake.stateDirectory).settle(profile, after: result) { directory.changes() }
  }

  /// A good end, or another failure than the one that is known, is seen before and after each run: between the two it may
  /// have been killed.
  private func dropPassedAcknowledgement(_ profile: Profile) async {
    let (reader, time) = (StatusReader(lake: lake), now())
    await OwnThread.run("sluice files") { reader.dropPassedAcknowledgement(of: profile, now: time) }
  }

  private func finish(_ record: RunRecord, _ result: RunResult) async {
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
      user: NSUserName(), host: name, processID: process.processID,
      processStart: process.start, startedAt: start)
  }
}
