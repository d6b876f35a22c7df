import Foundation
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("Handing a run over") struct RunLaunchTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func record(_ id: RunID, _ task: RunTask = .sync()) -> RunRecord {
    RunRecord(
      id: id, profile: "ticks", task: task, command: ["sluice"], origin: "cron", user: "u", host: "h", processID: 1,
      processStart: 1, startedAt: Date(timeIntervalSince1970: 1_800_000_000))
  }

  @Test("every task arrives whole in the run's directory, and is gone once the run has its record")
  func handedOver() throws {
    for (number, task) in TaskSamples.all.enumerated() {
      let id = RunID(start: Date(), salt: UInt16(number))
      let directory = RunDirectory(id: id, stateDirectory: scratch.path)
      try directory.prepare(RunRequest(profile: "ticks", task: task))
      #expect(try directory.request() == RunRequest(profile: "ticks", task: task))
      #expect(directory.record() == nil)
      let journal = try RunJournal(record: record(id, task), stateDirectory: scratch.path)
      #expect(directory.record()?.task == task)
      #expect(!FileManager.default.fileExists(atPath: directory.requestPath))
      withExtendedLifetime(journal) {}
    }
  }

  @Test("a directory that has been a run's is never another's, neither for a launcher nor for a run")
  func exclusive() throws {
    let id = RunID(start: Date(), salt: 1)
    let directory = RunDirectory(id: id, stateDirectory: scratch.path)
    do {
      let journal = try RunJournal(record: record(id), stateDirectory: scratch.path)
      journal.end(RunResult(outcome: .success, startedAt: Date(), endedAt: Date()))
    }
    let before = try Data(contentsOf: URL(filePath: directory.journalPath))
    #expect(throws: RunFault.runExists(id)) {
      _ = try RunJournal(record: record(id, .cleanup()), stateDirectory: scratch.path)
    }
    #expect(throws: RunFault.runExists(id)) {
      try directory.prepare(RunRequest(profile: "ticks", task: .cleanup()))
    }
    #expect(directory.record()?.task == .sync())
    #expect(try Data(contentsOf: URL(filePath: directory.journalPath)) == before)
  }

  @Test("a run that was asked for and never began is swept away an hour later; one that began stays")
  func swept() throws {
    let now = Date()
    let old = RunDirectory(id: RunID(start: now.addingTimeInterval(-4000), salt: 1), stateDirectory: scratch.path)
    let young = RunDirectory(id: RunID(start: now, salt: 2), stateDirectory: scratch.path)
    for directory in [old, young] { try directory.prepare(RunRequest(profile: "ticks", task: .sync())) }
    RunHistory(stateDirectory: scratch.path).prune(now: now)
    #expect(!FileManager.default.fileExists(atPath: old.path))
    #expect(FileManager.default.fileExists(atPath: young.requestPath))
  }
}
