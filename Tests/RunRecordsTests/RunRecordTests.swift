import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import TestSupport
import Testing

@Suite("The record of a run") struct RunRecordTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/records/run")

  static let recorded: [(String, RunTask)] = {
    var limited = SyncTask()
    (limited.bandwidthLimit, limited.cleansUp) = (2000, false)
    var planned = SyncTask()
    (planned.confirmedPlan, planned.forcesDeletion, planned.ingests) = ("0011223344556677", true, false)
    var unlimited = SyncTask.rehearsal
    unlimited.bandwidthLimit = 0
    var cleanup = CleanupTask()
    cleanup.isRehearsal = true
    var forced = CleanupTask()
    (forced.forcesDeletion, forced.confirmedPlan) = (true, "123abc")
    var backfill = IngestTask()
    backfill.isForced = true
    backfill.selection = .backfill(since: CalendarDay(iso: "2020-01-01"), until: CalendarDay(iso: "2030-01-01"))
    var marker = IngestTask()
    marker.selection = .marker(name: "kline_um_1h_20261101")
    var verification = IngestTask()
    verification.selection = .verification
    var listing = IngestTask()
    listing.isRehearsal = true
    return [
      ("sync", .sync()), ("sync-dashboard", .sync()), ("sync-limit", .sync(limited)), ("sync-plan", .sync(planned)),
      ("dry-run", .sync(.rehearsal)), ("dry-run-limit", .sync(unlimited)), ("cleanup-dry-run", .cleanup(cleanup)),
      ("cleanup-plan", .cleanup(forced)), ("ingest-backfill", .ingest(backfill)), ("ingest-marker", .ingest(marker)),
      ("ingest-verify", .ingest(verification)), ("ingest-dry-run", .ingest(listing)),
    ]
  }()

  @Test("every record of a program before forms had numbers is read, with its whole task", arguments: recorded)
  func old(name: String, task: RunTask) throws {
    let data = try Data(contentsOf: Self.fixtures.appending(path: name + ".json"))
    let record = try JSONFile.decode(RunRecord.self, data)
    #expect(record.task == task)
    #expect(record.id.text.hasPrefix("20261129T1133") && record.user == "ubuntu" && record.host == "lake1")
    #expect(record.command.starts(with: ["sluice", "--config", "/srv/data_lake.yml"]))
    #expect(record.processID > 15_000 && record.processStart > 115_000)
    #expect(TextFormat.utc(record.startedAt).hasPrefix("2026-11-29T11:33:"))
    // What is written today says the same.
    #expect(try JSONFile.decode(RunRecord.self, JSONFile.encode(record)) == record)
  }

  @Test("no fixture is left out") func complete() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.fixtures.path)
    #expect(Set(names) == Set(Self.recorded.map { $0.0 + ".json" }))
  }

  @Test("any key but id, profile and task may be absent, and any may be unknown") func lenient() throws {
    let data = try Data(contentsOf: Self.fixtures.appending(path: "sync.json"))
    let old = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let now = try JSONFile.encode(JSONFile.decode(RunRecord.self, data))
    let new = try #require(JSONSerialization.jsonObject(with: now) as? [String: Any])
    for object in [old, new] {
      for key in object.keys where !["id", "profile", "kind", "task", "form"].contains(key) {
        var less = object
        less[key] = nil
        less["later"] = ["x": 1]
        let record = try JSONFile.decode(RunRecord.self, JSONSerialization.data(withJSONObject: less))
        #expect(record.profile == "klines" && record.task == .sync(), "\(key)")
      }
    }
    #expect(new["form"] as? Int == 1 && new["kind"] == nil && new["options"] == nil)
  }

  @Test("one of a newer form is refused with a sentence, and is in no list as a run that is not there")
  func newer() throws {
    let scratch = try ScratchDirectory()
    let id = RunID(start: Date(), salt: 3)
    let path = try scratch.file("runs/\(id)/run.json", #"{"form":2,"id":"\#(id)","profile":"ticks"}"#)
    let directory = RunDirectory(id: id, stateDirectory: scratch.path)
    #expect {
      _ = try directory.readRecord()
    } throws: { error in
      (error as? FileFailure)?.description.hasPrefix(
        "\(path): cannot be used: it has form 2 and this sluice reads run.json up to form 1") == true
    }
    #expect(RunHistory(stateDirectory: scratch.path).unreadableRuns().map(\.path) == [path])
  }
}
