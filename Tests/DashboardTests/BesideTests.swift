import Foundation
import SluiceCore
import Testing

@testable import Dashboard

@Suite("A dry run beside a run")
struct BesideTests {
  private static let dryRun = KeyTests.request("cex_ticks", .sync(.rehearsal))

  /// The status of the profile whose sync goes on, with another run shown for it.
  private func status(showing run: LiveRun?) throws -> ProfileStatus {
    var status = try #require(Sample.statuses.first { $0.profile.name == "cex_ticks" })
    status.liveRun = run
    return status
  }

  private static func rehearsal(_ change: (inout IngestTask) -> Void = { $0.isRehearsal = true }) -> RunTask {
    var task = IngestTask()
    change(&task)
    return .ingest(task)
  }

  @Test("d is allowed beside a sync, whose row stays; the preview comes when the dry run ends, and is told")
  func preview() throws {
    var model = KeyTests.model(on: "cex_ticks")
    let sync = model.selectedRow?.liveRun?.record.id
    #expect(Sample.press(&model, "d").contains(Self.dryRun))
    #expect(model.selectedRow?.liveRun?.record.id == sync && model.page(PreviewPage.self).listing == nil)
    #expect(model.reasonAgainst(.dryRun) == .startingAlready("cex_ticks"))
    let id = RunID(start: Sample.now.addingTimeInterval(1), salt: 9)
    _ = update(
      &model,
      .lake(.answer(LakeQuestion(.preview, of: "cex_ticks"), .preview(run: id, Sample.planSummary, Sample.changes))))
    #expect(model.page(PreviewPage.self).listing?.run == id)
    #expect(model.selectedRow?.liveRun?.record.id == sync)
    var past = Sample.past("cex_ticks", .sync(.rehearsal), ago: -1)
    past.record.id = id
    _ = update(&model, .lake(.answer(LakeQuestion(.history, of: "cex_ticks"), .history([past]))))
    #expect(model.message?.text == "cex_ticks: dry run is ready.")
    #expect(model.reasonAgainst(.dryRun) == nil)
  }

  @Test("one that fails behind a sync, and so has no preview, is told and gives its place away")
  func failed() throws {
    var model = KeyTests.model(on: "cex_ticks")
    _ = Sample.press(&model, "d")
    let past = Sample.past("cex_ticks", .sync(.rehearsal), .failed, ago: -1, problem: Sample.unreachable)
    _ = update(&model, .lake(.answer(LakeQuestion(.history, of: "cex_ticks"), .history([past]))))
    #expect(model.message?.text.hasPrefix("cex_ticks: dry run failed. 10.0.0.11 did not answer") == true)
    #expect(model.reasonAgainst(.dryRun) == nil)
  }

  @Test("a run may be started beside any rehearsal, a second of the same may not")
  func rule() throws {
    var model = KeyTests.model(on: "cex_ticks")
    #expect(model.reasonAgainst(.sync) == .running("cex_ticks", .sync()))
    for task in [RunTask.sync(.rehearsal), Self.rehearsal()] {
      _ = update(&model, .lake(.profile(try status(showing: Sample.live("cex_ticks", task)))))
      #expect(model.reasonAgainst(.sync) == nil)
      #expect((model.reasonAgainst(.dryRun) != nil) == task.previewsSync)
    }
    _ = update(&model, .lake(.profile(try status(showing: Sample.live("cex_ticks", Self.rehearsal { _ in })))))
    #expect(model.reasonAgainst(.sync) != nil && model.reasonAgainst(.dryRun) == nil)
  }

  @Test("what was asked about one run is not done to another that has begun meanwhile")
  func otherRun() throws {
    var other = Sample.live("cex_ticks", .cleanup())
    other.record.id = Sample.id(5)
    var model = KeyTests.model(on: "cex_ticks")
    #expect(Sample.press(&model, "x") == [])
    #expect(model.overlay == .question(.stop([Sample.steered])))
    _ = update(&model, .lake(.profile(try status(showing: other))))
    #expect(Sample.press(&model, "y") == [])
    #expect(Sample.press(&model, "b", "7") == [])
    _ = update(&model, .lake(.profile(try status(showing: Sample.live("cex_ticks")))))
    #expect(Sample.press(&model, "enter") == [])
    #expect(Sample.press(&model, "p") == [.pause(Sample.steered)])
  }
}
