import Foundation
import LakeFiles
import SluiceCore
import TestSupport
import Testing

@testable import RunRecords
@testable import SluiceEngine

@Suite("Files of earlier programs")
struct RecordFixtureTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/records/form0").path

  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func directory(_ id: String) throws -> RunDirectory {
    RunDirectory(id: try #require(RunID(text: id)), stateDirectory: Self.folder)
  }

  @Test("of before there were forms: a run with every kind of event is read whole")
  func everyEvent() throws {
    let run = try directory("20260202T024000122Z-0007")
    let past = try #require(run.pastRun())
    #expect(past.record.profile == "行情" && past.record.task.bandwidthLimit == 500)
    #expect(past.result.outcome == .partial && past.result.exitCode == 3 && past.result.bytesTransferred == 1_234_567)
    #expect(past.result.ingest?.missingCandles == 3 && past.result.cleanup?.directories == ["x_20250101"])
    let events = run.events()
    #expect(events.map(\.sequence) == Array(1...21))
    var state = RunState()
    for event in events { try state.apply(event) }
    #expect(state.isOver && state.retries == 1 && state.plan?.retention?.expired.count == 1)
    let live = try #require(run.live())
    #expect(live.attempt == 2 && live.filesTotal == 3 && live.ingest?.rowsPerSecond == 2.5)
    let control = run.controlFile.read()
    #expect(control.control.stop && control.control.bandwidthLimit == 250 && control.problem == nil)
    #expect(run.changes().map(\.path) == ["x_20260201/a", "old/行"])
    #expect(run.transfer() == ProcessIdentity(processID: 4243, start: 1_234_600))
  }

  @Test("of before there were forms: real runs are history", arguments: ["-ebc2", "-e54f"])
  func realRuns(_ end: String) throws {
    let run = try directory("20261129T113604758Z" + end)
    #expect(try #require(run.pastRun()).result.outcome == .success)
    var state = RunState()
    for event in run.events() { try state.apply(event) }
    #expect(state.result == run.result())
  }

  @Test("of before there were forms: totals, checkpoints and usage are read")
  func others() throws {
    let totals = try JSONFile.read(MetricsTotals.self, at: Self.folder + "/demo.metrics.json")
    #expect(totals.profiles["klines"]?[.ingestedRows] == 4607)
    #expect(totals.profiles["cex_ticks"]?.syncs == ["success": 1])
    let mine = try JSONFile.read(MetricsTotals.self, at: Self.folder + "/metrics.json")
    #expect(mine.profiles["行情"]?.syncs == ["partial": 1])
    let checkpoint = try #require(CheckpointStore(path: Self.folder + "/checkpoint.json").load().checkpoint)
    #expect(checkpoint.lastSyncStatus == .partial && checkpoint.runID == "20260202T024000122Z-0007")
    #expect(CheckpointStore(path: Self.folder + "/klines.checkpoint.json").load().checkpoint?.filesTransferred == 8)
    #expect(try JSONFile.read(DirectoryUsage.self, at: Self.folder + "/klines.usage.json").files > 0)
  }

  @Test("that lack every key with a default are read; unknown keys are passed over")
  func fewKeys() throws {
    let result = try JSONFile.decode(
      RunResult.self, Data(#"{"outcome":"partial","endedAt":"2026-02-02T02:40:00Z","moons":[1,{"a":2}]}"#.utf8))
    #expect(result.exitCode == 3 && result.problems.isEmpty && result.durationSeconds == 0)
    let live = try JSONFile.decode(LiveProgress.self, Data(#"{"updatedAt":"2026-02-02T02:40:00Z","moons":1}"#.utf8))
    #expect(live.phase == .starting && live.attempt == 1)
    #expect(try JSONFile.decode(RunControl.self, Data(#"{"isPaused":true,"x":0}"#.utf8)).isPaused)
    #expect(try JSONFile.decode(MetricsTotals.self, Data("{}".utf8)) == MetricsTotals())
    let checkpoint = try JSONFile.decode(
      Checkpoint.self, Data(#"{"last_sync_time":"2026-02-02T02:40:00Z","last_sync_status":"failed"}"#.utf8))
    #expect(checkpoint.lastSyncStatus == .failed && checkpoint.errors.isEmpty)
  }

  @Test("of now say their form")
  func forms() throws {
    let run = try SampleRun(stateDirectory: scratch.path).end()
    try run.controlFile.update { $0.isPaused = true }
    for path in [run.livePath, run.resultPath, run.controlPath] {
      #expect(try String(contentsOfFile: path, encoding: .utf8).contains(#""form":1"#), "\(path)")
    }
    let journal = try String(contentsOfFile: run.journalPath, encoding: .utf8)
    #expect(journal.split(separator: "\n").allSatisfy { $0.contains(#""form":1"#) })
  }
}
