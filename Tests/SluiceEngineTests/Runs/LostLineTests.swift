import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("A journal that has lost lines")
struct LostLineTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  /// A live run's journal without the lines of these numbers.
  private func journal(without lost: [Int]) throws -> RunJournal {
    let journal = try SampleRun(stateDirectory: scratch.path).begin()
    let problem = RunProblem(code: "link-lost", message: "The link broke.")
    journal.enter(.planning)
    journal.append(.planned(PlanSummary()))
    journal.enter(.transferring)
    journal.log(.info, "A line.")
    journal.append(.retry(number: 1, afterSeconds: 1, because: problem))
    journal.enter(.waiting)
    let path = journal.directory.journalPath
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let kept = lines.enumerated().filter { !lost.contains($0.offset + 1) }.map(\.element)
    try Data((kept.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
    return journal
  }

  @Test(
    "is folded to its end, whichever line is missing, and says how many are",
    arguments: [([4], "1 line missing from this journal."), ([1, 2, 3], "3 lines missing from this journal.")]
      as [([Int], String)])
  func folded(lost: [Int], note: String) throws {
    let journal = try journal(without: lost)
    let run = try #require(RunHistory.liveRun(journal.directory))
    #expect(run.progress.phase == .waiting && run.retries == 1 && run.lastProblem?.code == "link-lost")
    let lines = journal.directory.events().compactMap(RunEventText.line)
    #expect(lines.filter { $0.text == note && $0.level == .warning }.count == 1)
    var watched = WatchedRun(directory: journal.directory)
    guard case .changed(let seen) = watched.look() else {
      Issue.record("The run is not seen.")
      return
    }
    #expect(seen.retries == 1 && seen.progress.phase == .waiting)
  }

  @Test("is folded while it grows over a torn line")
  func torn() throws {
    let journal = try journal(without: [])
    var tail = JournalTail(journal.directory)
    #expect(tail.read().events.count == 6)
    let file = try #require(FileHandle(forWritingAtPath: journal.directory.journalPath))
    try file.seekToEnd()
    try file.write(contentsOf: Data("{\"kind\":{\"pha\n".utf8))
    let next = RunEvent(sequence: 8, time: SampleRun.start, kind: .phase(.transferring))
    try file.write(contentsOf: JSONFile.encode(next) + Data("\n".utf8))
    let events = tail.read().events
    #expect(events.map(\.sequence) == [7, 8] && events.last?.kind == next.kind)
    #expect(RunEventText.line(events[0])?.text == "1 line missing from this journal.")
  }

  @Test("told by its end says nothing of what was left out on purpose")
  func end() throws {
    let journal = try journal(without: [])
    var tail = JournalTail(journal.directory)
    #expect(tail.read(newest: 2).events.map(\.sequence) == [5, 6])
  }
}
