import Foundation
import SluiceCore
import Testing

@Suite("Which runs say how a profile stands")
struct StandingRunsTests {
  private static func backfill(_ since: String? = nil) -> RunTask {
    var task = IngestTask()
    task.selection = .backfill(since: since.flatMap { CalendarDay(iso: $0) }, until: nil)
    return .ingest(task)
  }

  private static func marker(_ name: String) -> RunTask {
    var task = IngestTask()
    task.selection = .marker(name: name)
    return .ingest(task)
  }

  /// A run that began in that minute.
  private static func run(
    _ minute: Int, _ task: RunTask, _ outcome: RunOutcome, transfer: RunOutcome? = nil, ingest: RunOutcome? = nil,
    cleanup: RunOutcome? = nil
  ) -> PastRun {
    let start = Date(timeIntervalSince1970: 1_800_000_000 + Double(minute) * 60)
    let record = RunRecord(
      id: RunID(start: start), profile: "a", task: task, command: [], origin: "cron", user: "u", host: "h",
      processID: 1, processStart: 1, startedAt: start)
    var result = RunResult(outcome: outcome, startedAt: start, endedAt: start)
    (result.transferOutcome, result.ingestOutcome, result.cleanupOutcome) = (transfer, ingest, cleanup)
    return PastRun(record: record, result: result)
  }

  private static func standing(_ runs: PastRun...) -> [String] {
    StandingRuns.of(runs.shuffled() + runs.prefix(1)).map { "\($0.run.record.task.kind) \($0.outcome.rawValue)" }
  }

  private static let sync = run(0, .sync(), .success, transfer: .success, ingest: .success)

  @Test("an ingest that was partial stands after a backfill, a cleanup and a verification that went well")
  func otherKinds() {
    let partial = Self.run(1, .ingest(), .partial)
    #expect(
      Self.standing(
        Self.sync, partial, Self.run(2, Self.backfill(), .success), Self.run(3, .cleanup(), .success),
        Self.run(4, .verify(), .success))
        == ["verify success", "cleanup success", "ingest success", "ingest partial", "sync success"])
    // Another of its kind, or a sync, settles it.
    #expect(Self.standing(Self.sync, partial, Self.run(5, .ingest(), .success)) == ["ingest success", "sync success"])
    #expect(Self.standing(partial, Self.run(5, .sync(), .success, transfer: .success)) == ["sync success"])
  }

  @Test("one marker's ingest settles itself alone, all pending ones settle it too, a rehearsal nothing")
  func markers() {
    let one = Self.run(1, Self.marker("one"), .partial)
    #expect(Self.standing(one, Self.run(2, Self.marker("one"), .success)) == ["ingest success"])
    #expect(Self.standing(one, Self.run(2, Self.marker("two"), .success)) == ["ingest success", "ingest partial"])
    #expect(Self.standing(one, Self.run(2, .ingest(), .success)) == ["ingest success"])
    let all = Self.run(1, .ingest(), .partial)
    #expect(Self.standing(all, Self.run(2, Self.marker("one"), .success)) == ["ingest success", "ingest partial"])
    var rehearsal = IngestTask()
    rehearsal.isRehearsal = true
    #expect(Self.standing(all, Self.run(2, .ingest(rehearsal), .success)) == ["ingest partial"])
  }

  @Test("of a sync that part is settled which was done again")
  func parts() {
    let ingest = Self.run(3, .ingest(), .success)
    let cleanup = Self.run(4, .cleanup(), .success)
    let both = Self.run(0, .sync(), .partial, transfer: .success, ingest: .partial, cleanup: .partial)
    #expect(Self.standing(both, ingest) == ["ingest success", "sync partial"])
    #expect(Self.standing(both, cleanup) == ["cleanup success", "sync partial"])
    #expect(Self.standing(both, ingest, cleanup) == ["cleanup success", "ingest success", "sync success"])
    #expect(Self.standing(both, Self.run(3, Self.backfill(), .success)) == ["ingest success", "sync partial"])
    let transfer = Self.run(0, .sync(), .partial, transfer: .partial)
    #expect(Self.standing(transfer, ingest, cleanup) == ["cleanup success", "ingest success", "sync partial"])
    // A checkpoint that could not be written is no stage's.
    let other = Self.run(0, .sync(), .failed, transfer: .success, ingest: .success)
    #expect(Self.standing(other, ingest, cleanup).last == "sync failed")
  }

  @Test("taking runs as they end leaves what reading all of them finds")
  func taking() {
    let profile = Profile(
      name: "a", source: Source(host: "h", user: "u", remoteRoot: "/r"), localSubdirectory: "a", localPath: "/l/a",
      checkpointFile: "/l/a.json")
    var tasks: [RunTask] = [.sync(), .ingest(), .cleanup(), .verify(), Self.backfill(), Self.marker("m")]
    for round in 0..<40 {
      tasks.shuffle()
      var status = ProfileStatus(profile: profile)
      var runs: [PastRun] = []
      for (minute, task) in (tasks + tasks.shuffled()).enumerated() {
        runs.append(Self.run(minute, task, minute % 3 == 0 ? .partial : .success, transfer: .success))
        status.take(ended: runs[minute])
        #expect(status.standingRuns == StandingRuns.of(runs), "round \(round)")
        #expect(status.lastRun == runs.last)
      }
    }
  }
}
