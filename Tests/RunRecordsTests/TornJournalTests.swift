import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import RunRecords

@Suite("A run's files after a power cut")
struct TornJournalTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func record() -> RunRecord {
    let start = Date(timeIntervalSince1970: 1_770_000_000)
    return RunRecord(
      id: RunID(start: start, salt: 7), profile: "行情", task: .sync(), command: ["sluice", "sync"],
      origin: "cron", user: "ops", host: "h", processID: 1, processStart: 1, startedAt: start)
  }

  /// A whole run with everything a journal can hold; ended, its lock given back.
  private func write() throws -> RunDirectory {
    let journal = try RunJournal(record: record(), stateDirectory: scratch.path)
    let problem = RunProblem(code: "link-lost", message: "行 broke\n\u{1b}[31m", advice: "wait", paths: ["a\tb", "ü"])
    journal.enter(.planning)
    journal.append(.planned(PlanSummary()))
    journal.enter(.transferring)
    journal.append(.retry(number: 1, afterSeconds: 2.5, because: problem))
    journal.enter(.waiting)
    journal.enter(.transferring)
    for number in 1...20 {
      journal.add(changes: [FileChange(kind: .create, path: "x/行_\(number)\n", bytes: Int64(number))])
    }
    journal.log(.warning, "newline\nin it")
    journal.enter(.checkpoint)
    journal.append(.problem(problem))
    journal.end(RunResult(outcome: .partial, startedAt: Date(), endedAt: Date()))
    return journal.directory
  }

  @Test("is readable wherever its journal was torn: every whole line counts, and the state stays legal")
  func journal() throws {
    let directory = try write()
    let whole = try Data(contentsOf: URL(filePath: directory.journalPath))
    let events = directory.events()
    #expect(events.count >= 10)
    var seen = 0
    for length in 0...whole.count {
      try whole.prefix(length).write(to: URL(filePath: directory.journalPath))
      let torn = directory.events()
      let lines = whole.prefix(length).split(separator: UInt8(ascii: "\n")).count
      #expect(torn == Array(events.prefix(torn.count)) && torn.count >= lines - 1 && torn.count <= lines)
      #expect(torn.count >= seen)
      seen = torn.count
      var state = RunState()
      for event in torn { #expect(throws: Never.self) { try state.apply(event) } }
    }
    #expect(seen == events.count)
  }

  @Test("passes over the zeros a file system may leave at the end, and over a damaged line in the middle")
  func zeros() throws {
    let directory = try write()
    let whole = try Data(contentsOf: URL(filePath: directory.journalPath))
    let events = directory.events()
    try (whole + Data(count: 4096)).write(to: URL(filePath: directory.journalPath))
    #expect(directory.events() == events)
    var damaged = whole
    damaged[whole.count / 2] = 0
    try damaged.write(to: URL(filePath: directory.journalPath))
    #expect(directory.events().count >= events.count - 2)
  }

  @Test("is history with the end its journal tells, wherever its outcome or list was torn")
  func otherFiles() throws {
    let directory = try write()
    for path in [directory.resultPath, directory.livePath, directory.changesPath, directory.controlPath] {
      let whole = FileManager.default.contents(atPath: path) ?? Data("{\"stop\":true}".utf8)
      // Without its last byte, a line feed, a file is still whole.
      for length in stride(from: 0, to: whole.count - 1, by: 3) {
        try whole.prefix(length).write(to: URL(filePath: path))
        let past = try #require(directory.pastRun())
        #expect(past.result.outcome == .partial)
        #expect(directory.changes().count <= 20)
        _ = (directory.live(), directory.controlFile.read())
      }
      try whole.write(to: URL(filePath: path))
    }
    let whole = try Data(contentsOf: URL(filePath: directory.recordPath))
    for length in stride(from: 0, to: whole.count - 1, by: 3) {
      try whole.prefix(length).write(to: URL(filePath: directory.recordPath))
      #expect(directory.pastRun() == nil)
      #expect(RunHistory(stateDirectory: scratch.path).pastRuns(profile: nil, limit: 5) == [])
    }
  }
}
