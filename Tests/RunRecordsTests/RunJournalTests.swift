import Foundation
import LakeFiles
import SluiceCore
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

  @Test("has no rate and no time left from the phase before")
  func phases() throws {
    let scratch = try ScratchDirectory()
    let start = Date(timeIntervalSince1970: 1_770_000_000)
    let record = RunRecord(
      id: RunID(start: start, salt: 7), profile: "ticks", task: .sync(),
      command: ["sluice", "sync"], origin: "cron", user: "ops", host: "h", processID: 1, processStart: 1,
      startedAt: start)
    let journal = try RunJournal(record: record, stateDirectory: scratch.path)
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
