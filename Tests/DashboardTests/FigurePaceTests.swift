import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("How often figures move")
struct FigurePaceTests {
  /// The sample's running profile, further on.
  private static func ticks(_ fraction: Double, rate: Double = 1_000_000) -> LakeEvent {
    var status = Sample.statuses[0]
    status.liveRun = Sample.live("cex_ticks", fraction: fraction, rate: rate)
    return .profile(status)
  }

  /// The line of the table with the running profile.
  private static func line(_ model: DashboardModel) -> String {
    draw(model).text.split(separator: "\n").first { $0.contains("cex_ticks") }.map(String.init) ?? ""
  }

  private static func after(_ seconds: Double) -> DashboardAction { .tick(Sample.now.addingTimeInterval(seconds)) }

  @Test("the table waits for its pace, all columns together")
  func table() {
    var model = Sample.model(width: 120, height: 36)
    _ = update(&model, .lake(Self.ticks(0.705)))
    for seconds in [0, 1, 2, 4.9] {
      _ = update(&model, Self.after(seconds))
      #expect(Self.line(model).contains("61%") && Self.line(model).contains("12 MB/s"))
    }
    _ = update(&model, Self.after(5))
    #expect(Self.line(model).contains("70%") && Self.line(model).contains("980 KB/s"))
  }

  @Test("what is done of the run under the cursor moves every second, its rate and the totals with the table")
  func cursor() {
    var model = KeyTests.model(on: "cex_ticks", width: 120, height: 36)
    _ = update(&model, Self.after(0))
    let header = draw(model).text.split(separator: "\n")[1]
    _ = update(&model, .lake(Self.ticks(0.705)))
    #expect(Self.line(model).contains("61%"))
    #expect(model.nextWake == Sample.now.addingTimeInterval(1))
    _ = update(&model, Self.after(1))
    let screen = draw(model).text
    #expect(Self.line(model).contains("70%") && Self.line(model).contains("12 MB/s"))
    #expect(screen.contains("3.7 GB of 5.2 GB, 1,001 of 1,421 files"))
    #expect(screen.split(separator: "\n")[1] == header)
    // Nothing is left to show before the table's next turn.
    #expect(model.nextWake == Sample.now.addingTimeInterval(5))
    _ = update(&model, Self.after(5))
    #expect(Self.line(model).contains("980 KB/s"))
    #expect(draw(model).text.split(separator: "\n")[1] != header)
  }

  @Test("a run is brought up to date when the cursor comes to it")
  func coming() {
    var model = KeyTests.model(on: "futures_depth", width: 120, height: 36)
    _ = update(&model, .lake(Self.ticks(0.705)))
    #expect(Self.line(model).contains("61%"))
    _ = Sample.press(&model, "down")
    #expect(model.selectedName == "cex_ticks")
    #expect(Self.line(model).contains("70%"))
  }

  @Test("a new phase, a pause and the end show at once")
  func turns() {
    var model = Sample.model(width: 120, height: 36)
    var status = Sample.statuses[0]
    status.liveRun = Sample.live("cex_ticks", fraction: 0.99, rate: 0)
    status.liveRun?.progress.phase = .finishing
    _ = update(&model, .lake(.profile(status)))
    #expect(Self.line(model).contains("100%") && !Self.line(model).contains("MB/s"))
    status.liveRun = Sample.live("cex_ticks", fraction: 0.8)
    status.liveRun?.progress.isPaused = true
    _ = update(&model, .lake(.profile(status)))
    #expect(Self.line(model).contains("80%") && !Self.line(model).contains("MB/s"))
    status.liveRun = nil
    status.usage = Sample.usage(190_000_000_000, 42_000)
    _ = update(&model, .lake(.profile(status)))
    #expect(Self.line(model).contains("177 GB") && !Self.line(model).contains("%"))
    #expect(draw(model).text.contains("idle"))
  }

  @Test("lively figures move every second, and L switches")
  func lively() {
    var model = Sample.model(width: 120, height: 36, settings: DashboardSettings(isLively: true))
    #expect(model.nextWake == Sample.now.addingTimeInterval(1))
    _ = update(&model, .lake(Self.ticks(0.705)))
    _ = update(&model, Self.after(1))
    #expect(Self.line(model).contains("70%") && Self.line(model).contains("980 KB/s"))
    _ = Sample.press(&model, "L")
    #expect(!model.isLively && model.nextWake == Sample.now.addingTimeInterval(6))
    _ = update(&model, .lake(Self.ticks(0.8)))
    _ = update(&model, Self.after(3))
    #expect(Self.line(model).contains("70%"))
    _ = Sample.press(&model, "L")
    #expect(model.isLively && Self.line(model).contains("80%"))
  }

  @Test("calm bars move by whole cells, lively ones by parts of one")
  func bars() {
    func bar(_ fraction: Double, lively: Bool) -> String {
      var model = Sample.model(width: 120, height: 36, settings: DashboardSettings(isLively: lively))
      _ = update(&model, .lake(Self.ticks(fraction)))
      _ = update(&model, Self.after(5))
      return String(Self.line(model).filter { "▏▎▍▌▋▊▉█░".contains($0) })
    }
    let partial = (1..<99).filter { bar(Double($0) / 100, lively: false).contains { "▏▎▍▌▋▊▉".contains($0) } }
    #expect(partial == [])
    #expect(Set((1..<99).map { bar(Double($0) / 100, lively: false) }).count < 20)
    #expect(Set((1..<99).map { bar(Double($0) / 100, lively: true) }).count > 60)
  }

  @Test("twenty runs change few cells a second: figures are calm", arguments: [(false, 20), (true, 80)])
  func quiet(isLively: Bool, bar: Int) {
    let names = (0..<20).map { "profile_\($0)" }
    func status(_ index: Int, _ second: Double) -> ProfileStatus {
      var status = ProfileStatus(profile: Sample.profile(names[index]))
      status.checkpoint = Sample.checkpoint(names[index], ago: 7200)
      // Rates that waver, at 0.1 to 0.3 percent a second.
      let wavering = 8_000_000 + 100_000 * Double((index * 7 + Int(second * 4) * 13) % 11)
      status.liveRun = Sample.live(
        names[index], fraction: 0.1 + second * (0.001 + 0.0001 * Double(index)), rate: wavering)
      return status
    }
    var model = Sample.model(
      width: 100, height: 50, settings: DashboardSettings(isLively: isLively),
      statuses: names.indices.map { status($0, 0) })
    var before = draw(model)
    var changed = 0
    let seconds = 60
    for quarter in 1...(seconds * 4) {
      let second = Double(quarter) / 4
      _ = update(&model, .tick(Sample.now.addingTimeInterval(second)))
      for index in names.indices { _ = update(&model, .lake(.profile(status(index, second)))) }
      let after = draw(model)
      changed += zip(before.cells, after.cells).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
      before = after
    }
    // Measured at ncurses: about ten bytes a changed cell with its cursor movement; 200 and 700 B/s are the bars.
    #expect(changed / seconds <= bar)
  }

  @Test(
    "rates and estimates are rounded to what can be said of them",
    arguments: [
      (0.4, ""), (912, "910 B/s"), (9_830, "9.6 KB/s"), (119_808, "120 KB/s"), (1_021_000, "990 KB/s"),
      (1_048_576, "1.0 MB/s"), (12_900_000, "12 MB/s"), (Double.infinity, ""), (.nan, ""),
    ])
  func rates(_ rate: Double, _ expected: String) { #expect(Figures.rate(rate) == expected) }

  @Test(
    "what is left is told in steps that grow with it",
    arguments: [
      (0, "5s"), (12, "10s"), (57, "55s"), (58, "1m 00s"), (94, "1m 30s"), (164, "2m 30s"), (176, "3m 00s"),
      (200, "3m 30s"), (284, "4m 30s"), (285, "5m"), (575, "10m"), (7500, "2h 05m"),
    ])
  func timesLeft(_ seconds: Double, _ expected: String) { #expect(Figures.timeLeft(seconds) == expected) }
}
