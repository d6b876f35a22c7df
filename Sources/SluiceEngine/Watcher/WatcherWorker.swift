import Dispatch
import FoundationEssentials
import Glibc
import IngestEngine
import LakeFiles
import RunRecords
import SluiceCore
import Synchronization

/// The watcher's second thread: everything slow, one thing after the other, each kind of work queued once.
final class WatcherWorker: Sendable {
  enum Work: Sendable, Hashable {
    case usage(String)
    case markerCounts(String)
    /// How every profile's newest syncs ended.
    case recentSyncs
    case answer(LakeQuestion)
    /// What a dry run that has just ended has planned; nothing is told of one that did not come so far.
    case preview(String, RunID)
    /// What a run has added to the log that is followed.
    case logNews(String, RunID)
    case stop

    /// What a person waits for goes before what merely refreshes.
    var isUrgent: Bool {
      switch self {
      case .usage, .markerCounts, .recentSyncs: false
      default: true
      }
    }
  }

  /// Entries of a preview or a file list that reach the screen at most; the totals are in the plan.
  static let shownChanges = 50_000

  private struct State {
    var lake: Lake?
    var queue = WorkQueue()
  }

  private let state = Mutex(State())
  private let ready = DispatchSemaphore(value: 0)
  private let deliver: @Sendable (LakeEvent) -> Void
  private let followed = Mutex<FollowedLog?>(nil)
  private let watcher = Mutex<(@Sendable (LakeWatcher.Request) -> Void)?>(nil)

  init(deliver: @escaping @Sendable (LakeEvent) -> Void) { self.deliver = deliver }

  var lake: Lake? {
    get { state.withLock { $0.lake } }
    set { state.withLock { $0.lake = newValue } }
  }

  /// Where results that change a profile's status go.
  func report(to watcher: @escaping @Sendable (LakeWatcher.Request) -> Void) { self.watcher.withLock { $0 = watcher } }

  func start() { OwnThread.start("sluice worker") { [self] in while step() {} } }

  func add(_ work: Work) {
    if state.withLock({ $0.queue.add(work) }) { ready.signal() }
  }

  func stop() { add(.stop) }

  private func step() -> Bool {
    ready.wait()
    let (work, lake) = state.withLock { ($0.queue.next(), $0.lake) }
    guard let work, let lake else { return true }
    if work == .stop { return false }
    perform(work, lake)
    return true
  }

  private func perform(_ work: Work, _ lake: Lake) {
    switch work {
    case .usage(let name):
      if let profile = lake.profile(named: name) { scan(profile, lake) }
    case .markerCounts(let name):
      guard let profile = lake.profile(named: name) else { return }
      let counts = StatusReader(lake: lake).markers(of: profile)
      send(.scanned(profile: profile.name, nil, counts, nil))
    case .recentSyncs:
      let history = RunHistory(stateDirectory: lake.stateDirectory)
      send(.recentSyncs(history.recentSyncs(of: lake.profiles.map(\.name)), of: lake))
    case .answer(let question):
      if let answer = answer(to: question, lake) { deliver(.answer(question, answer)) }
    case .preview(let name, let id):
      let answer = preview(of: RunDirectory(id: id, stateDirectory: lake.stateDirectory))
      if let answer { deliver(.answer(LakeQuestion(.preview, of: name), answer)) }
    case .logNews(let name, let id): tellLogNews(name, id, lake)
    case .stop: break
    }
  }

  /// Reads what is asked; nil when there is nothing to answer, or it has been told in another way.
  private func answer(to question: LakeQuestion, _ lake: Lake) -> LakeAnswer? {
    let name = question.profile
    let profile = lake.profile(named: name)
    switch question.subject {
    case .preview: return preview(of: name, lake)
    case .log:
      tellLog(name, lake, isAsked: true)
      return nil
    case .history:
      return .history(RunHistory(stateDirectory: lake.stateDirectory).pastRuns(profile: name, limit: 200))
    case .changes(let id):
      let changes = RunDirectory(id: id, stateDirectory: lake.stateDirectory).changes()
      return .changes(Array(changes.prefix(Self.shownChanges)))
    case .story(let id):
      return RunDirectory(id: id, stateDirectory: lake.stateDirectory).story().map(LakeAnswer.story)
    case .commands(let id):
      return .commands(RunCommand.list(RunDirectory(id: id, stateDirectory: lake.stateDirectory).events()))
    case .markers:
      guard let profile, profile.ingest != nil else { return .markers([], problem: nil) }
      let unmounted = StatusReader(lake: lake).markersProblem(of: profile)
      if let unmounted { return .markers([], problem: unmounted) }
      let (list, problem) = MarkerStore(lake: lake, profile: profile).entries()
      return .markers(list, problem: problem)
    case .coverage:
      return profile.map { .coverage(CoverageCache(lake: lake).table(of: $0)) }
    case .dayFiles(let series, let day):
      return profile.map { .dayFiles(DayFilesReading.files(of: $0, series: series, day: day, lake: lake)) }
    case .retention: return profile.flatMap { retention(of: $0, lake) }
    case .brought: return .brought(RunReading(of: name, stateDirectory: lake.stateDirectory).brought())
    case .logEnd:
      let end = RunReading(of: name, stateDirectory: lake.stateDirectory).logEnd()
      return .logEnd(run: end?.run, end?.lines ?? [])
    }
  }

  private func scan(_ profile: Profile, _ lake: Lake) {
    guard let usage = try? UsageScan.scan(profile: profile, cache: UsageCache(stateDirectory: lake.stateDirectory))
    else {
      // The counting is over all the same.
      send(.scanned(profile: profile.name, nil, nil, nil))
      return
    }
    CoverageCache(lake: lake).count(profile)
    let retention = try? RetentionPlanner.plan(
      profile: profile, today: CalendarDay(Date()),
      pending: try MarkerStore(lake: lake, profile: profile).pendingPeriods())
    send(.scanned(profile: profile.name, usage, nil, retention))
  }

  private func tellLogNews(_ name: String, _ id: RunID, _ lake: Lake) {
    let isTold = followed.withLock { log in
      guard log?.profile == name, log?.run == id else { return false }
      if let news = log?.news(isAsked: false) { deliver(news) }
      return true
    }
    // Another run than the one followed: whose log it is now is found out like the first time.
    if !isTold { tellLog(name, lake, isAsked: false) }
  }

  private func tellLog(_ name: String, _ lake: Lake, isAsked: Bool) {
    let history = RunHistory(stateDirectory: lake.stateDirectory)
    let directory =
      history.liveRun(profile: name)?.directory
      ?? history.newestDirectory(profile: name)
    guard let directory else { return }
    followed.withLock { log in
      if isAsked || log?.profile != name || log?.run != directory.id {
        log = FollowedLog(profile: name, directory: directory)
      }
      if let news = log?.news(isAsked: isAsked) { deliver(news) }
    }
  }

  private func preview(of name: String, _ lake: Lake) -> LakeAnswer? {
    let history = RunHistory(stateDirectory: lake.stateDirectory)
    var answer: LakeAnswer?
    // One that failed before it had a plan does not take the list of an older one away.
    _ = history.newestDirectory(profile: name) { record in
      guard record.task.previewsSync else { return false }
      answer = preview(of: RunDirectory(id: record.id, stateDirectory: lake.stateDirectory))
      return answer != nil
    }
    return answer
  }

  /// What one dry run has planned; nil where it did not come so far.
  private func preview(of directory: RunDirectory) -> LakeAnswer? {
    var state = RunState()
    for event in directory.events() { state.fold(event) }
    return state.plan.map {
      .preview(run: directory.id, $0, Array(directory.changes().prefix(Self.shownChanges)))
    }
  }

  private func retention(of profile: Profile, _ lake: Lake) -> LakeAnswer? {
    do {
      let plan = try RetentionPlanner.plan(
        profile: profile, today: CalendarDay(Date()),
        pending: try MarkerStore(lake: lake, profile: profile).pendingPeriods())
      return .retention(plan)
    } catch {
      deliver(.notice(WatcherSentences.unplanned(profile, error), isError: true))
      return nil
    }
  }

  private func send(_ request: LakeWatcher.Request) { watcher.withLock { $0 }?(request) }
}
