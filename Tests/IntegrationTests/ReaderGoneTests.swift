import Foundation
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("A command whose reader has gone", .serialized)
struct ReaderGoneTests {
  private func lake() async throws -> Collector {
    let collector = try await Collector()
    try collector.configure()
    return collector
  }

  /// A live run that says nothing.
  private func silentRun(in collector: Collector) throws -> RunJournal {
    let start = Date()
    return try RunJournal(
      record: RunRecord(
        id: RunID(start: start), profile: "ticks", task: .sync(), command: [], origin: "cron", user: "u", host: "h",
        processID: getpid(), processStart: 0, startedAt: start), stateDirectory: collector.stateDirectory)
  }

  @Test(
    "ends at once and quietly when its pipe is closed, also while nothing happens",
    arguments: [["status", "--follow"], ["dashboard", "--plain"], ["attach", "ticks"]])
  func pipe(words: [String]) async throws {
    let collector = try await lake()
    let run = try silentRun(in: collector)
    let line =
      "{ \(ProcessRunner.sluice) \(words.joined(separator: " ")) --config \(collector.configurationPath); "
      + "echo ended $? >&2; } | head -n 1"
    let ending = try await ProcessRunner.run(
      "sh", ["-c", line], environment: collector.environment, deadline: .seconds(10))
    #expect(ending.errors == "ended 130\n" && ending.text.contains("ticks"), "\(ending)")
    withExtendedLifetime(run) {}
  }

  @Test(
    "ends at once when its terminal hangs up, also while nothing happens",
    arguments: [["status", "--follow"], ["dashboard", "--plain"], ["attach", "ticks"]])
  func terminal(words: [String]) async throws {
    let collector = try await lake()
    let run = try silentRun(in: collector)
    var environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
    for (name, value) in collector.environment { environment[name] = value }
    let session = try TerminalSession(
      ProcessRunner.sluice, words + ["--config", collector.configurationPath], environment: environment)
    try await session.wait(for: "ticks")
    session.hangUp()
    #expect(try await session.ending(within: .seconds(5)) == 130)
    withExtendedLifetime(run) {}
  }

  @Test("a sync goes on to its end when nobody reads any more")
  func sync() async throws {
    let collector = try await lake()
    try collector.files.write("source/a", bytes: 1_000_000)
    let line =
      "{ \(ProcessRunner.sluice) sync --bwlimit 500 --config \(collector.configurationPath); "
      + "echo ended $? >&2; } | head -n 1"
    let ending = try await ProcessRunner.run("sh", ["-c", line], environment: collector.environment)
    #expect(ending.errors == "ended 0\n", "\(ending)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }
}
