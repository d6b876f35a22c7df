import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("A screen that stands still")
struct FreezingTests {
  private static let failed: ProfileStatus = {
    var status = Sample.statuses[4]
    status.checkpoint = Sample.checkpoint("options", .failed, ago: 1, lastSuccess: 90)
    return status
  }()

  @Test("news and time change nothing on it, and are all there when it goes on")
  func standsStill() {
    var model = Sample.model(width: 120, height: 36)
    _ = Sample.press(&model, "F")
    model.message = nil
    let before = draw(model)
    _ = update(&model, .lake(.profile(Self.failed)))
    _ = update(&model, .lake(.summary(LakeSummary(rootDirectory: "/other", configurationPath: "", freeBytes: 1))))
    _ = update(&model, .tick(Sample.now.addingTimeInterval(7200)))
    #expect(draw(model) == before)
    _ = Sample.press(&model, "F")
    model.message = nil
    #expect(model.row(named: "options")?.state == .failed)
    #expect(model.summary?.rootDirectory == "/other")
    #expect(model.now == Sample.now.addingTimeInterval(7200))
  }

  @Test("nothing wakes it but what is to be done")
  func sleeps() {
    var model = Sample.model()
    #expect(model.nextWake != nil)
    _ = Sample.press(&model, "F")
    model.message = nil
    #expect(model.nextWake == nil)
  }

  @Test("what is asked meanwhile is answered: a page that is opened, not one that would change by itself")
  func answersComeThrough() {
    var model = KeyTests.model(on: "cex_ticks", width: 120, height: 36)
    _ = Sample.press(&model, "F", "3")
    let log = LakeQuestion(.log, of: "cex_ticks")
    _ = update(&model, .lake(.answer(log, .log(run: Sample.id(185), Sample.logLines, isWhole: true))))
    #expect(model.page(LogPage.self).lines.count == Sample.logLines.count)
    let news = LogLine(time: Sample.now, level: .info, text: "news")
    for _ in 0..<2 {
      _ = update(&model, .lake(.answer(log, .log(run: Sample.id(185), [news], isWhole: false))))
    }
    #expect(model.page(LogPage.self).lines.count == Sample.logLines.count)
    _ = Sample.press(&model, "F")
    #expect(model.page(LogPage.self).lines.count == Sample.logLines.count + 2)
  }

  @Test("runs that wait for their turn do not wait for the screen, and an action lets it go on")
  func runsGoOn() {
    var model = KeyTests.model(on: "dex_swaps", settings: DashboardSettings(maxParallel: 1))
    _ = Sample.press(&model, "space", "space", "s", "F")
    var dex = Sample.statuses[2]
    dex.liveRun = Sample.live("dex_swaps")
    _ = update(&model, .lake(.profile(dex)))
    dex.liveRun = nil
    #expect(update(&model, .lake(.profile(dex))).contains(KeyTests.request("funding_rates", .sync())))
    var other = KeyTests.model(on: "klines")
    _ = Sample.press(&other, "F")
    _ = update(&other, .lake(.profile(Self.failed)))
    #expect(Sample.press(&other, "s").contains(KeyTests.request("klines", .sync())))
    #expect(other.held == nil)
    #expect(other.row(named: "options")?.state == .failed)
  }
}
