import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("Files of a newer program")
struct NewerFormTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  @Test("totals are not overwritten and not set aside, and the refusal is a sentence")
  func totals() throws {
    let text = #"{"form":2,"profiles":{"p":"otherwise"}}"#
    let path = try scratch.file("metrics.json", text)
    let store = MetricsStore(stateDirectory: scratch.path)
    let result = RunResult(outcome: .success, startedAt: SampleRun.start, endedAt: SampleRun.start)
    #expect(throws: FileFailure.self) { try store.add(result, task: .sync(), profile: "p") }
    #expect(throws: FileFailure.self) { try store.load() }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    #expect(try scratch.names().filter { $0.contains("corrupt") } == [])
    do {
      _ = try store.load()
    } catch {
      #expect(
        error.description.hasSuffix(
          "metrics.json: cannot be used: it has form 2 and this sluice reads metrics.json up to form 1; use the newer "
            + "sluice that wrote it"))
    }
  }

  @Test("a checkpoint is told, not used, not set aside and not replaced")
  func checkpoint() throws {
    let text = #"{"form":7,"last_sync_time":"2026-02-02T02:40:00Z","last_sync_status":"success"}"#
    let path = try scratch.file("p.json", text)
    let store = CheckpointStore(path: path)
    for loaded in [store.load(), store.loadSettingAside(now: SampleRun.start)] {
      #expect(loaded.checkpoint == nil && loaded.problem?.message.contains("form 7") == true)
    }
    #expect(throws: FileFailure.self) {
      try store.save(Checkpoint(profileName: "p", lastSyncTime: "x", lastSyncStatus: .success))
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test("an order that cannot be read is told once in the log and leaves the earlier ones in force")
  func order() throws {
    let journal = try SampleRun(stateDirectory: scratch.path).begin()
    try journal.directory.controlFile.update { $0.bandwidthLimit = 100 }
    #expect(journal.control().bandwidthLimit == 100)
    try Data(#"{"form":2,"bandwidthLimit":"slow"}"#.utf8).write(to: URL(filePath: journal.directory.controlPath))
    for _ in 0..<3 { #expect(journal.control().bandwidthLimit == 100 && !journal.control().stop) }
    let told = journal.directory.events().compactMap {
      if case .log(.warning, let text) = $0.kind { text } else { nil }
    }
    #expect(told.count == 1 && told.first?.contains("it has form 2") == true)
    #expect(throws: FileFailure.self) { try journal.directory.controlFile.update { $0.isPaused = true } }
  }

  @Test(
    "a stop is obeyed whatever else the order says",
    arguments: [
      #"{"form":2,"stop":true,"stoppedBy":"a newer one"}"#,
      #"{"stop":true,"stoppedBy":"a newer one","bandwidthLimit":"slow"}"#,
    ])
  func stop(text: String) throws {
    let journal = try SampleRun(stateDirectory: scratch.path).begin()
    try Data(text.utf8).write(to: URL(filePath: journal.directory.controlPath))
    #expect(journal.control().stop && journal.control().stoppedBy == "a newer one")
  }

  @Test("events of unknown kinds are passed over, and those of a newer form")
  func events() throws {
    let run = try SampleRun(stateDirectory: scratch.path).end()
    let lines = [
      #"{"form":1,"kind":{"phase":{"_0":"planning"}},"sequence":1,"time":"2026-02-02T02:40:00Z"}"#,
      #"{"form":1,"kind":{"eclipse":{"of":"the moon"}},"sequence":2,"time":"2026-02-02T02:40:00Z"}"#,
      #"{"form":1,"kind":{"phase":{"_0":"dreaming"}},"sequence":3,"time":"2026-02-02T02:40:00Z"}"#,
      #"{"form":2,"kind":{"log":{"_0":"info","_1":"?"}},"sequence":4,"time":"2026-02-02T02:40:00Z"}"#,
      #"{"form":1,"kind":{"log":{"_0":"info","_1":"on","x":1}},"sequence":5,"time":"2026-02-02T02:40:00Z"}"#,
    ]
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: run.journalPath))
    #expect(run.events().map(\.sequence) == [1, 5])
  }
}
