import Foundation
import LakeFiles
import SluiceCore
import Synchronization
import TestSupport
import Testing

@testable import RunRecords

@Suite("A run's progress")
struct RunJournalTests {
  @Test("a directory that cannot be made is told with the system's own reason")
  func directoryInTheWay() throws {
    let scratch = try ScratchDirectory()
    let file = try scratch.file("state")
    #expect(throws: RunFault.file(FileFailure(.create, path: file + "/runs/x", code: ENOTDIR))) {
      try makeDirectories(file + "/runs/x")
    }
    try scratch.link("loop", to: "loop")
    let loop = "\(scratch.path)/loop"
    #expect(throws: RunFault.file(FileFailure(.create, path: loop + "/x", code: ELOOP))) {
      try makeDirectories(loop + "/x")
    }
  }

  /// The file takes four changes a second: a pause told between two of them, by whom nothing follows, was never seen.
  @Test("says that the run is held although it was told so before the file could take it", arguments: [true, false])
  func held(again: Bool) throws {
    let scratch = try ScratchDirectory()
    let time = Mutex(Date(timeIntervalSince1970: 1_770_000_000))
    let journal = try RunJournal(
      record: record(start: time.withLock { $0 }), stateDirectory: scratch.path, now: { time.withLock { $0 } })
    journal.enter(.planning)
    var held = RunControl()
    held.pause()
    #expect(!journal.tellHeld(held))
    time.withLock { $0 += 0.2 }
    #expect(!journal.tellHeld(held) && journal.directory.live()?.isPaused == false)
    time.withLock { $0 += 0.1 }
    #expect(journal.tellHeld(held) && journal.directory.live()?.isPaused == true)
    if again {
      journal.update { $0.filesDone = 1 }
      #expect(!journal.tellHeld(RunControl()))
    }
    time.withLock { $0 += 0.3 }
    #expect(journal.tellHeld(RunControl()) && journal.directory.live()?.isPaused == false)
  }

  @Test("takes back a pause whose time is over, in the file as well, where the transports read it")
  func pauseOver() throws {
    let scratch = try ScratchDirectory()
    let time = Mutex(Date(timeIntervalSince1970: 1_770_000_000))
    let journal = try RunJournal(
      record: record(start: time.withLock { $0 }), stateDirectory: scratch.path, now: { time.withLock { $0 } })
    let file = journal.directory.controlFile
    let end = time.withLock { $0 } + 10
    try file.update { control in
      control.pause(until: end)
      control.limit(500)
    }
    #expect(journal.control().isPaused)
    time.withLock { $0 += 10 }
    #expect(!journal.control().isPaused)
    #expect(!file.read().control.isPaused && file.read().control.bandwidthLimit == 500)
  }

  private func record(start: Date) -> RunRecord {
    RunRecord(
      id: RunID(start: start, salt: 7), profile: "ticks", task: .sync(),
      command: ["sluice", "sync"], origin: "cron", user: "ops", host: "h", processID: 1, processStart: 1,
      startedAt: start)
  }

  @Test("has no rate and no time left from the phase before")
  func phases() throws {
    let scratch = try ScratchDirectory()
    let start = Date(timeIntervalSince1970: 1_770_000_000)
    let journal = try RunJournal(record: record(start: start), stateDirectory: scratch.path)
    journal.enter(.planning)
    journal.enter(.transferring)
    journal.update { live in
      (live.bytesDone, live.bytesTotal) = (90, 100)
      (live.bytesPerSecond, live.etaSeconds) = (2, 5)
    }
    journal.enter(.checkpoint)
    let live = try #require(journal.directory.live())
    #expect(live.phase == .checkpoint && live.bytesDone == 90)
    #expect(live.bytesPerSecond == 0 && live.etaSeconds == nil)
  }
}
