import Foundation
import LakeFiles
import SluiceCore
import TestSupport
import Testing

@testable import RunRecords

@Suite("The words of a run's records")
struct RecordWordsTests {
  private static let start = Date(timeIntervalSince1970: 1_770_000_000)
  private static let problem = RunProblem(code: "link-lost", message: "The link broke.", advice: "Sync again.")

  @Test("where something is lost are as recorded")
  func losses() throws {
    var sentences = RecordedSentences()
    let record = RunRecord(
      id: RunID(start: Self.start, salt: 7), profile: "ticks", task: .sync(), command: ["sluice", "sync"],
      origin: "cron", user: "ops", host: "h", processID: 42, processStart: 1, startedAt: Self.start)
    let broken = FileFailure(.decode, path: "/c.json", code: 0, detail: "it is no JSON")
    let denied = FileFailure(.read, path: "/c.json", code: EACCES)
    let newer = FileFailure(.form, path: "/c.json", code: 0, detail: "it is newer")
    sentences.add("died", RecordWords.died(record))
    sentences.add("checkpoint, broken", RecordWords.unusableCheckpoint(broken, asideAs: nil))
    sentences.add("checkpoint, set aside", RecordWords.unusableCheckpoint(broken, asideAs: "/c.json.corrupt-1"))
    sentences.add("checkpoint, denied", RecordWords.unusableCheckpoint(denied, asideAs: nil))
    sentences.add("checkpoint, newer", RecordWords.unusableCheckpoint(newer, asideAs: nil))
    sentences.add("lines missing, 1", RecordWords.linesMissing(1))
    sentences.add("lines missing, many", RecordWords.linesMissing(1204))
    sentences.add("order not read", RecordWords.orderNotRead(denied))
    var state = RunState()
    let error = try #require(throws: RunState.IllegalTransition.self) {
      try state.apply(RunEvent(sequence: 5, time: Self.start, kind: .phase(.planning)))
    }
    sentences.add("out of order", RecordWords.outOfOrder(error))
    #expect(sentences.text == (try sentences.recorded("RunRecords-losses")))
  }

  @Test("for each event are as recorded")
  func events() throws {
    var sentences = RecordedSentences()
    for kind in Self.kinds {
      let line = RunEventText.line(RunEvent(sequence: 1, time: Self.start, kind: kind))
      let name = Mirror(reflecting: kind).children.first?.label ?? "\(kind)"
      sentences.add(name, line.map { "\($0.level.rawValue): \($0.text)" } ?? "(no line)")
    }
    #expect(sentences.text == (try sentences.recorded("RunRecords-events")))
  }

  private static var kinds: [RunEvent.Kind] {
    var plan = PlanSummary()
    (plan.files, plan.bytes) = (1, 5_000_000)
    var larger = plan
    (larger.files, larger.deletions) = (1204, 12)
    larger.retention = RetentionPlan(
      names: ["btc_20200101", "btc_20260101"], retentionDays: 30, today: CalendarDay(start))
    var totals = TransferTotals(outcome: .success)
    (totals.files, totals.bytes, totals.durationSeconds) = (3, 5_000_000, 90)
    var result = RunResult(outcome: .partial, startedAt: start, endedAt: start + 90)
    (result.filesTransferred, result.bytesTransferred) = (3, 5_000_000)
    var cleaned = CleanupResult(cutoffDate: nil)
    (cleaned.deletedDirs, cleaned.freedBytes) = (2, 5_000_000)
    return RunPhase.allCases.map { .phase($0) } + [
      .log(.warning, "Told as it is."), .planned(plan), .planned(larger),
      .command(["rsync", "-a", "h:/a b"]), .retry(number: 2, afterSeconds: 4, because: problem), .problem(problem),
      .transferred(totals),
      .published(["a"]), .ingesting(markers: 2), .ingested(marker: "_SUCCESS__x", files: 1, rows: 1440),
      .cleaned(cleaned), .ended(result),
    ] + orders.map { .steered($0) }
  }

  private static var orders: [RunControl] {
    let changes: [(inout RunControl) -> Void] = [
      { _ in }, { $0.stop = true }, { ($0.stop, $0.stoppedBy) = (true, "ops") }, { $0.isPaused = true },
      { $0.bandwidthLimit = 0 }, { $0.bandwidthLimit = 1500 },
    ]
    return changes.map {
      var control = RunControl()
      $0(&control)
      return control
    }
  }
}
