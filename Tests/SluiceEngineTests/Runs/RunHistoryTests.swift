import Foundation
import LakeFiles
import SluiceCore
import TestSupport
import Testing

@testable import RunRecords
@testable import SluiceEngine

@Suite("The history of a lake")
struct RunHistoryTests {
  private let scratch: ScratchDirectory
  private var history: RunHistory { RunHistory(stateDirectory: scratch.path) }

  init() throws { scratch = try ScratchDirectory() }

  private func sample(_ second: Int, _ profile: String = "ticks", _ task: RunTask = .sync()) -> SampleRun {
    SampleRun(stateDirectory: scratch.path, profile: profile, task: task, second: second)
  }

  /// What a plain look at every directory says, JSON and all.
  private func scanned(_ profile: String, isSync: Bool) -> PastRun? {
    history.directories().lazy.compactMap { $0.pastRun() }.first {
      $0.record.profile == profile && !$0.record.isRehearsal && (!isSync || $0.record.task.transfers)
    }
  }

  @Test(
    "names each run it cannot read, and those that go on alone when asked",
    arguments: [
      ("\"form\":1", "\"form\":99"), ("\"profile\":", "\"prof\":"), ("\"task\":{", "\"kind\":\"sync\",\"x\":{"),
      ("}", ""),
    ])
  func unreadable(_ word: String, _ other: String) throws {
    try sample(1).end()
    let living = try sample(2).begin()
    let over = try sample(3).end()
    #expect(history.unreadableRuns() == [])
    for directory in [living.directory, over] {
      let text = try String(contentsOfFile: directory.recordPath, encoding: .utf8)
      let changed = other.isEmpty ? String(text.dropLast(3)) : text.replacing(word, with: other)
      try Data(changed.utf8).write(to: URL(filePath: directory.recordPath))
    }
    #expect(history.unreadableRuns().map(\.path) == [over.recordPath, living.directory.recordPath])
    #expect(history.unreadableRuns(aliveOnly: true).map(\.path) == [living.directory.recordPath])
  }

  @Test("an end it cannot read is told as that, and not as a death without a word")
  func unreadableEnd() throws {
    let directory = try sample(1).end()
    try sample(2).die()
    let text = try String(contentsOfFile: directory.resultPath, encoding: .utf8)
    try Data(text.replacing("\"form\":1", with: "\"form\":99").utf8).write(to: URL(filePath: directory.resultPath))
    let problems = history.pastRuns(profile: "ticks", limit: 9).map { $0.result.problems.map(\.message) }
    #expect(problems.map(\.count) == [1, 1])
    #expect(problems.first?.first?.contains("ended without saying how") == true)
    #expect(problems.last?.first?.contains("form 99") == true)
  }

  @Test("an end that is damaged or lost is read from the journal", arguments: [nil, "", "{", "[]"])
  func endFromJournal(text: String?) throws {
    let directory = try sample(7).end(.partial)
    let whole = try #require(directory.pastRun())
    unlink(directory.resultPath)
    if let text { try Data(text.utf8).write(to: URL(filePath: directory.resultPath)) }
    #expect(directory.pastRun() == whole)
    #expect(whole.result.outcome == .partial && whole.result.filesTransferred == 7)
  }

  @Test("a cleanup that was killed tells what it had deleted by then")
  func killedCleanup() throws {
    let dead = try sample(2, "ticks", .cleanup()).dieCleaning(files: 25, bytes: 4096)
    #expect(dead.pastRun()?.result.outcome == .interrupted)
    #expect(dead.pastRun()?.result.cleanup == CleanupResult(deletedFiles: 25, freedBytes: 4096))
  }

  @Test("in one pass says what a full scan says, whatever happened to the runs")
  func sameAsScan() throws {
    var random = SplitMix64(seed: 11)
    let profiles = ["ticks", "行情", "a\"b\\c", "never"]
    var alive: [RunJournal] = []
    for second in 1...120 {
      var run = sample(second, profiles.prefix(3).randomElement(using: &random) ?? "ticks")
      var ingest = IngestTask()
      ingest.isRehearsal = Bool.random(using: &random)
      let tasks: [RunTask] = [.sync(), .sync(), .sync(.rehearsal), .cleanup(), .ingest(ingest)]
      run.task = tasks.randomElement(using: &random) ?? .sync()
      switch Int.random(in: 0..<8, using: &random) {
      case 0: alive.append(try run.begin())
      case 1: try run.die()
      case 2: try scratch.directory("runs/\(run.record.id)")
      case 3:
        let directory = try run.end()
        try Data("{\"prof".utf8).write(to: URL(filePath: directory.recordPath))
      case 4:
        let directory = try run.end()
        try Data().write(to: URL(filePath: directory.resultPath))
      case 5: try FileManager.default.removeItem(atPath: run.end().path)
      default: try run.end(RunOutcome.allCases.randomElement(using: &random) ?? .success)
      }
      let newest = history.newest(of: profiles)
      for profile in profiles {
        #expect(newest.lastRun[profile] == scanned(profile, isSync: false))
        #expect(newest.lastSync[profile] == scanned(profile, isSync: true))
        let past = history.directories().compactMap { $0.pastRun() }.filter { $0.record.profile == profile }
        #expect(history.pastRuns(profile: profile, limit: 7) == Array(past.prefix(7)))
      }
      #expect(newest.live.map(\.id) == alive.map(\.record.id).reversed())
    }
    #expect(!alive.isEmpty)
  }

  @Test("the newest syncs' ends are those of all its runs, however the runs of others lie between them")
  func recentSyncs() throws {
    var random = SplitMix64(seed: 5)
    let profiles = ["ticks", "行情", "a\"b\\c", "never"]
    var alive: [RunJournal] = []
    for second in 1...150 {
      var run = sample(second, profiles.prefix(3).randomElement(using: &random) ?? "ticks")
      let tasks: [RunTask] = [.sync(), .sync(), .sync(), .sync(.rehearsal), .cleanup()]
      run.task = tasks.randomElement(using: &random) ?? .sync()
      // The first name's syncs fail for longer than a strip is.
      let outcomes: [RunOutcome] = run.profile == "ticks" ? [.failed] : RunOutcome.allCases
      switch Int.random(in: 0..<9, using: &random) {
      case 0 where run.profile != "ticks": try run.die()
      case 1: alive.append(try run.begin())
      default: try run.end(outcomes.randomElement(using: &random) ?? .success)
      }
    }
    let recent = history.recentSyncs(of: profiles)
    #expect(Set(recent.keys) == Set(profiles.prefix(3)))
    for (profile, syncs) in recent {
      let all = history.directories().compactMap { $0.pastRun() }.filter { $0.record.profile == profile }
      #expect(syncs == RecentSyncs(newestFirst: all), "\(profile)")
    }
    #expect(recent["ticks"].map { $0.repeats > RecentSyncs.kept } == true && !alive.isEmpty)
  }

  @Test("of runs since the newest sync, finds the newest of each kind")
  func others() throws {
    var backfill = IngestTask()
    backfill.selection = .backfill(since: nil, until: nil)
    let tasks: [RunTask] = [
      .verify(), .sync(), .ingest(), .cleanup(), .ingest(), .verify(), .sync(.rehearsal), .ingest(backfill), .cleanup(),
    ]
    for (second, task) in tasks.enumerated() {
      var run = sample(second)
      run.task = task
      try run.end(second == 4 ? .partial : .success)
    }
    let newest = history.newest(of: ["ticks"])
    #expect(newest.lastRun["ticks"]?.record.task == .cleanup())
    #expect(newest.others["ticks"]?.map(\.record.task) == [.ingest(backfill), .verify(), .ingest()])
    #expect(newest.others["ticks"]?.map(\.result.outcome) == [.success, .success, .partial])
    #expect(newest.lastSync["ticks"]?.record.task == .sync())
  }

  @Test("passes over a run that has not begun")
  func notBegun() throws {
    try scratch.file("runs/20260202T024000122Z-0007/request.json", "{}")
    #expect(history.newest(of: ["ticks"]).starting.map(\.id.text) == ["20260202T024000122Z-0007"])
    #expect(history.liveRuns().isEmpty && history.pastRuns(profile: nil, limit: 9).isEmpty)
  }

  @Test("forgets a run that has not begun within the hour, and old runs; the newest of a profile stays")
  func pruning() throws {
    try scratch.file("runs/\(RunID(start: SampleRun.start, salt: 7))/request.json", "{}")
    let old = try sample(0).end()
    let newest = try sample(5).end()
    let lonely = try sample(1, "other").end()
    history.prune(now: SampleRun.start + RunHistory.startingTime - 60)
    #expect(history.directories().count == 4)
    history.prune(now: SampleRun.start + RunHistory.startingTime + 60)
    #expect(Set(history.directories()) == [old, newest, lonely])
    history.prune(now: SampleRun.start + (RunHistory.keptDays + 1) * 86_400)
    #expect(Set(history.directories()) == [newest, lonely])
  }

  @Test("keeps 200 runs of a profile")
  func keeping() throws {
    for second in 0..<205 { try sample(second, "a\"b").end() }
    var live = sample(0, "ticks")
    live.salt = 1
    let alive = try live.begin()
    history.prune(now: SampleRun.start.addingTimeInterval(1000))
    #expect(history.directories().count == 201 && history.directories().last == alive.directory)
  }

  @Test("finds a dead run's transfer however many runs came after it")
  func stragglers() throws {
    let dead = try sample(0).begin()
    dead.note(transfer: ProcessIdentity(processID: 77, start: 5))
    let directory = dead.directory
    #expect(history.stragglers(profile: "ticks").isEmpty)
    withExtendedLifetime(dead) {}
    try bury(directory)
    for second in 1...80 { try sample(second, "other").end() }
    let found = history.stragglers(profile: "ticks")
    #expect(found.map(\.directory) == [directory] && found.first?.processes.map(\.processID) == [77])
    #expect(history.stragglers(profile: "other").isEmpty)
  }

  @Test("finds every lane of a dead run, and nothing once they are forgotten")
  func laneStragglers() throws {
    let lanes = (71...74).map { ProcessIdentity(processID: $0, start: 5) }
    let dead = try sample(0).begin()
    dead.note(transfers: lanes)
    let directory = dead.directory
    withExtendedLifetime(dead) {}
    try bury(directory)
    #expect(history.stragglers(profile: "ticks").map(\.processes) == [lanes])
    // An earlier program looks for the one process.
    #expect(directory.transfer() == lanes[0])
    directory.forgetTransfers()
    #expect(history.stragglers(profile: "ticks").isEmpty && directory.transfers() == [])
  }

  /// Leaves a run's files as they are when its process was killed: nobody holds the lock.
  private func bury(_ directory: RunDirectory) throws {
    try FileManager.default.removeItem(atPath: directory.lockPath)
    try Data().write(to: URL(filePath: directory.lockPath))
  }

  @Test("an interrupted run's figures are those of its last progress")
  func interrupted() throws {
    let past = try #require(sample(0).die().pastRun())
    #expect(past.result.outcome == .interrupted && past.result.bytesTransferred == 5_000_000)
    #expect(past.result.filesTransferred == 3 && past.result.problems.first?.code == "run-died")
  }
}

@Suite("How the newest sync ended")
struct NewestSyncTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func status(_ outcome: RunOutcome, by run: SampleRun) throws -> ProfileStatus {
    let path = scratch.path + "/ticks.json"
    try CheckpointStore(path: path).save(
      Checkpoint(
        profileName: "ticks", lastSyncTime: TextFormat.utc(run.record.startedAt + 1), lastSyncStatus: outcome,
        runID: run.record.id.text))
    let source = Source(host: "h", user: "u", remoteRoot: "/r")
    let profile = Profile(
      name: "ticks", source: source, localSubdirectory: "ticks", localPath: scratch.path + "/ticks",
      checkpointFile: path)
    var lake = Lake(configurationPath: scratch.path + "/lake.yml", rootDirectory: scratch.path)
    lake.stateDirectory = scratch.path
    lake.profiles = [profile]
    return try #require(StatusReader(lake: lake).statuses(of: [profile]).first)
  }

  @Test(
    "is interrupted after a kill, whatever the checkpoint of the sync before says",
    arguments: [RunOutcome.success, .failed, .partial])
  func killed(before: RunOutcome) throws {
    let first = SampleRun(stateDirectory: scratch.path)
    try first.end(before)
    try SampleRun(stateDirectory: scratch.path, second: 60).die()
    let status = try status(before, by: first)
    #expect(status.lastSync?.outcome == .interrupted && status.lastSync?.isIncomplete == true)
    #expect(status.lastSync?.filesTransferred == 3 && status.lastSync?.bytesTransferred == 5_000_000)
    #expect(status.state(now: SampleRun.start) == .interrupted)
    #expect(status.lastRun?.result.outcome == .interrupted)
  }

  @Test("is the checkpoint's once a later sync came to its end, and of a cleanup it tells nothing")
  func later() throws {
    try SampleRun(stateDirectory: scratch.path).die()
    let last = SampleRun(stateDirectory: scratch.path, second: 60)
    try last.end()
    try SampleRun(stateDirectory: scratch.path, task: .cleanup(), second: 90).die()
    let status = try status(.success, by: last)
    #expect(status.lastSync?.outcome == .success && status.lastSync?.isIncomplete == false)
    #expect(status.lastRun?.record.task == .cleanup() && status.state(now: SampleRun.start) == .interrupted)
  }
}
