import Foundation
import LakeConfiguration
import LakeFiles
import RunRecords
import SluiceCore

/// The board's own thread: notices new, changed and ended runs, and answers requests.
///
/// Owned by that thread alone, so it needs no lock.
final class BoardLoop {
  private unowned let board: LakeBoard
  private let worker: BoardWorker
  private var lake: Lake
  private var statuses: [String: ProfileStatus] = [:]
  /// Runs being watched, with what was last seen of their files.
  private var watched: [RunID: WatchedRun] = [:]
  private var known: Set<RunID> = []
  private var followedLogs: Set<String> = []
  private var summary: LakeSummary?
  private var notify: Int32 = -1
  /// Why the lake may not be written to: it is not the one this machine knows.
  private var absence: RunProblem?
  /// Why the file as it is now is not what is shown; nil when it is.
  private var configurationProblem: String?
  private var isOver = false

  init(lake: Lake, board: LakeBoard, worker: BoardWorker) {
    self.lake = lake
    self.board = board
    self.worker = worker
  }

  deinit { if notify >= 0 { close(notify) } }

  func run() {
    takeOver(lake)
    while !isOver {
      waitForNews()
      for request in board.takeRequests() { answer(request) }
      guard !isOver else { return }
      drainNotifications()
      lookForRuns()
      lookAtLiveRuns()
    }
  }

  private var runsDirectory: String { lake.stateDirectory + "/runs" }

  private func takeOver(_ lake: Lake) {
    self.lake = lake
    absence = Self.absence(of: lake)
    worker.lake = lake
    let history = RunHistory(stateDirectory: lake.stateDirectory)
    let directories = history.directories()
    known = Set(directories.map(\.id))
    watched = [:]
    statuses = Dictionary(minimumCapacity: lake.profiles.count)
    let reader = StatusReader(lake: lake)
    for profile in lake.profiles {
      var status = ProfileStatus(profile: profile)
      reader.readCheckpoint(&status)
      status.usage = UsageCache(stateDirectory: lake.stateDirectory).lastUsage(profile: profile.name)
      statuses[profile.name] = status
    }
    readRuns(directories)
    board.tell(.profiles(lake.profiles.compactMap { statuses[$0.name] }))
    tellSummary()
    watchRunsDirectory()
    for profile in lake.profiles {
      worker.add(.markerCounts(profile.name))
      worker.add(.usage(profile.name))
    }
  }

  /// Finds live runs and each profile's newest finished one in a single pass, newest first.
  private func readRuns(_ directories: [RunDirectory]) {
    var missing = Set(lake.profiles.map(\.name))
    for directory in directories {
      if let past = directory.result() == nil && directory.isAlive ? nil : directory.pastRun() {
        if missing.contains(past.record.profile), !past.record.isRehearsal {
          missing.remove(past.record.profile)
          statuses[past.record.profile]?.lastRun = past
        }
      } else {
        watched[directory.id] = WatchedRun(directory: directory)
      }
      if missing.isEmpty, watched.count >= lake.profiles.count { break }
    }
    for id in watched.keys { readLive(id) }
  }

  private func watchRunsDirectory() {
    if notify >= 0 { close(notify) }
    // Nothing is made where the lake's disk is missing.
    if absence == nil {
      try? FileManager.default.createDirectory(atPath: runsDirectory, withIntermediateDirectories: true)
    }
    notify = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard notify >= 0 else { return }
    inotify_add_watch(notify, runsDirectory, UInt32(IN_CREATE | IN_MOVED_TO))
    // The directory, not the file: editors replace the file by rename.
    let directory = (lake.configurationPath as NSString).deletingLastPathComponent
    inotify_add_watch(notify, directory, UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE))
  }

  /// Sleeps until a request, a new run, or a quarter second while runs are alive.
  private func waitForNews() {
    var descriptors = [pollfd(fd: board.wakeDescriptor, events: Int16(POLLIN), revents: 0)]
    if notify >= 0 { descriptors.append(pollfd(fd: notify, events: Int16(POLLIN), revents: 0)) }
    // Without inotify (no watches left) the directory is looked at four times a second.
    let timeout: Int32 = absence != nil ? 5000 : watched.isEmpty && notify >= 0 ? -1 : 250
    let count = poll(&descriptors, nfds_t(descriptors.count), timeout)
    // Mounted again: everything is read anew.
    if count == 0, absence != nil, Self.absence(of: lake) == nil { takeOver(lake) }
  }

  /// Takes what inotify has, and the configuration anew when its file was written or replaced.
  private func drainNotifications() {
    guard notify >= 0 else { return }
    let name = (lake.configurationPath as NSString).lastPathComponent
    var isEdited = false
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(notify, &buffer, buffer.count), count > 0 {
      isEdited = isEdited || InotifyNames.contains(name, in: buffer[..<count])
    }
    if isEdited { reloadConfiguration() }
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
      board.tell(.configured(loaded.lake))
      takeOver(loaded.lake)
      board.tell(.notice("The configuration has changed and was taken over.", isError: false))
    } catch {
      let faults = error.problems.filter { !$0.isWarning }
      let first = faults.first?.place ?? "it cannot be read"
      configurationProblem =
        "The changed configuration is not used: \(first)"
        + (faults.count > 1 ? " And \(faults.count - 1) more; see sluice validate." : "")
      board.tell(.notice("The changed configuration is not used; the old one stays in force.", isError: true))
      tellSummary()
    }
  }

  private func lookForRuns() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: runsDirectory)) ?? []
    for name in names {
      guard let id = RunID(text: name), known.insert(id).inserted else { continue }
      watched[id] = WatchedRun(directory: RunDirectory(id: id, stateDirectory: lake.stateDirectory))
    }
  }

  private func lookAtLiveRuns() {
    for id in watched.keys.sorted() { readLive(id) }
  }

  private func readLive(_ id: RunID) {
    guard var run = watched[id] else { return }
    switch run.look() {
    case .unchanged: break
    case .notYet: if run.age > 10 { watched[id] = nil; return }
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
    guard statuses[name] != nil else { return }
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
    if !past.record.isRehearsal { status.lastRun = past }
    StatusReader(lake: lake).readCheckpoint(&status)
    statuses[name] = status
    tell(name)
    tellSummary()
    if followedLogs.contains(name) { worker.add(.logNews(name, past.record.id)) }
    if past.record.task.previewsSync {
      worker.add(.answer(LakeQuestion(.preview, of: name)))
    } else if let profile = lake.profile(named: name) {
      worker.add(.markerCounts(profile.name))
      worker.add(.usage(profile.name))
    }
    worker.add(.answer(LakeQuestion(.history, of: name)))
  }

  private func tell(_ name: String) {
    if let status = statuses[name] { board.tell(.profile(status)) }
  }

  private static func absence(of lake: Lake) -> RunProblem? {
    LakeIdentity(lake: lake, environment: ProcessInfo.processInfo.environment).find().fault.map(Sentences.problem)
  }

  private func tellSummary() {
    let now = StatusReader(lake: lake).summary(
      warnings: [absence.map(Sentences.line), configurationProblem].compactMap { $0 })
    if now != summary {
      summary = now
      board.tell(.summary(now))
    }
  }

  private func answer(_ request: LakeBoard.Request) {
    switch request {
    case .refresh(let name):
      for profile in lake.profiles where name == nil || profile.name == name {
        if var status = statuses[profile.name] {
          StatusReader(lake: lake).readCheckpoint(&status)
          statuses[profile.name] = status
          tell(profile.name)
        }
        worker.add(.markerCounts(profile.name))
        worker.add(.usage(profile.name))
      }
      tellSummary()
    case .ask(let question):
      if question.subject == .log { followedLogs = [question.profile] }
      worker.add(.answer(question))
    case .scanned(let name, let usage, let counts, let retention):
      guard var status = statuses[name] else { return }
      if let usage { status.usage = usage }
      if let counts { status.markers = counts }
      if let retention { status.nextRetention = retention }
      guard status != statuses[name] else { return }
      statuses[name] = status
      tell(name)
    case .stop:
      worker.stop()
      isOver = true
    }
  }
}
