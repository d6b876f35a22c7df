import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import Synchronization
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("A watched run")
struct WatchedRunTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  @Test("is read again when its progress has the inode of the one seen last")
  func sameInode() throws {
    let journal = try SampleRun(stateDirectory: scratch.path).begin()
    journal.enter(.transferring)
    var watched = WatchedRun(directory: journal.directory)
    guard case .changed(let first) = watched.look() else {
      Issue.record("The run is not seen.")
      return
    }
    #expect(first.progress.filesDone == 0)
    // As ext4 has it: the file that replaces a replaced one gets the inode of the first.
    var progress = first.progress
    progress.filesDone = 7
    let file = try #require(FileHandle(forWritingAtPath: journal.directory.livePath))
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: JSONFile.encode(progress))
    guard case .changed(let second) = watched.look() else {
      Issue.record("The newer progress is not seen.")
      return
    }
    #expect(second.progress.filesDone == 7)
  }

  @Test("has the phase its journal tells, whatever an old live.json says")
  func phase() throws {
    let journal = try SampleRun(stateDirectory: scratch.path).begin()
    journal.enter(.transferring)
    let old = try Data(contentsOf: URL(filePath: journal.directory.livePath))
    journal.enter(.waiting)
    try old.write(to: URL(filePath: journal.directory.livePath))
    var watched = WatchedRun(directory: journal.directory)
    guard case .changed(let run) = watched.look() else {
      Issue.record("The run is not seen.")
      return
    }
    #expect(run.progress.phase == .waiting)
  }

  @Test("progress is no event: it has no line in the journal, and its phase is the journal's")
  func progress() throws {
    let news = Mutex<[RunNews]>([])
    let time = Mutex(SampleRun.start)
    let journal = try RunJournal(
      record: SampleRun(stateDirectory: scratch.path).record, stateDirectory: scratch.path,
      now: {
        time.withLock { time in
          time += 1
          return time
        }
      }, observer: { told in news.withLock { $0.append(told) } })
    journal.enter(.planning)
    journal.update {
      $0.filesDone = 5
      $0.phase = .cleaning
    }
    guard case .progress(let last)? = news.withLock({ $0.last }) else {
      Issue.record("The progress is not told as progress.")
      return
    }
    #expect(last.filesDone == 5 && last.phase == .planning)
    #expect(journal.directory.events().count == 1 && journal.directory.live()?.phase == .planning)
    journal.end(RunResult(outcome: .success, startedAt: SampleRun.start, endedAt: SampleRun.start))
    #expect(journal.directory.live()?.phase == .ended)
  }
}

@Suite("A watched lake")
struct LakeWatcherTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func lake() throws -> Lake {
    let root = try scratch.directory("lake")
    let source = Source(host: "h", user: "u", remoteRoot: "/r")
    var lake = Lake(configurationPath: try scratch.file("lake.yml", ""), rootDirectory: root)
    lake.stateDirectory = root + "/.sluice"
    lake.profiles = [
      Profile(
        name: "ticks", source: source, localSubdirectory: "ticks", localPath: try scratch.directory("lake/ticks"),
        checkpointFile: root + "/ticks.json")
    ]
    return lake
  }

  @Test("tells of a failure that another process notes as known, and takes back")
  func acknowledged() async throws {
    let lake = try lake()
    let told = Mutex<[Bool]>([])
    let watcher = LakeWatcher(lake: lake) { event in
      if case .profiles(let statuses) = event { told.withLock { $0 += statuses.map { $0.acknowledgement != nil } } }
      if case .profile(let status) = event { told.withLock { $0.append(status.acknowledgement != nil) } }
    }
    watcher.start()
    defer { watcher.request(.stop) }
    try await waitUntil("the first status") { told.withLock { $0.last == false } }
    let store = AcknowledgementStore(stateDirectory: lake.stateDirectory)
    let failure = Acknowledgement.Failure(
      state: .failed, problems: [], quarantinedFiles: 0, differingFiles: 0, holes: 0)
    try store.save(
      Acknowledgement(
        reason: "moving", user: "ops", acknowledgedAt: SampleRun.start, until: SampleRun.start + 60, failure: failure),
      "ticks")
    try await waitUntil("the word") { told.withLock { $0.last == true } }
    try store.remove("ticks")
    try await waitUntil("its end") { told.withLock { $0.last == false } }
  }

  @Test("tells that the lake's disk went away, takes nothing in its place for the lake, and sees it come back")
  func unmounted() async throws {
    var lake = try lake()
    // Where a disk was mounted there is an empty directory.
    lake.rootDirectory = try scratch.directory("mount/lake")
    let place = scratch.path + "/mount"
    lake.stateDirectory = try scratch.directory("mount/lake/.sluice")
    lake.profiles[0].localPath = try scratch.directory("mount/lake/ticks")
    try scratch.file("mount/lake/ticks/x_20261101/a", "data")
    try LakeIdentity(lake: lake, environment: ProcessInfo.processInfo.environment).establish()
    defer { unlink(LakeIdentity(lake: lake, environment: ProcessInfo.processInfo.environment).knownPath) }
    let told = Mutex<(status: ProfileStatus?, summary: LakeSummary?)>((nil, nil))
    let watcher = LakeWatcher(lake: lake) { event in
      told.withLock { told in
        switch event {
        case .profiles(let statuses): told.status = statuses.last
        case .profile(let status): told.status = status
        case .summary(let summary): told.summary = summary
        default: break
        }
      }
    }
    watcher.start()
    defer { watcher.request(.stop) }
    try await waitUntil("the size") { told.withLock { $0.status?.usage?.files == 1 && $0.summary?.freeBytes != nil } }
    #expect(rename(place, place + ".away") == 0)
    try scratch.directory("mount/lake")
    try await waitUntil("the loss") { told.withLock { $0.summary?.warnings.first?.contains("mounted") ?? false } }
    let (status, summary) = told.withLock { ($0.status, $0.summary) }
    #expect(status?.lostData?.isDiskMissing == true && status?.isScanning == false)
    #expect(summary?.freeBytes == nil && summary?.totalBytes == nil)
    watcher.request(.refresh(profile: nil))
    #expect(try await staysUnchanged(for: .seconds(1)) { DirectoryDescriptor.names(in: place + "/lake").count })
    #expect(told.withLock { $0.status?.lostData?.isDiskMissing } == true)
    #expect(rmdir(place + "/lake") == 0 && rmdir(place) == 0 && rename(place + ".away", place) == 0)
    try await waitUntil("the lake again") {
      told.withLock { $0.status?.usage?.files == 1 && $0.status?.lostData == nil && $0.summary?.warnings == [] }
    }
  }

  @Test("tells that somebody took away, or put back, what a profile held, though no run did")
  func moved() async throws {
    let lake = try lake()
    let place = lake.profiles[0].localPath
    for day in 1...3 { try scratch.file("lake/ticks/x_2026110\(day)/a", "data") }
    let told = Mutex<ProfileStatus?>(nil)
    let watcher = LakeWatcher(lake: lake) { event in
      switch event {
      case .profiles(let statuses): told.withLock { $0 = statuses.last }
      case .profile(let status): told.withLock { $0 = status }
      default: break
      }
    }
    watcher.start()
    defer { watcher.request(.stop) }
    try await waitUntil("the size") { told.withLock { $0?.usage?.files == 3 && $0?.isScanning == false } }
    #expect(rename(place, place + ".away") == 0)
    try await waitUntil("the loss") { told.withLock { $0?.lostData?.files == 3 && $0?.usage?.files == 0 } }
    #expect(rename(place + ".away", place) == 0)
    try await waitUntil("its end") { told.withLock { $0?.lostData == nil && $0?.usage?.files == 3 } }
    try FileManager.default.removeItem(atPath: place + "/x_20261102")
    try await waitUntil("one day less") { told.withLock { $0?.usage?.files == 2 } }
  }

  @Test("tells of runs that begin, go on and end, and counts sizes while it says so")
  func runs() async throws {
    let lake = try lake()
    let old = SampleRun(stateDirectory: lake.stateDirectory)
    try old.end(.partial)
    let told = Mutex<[ProfileStatus]>([])
    let watcher = LakeWatcher(lake: lake) { event in
      switch event {
      case .profiles(let statuses): told.withLock { $0 += statuses }
      case .profile(let status): told.withLock { $0.append(status) }
      default: break
      }
    }
    watcher.start()
    defer { watcher.request(.stop) }
    func wait(_ what: String, _ condition: @escaping @Sendable (ProfileStatus) -> Bool) async throws {
      try await waitUntil("\(what)") { told.withLock { $0.last.map(condition) ?? false } }
    }
    try await wait("the size") { !$0.isScanning && $0.usage != nil && $0.lastRun?.result.outcome == .partial }
    #expect(told.withLock { $0.first?.isScanning } == true)
    try FileManager.default.createDirectory(
      atPath: lake.stateDirectory + "/runs/20300101T000000000Z-0001", withIntermediateDirectories: true)
    let next = SampleRun(stateDirectory: lake.stateDirectory, second: 60)
    let journal = try next.begin()
    try await wait("the run") { $0.liveRun?.record.id == next.record.id }
    journal.enter(.transferring)
    try await wait("its phase") { $0.liveRun?.progress.phase == .transferring }
    journal.end(RunResult(outcome: .success, startedAt: SampleRun.start, endedAt: SampleRun.start))
    try await wait("its end") { $0.liveRun == nil && $0.lastSyncRun?.record.id == next.record.id && !$0.isScanning }
    // Read after the first row was told, and kept up to date from then on.
    #expect(told.withLock { $0.first?.recentSyncs } == nil)
    try await wait("the strip") { $0.recentSyncs?.outcomes == [.partial, .success] }
  }

  @Test("the list of a dry run stays when a newer one failed before it had one, which itself is told as no new list")
  func olderPreview() async throws {
    let lake = try lake()
    let good = SampleRun(stateDirectory: lake.stateDirectory, task: .sync(.rehearsal))
    let journal = try good.begin()
    journal.append(.planned(PlanSummary()))
    journal.end(RunResult(outcome: .success, startedAt: SampleRun.start, endedAt: SampleRun.start))
    let bad = SampleRun(stateDirectory: lake.stateDirectory, task: .sync(.rehearsal), second: 60)
    try bad.end(.failed)
    let told = Mutex<[RunID]>([])
    let worker = WatcherWorker { event in
      if case .answer(_, .preview(let run, _, _)) = event { told.withLock { $0.append(run) } }
    }
    worker.lake = lake
    worker.start()
    defer { worker.stop() }
    worker.add(.preview("ticks", bad.record.id))
    worker.add(.answer(LakeQuestion(.preview, of: "ticks")))
    try await waitUntil("the list") { told.withLock { $0 } == [good.record.id] }
  }

  @Test("the kernel's notices are taken apart by watch, mask and name")
  func notices() {
    func bytes(_ watch: Int32, _ mask: UInt32, _ name: String) -> [UInt8] {
      let padded = Array(name.utf8) + [UInt8](repeating: 0, count: name.isEmpty ? 0 : 16 - name.utf8.count % 16)
      let words = [UInt32(bitPattern: watch), mask, 0, UInt32(padded.count)]
      return words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) } } + padded
    }
    let overflow = UInt32(IN_Q_OVERFLOW)
    let all = bytes(1, 256, "a") + bytes(2, 128, "行情.yml") + bytes(-1, overflow, "")
    let events = InotifyEvents.events(in: all[...])
    #expect(events.map(\.name) == ["a", "行情.yml", ""] && events.map(\.watch) == [1, 2, -1])
    #expect(events.map(\.isOverflow) == [false, false, true])
    #expect(InotifyEvents.events(in: all.dropLast(3)).count == 2)
  }
}
