import Foundation
import IngestEngine
import LakeFiles
import RunRecords
import SluiceCore
import Synchronization
import Warehouse

@testable import SluiceEngine

/// A lake in a directory of its own, with its source and its clock; runs in it are the engine's, on a simulated machine.
final class SimulatedLake: Sendable {
  /// How a run went.
  struct Run: Sendable {
    let id: RunID
    let task: RunTask
    let script: RunScript
    let startedAt: Date
    /// The source's changes from before the run to after it.
    let ticks: ClosedRange<Int>
    /// nil when it could not begin; what a killed run would have said is no one's to know.
    var result: RunResult?
    var fault: RunFault?
    var wasKilled: Bool { script.wasKilled }
    /// What it told while it went.
    var events: [RunEvent] = []
  }

  private let base: String
  private let number = Mutex(0)
  let profile: Profile
  let lake: Lake
  let source = SimulatedSource()
  let clock: SimulatedClock

  init(_ settings: (inout Profile) -> Void, start: Date) throws {
    let place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : NSTemporaryDirectory()
    var template = Array("\(place)/simulation-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FileFailure(.create, path: place) }
    base = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let root = base + "/machine/lake"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    clock = SimulatedClock(start: start)
    var profile = Profile(
      name: "klines", source: Source(host: "collector", user: "ops", remoteRoot: "/remote"),
      localSubdirectory: "klines", localPath: root + "/klines", checkpointFile: root + "/.checkpoints/klines.json",
      ingest: IngestSettings(stateDirectory: root + "/klines/_ingested"))
    settings(&profile)
    self.profile = profile
    lake = Lake(
      configurationPath: base + "/lake.yml", rootDirectory: root,
      guardLimits: GuardLimits(maxDeletePercent: 50, minFree: ByteCount(1 << 20)), profiles: [profile])
  }

  deinit { try? FileManager.default.removeItem(atPath: base) }

  func nextID() -> RunID {
    let salt = number.withLock {
      $0 += 1
      return $0
    }
    return RunID(start: clock.now, salt: UInt16(salt % 65_536))
  }

  /// Runs a task to its end, or to the moment its process is killed.
  func run(_ task: RunTask, _ script: RunScript) async -> Run {
    let (startedAt, from) = (clock.now, source.tick)
    let events = Mutex<[RunEvent]>([])
    var past: PastRun?
    var fault: RunFault?
    do throws(RunFault) {
      past = try await runner(script).run(
        RunRequest(profile: profile.name, task: task), id: script.runID, stopper: RunStopper()
      ) { [self] news in
        guard case .event(let event, _) = news else { return }
        events.withLock { $0.append(event) }
        mayBeKilled(script)
      }
    } catch {
      fault = error
    }
    if script.wasKilled { becomeWhatWasLeft() }
    clock.advance(by: .milliseconds(7))
    return Run(
      id: script.runID, task: task, script: script, startedAt: startedAt, ticks: from...source.tick,
      result: past?.result, fault: fault, events: events.withLock { $0 })
  }

  /// Starts a second run of the profile while one goes on: one that writes must not begin.
  func compete(_ task: RunTask, _ script: RunScript, beside isWriting: Bool) async {
    // Beside a rehearsal anything may begin; what it did would be no part of this run.
    guard isWriting || task.isRehearsal else { return }
    do throws(RunFault) {
      _ = try await runner(RunScript(nextID())).run(
        RunRequest(profile: profile.name, task: task), stopper: RunStopper()
      ) { _ in }
      if task.takesLock { script.note(broken: "a second \(task.name) began while a run had the profile") }
    } catch {
      if case .locked = error, task.takesLock { return }
      script.note(broken: "a second \(task.name) beside a run: \(error)")
    }
  }

  private func runner(_ script: RunScript) -> JobRunner {
    JobRunner(
      lake: lake, log: DailyLog(directory: lake.logDirectory, alsoToStandardError: false), origin: "simulation",
      command: [], environment: ["XDG_STATE_HOME": base + "/machine/home"], machine: machine(script),
      now: { [clock] in clock.now })
  }

  private func machine(_ script: RunScript) -> RunMachine {
    var machine = RunMachine()
    machine.locate = { "/simulated/\($0)" }
    machine.sharesLogin = false
    machine.destination = { _ in nil }
    // There is no account that could be asked.
    machine.refusal = { _, _ in nil }
    machine.rsync = { [self] (_, words, started, output) async throws(FileFailure) in
      try await SimulatedRsync.run(self, script, words, started, output)
    }
    machine.uptime = { [clock] in clock.uptime }
    machine.wait = { [self] in await wait($0, script) }
    machine.pause = { [self] in await pause($0, script) }
    machine.jitter = { script.jitter() }
    machine.ingest = { [self] job in
      await job.run { settings throws(WarehouseFault) in
        guard case .sqlite(let path) = settings else { throw .notConnected(identity: settings.identity) }
        return FailingWarehouse(SQLiteWarehouse(path: path), self, script)
      }
    }
    return machine
  }

  /// Waits between two tries pass at once.
  private func wait(_ duration: Duration, _ script: RunScript) async {
    if script.isStoppedInThisWait() { orderStop(script) }
    clock.advance(by: duration)
    await Task.yield()
  }

  /// While an rsync works no time passes; while it stands still, all of it.
  private func pause(_ duration: Duration, _ script: RunScript) async {
    guard script.isHanging, !Task.isCancelled else {
      try? await Task.sleep(for: .microseconds(200))
      return
    }
    // Those who watch look less often than they would, so that the hours are over sooner.
    clock.advance(by: duration * 5)
    await Task.yield()
  }

  // MARK: Orders and kills

  func orderStop(_ script: RunScript) {
    order(script) { control in
      control.stop = true
      control.stoppedBy = "the simulation"
    }
  }

  /// Gives a run an order, as another process does.
  func order(_ script: RunScript, _ change: (inout RunControl) -> Void) {
    let directory = RunDirectory(id: script.runID, stateDirectory: lake.stateDirectory)
    do throws(FileFailure) {
      try RunControlFile(directory).update(change)
    } catch {
      script.note(broken: "an order cannot be given: \(error)")
    }
  }

  /// Keeps a copy of everything as it is at the moment the run's process is killed; the run itself goes on unseen, in
  /// a lake that is thrown away.
  func mayBeKilled(_ script: RunScript) {
    if script.isKilledHere() { LakeView.copy(base + "/machine", to: base + "/killed") }
  }

  private func becomeWhatWasLeft() {
    try? FileManager.default.removeItem(atPath: base + "/machine")
    rename(base + "/killed", base + "/machine")
  }
}
