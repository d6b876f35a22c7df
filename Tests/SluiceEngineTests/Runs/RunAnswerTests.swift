import Foundation
import LakeFiles
import SluiceCore
import TestSupport
import Testing

@testable import RunRecords

@Suite("What a run answers to an order")
struct RunAnswerTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func found(_ journal: RunJournal) throws -> RunSteering.Found {
    (journal.directory, try #require(RunHistory.liveRun(journal.directory)))
  }

  @Test("is that it obeys only when it says so, and else why it does not", arguments: RunPhase.allCases)
  func phases(_ phase: RunPhase) throws {
    guard phase != .ended else { return }
    let journal = try SampleRun(stateDirectory: scratch.path).begin()
    journal.update { $0.isPaused = true }
    if phase != .starting { journal.enter(phase) } else { journal.append(.phase(.markers)) }
    let isHeld = phase.canBeHeld
    #expect(RunSteering.answer(of: try found(journal)) { $0.isPaused } == (isHeld ? .obeyed : .past(phase)))
    // What is past its transfer is not shown as held.
    #expect(journal.progress.isPaused == isHeld)
  }

  @Test("is its end when it ends meanwhile")
  func over() throws {
    var journal: RunJournal? = try SampleRun(stateDirectory: scratch.path).begin()
    let found = try found(try #require(journal))
    journal = nil
    #expect(RunSteering.answer(of: found) { $0.isPaused } == .ended)
  }

  @Test("is that its process is suspended, and it is shown as that")
  func suspended() async throws {
    let child = try ChildProcess("sleep", ["600"])
    defer { child.signal(SIGKILL) }
    let identity = try #require(ProcessIdentity(of: child.processID))
    var record = SampleRun(stateDirectory: scratch.path).record
    (record.processID, record.processStart) = (identity.processID, identity.start)
    let journal = try RunJournal(record: record, stateDirectory: scratch.path)
    journal.update { ($0.isPaused, $0.bytesPerSecond, $0.etaSeconds) = (true, 1000, 5) }
    journal.enter(.markers)
    #expect(RunSteering.answer(of: try found(journal)) { $0.isPaused } == .obeyed)
    child.signal(SIGSTOP)
    try await waitUntil("the process to be suspended") { record.isSuspended }
    // What it said before is no answer.
    #expect(RunSteering.answer(of: try found(journal)) { $0.isPaused } == .suspended)
    let shown = try found(journal).run
    #expect(shown.isSuspended && shown.isHeld && shown.progress.bytesPerSecond == 0 && shown.progress.etaSeconds == nil)
    record.processStart += 1
    #expect(!record.isSuspended)
    child.signal(SIGCONT)
    #expect(RunSteering.answer(of: try found(journal)) { $0.isPaused } == .obeyed)
  }
}
