import Foundation
import SluiceCore
import Testing

@Suite("What monitoring says of a profile")
struct ProfileCheckTests {
  private static let now = Date(timeIntervalSince1970: 1_800_000_000)

  private static func status(_ change: (inout ProfileStatus) -> Void) -> ProfileStatus {
    var status = ProfileStatus(
      profile: Profile(
        name: "a", source: Source(host: "h", user: "u", remoteRoot: "/r"), localSubdirectory: "a", localPath: "/l/a",
        checkpointFile: "/l/a.json"))
    status.checkpoint = Checkpoint(
      profileName: "a", lastSyncTime: TextFormat.utc(now), lastSyncStatus: .success,
      lastSuccessTime: TextFormat.utc(now))
    var usage = DirectoryUsage(scannedAt: now)
    usage.latestDay = CalendarDay(now)
    status.usage = usage
    change(&status)
    return status
  }

  private static func run(_ task: RunTask, _ outcome: RunOutcome, transfer: RunOutcome? = nil) -> PastRun {
    let record = RunRecord(
      id: RunID(start: now), profile: "a", task: task, command: [], origin: "cron", user: "u",
      host: "h", processID: 1, processStart: 1, startedAt: now)
    var result = RunResult(outcome: outcome, startedAt: now, endedAt: now)
    result.transferOutcome = transfer
    result.problems = [RunProblem(code: "x", message: "Why.")]
    return PastRun(record: record, result: result)
  }

  private static let counts: CoverageCounts = {
    let cells: [CoverageCell] = [.arrived, .missing, .missing, .short, .arrived]
    let table = CoverageTable(
      firstDay: CalendarDay(daysSinceEpoch: 0), series: [CoverageSeries(name: "a_B", cells: cells)])
    return CoverageCounts(table, computedAt: now)
  }()

  private static func reasons(_ limits: ProfileCheck.Limits, _ change: (inout ProfileStatus) -> Void) -> [String] {
    ProfileCheck(status(change), limits, now: now).reasons.map { "\($0.code): \($0.text)" }
  }

  @Test("a profile that is as it should be has no reason, and what is not asked for is none")
  func fine() {
    #expect(Self.reasons(.init(lag: .seconds(3600), holes: 0)) { _ in } == [])
    #expect(Self.reasons(.init()) { $0.coverage = Self.counts } == [])
    #expect(Self.reasons(.init(holes: 3)) { $0.coverage = Self.counts } == [])
  }

  @Test("every reason is told by itself, in words and by a stable code")
  func all() {
    let told = Self.reasons(.init(age: .seconds(1), lag: .seconds(1), holes: 2)) { status in
      let old = Self.now.addingTimeInterval(-7200)
      status.checkpoint?.lastSuccessTime = TextFormat.utc(old)
      status.lastRun = Self.run(.ingest(), .partial)
      status.markers.lostWarehouse = .init(path: "/lake/w.sqlite", isEmpty: false, files: 3)
      (status.markers.quarantinedFiles, status.markers.quarantinedNames) = (2, ["x\ny.zip"])
      (status.markers.differingFiles, status.markers.differingNames) = (1, ["d.zip"])
      (status.markers.filesWithRefusedRows, status.markers.namesWithRefusedRows) = (2, ["r.zip", "s.zip"])
      status.markers.refusedRows = 3
      status.markers.markersWithoutFiles = ["_SUCCESS__2026-02-14__um__1h"]
      status.usage?.emptyFiles = EmptyFiles()
      status.usage?.emptyFiles?.add("a\nb.zip")
      status.usage?.latestDay = CalendarDay(Self.now).adding(days: -3)
      status.coverage = Self.counts
    }
    #expect(
      told == [
        "stale: last success 2h 00m ago, allowed 1s", "partial: the last ingest was partial: Why.",
        "warehouse-gone: the warehouse /lake/w.sqlite is not there, and with it the rows of 3 files; "
          + "if its disk is not mounted, mount it, else ingest again, which sends them anew",
        "quarantined: 2 files put aside and not in the warehouse as now in the lake: x\\ny.zip and 1 more",
        "differing: 1 file not in the warehouse as sent, when that was last verified: d.zip",
        "refused-rows: 3 rows were refused of 2 files in the warehouse: r.zip, s.zip",
        "marker-no-files: 1 marker pending, of which no file is there: _SUCCESS__2026-02-14__um__1h",
        "empty-files: 1 data file empty or broken off: a\\nb.zip",
        "missing-days: 2 days missing, allowed 2 of both: a_B 2",
        "short-days: 1 day short or unreadable, allowed 2 of both: a_B 1",
        "data-old: newest data is of \(CalendarDay(Self.now).adding(days: -3)), allowed lag 1s",
      ])
  }

  @Test("a sync that did not end well is told, whatever ran well since and however young the last success is")
  func failed() {
    for (outcome, told) in [
      (RunOutcome.failed, "failed: the last sync failed: Why."), (.refused, "refused: the last sync was refused: Why."),
      (.interrupted, "interrupted: the last sync was interrupted: Why."),
    ] {
      let reasons = Self.reasons(.init()) { status in
        status.lastSyncRun = Self.run(.sync(), outcome, transfer: outcome)
        status.lastRun = Self.run(.cleanup(), .success)
      }
      #expect(reasons == [told])
    }
    // Refused before there was a transfer: one line all the same.
    let before = Self.run(.sync(), .refused)
    #expect(
      Self.reasons(.init()) { ($0.lastRun, $0.lastSyncRun) = (before, before) } == [
        "refused: the last sync was refused: Why."
      ])
    // What could not begin, whatever it was.
    for run in [Self.run(.ingest(), .failed), Self.run(.sync(), .failed, transfer: .failed)] {
      #expect(
        Self.reasons(.init()) { status in
          status.take(ended: run)
          status.unstartedRun = run
        } == ["not-begun: the last \(run.record.task.name) could not begin: Why."])
    }
    #expect(
      Self.reasons(.init()) { $0.lastRun = Self.run(.sync(), .failed, transfer: .success) } == [
        "failed: the last sync failed after the transfer: Why."
      ])
    #expect(Self.reasons(.init()) { $0.lastRun = Self.run(.sync(.rehearsal), .partial) } == [])
    #expect(
      Self.reasons(.init()) { $0.checkpoint?.lastSyncStatus = .partial } == ["partial: the last sync was partial"])
  }

  @Test("what was partial is told with its reason until it is done again, whatever went well since")
  func standing() {
    func later(_ task: RunTask, _ outcome: RunOutcome, _ why: String) -> PastRun {
      var run = Self.run(task, outcome)
      run.record.id = RunID(start: Self.now.addingTimeInterval(60))
      run.result.problems = [RunProblem(code: "y", message: why)]
      return run
    }
    for (task, name) in [(RunTask.cleanup(), "cleanup"), (.verify(), "verify"), (.ingest(), "ingest")] {
      #expect(
        Self.reasons(.init()) { status in
          status.lastSyncRun = Self.run(.sync(), .partial, transfer: .partial)
          status.lastRun = later(task, .success, "Well.")
        } == ["partial: the last sync was partial: Why."])
      #expect(
        Self.reasons(.init()) { status in
          status.lastSyncRun = Self.run(.sync(), .success, transfer: .success)
          status.lastRun = later(task, .refused, "No.")
        } == ["refused: the last \(name) was refused: No."])
    }
    var backfill = IngestTask()
    backfill.selection = .backfill(since: nil, until: nil)
    #expect(
      Self.reasons(.init()) { status in
        status.otherRuns = [Self.run(.ingest(), .partial)]
        status.lastRun = later(.ingest(backfill), .success, "Well.")
      } == ["partial: the last ingest was partial: Why."])
    #expect(
      Self.reasons(.init()) { $0.lastRun = Self.run(.ingest(backfill), .interrupted) } == [
        "interrupted: the last backfill was interrupted: Why."
      ])
  }

  @Test("a directory that has lost all it held is told")
  func gone() {
    let reasons = Self.reasons(.init()) { status in
      status.usage?.files = 393
      status.lostData = LostData(files: 393)
    }
    #expect(reasons == ["data-gone: nothing is left in /l/a, which held 393 files"])
  }

  @Test("what a verification found is told once, and how long ago all was right is held against what is allowed")
  func verified() {
    let found = Self.reasons(.init(verified: .seconds(3600))) { status in
      status.lastRun = Self.run(.verify(), .partial)
      var totals = VerifyTotals()
      totals.findings = 2
      status.lastRun?.result.verify = totals
      status.verification.findings = 2
      status.verification.named = ["a\nb", "c"].map {
        VerifyFinding(path: $0, kind: .differs, reason: "", isRepairable: true)
      }
    }
    #expect(
      found == [
        "verify-findings: 2 files were not as at the source, or damaged, when last verified: a\\nb, c",
        "never-verified: never verified whole and right",
      ])
    func aged(_ seconds: Double) -> [String] {
      Self.reasons(.init(verified: .seconds(3600))) {
        $0.verification.wholeSince = Self.now.addingTimeInterval(-seconds)
      }
    }
    #expect(aged(3000) == [])
    #expect(aged(7200) == ["verified-too-long-ago: last verified right 2h 00m ago, allowed 1h 00m"])
    #expect(Self.reasons(.init()) { _ in } == [])
    // One that could not do its work is told as that.
    #expect(
      Self.reasons(.init()) { $0.lastRun = Self.run(.verify(), .failed) } == ["failed: the last verify failed: Why."])
    #expect(
      Self.reasons(.init()) { $0.lastRun = Self.run(.verify(), .partial) } == [
        "partial: the last verify was partial: Why."
      ])
  }

  @Test("a day after tomorrow is named, and does not hide that the newest data is old")
  func ahead() {
    let tomorrow = CalendarDay(Self.now).adding(days: 1)
    #expect(Self.reasons(.init(lag: .seconds(1))) { $0.usage?.latestDay = tomorrow } == [])
    let (far, old) = (tomorrow.adding(days: 400), tomorrow.adding(days: -9))
    for (last, days) in [(far, "\(far)"), (far.adding(days: 2), "\(far) to \(far.adding(days: 2))")] {
      let told = Self.reasons(.init(lag: .seconds(1))) {
        $0.usage?.latestDay = old
        $0.usage?.futureDays = FutureDays(first: far, last: last)
      }
      #expect(
        told == [
          "data-ahead: data is dated \(days), after tomorrow; check the collector's clock",
          "data-old: newest data is of \(old), allowed lag 1s",
        ])
    }
    #expect(Self.reasons(.init(lag: .seconds(1))) { $0.usage = nil } == ["no-data: no dated data there"])
  }
}
