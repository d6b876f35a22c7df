import Foundation
import SluiceCore
import SluiceEngine
import TerminalUI
import Testing

@testable import sluice

/// Lines that commands print, made from samples of what they print of: each must be known in Chinese.
@Suite("The lines of the commands in Chinese")
struct ChineseLinesTests {
  private static let now = Date(timeIntervalSince1970: 1_770_000_000)

  private static let profile = Profile(
    name: "ticks", source: Source(host: "h", user: "u", remoteRoot: "/r"), localSubdirectory: "ticks",
    localPath: "/l/ticks", checkpointFile: "/l/c.json")

  private final class Printed: @unchecked Sendable { var lines: [String] = [] }

  private static let tasks: [RunTask] = {
    var (cleanup, ingest) = (CleanupTask(), IngestTask())
    cleanup.isRehearsal = true
    ingest.isRehearsal = true
    return [
      .sync(), .sync(.rehearsal), .cleanup(CleanupTask()), .cleanup(cleanup), .ingest(IngestTask()), .ingest(ingest),
      .verify(VerifyTask()),
    ]
  }()

  private static var plan: PlanSummary {
    var plan = PlanSummary()
    (plan.files, plan.bytes, plan.deletions, plan.deletedDirectories) = (12, 5_000_000, 9, 2)
    (plan.neededBytes, plan.freeBytes, plan.reservedBytes) = (5_000_000, 9_000_000, 1_000_000)
    plan.retention = RetentionPlan(
      names: ["a_20240101", "a_20240102", "b_20260101", "other", "x_2024-01-01"], retentionDays: 30,
      today: CalendarDay(now))
    return plan
  }

  private static var events: [RunEvent.Kind] {
    var totals = TransferTotals(outcome: .success)
    (totals.files, totals.bytes, totals.filesDeleted, totals.wasResumed) = (1421, 5_000_000, 3, true)
    var small = plan
    (small.deletedDirectories, small.freeBytes, small.retention) = (0, 1000, RetentionPlan(cutoff: nil))
    var limit = RunControl()
    limit.bandwidthLimit = 100
    let outcomes: [RunOutcome] = [.success, .partial, .failed, .interrupted, .refused]
    let results = outcomes.map { outcome in
      var result = RunResult(outcome: outcome, startedAt: now, endedAt: now + 90)
      var (ingest, verify) = (IngestTotals(), VerifyTotals())
      (ingest.filesIngested, ingest.filesUnchanged, ingest.rows) = (3, 2, 1440)
      (verify.filesCompared, verify.bytesCompared, verify.filesChecked, verify.keptHere) = (5, 5000, 5, 1)
      (verify.notSyncedYet, verify.unreadAtSource, verify.repaired) = (1, 1, 1)
      verify.findings = outcome == .partial ? 2 : 0
      (result.ingest, result.verify) = (ingest, verify)
      return result
    }
    let problem = RunProblem(code: "link-lost", message: "The link to h broke.", advice: "Check `port`.")
    return [
      .phase(.transferring), .phase(.checkpoint), .planned(plan), .planned(small), .transferred(totals),
      .ingesting(markers: 2), .ingested(marker: "_SUCCESS__x", files: 48, rows: 1152),
      .cleaned(
        CleanupResult(
          deletedDirs: 2, deletedFiles: 3, freedBytes: 4, cutoffDate: CalendarDay(now), directories: ["a_20240101"])),
      .retry(number: 2, afterSeconds: 4, because: problem), .problem(problem), .steered(limit), .published(["a", "b"]),
    ] + results.map(RunEvent.Kind.ended)
  }

  @Test("are known, whatever a run does", arguments: tasks)
  func runs(_ task: RunTask) {
    let printed = Printed()
    let printer = RunPrinter(
      name: "ticks", profile: Self.profile, task: task, lastSync: nil, emit: { printed.lines += $0 })
    printer.begin()
    let progress = LiveProgress(updatedAt: Self.now, phase: .transferring)
    for (index, kind) in Self.events.enumerated() {
      printer.show(.event(RunEvent(sequence: index + 1, time: Self.now, kind: kind), progress))
    }
    #expect(printed.lines.count > 20)
    for line in printed.lines where line.contains(/[A-Za-z]{3}/) && line != "    - a_20240101" {
      let told = ChineseWords.text(line)
      #expect(told?.contains(/\p{Han}/) == true, "\(line)")
    }
  }

  @Test("are known where `coverage` tells a series, and a run's end is summed up")
  func coverage() {
    var series = CoverageSeries(
      name: "um BTCUSDT 1h", cells: [.ingested, .missing, .short, .warehouseOnly, .arrived, .missing])
    series.lastDay = CalendarDay(daysSinceEpoch: 20_005)
    series.remarks = [
      CoverageRemark(day: CalendarDay(daysSinceEpoch: 20_002), kind: .fewerCandles(candles: 3, expected: 24)),
      CoverageRemark(day: CalendarDay(daysSinceEpoch: 20_001), kind: .vanished),
    ]
    let whole = CoverageSeries(name: "a", cells: [.arrived])
    let table = CoverageTable(firstDay: CalendarDay(daysSinceEpoch: 20_000), series: [series, whole])
    let lines = CoverageCommand.lines("ticks", table, isIngested: true)
    #expect(lines.count == 5)
    for line in lines.dropFirst() { #expect(ChineseWords.text(line)?.contains(/\p{Han}/) == true, "\(line)") }
    let result = RunResult(outcome: .failed, startedAt: Self.now, endedAt: Self.now + 60)
    let record = RunRecord(
      id: RunID(start: Self.now), profile: "ticks", task: .sync(), command: [], origin: "cron", user: "u", host: "h",
      processID: 1, processStart: 1, startedAt: Self.now)
    let end = RunEnd(
      request: RunRequest(profile: "ticks", task: .sync()), past: PastRun(record: record, result: result))
    #expect(end.summary() == "failed  0 files, 0 B, 1m 00s")
    #expect(end.summary(.chinese) == "失败  0 个文件，0 B，1m 00s")
  }

  @Test("keep the progress line within the terminal in both languages", arguments: [10, 40, 60, 80, 200])
  func progress(_ width: Int) {
    var progress = LiveProgress(updatedAt: Self.now, phase: .transferring)
    (progress.bytesDone, progress.bytesTotal, progress.bytesPerSecond) = (5_000_000, 10_000_000, 70_000)
    (progress.filesDone, progress.filesTotal, progress.etaSeconds, progress.isPaused) = (1204, 2000, 75, true)
    for language in [Lake.Language.english, .chinese] {
      let line = ProgressLine.text(progress, width: width, language)
      #expect(CharacterWidth.of(line) < width, "\(line)")
      #expect((language == .chinese && width > 20) == line.contains(/\p{Han}/), "\(line)")
    }
  }
}
