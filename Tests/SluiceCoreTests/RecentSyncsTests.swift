import Foundation
import SluiceCore
import Testing

@Suite("How the newest syncs ended")
struct RecentSyncsTests {
  private static let start = Date(timeIntervalSince1970: 1_795_262_400)

  private static func run(_ second: Int, _ outcome: RunOutcome, _ task: RunTask = .sync()) -> PastRun {
    let date = start.addingTimeInterval(Double(second))
    let record = RunRecord(
      id: RunID(start: date, salt: 1), profile: "ticks", task: task, command: ["sluice"], origin: "cron", user: "u",
      host: "h", processID: 1, processStart: 1, startedAt: date)
    return PastRun(record: record, result: RunResult(outcome: outcome, startedAt: date, endedAt: date))
  }

  /// Runs that ended so, oldest first, a second apart, as their list comes: newest first.
  private static func syncs(_ outcomes: [RunOutcome]) -> RecentSyncs {
    RecentSyncs(newestFirst: outcomes.enumerated().map { run($0, $1) }.reversed())
  }

  @Test(
    "are kept in their order, with how often the last end came in a row, and since when",
    arguments: [
      ([], 0, nil), ([.success], 1, 0), ([.success, .failed], 1, 1), ([.failed, .failed, .failed], 3, 0),
      ([.success, .failed, .failed], 2, 1), ([.failed, .partial, .failed], 1, 2), ([.failed, .success], 1, 1),
    ] as [([RunOutcome], Int, Int?)])
  func order(_ outcomes: [RunOutcome], _ repeats: Int, _ since: Int?) {
    let recent = Self.syncs(outcomes)
    #expect(recent.outcomes == outcomes)
    #expect(recent.repeats == repeats)
    #expect(recent.since == since.map { Self.start.addingTimeInterval(Double($0)) })
  }

  @Test("a row of failures that is longer than the strip is counted all the same")
  func longRow() {
    let recent = Self.syncs([.success] + Array(repeating: .failed, count: 40))
    #expect(recent.outcomes == Array(repeating: .failed, count: RecentSyncs.kept))
    #expect(recent.repeats == 40 && recent.since == Self.start.addingTimeInterval(1))
  }

  /// Failures of these reasons, oldest first, a second apart; an empty one is none that was kept.
  private static func failures(_ reasons: [String]) -> RecentSyncs {
    let runs = reasons.enumerated().map { second, reason in
      var run = run(second, .failed)
      if !reason.isEmpty { run.result.problems = [RunProblem(code: "x", message: reason)] }
      return run
    }
    return RecentSyncs(newestFirst: runs.reversed())
  }

  @Test(
    "ends of the newest's reason are counted apart, whatever the figures in its words",
    arguments: [
      (["a", "a", "a"], 3, 0, false), (["a", "b", "b"], 2, 1, false), (["b", "a", "b"], 1, 2, false),
      (["15 s", "20 s"], 2, 0, false), (["", "", "a"], 1, 2, true), (["", "a", "a"], 2, 1, true),
      (["", ""], 2, 0, true),
    ])
  func reasons(_ reasons: [String], _ alike: Int, _ since: Int, _ hasUntold: Bool) {
    let recent = Self.failures(reasons)
    #expect(recent.repeats == reasons.count && recent.since == Self.start)
    #expect(recent.alike == alike && recent.alikeSince == Self.start.addingTimeInterval(Double(since)))
    #expect(recent.hasUntold == hasUntold)
  }

  @Test("a run that is no sync, only looks, or is older than the newest changes nothing")
  func others() {
    let before = Self.syncs([.success, .failed])
    for run in [
      Self.run(9, .failed, .cleanup()), Self.run(9, .failed, .sync(.rehearsal)), Self.run(1, .failed),
      Self.run(0, .success),
    ] {
      var recent = before
      recent.add(run)
      #expect(recent == before)
    }
    var recent = before
    recent.add(Self.run(9, .failed))
    #expect(recent.outcomes == [.success, .failed, .failed] && recent.repeats == 2)
  }

  @Test("a status takes over the end of a sync once the others are known, and not before")
  func status() {
    let source = Source(host: "h", user: "u", remoteRoot: "/r")
    var status = ProfileStatus(
      profile: Profile(name: "ticks", source: source, localSubdirectory: "t", localPath: "/t", checkpointFile: "/c"))
    status.take(ended: Self.run(0, .failed))
    #expect(status.recentSyncs == nil)
    status.recentSyncs = Self.syncs([.success])
    status.take(ended: Self.run(5, .failed))
    #expect(status.recentSyncs?.outcomes == [.success, .failed])
  }
}
