import Foundation
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("State files that are broken or cannot be written", .serialized)
struct StateFaultTests {
  private func collector(lakeLines: [String] = []) async throws -> Collector {
    let collector = try await Collector()
    try collector.configure(lakeLines: lakeLines)
    try collector.files.write("source/x_20260101/a", bytes: 5000)
    return collector
  }

  @Test("a broken checkpoint is told, set aside with its content, and never fatal")
  func brokenCheckpoint() async throws {
    let collector = try await collector()
    let broken = [
      "", "{", "null", "[]", "\0\0\0\0", "{}", #"{"profile_name": 3}"#, "not json at all",
      #"{"profile_name":"ticks","last_sync_time":"2024-11-28T14:30:45Z","last_sync_status":"splendid"}"#,
    ]
    for text in broken {
      try collector.files.write("lake/.checkpoints/ticks.json", text)
      let status = try await collector.sluice("status")
      #expect(status.code == 0 && status.text.contains("is broken"), "\(text): \(status)")
      let check = try await collector.sluice("check")
      #expect(check.code == 1 && check.text.hasPrefix("FAIL ticks: The checkpoint"), "\(text): \(check)")
      let run = try await collector.sluice("sync")
      #expect(run.code == 0 && run.text.contains("is broken"), "\(text): \(run)")
      let aside = try collector.files.listing("lake/.checkpoints").filter { $0.hasPrefix("ticks.json.corrupt-") }
      let kept = try #require(aside.first)
      #expect(run.text.contains(kept), "\(run)")
      #expect(collector.files.read("lake/.checkpoints/\(kept)") == Data(text.utf8))
      for name in aside { unlink(collector.files.path("lake/.checkpoints/\(name)")) }
      #expect(try collector.checkpoint()["last_sync_status"] as? String == "success")
      #expect(try await collector.sluice("check").code == 0)
    }
  }

  @Test("a checkpoint that cannot be written is no success: exit 1, the path named, nothing fetched")
  func unwritableCheckpoint() async throws {
    let collector = try await collector()
    // A file where the directory should be stops root as well.
    try collector.files.write("lake/.checkpoints", "in the way")
    let run = try await collector.sluice("sync")
    #expect(run.code == 1, "\(run)")
    #expect(run.text.contains("\(collector.files.path("lake/.checkpoints"))") && run.text.contains("✗ Sync failed"))
    #expect((try? collector.files.listing("lake/ticks")) ?? [] == [])
    #expect(try await collector.sluice("check").code == 1)
    unlink(collector.files.path("lake/.checkpoints"))
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await collector.sluice("check").code == 0)
  }

  @Test("a log that cannot be written is said once, and the run goes on")
  func unwritableLog() async throws {
    let collector = try await collector()
    try collector.files.write("lake/.sluice/logs", "in the way")
    let run = try await collector.sluice("sync")
    #expect(run.code == 0, "\(run)")
    #expect(
      run.errors.contains("The log \(collector.stateDirectory)/logs/sync_\(CalendarDay(Date())).log cannot be written"))
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("a state directory that cannot be made is said with its path, before anything is fetched")
  func unwritableState() async throws {
    let collector = try await collector()
    try collector.files.write("lake/.sluice", "in the way")
    let run = try await collector.sluice("sync")
    #expect(run.code == 1 && run.errors.contains(collector.stateDirectory) && run.errors.contains("→"), "\(run)")
    #expect(!collector.files.exists("lake/ticks"))
  }

  @Test("a checkpoint from the future, as after a clock set back: `check` says so, the sync goes on and mends it")
  func clockSetBack() async throws {
    let collector = try await collector()
    #expect(try await collector.sluice("sync").code == 0)
    var checkpoint = try collector.checkpoint()
    let future = TextFormat.utc(Date().addingTimeInterval(40 * 3600))
    checkpoint["last_sync_time"] = future
    checkpoint["last_success_time"] = future
    try collector.files.write("lake/.checkpoints/ticks.json", JSONSerialization.data(withJSONObject: checkpoint))
    let check = try await collector.sluice("check")
    #expect(check.code == 1 && check.text.contains("in the future; check the clock"), "\(check)")
    #expect(try await collector.sluice("status").code == 0)
    #expect(try await collector.sluice("sync").code == 0)
    #expect((try collector.checkpoint()["last_success_time"] as? String ?? future) < future)
    #expect(try await collector.sluice("check").code == 0)
  }

  @Test("damaged files of past runs are passed over by history, status and the next sync")
  func damagedRuns() async throws {
    let collector = try await collector()
    for _ in 1...3 { #expect(try await collector.sluice("sync").code == 0) }
    let runs = collector.history.directories()
    try #require(runs.count == 3)
    for (run, text) in zip(runs, ["", "{\"id\":", "\0"]) {
      for path in [run.recordPath, run.resultPath, run.journalPath, run.livePath, run.controlPath] {
        try Data(text.utf8).write(to: URL(filePath: path))
      }
    }
    try collector.files.write("lake/.sluice/runs/not-a-run/run.json", "{}")
    for words in ["status", "stats"] { #expect(try await collector.sluice(words).code == 0) }
    // Whose runs they were nobody can say.
    #expect(try await collector.sluice("history").code == 1)
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await collector.objects(collector.sluice("history", "--json")).count == 1)
  }
}
