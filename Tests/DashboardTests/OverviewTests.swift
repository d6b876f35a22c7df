import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("The Overview fills its room")
struct OverviewTests {
  private static let english = Labels(language: .english)

  // MARK: Parts below one another

  @Test(
    "the first parts are there first, each with its least rows, and what is left goes to them in their order",
    arguments: [
      (0, [0, 0, 0]), (3, [3, 0, 0]), (7, [5, 0, 0]), (9, [5, 3, 0]), (12, [5, 6, 0]), (11, [5, 5, 0]),
      (14, [5, 3, 4]), (20, [5, 8, 5]), (40, [5, 8, 7]),
    ])
  func stack(_ height: Int, _ rows: [Int]) {
    var stack = BlockStack()
    for (least, most) in [(5, 5), (3, 8), (4, 7)] { stack.add(least: least, most: most) { _, _ in } }
    #expect(stack.rows(height) == rows)
  }

  @Test("nothing is drawn beyond the rows a part has", arguments: 0..<50)
  func bounds(_ height: Int) {
    var stack = BlockStack()
    for (least, most) in [(5, 5), (3, 8), (4, 7)] {
      stack.add(least: least, most: most) { area, buffer in buffer.fill(area, Style(.bad)) }
    }
    let rows = stack.rows(height).filter { $0 > 0 }
    #expect(rows.reduce(0, +) + max(0, rows.count - 1) <= height)
  }

  // MARK: The rate over a run

  private static func live(_ rate: Double, _ phase: RunPhase = .transferring, isPaused: Bool = false) -> LiveRun {
    var run = Sample.live("cex_ticks", rate: rate)
    run.progress.phase = phase
    run.progress.isPaused = isPaused
    return run
  }

  /// Samples at the table's pace from a second of the run on.
  private static func rates(from second: Double = 0, _ runs: [LiveRun]) -> RunRates {
    var rates = RunRates(live(1))
    for (index, run) in runs.enumerated() {
      rates.record(run, now: rates.start.addingTimeInterval(second + Double(index) * Throughput.pace))
    }
    return rates
  }

  @Test("what nobody watched has no rate, and what held it up is marked")
  func marks() {
    let rates = Self.rates(
      from: 10,
      [
        Self.live(0), Self.live(100), Self.live(0), Self.live(300, .waiting), Self.live(300, isPaused: true),
        Self.live(50),
      ])
    #expect(rates.samples.map(\.rate) == [nil, nil, 0, 100, 0, 0, 0, 50])
    #expect(rates.samples.map(\.mark) == [.none, .none, .none, .none, .stalled, .waiting, .paused, .none])
  }

  @Test("a long run keeps as many samples as a short one, and their mean")
  func longRun() {
    let rates = Self.rates((0..<3000).map { Self.live(Double($0 % 2) * 200) })
    #expect(rates.samples.count <= RunRates.capacity && rates.step == 80)
    #expect(rates.samples.dropLast().allSatisfy { $0.rate == 100 })
    let (fitted, step) = rates.fitted(60)
    #expect(fitted.count <= 60 && step == 320)
  }

  @Test("a clock that goes back, and another run, change nothing")
  func oddClocks() {
    var rates = Self.rates([Self.live(100), Self.live(100)])
    let before = rates
    rates.record(Self.live(900), now: rates.start.addingTimeInterval(-60))
    rates.record(Self.live(900), now: rates.start)
    rates.record(Self.live(900), now: .distantFuture)
    var other = Self.live(900)
    other.record.id = Sample.id(1)
    rates.record(other, now: rates.start.addingTimeInterval(15))
    #expect(rates == before)
  }

  @Test(
    "an axis ends at a round number that is not below its values",
    arguments: [
      (0, 1), (1, 1), (3, 5), (500, 500), (501, 1024), (1500, 2048), (12_900_000, 20_971_520),
      (.infinity, 1), (.nan, 1),
    ])
  func scale(_ value: Double, _ end: Double) { #expect(GraphScale.bytes(value) == end) }

  private static func graph(limit: Int? = nil, glyphs: Glyphs = .unicode, _ runs: [LiveRun]) -> [String] {
    var run = runs.last ?? live(1)
    run.progress.bandwidthLimit = limit
    var buffer = ScreenBuffer(width: 90, height: 8, glyphs: glyphs)
    let rates = rates(from: 10, runs)
    RateGraph(labels: Self.english, rates: rates, run: run, now: Sample.now, area: buffer.bounds).draw(into: &buffer)
    return buffer.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static let eventful =
    (0..<8).map { live(Double($0 + 1) * 1_310_720) } + [live(0), live(9, .waiting), live(9, isPaused: true)]
    + (0..<8).map { _ in live(9_000_000) }

  @Test("is an area over an axis with times, scale, limit and marks")
  func graph() {
    let lines = Self.graph(limit: 9000, Self.eventful)
    #expect(lines[0].hasPrefix("Rate over the run  at most 10 MB/s  limit 8.8 MB/s"))
    #expect(lines[1].hasPrefix("  10 MB/s"))
    #expect(lines[6].hasPrefix("        0 "))
    #expect(lines[6].contains("··──────") && lines[6].contains("⚠✗‖"))
    #expect(lines[1...2].contains { $0.contains("──────────") })
    #expect(lines[7].contains("11:56") && lines[7].contains("✗ next try"))
    #expect(lines[5].contains("████████"))
  }

  @Test("is made of ASCII where only that is drawn")
  func asciiGraph() {
    let text = Self.graph(limit: 9000, glyphs: .ascii, Self.eventful).joined()
    #expect(SafeText.isPlainASCII(text), "\(text)")
    #expect(text.contains("________"))
  }

  @Test("a limit far above the rate does not press the area to the ground")
  func farLimit() {
    let lines = Self.graph(limit: 900_000, [Self.live(1_000_000), Self.live(900_000)])
    #expect(lines[0].contains("limit 880 MB/s") && lines[1].hasPrefix(" 1.0 MB/s"))
  }

  @Test("a row's rates begin with its run and end with it")
  func rowRates() throws {
    var model = Sample.model()
    let rates = try #require(model.row(named: "cex_ticks")?.rates)
    #expect(rates.run == Sample.steered.id && rates.samples.contains { $0.rate != nil })
    var status = Sample.statuses[0]
    status.liveRun = nil
    _ = update(&model, .lake(.profile(status)))
    #expect(model.row(named: "cex_ticks")?.rates == nil)
  }

  @Test("all news count for the rate, which moves on the screen at the table's pace alone")
  func pace() throws {
    var model = Sample.model()
    let before = try #require(model.row(named: "cex_ticks")?.rates)
    for rate in [1_000.0, 5_000, 9_000] {
      var status = Sample.statuses[0]
      status.liveRun = Self.live(rate)
      _ = update(&model, .tick(Sample.now.addingTimeInterval(2)))
      _ = update(&model, .lake(.profile(status)))
    }
    #expect(model.row(named: "cex_ticks")?.rates == before)
    _ = update(&model, .tick(Sample.now.addingTimeInterval(5)))
    let after = try #require(model.row(named: "cex_ticks")?.rates)
    #expect(after.samples.last?.rate.map { $0 < 9_001 } == true)
  }

  // MARK: Days

  private static func days(_ count: Int, cutoff: Int?, width: Int = 80, height: Int = 9) -> [String] {
    let days = (0..<count).map { DayUsage(day: CalendarDay(daysSinceEpoch: 20_760 + $0), bytes: 1 << 30, files: 10) }
    var buffer = ScreenBuffer(width: width, height: height)
    DayGraph(labels: Self.english, days: days, cutoff: cutoff.map { CalendarDay(daysSinceEpoch: 20_760 + $0) })
      .draw(in: buffer.bounds, into: &buffer)
    return buffer.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("days are two columns wide where there is room, with the edge that retention draws")
  func dayGraph() {
    let lines = Self.days(28, cutoff: 6)
    #expect(lines[0].hasPrefix("Held by day  usually 1.0 GB in 10 files"))
    #expect(lines[1].hasPrefix("   1.0 GB " + String(repeating: "█", count: 56)))
    #expect(lines[8].hasPrefix("          11-03       ↑ kept from 11-09"))
    #expect(lines[8].contains("11-30"))
    #expect(Self.days(60, cutoff: nil)[1].contains(" " + String(repeating: "█", count: 60)))
  }

  @Test("a day that holds nothing is a gap and is counted")
  func emptyDay() {
    var days = (0..<10).map { DayUsage(day: CalendarDay(daysSinceEpoch: 20_760 + $0), bytes: 1 << 30, files: 10) }
    days.remove(at: 4)
    var buffer = ScreenBuffer(width: 80, height: 5)
    DayGraph(labels: Self.english, days: days, cutoff: nil).draw(in: buffer.bounds, into: &buffer)
    #expect(buffer.text.contains("nothing on 1 day") && buffer.text.contains("████████  ██████████"))
  }

  @Test("no part is drawn beyond its area, whatever its size", arguments: [0, 1, 5, 11, 20, 30, 79])
  func smallAreas(_ width: Int) {
    for height in 0..<12 {
      var buffer = ScreenBuffer(width: 100, height: 20)
      let area = Rect(x: 3, y: 2, width: width, height: height)
      DayGraph(labels: Self.english, days: Sample.usage(1_000_000_000, 999).days ?? [], cutoff: CalendarDay(Sample.now))
        .draw(in: area, into: &buffer)
      BroughtList(brought: Sample.brought, labels: Self.english, now: Sample.now).draw(in: area, into: &buffer)
      RateGraph(labels: Self.english, rates: Self.rates(Self.eventful), run: Self.live(1), now: Sample.now, area: area)
        .draw(into: &buffer)
      for y in 0..<20 {
        for x in 0..<100 where !(area.x..<area.right).contains(x) || !(area.y..<area.bottom).contains(y) {
          #expect(buffer[x, y].text == " ", "\(width)x\(height) at \(x),\(y)")
        }
      }
    }
  }

  // MARK: Data that is gone

  @Test(
    "data that is gone stands first, with what to do, whatever the newest run says",
    arguments: [
      (
        false, "Nothing is left in /data/lake/options, which held 393 files.",
        "s fetches again what the source still has."
      ),
      (true, "The disk of /data/lake/options, which held 393 files, is not mounted.", "Mount it: findmnt -T"),
    ])
  func lostData(_ isDiskMissing: Bool, _ sentence: String, _ advice: String) throws {
    let killed = RunProblem(code: "killed", message: "rsync was ended by someone else.")
    for problem in [killed, nil] {
      var status = Sample.statuses[4]
      status.lostData = LostData(files: 393, isDiskMissing: isDiskMissing)
      status.lastRun = Sample.past("options", .sync(), .interrupted, ago: 45, problem: problem)
      let text = draw(Sample.model(width: 120, height: 36, statuses: [status])).text
      let place = try #require(text.range(of: sentence))
      #expect(text.contains("→ \(advice)"))
      if problem != nil { #expect(try place.lowerBound < #require(text.range(of: "✗ rsync was ended")).lowerBound) }
    }
  }

  @Test("data that is gone is no problem while a run may be fetching it again, and is told in Chinese")
  func lostDataElsewhere() {
    var status = Sample.statuses[4]
    status.lostData = LostData(files: nil)
    func problems(_ status: ProfileStatus) -> [String] {
      let row = ProfileRow(status, now: Sample.now)
      return ProblemList(row: row, labels: Labels(language: .chinese), now: Sample.now, syncKey: "s").problems
        .map(\.message)
    }
    #expect(problems(status) == ["/data/lake/options 中已空无一物。"])
    status.liveRun = Sample.live("options")
    #expect(problems(status).isEmpty)
  }

  // MARK: What came, and the log's end

  @Test("the log of another run than the one that went wrong is not shown as its end")
  func otherLog() {
    var model = Sample.model(width: 200, height: 50)
    _ = Sample.press(&model, "/", "d", "e", "x", "enter")
    let question = LakeQuestion(.logEnd, of: "dex_swaps")
    _ = update(&model, .lake(.answer(question, .logEnd(run: Sample.id(9999), Sample.logLines))))
    #expect(!draw(model).text.contains("Its log ends"))
    _ = update(&model, .lake(.answer(question, .logEnd(run: Sample.id(640), Sample.logLines))))
    #expect(draw(model).text.contains("Its log ends"))
  }

  @Test("the last log's end is shown where nothing went wrong and there is room")
  func lastLog() {
    var status = Sample.statuses[4]
    status.lastRun = Sample.past("options", ago: 45)
    var model = Sample.model(width: 200, height: 50, statuses: [status])
    let answer = LakeEvent.answer(LakeQuestion(.logEnd, of: "options"), .logEnd(run: Sample.id(45), Sample.logLines))
    _ = update(&model, .lake(answer))
    #expect(draw(model).text.contains("The last log ends"))
    _ = update(&model, .resized(width: 80, height: 24))
    #expect(!draw(model).text.contains("log ends"))
  }

  @Test("what the disk takes and when it is full is said only where nearly all data tells how much comes")
  func disk() {
    func overview(_ change: (inout [ProfileStatus]) -> Void) -> String {
      var statuses = Sample.statuses
      change(&statuses)
      var model = Sample.model(width: 200, height: 50, statuses: statuses)
      _ = Sample.press(&model, "/", "o", "p", "t", "enter")
      return draw(model).text
    }
    #expect(overview { _ in }.contains(" a day, not full in two years"))
    let growing = overview { statuses in
      for index in statuses.indices { statuses[index].profile.retentionDays = nil }
    }
    #expect(growing.contains(" a day, full about 2026-12-0"))
    let unknown = overview { statuses in
      for index in statuses.indices { statuses[index].usage?.days = nil }
    }
    #expect(unknown.contains("lake 917 GB ") && !unknown.contains("a day, "))
    let kept = overview { statuses in
      for index in statuses.indices { statuses[index].profile.retentionDays = 30 }
    }
    #expect(kept.contains(", as much expires as comes"))
  }
}
