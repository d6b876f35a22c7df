import Foundation
import SluiceCore
import Synchronization
import TestSupport
import Testing

@testable import RunRecords

@Suite("The logs of all runs as one")
struct RunLogsTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func journal(
    _ profile: String, at start: Date, now: @escaping @Sendable () -> Date = { Date() }
  ) throws -> RunJournal {
    let record = RunRecord(
      id: RunID(start: start), profile: profile, task: .sync(), command: ["sluice"], origin: "cron", user: "ops",
      host: "h", processID: 1, processStart: 1, startedAt: start)
    return try RunJournal(record: record, stateDirectory: scratch.path, now: now)
  }

  private func texts(_ lines: [RunLogLine]) -> [String] { lines.map { "\($0.profile): \($0.line.text)" } }

  @Test("are in the order things were said, whichever run said them, and go on as they grow")
  func order() throws {
    let start = Date(timeIntervalSinceNow: -100)
    // What is said within one millisecond has no order: each thing said has a second of its own.
    let seconds = Mutex(0.0)
    let clock: @Sendable () -> Date = {
      seconds.withLock { passed in
        passed += 1
        return start + passed
      }
    }
    let ticks = try journal("ticks", at: start, now: clock)
    ticks.log(.info, "one")
    let klines = try journal("klines", at: start + 1, now: clock)
    klines.log(.info, "two")
    ticks.log(.warning, "three")
    var logs = RunLogs(stateDirectory: scratch.path, profile: nil, since: start)
    #expect(texts(logs.read()) == ["ticks: one", "klines: two", "ticks: three"])
    #expect(logs.read().isEmpty)
    klines.log(.info, "four")
    let third = try journal("swaps", at: start + 2, now: clock)
    third.log(.info, "five")
    ticks.end(RunResult(outcome: .success, startedAt: start, endedAt: Date()))
    let news = texts(logs.read())
    #expect(news.count == 3 && Array(news.prefix(2)) == ["klines: four", "swaps: five"])
    #expect(news.last?.hasPrefix("ticks: Ended") == true)
    var one = RunLogs(stateDirectory: scratch.path, profile: "swaps", since: start)
    #expect(texts(one.read()) == ["swaps: five"])
  }

  @Test("what was said before the moment is left out, also of a run that began before it and went on")
  func since() throws {
    let start = Date(timeIntervalSinceNow: -7200)
    let moment = Date(timeIntervalSinceNow: -3600)
    try journal("ticks", at: start) { start }.log(.info, "early")
    let record = RunRecord(
      id: RunID(start: start, salt: 9), profile: "swaps", task: .sync(), command: [], origin: "cron", user: "ops",
      host: "h", processID: 1, processStart: 1, startedAt: start)
    let swaps = try RunJournal(record: record, stateDirectory: scratch.path, now: { moment + 60 })
    swaps.log(.info, "late")
    var logs = RunLogs(stateDirectory: scratch.path, profile: nil, since: moment)
    #expect(texts(logs.read()) == ["swaps: late"])
  }

  @Test("the history can be asked for a span of time and for runs of one kind of end")
  func history() throws {
    let now = Date()
    for (age, outcome) in [(300.0, RunOutcome.failed), (200, .success), (100, .partial)] {
      let start = now.addingTimeInterval(-age)
      try journal("ticks", at: start).end(RunResult(outcome: outcome, startedAt: start, endedAt: start + 1))
    }
    let history = RunHistory(stateDirectory: scratch.path)
    func outcomes(_ since: Double, _ isWanted: (PastRun) -> Bool = { _ in true }) -> [RunOutcome] {
      history.pastRuns(profile: nil, limit: 9, since: now.addingTimeInterval(-since), where: isWanted)
        .map(\.result.outcome)
    }
    #expect(outcomes(1000) == [.partial, .success, .failed])
    #expect(outcomes(250) == [.partial, .success])
    #expect(outcomes(1000) { $0.result.outcome != .success } == [.partial, .failed])
    #expect(history.pastRuns(profile: nil, limit: 1) { $0.result.outcome == .failed }.count == 1)
  }
}
