import Foundation
import LakeFiles
import SluiceCore
import Testing

@testable import IngestEngine

@Suite("Two ingests of one lake")
struct IngestTurnTests {
  /// A lake of two profiles that hold the same series: `p` a month, `q` days of it, with other values.
  private func twoProfiles() throws -> (fixture: IngestFixture, lake: Lake, profiles: [Profile]) {
    let fixture = try IngestFixture()
    let other = fixture.root + "/other"
    var second = fixture.profile
    second.name = "other"
    second.localSubdirectory = "other"
    second.localPath = other
    second.checkpointFile = fixture.root + "/.checkpoints/other.json"
    second.ingest = IngestSettings(stateDirectory: other + "/_ingested", fillGaps: false)
    let lake = Lake(
      configurationPath: fixture.root + "/lake.yml", rootDirectory: fixture.root,
      profiles: [fixture.profile, second])
    let month = (0..<20).flatMap { IngestFixture.lines($0, seed: 1) }
    try fixture.monthlyArchive(lines: month)
    for day in 0..<12 {
      let path = try fixture.archive(day: day, seed: 100 + day)
      let target = "\(other)/\(path)"
      try FileManager.default.createDirectory(
        atPath: URL(filePath: target).deletingLastPathComponent().path, withIntermediateDirectories: true)
      try FileManager.default.moveItem(atPath: fixture.path(path), toPath: target)
    }
    return (fixture, lake, [fixture.profile, second])
  }

  private func ingest(_ profile: Profile, of lake: Lake, _ reporter: RecordingReporter) async -> IngestReport {
    var task = IngestTask()
    task.selection = .backfill(since: nil, until: nil)
    return await IngestJob(lake: lake, profile: profile, task: task, reporter: reporter).run()
  }

  @Test("at the same time end in the table that one after the other gives", arguments: 0..<6)
  func together(number: Int) async throws {
    let alone = try twoProfiles()
    for profile in alone.profiles { _ = await ingest(profile, of: alone.lake, RecordingReporter()) }
    let beside = try twoProfiles()
    await withTaskGroup(of: Void.self) { group in
      for profile in beside.profiles {
        group.addTask {
          let report = await ingest(profile, of: beside.lake, RecordingReporter())
          #expect(report.problems.isEmpty, "\(report)")
        }
      }
    }
    let rows = try alone.fixture.content()
    #expect(rows.count == 480)
    #expect(try beside.fixture.content() == rows)
  }

  @Test("take turns: the second says for whom it waits, and can be stopped meanwhile")
  func turns() async throws {
    let (fixture, lake, profiles) = try twoProfiles()
    _ = await ingest(profiles[0], of: lake, RecordingReporter())
    let turn = try #require(try FileLock.take(lake.stateDirectory + "/warehouse.lock"))
    turn.write("klines".utf8)
    let reporter = RecordingReporter(stopAt: 5)
    #expect(await ingest(profiles[1], of: lake, reporter).outcome == .interrupted)
    #expect(reporter.logs == ["Waits for the ingest of klines: both write the same warehouse."])
    turn.release()
    _ = await ingest(profiles[1], of: lake, RecordingReporter())
    #expect(try fixture.rows == 480)
  }
}
