import Foundation
import SluiceCore
import TestSupport
import Testing

@Suite("What a run does") struct RunTaskTests {
  @Test("comes out of its JSON as it went in, whatever its options", arguments: TaskSamples.all)
  func roundTrip(task: RunTask) throws {
    let request = RunRequest(profile: "行情 ticks", task: task)
    #expect(try JSONDecoder().decode(RunRequest.self, from: JSONEncoder().encode(request)) == request)
    #expect(FlatTask(task).task == task)
  }

  @Test("no two samples are the same, so that no option is left out of the others' tests") func samples() throws {
    let texts = try TaskSamples.all.map { task in
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return String(decoding: try encoder.encode(task), as: UTF8.self)
    }
    #expect(Set(texts).count == texts.count)
  }

  @Test(
    "takes the defaults for options that are absent and passes over those it does not know",
    arguments: [
      (#"{"sync":{}}"#, RunTask.sync()), (#"{"cleanup":{"later":[1]}}"#, .cleanup()), (#"{"ingest":{}}"#, .ingest()),
      (#"{"sync":{"isRehearsal":true,"confirmedPlan":null},"later":1}"#, .sync(.rehearsal)),
    ])
  func lenient(text: String, task: RunTask) throws {
    #expect(try JSONDecoder().decode(RunTask.self, from: Data(text.utf8)) == task)
  }

  @Test("is not read where no kind is known, nor a selection, and never taken for another")
  func unknown() {
    for text in [#"{"compaction":{}}"#, "{}", #"{"ingest":{"selection":{"moon":{}}}}"#] {
      #expect(throws: DecodingError.self, "\(text)") {
        try JSONDecoder().decode(RunTask.self, from: Data(text.utf8))
      }
    }
    #expect(throws: NewerForm(form: .request, found: 2)) {
      try JSONDecoder().decode(RunRequest.self, from: Data(#"{"form":2}"#.utf8))
    }
  }

  @Test(
    "a rehearsal of any kind locks nothing, moves nothing and counts nothing",
    arguments: TaskSamples.all)
  func rehearsal(task: RunTask) {
    #expect(task.takesLock != task.isRehearsal)
    #expect(task.movesData != task.isRehearsal)
    #expect(task.countsInMetrics != task.isRehearsal)
  }

  @Test("only a sync transfers, and only its rehearsal is a preview, with a word of its own") func kinds() {
    var cleanup = CleanupTask()
    cleanup.isRehearsal = true
    var ingest = IngestTask()
    ingest.isRehearsal = true
    let tasks: [RunTask] = [
      .sync(), .sync(.rehearsal), .cleanup(), .cleanup(cleanup), .ingest(), .ingest(ingest),
    ]
    #expect(tasks.map(\.word) == ["sync", "dry-run", "cleanup", "cleanup", "ingest", "ingest"])
    #expect(tasks.map(\.name) == ["sync", "dry run", "cleanup", "dry run", "ingest", "dry run"])
    #expect(tasks.map(\.transfers) == [true, false, false, false, false, false])
    #expect(tasks.map(\.previewsSync) == [false, true, false, false, false, false])
  }
}

@Suite("Which live run is meant") struct RunChoiceTests {
  private func record(_ second: Double, _ task: RunTask, profile: String = "ticks") -> RunRecord {
    let start = Date(timeIntervalSince1970: second)
    return RunRecord(
      id: RunID(start: start, salt: 1), profile: profile, task: task, command: [], origin: "cron", user: "u",
      host: "h", processID: 1, processStart: 1, startedAt: start)
  }

  private var ingestRehearsal: RunTask {
    var task = IngestTask()
    task.isRehearsal = true
    return .ingest(task)
  }

  @Test("the one that moves data, however old and in whatever order; a rehearsal only when nothing else lives")
  func meant() {
    let sync = record(1, .sync())
    let preview = record(2, .sync(.rehearsal))
    let rehearsal = record(3, ingestRehearsal)
    let other = record(4, .cleanup(), profile: "swaps")
    for records in [
      [sync, preview, rehearsal, other], [other, rehearsal, preview, sync], [preview, sync, rehearsal],
    ] {
      #expect(RunChoice.run(of: "ticks", among: records) == sync)
    }
    #expect(RunChoice.run(of: "ticks", among: [preview, rehearsal, other]) == rehearsal)
    #expect(RunChoice.run(of: "ticks", among: [rehearsal, preview]) == rehearsal)
    #expect(RunChoice.run(of: "ticks", among: [other]) == nil)
    #expect(RunChoice.run(of: "swaps", among: [sync, other]) == other)
  }
}
