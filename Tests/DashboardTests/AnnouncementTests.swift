import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("What the terminal tells beside the screen")
struct AnnouncementTests {
  private static func ended() -> ProfileStatus {
    var status = Sample.statuses[0]
    status.liveRun = nil
    status.lastRun = Sample.past("cex_ticks", ago: 185)
    return status
  }

  @Test(
    "the end of a run that was shown calls the operator where that is wanted, once",
    arguments: [
      Lake.Announcement.bell, .message,
    ])
  func end(_ how: Lake.Announcement) {
    var model = Sample.model(settings: DashboardSettings(announces: how))
    let calls = update(&model, .lake(.profile(Self.ended()))).filter {
      if case .announce(_, how) = $0 { true } else { false }
    }
    #expect(calls.count == 1)
    #expect(!update(&model, .lake(.profile(Self.ended()))).contains { if case .announce = $0 { true } else { false } })
  }

  @Test("nobody is called unless it is wanted")
  func silent() {
    var model = Sample.model()
    #expect(!update(&model, .lake(.profile(Self.ended()))).contains { if case .announce = $0 { true } else { false } })
  }

  @Test("the progress is that of all running syncs, and none without one or unless it is wanted")
  func progress() {
    #expect(terminalProgress(Sample.model()) == nil)
    var model = Sample.model(settings: DashboardSettings(showsProgress: true))
    let shown = model.rows.first { $0.isRunning }?.amounts.fraction
    #expect(terminalProgress(model) == Figures.wholePercent(shown ?? 0))
    _ = update(&model, .lake(.profile(Self.ended())))
    #expect(terminalProgress(model) == nil)
  }
}
