import FoundationEssentials
import Glibc
import LakeConfiguration
import LakeFiles
import RunRecords
import SluiceCore

/// The watcher's own thread: notices new, changed and ended runs, and answers requests.
///
/// Owned by that thread alone, so it needs no lock.
final class WatcherLoop {
  private unowned let watcher: LakeWatcher
  private let worker: WatcherWorker
  private var lake: Lake
  private var statuses: [String: ProfileStatus] = [:]
  /// Runs being watched, with what was last seen of their files.
  private var watched: [RunID: WatchedRun] = [:]
  private var known: Set<RunID> = []
  private var followedLogs: Set<String> = []
  private var summary: LakeSummary?
  private var notify: Int32 = -1
  private var runsWatch: Int32 = -1
  private var acknowledgementsWatch: Int32 = -1
  private var runsStamp: FileStamp?
  /// Why the lake may not be written to: it is not the one this machine knows.
  private var absence: RunFault?
  /// When lake and disks were last looked for, and what lay on them.
  private var lookedAt = ContinuousClock.now
  private var data = DataStamps()
  /// Why the file as it is now is not what is shown; nil when it is.
  private var configurationProblem: String?
  private var isOver = false

  init(lake: Lake, watcher: LakeWatcher, worker: WatcherWorker) {
    self.lake = lake
    self.watcher = watcher
    self.worker = worker
  }

  deinit { if notify >= 0 { close(notify) } }

  func run() {
    takeOver(lake)
    while !isOver {
      waitForNews()
      for request in watcher.takeRequests() { answer(request) }
      guard !isOver else { return }
      takeNotifications()
      lookForRuns()
      lookAtLiveRuns()
    }
  }

  private var runsDirectory: String { lake.stateDirectory + "/runs" }
  private var acknowledgements: AcknowledgementStore { AcknowledgementStore(stateDirectory: lake.stateDirectory) }

  private func takeOver(_ lake: Lake) {
    self.lake = lake
    (absence, lookedAt) = (Self.absence(of: lake), .now)
    worker.lake = lake
    // Before the runs are listed: what comes in between is then news.
    watchDirectories()
    readRuns()
    tellProfiles()
    tellSummary()
    // Many small files: not before the first row is told.
    if absence == nil { worker.add(.recentSyncs) }
    for status in statuses.values { _ = data.haveChanged(status, lake: lake) }
    // What lies where the lake was is not to be counted.
    if !isGone { for profile in lake.profiles { readSlowly(profile.name) } }
  }

  /// Finds live runs and how each profile's newest ones ended, in a single pass.
  private func readRuns() {
    let newest = RunHistory(stateDirectory: lake.stateDirectory).newest(of: lake.profiles.map(\.name))
    let reader = StatusReader(lake: lake)
    let said = acknowledgements.all()
    let before = statuses
    statuses = Dictionary(minimumCapacity: lake.profiles.count)
    for profile in lake.profiles {
      var status = ProfileStatus(profile: profile)
      reader.readCheckpoint(&status)
      reader.takeUsage(&status)
      status.verification = VerificationStore(stateDirectory: lake.stateDirectory).status(of: profile)
      status.acknowledgement = said[profile.name]
      status.isScanning = !isGone
      status.recentSyncs = before[profile.name]?.recentSyncs
      status.take(newest)
      reader.takeUnstarted(&status)
      // Of what is not there nothing is known: neither that it was never synced nor that its data is lost.
      if isGone {
        status.lostData = LostData(files: nil, isDiskMissing: true)
        (status.usage, status.coverage) = (nil, nil)
      }
      statuses[profile.name] = status
    }
    runsStamp = FileStamp(path: runsDirectory)
    watched = [:]
    for directory in newest.live + newest.starting { watched[directory.id] = WatchedRun(directory: directory) }
    known = Set(newest.directories.map(\.id))
    lookAtLiveRuns()
  }

  /// Has the worker read what takes long: markers, and the data's size.
  private func readSlowly(_ name: String) {
    worker.add(.markerCounts(name))
    worker.add(.usage(name))
  }

  private func watchDirectories() {
    if notify >= 0 { close(notify) }
    // Nothing is made where the lake's disk is missing.
    if absence == nil {
      for path in [runsDirectory, acknowledgements.directory] {
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      }
    }
    notify = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard notify >= 0 else { return }
    runsWatch = inotify_add_watch(notify, runsDirectory, UInt32(IN_CREATE | IN_MOVED_TO))
    acknowledgementsWatch = inotify_add_watch(notify, acknowledgements.directory, UInt32(IN_MOVED_TO | IN_DELETE))
    // The directory, not the file: editors replace the file by rename.
    let directory = AtomicFile.split(lake.configurationPath).directory
    inotify_add_watch(notify, directory, UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE))
  }

  /// Sleeps until a request, a new run, or a quarter second while runs are alive.
  private func waitForNews() {
    var descriptors = [pollfd(fd: watcher.wakeDescriptor, events: Int16(POLLIN), revents: 0)]
    if notify >= 0 { descriptors.append(pollfd(fd: notify, events: Int16(POLLIN), revents: 0)) }
    _ = poll(&descriptors, nfds_t(descriptors.count), watched.isEmpty && isTold ? 5000 : 250)
    if lookedAt.duration(to: .now) >= .seconds(5) { lookForDisks() }
  }

  /// A disk that is unmounted tells nobody, nor does data that is taken away: what is shown would stay as it was.
  private func lookForDisks() {
    lookedAt = .now
    guard Self.absence(of: lake) == absence else { return takeOver(lake) }
    guard absence == nil else { return }
    for profile in lake.profiles {
      guard var status = statuses[profile.name], data.haveChanged(status, lake: lake) else { continue }
      StatusReader(lake: lake).takeUsage(&status)
      statuses[profile.name] = status
      tell(profile.name)
      readSlowly(profile.name)
    }
  }

  /// Whether the lake's disk is away, or another one in its place.
  private var isGone: Bool {
    switch absence {
    case .lakeMissing, .lakeUnmarked, .lakeChanged: true
    default: false
    }
  }

  /// Whether inotify tells of new runs; without (no watches left) the directory is looked at four times a second.
  private var isTold: Bool { notify >= 0 && runsWatch >= 0 }

  /// Takes what inotify has: new runs, and the configuration when its file was written or replaced.
  private func takeNotifications() {
    guard notify >= 0 else { return }
    let name = AtomicFile.split(lake.configurationPath).name
    var isEdited = false
    for event in InotifyEvents.drain(notify) {
      if event.isOverflow {
        isEdited = true
        listRuns()
      } else if event.watch == runsWatch {
        notice(event.name)
      } else if event.watch == acknowledgementsWatch {
        readAcknowledgement(event.name)
      } else if event.name == name {
        isEdited = true
      }
    }
    if isEdited { reloadConfiguration() }
  }

  private func readAcknowledgement(_ file: String) {
    guard let name = AcknowledgementStore.profile(ofFile: file), statuses[name] != nil else { return }
    statuses[name]?.acknowledgement = acknowledgements.load(name)
    tell(name)
  }

  /// A good configuration is taken over; a broken one keeps the old and says why.
  private func reloadConfiguration() {
    // Written again meanwhile: taking it over renews the watch, which forgets what has come since.
    for _ in 0..<10 {
      let before = FileStamp(path: lake.configurationPath)
      readConfiguration()
      if FileStamp(path: lake.configurationPath) == before { return }
    }
  }

  private func readConfiguration() {
    do throws(ConfigurationFailure) {
      let loaded = try ConfigurationLoader.load(
        path: lake.configurationPath, environment: ProcessInfo.processInfo.environment)
      let wasBroken = configurationProblem != nil
      configurationProblem = nil
      guard loaded.lake != lake else {
        if wasBroken { tellSummary() }
        return
      }
      let before = lake
      let running = statuses.values.compactMap(\.liveRun)
      watcher.tell(.configured(loaded.lake))
      takeOver(loaded.lake)
      tellTaken(after: before, running)
    } catch {
      let faults = error.problems.filter { !$0.isWarning }
      configurationProblem = WatcherSentences.broken(first: faults.first?.place, count: faults.count)
      watcher.tell(.notice(WatcherSentences.configurationRefused, isError: true))
      tellSummary()
    }
  }

  /// Says that the configuration was taken over, and what goes on that it says nothing of any more.
  private func tellTaken(after before: Lake, _ running: [LiveRun]) {
    guard lake.stateDirectory == before.stateDirectory || running.isEmpty else {
      let text = WatcherSentences.stateMoved(from: before.stateDirectory, running.map(\.record))
      return watcher.tell(.notice(text, isError: true))
    }
    let names = Set(before.profiles.map(\.name)).subtracting(lake.profiles.map(\.name)).sorted()
    watcher.tell(.notice(WatcherSentences.taken(without: names) { statuses[$0]?.liveRun?.record }, isError: false))
  }

  /// Looks for new runs where inotify does not tell of them; the directory's stamp says whether there can be any.
  private func lookForRuns() {
    guard !isTold else { return }
    let stamp = FileStamp(path: runsDirectory)
    if stamp == runsStamp, stamp?.isSettled() ?? true { return }
    runsStamp = stamp
    listRuns()
  }

  private func listRuns() {
    for directory in RunHistory(stateDirectory: lake.stateDirectory).directories() { notice(directory.id.text) }
  }

  private func notice(_ name: String) {
    guard let id = RunID(text: name), known.insert(id).inserted else { return }
    watched[id] = WatchedRun(directory: RunDirectory(id: id, stateDirectory: lake.stateDirectory))
  }

  private func lookAtLiveRuns() {
    for id in watched.keys.sorted() { readLive(id) }
  }

  private func readLive(_ id: RunID) {
    guard var run = watched[id] else { return }
    switch run.look() {
    case .unchanged: break
    case .notYet:
      if run.isGivenUp { watched[id] = nil; return }
    case .changed(let live):
      publishLive(live)
    case .ended(let past):
      watched[id] = nil
      publishEnd(past, directory: run.directory)
      return
    }
    watched[id] = run
  }

  private func publishLive(_ live: LiveRun) {
    let name = live.record.profile
    // The run of a profile that was taken out of the configuration is shown like any other.
    if statuses[name] == nil { statuses[name] = ProfileStatus(removedWith: live) }
    if let current = statuses[name]?.liveRun, current.record.id != live.record.id,
      !RunChoice.isAhead(live.record, of: current.record)
    {
      return
    }
    statuses[name]?.liveRun = live
    tell(name)
    if followedLogs.contains(name) { worker.add(.logNews(name, live.record.id)) }
  }

  private func publishEnd(_ past: PastRun, directory: RunDirectory) {
    let name = past.record.profile
    guard var status = statuses[name] else { return }
    if status.liveRun?.record.id == past.record.id { status.liveRun = nil }
    status.take(ended: past)
    guard status.isConfigured else { return publishLeaving(status) }
    StatusReader(lake: lake).readCheckpoint(&status)
    status.verification = VerificationStore(stateDirectory: lake.stateDirectory).status(of: status.profile)
    if !past.record.task.previewsSync { status.isScanning = true }
    statuses[name] = status
    tell(name)
    tellSummary()
    if followedLogs.contains(name) { worker.add(.logNews(name, past.record.id)) }
    if past.record.task.previewsSync {
      worker.add(.preview(name, past.record.id))
    } else {
      readSlowly(name)
    }
    worker.add(.answer(LakeQuestion(.history, of: name)))
  }

  /// Tells how the run of a profile ended that the configuration has no longer, which then is of no more interest.
  private func publishLeaving(_ status: ProfileStatus) {
    let name = status.profile.name
    statuses[name] = status
    tell(name)
    worker.add(.answer(LakeQuestion(.history, of: name)))
    guard status.liveRun == nil else { return }
    statuses[name] = nil
    tellProfiles()
  }

  /// Tells all profiles: the configuration's in its order, then those it has no longer.
  private func tellProfiles() {
    let removed = statuses.values.filter { !$0.isConfigured }.sorted { $0.profile.name < $1.profile.name }
    watcher.tell(.profiles(lake.profiles.compactMap { statuses[$0.name] } + removed))
  }

  private func tell(_ name: String) {
    if let status = statuses[name] { watcher.tell(.profile(status)) }
  }

  private static func absence(of lake: Lake) -> RunFault? {
    LakeIdentity(lake: lake, environment: ProcessInfo.processInfo.environment).find().fault
      ?? RunHistory(stateDirectory: lake.stateDirectory).obstacle
  }

  private func tellSummary() {
    var now = StatusReader(lake: lake).summary(
      warnings: [absence.map { Sentences.line(Sentences.problem($0)) }, configurationProblem].compactMap { $0 })
    // It would be another disk's.
    if isGone { (now.freeBytes, now.totalBytes) = (nil, nil) }
    if now != summary {
      summary = now
      watcher.tell(.summary(now))
    }
  }

  /// Takes over how the newest syncs ended, and tells all profiles at once.
  private func take(_ recent: [String: RecentSyncs], of lake: Lake) {
    guard lake.stateDirectory == self.lake.stateDirectory else { return }
    var hasNews = false
    for name in statuses.keys {
      var syncs = recent[name] ?? RecentSyncs(newestFirst: [])
      // One may have ended since they were read.
      if let last = statuses[name]?.lastSyncRun { syncs.add(last) }
      hasNews = hasNews || statuses[name]?.recentSyncs != syncs
      statuses[name]?.recentSyncs = syncs
    }
    if hasNews { tellProfiles() }
  }

  private func answer(_ request: LakeWatcher.Request) {
    switch request {
    case .refresh(let name):
      lookForDisks()
      guard !isGone else { return }
      for profile in lake.profiles where name == nil || profile.name == name {
        if var status = statuses[profile.name] {
          StatusReader(lake: lake).readCheckpoint(&status)
          status.verification = VerificationStore(stateDirectory: lake.stateDirectory).status(of: profile)
          status.isScanning = true
          statuses[profile.name] = status
          tell(profile.name)
        }
        readSlowly(profile.name)
      }
      tellSummary()
    case .ask(let question):
      if question.subject == .log { followedLogs = [question.profile] }
      worker.add(.answer(question))
    case .scanned(let name, let usage, let counts, let retention):
      // Counted before the disk went, or in what lies where it was.
      guard !isGone else { return }
      guard var status = statuses[name], status.isConfigured else { return }
      let days = status.usage?.days
      StatusReader(lake: lake).takeUsage(&status)
      if let usage {
        status.usage = usage
      } else if !status.isDataGone {
        // The file of the last count has none.
        status.usage?.days = days
      }
      // Only the counting of markers brings counts; it says nothing of the size, nor of what is due to be deleted.
      if let counts {
        status.markers = counts
      } else {
        status.isScanning = false
        status.nextRetention = retention
      }
      guard status != statuses[name] else { return }
      statuses[name] = status
      tell(name)
    case .recentSyncs(let recent, let lake): take(recent, of: lake)
    case .stop:
      worker.stop()
      isOver = true
    }
  }
}
