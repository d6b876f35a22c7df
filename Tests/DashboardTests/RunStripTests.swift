import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("The strip of the last syncs")
struct RunStripTests {
  private static let labels = Labels(language: .english)
  private static let ends = Sample.recent(.success, .partial, .failed, .interrupted, .refused)

  private static func text(_ line: StyledLine) -> String { line.pieces.map(\.text).joined() }

  @Test(
    "stands at the right of its column, oldest left, and is cut at the old end",
    arguments: [(14, "         ✓◐✗◼⊘"), (5, "✓◐✗◼⊘"), (3, "✗◼⊘"), (0, "")])
  func place(_ width: Int, _ text: String) {
    let strip = RunStrip(Self.ends, labels: Self.labels, glyphs: .unicode)
    #expect(Self.text(strip.line(width: width)) == text)
  }

  @Test("is made of letters where only ASCII is drawn, what went wrong in capitals")
  func letters() {
    #expect(Self.text(RunStrip(Self.ends, labels: Self.labels, glyphs: .ascii).line(width: 7)) == "  sPFIR")
  }

  @Test("is empty where nothing is known")
  func unknown() {
    #expect(Self.text(RunStrip(nil, labels: Self.labels, glyphs: .unicode).line(width: 2)) == "  ")
  }

  @Test("each end has its state's colour")
  func colours() {
    let roles = RunStrip(Self.ends, labels: Self.labels, glyphs: .unicode).line(width: 5).pieces.map(\.style.foreground)
    #expect(roles == [.good, .warning, .bad, .warning, .bad])
  }

  @Test(
    "a row of the same bad ends is told with its length and its first day, as long as the state is that",
    arguments: [
      ("dex_swaps", "×3 since 11-19"), ("cex_ticks", nil), ("options", nil), ("funding_rates", nil), ("klines", nil),
    ])
  func standing(_ name: String, _ text: String?) throws {
    let row = try #require(Sample.model().row(named: name))
    #expect(row.standing(Labels(language: .english), now: Sample.now) == text)
    #expect(RowNote.text(row, Labels(language: .english), now: Sample.now).hasPrefix("×") == (text != nil))
  }

  @Test(
    "before a reason only the ends of that reason count, and where some kept none the reason is that of now",
    arguments: [
      (["full", "lost", "lost"], "×2 since 11-20: lost"), (["full", "full", "lost"], "lost"),
      (["lost", "lost", "lost"], "×3 since 11-19: lost"), ([nil, nil, "lost"], "×3 since 11-19, now: lost"),
      ([nil, "lost", "lost"], "×2 since 11-20: lost"),
    ] as [([String?], String)])
  func reasons(_ reasons: [String?], _ note: String) {
    var status = Sample.statuses[2]
    let runs = reasons.reversed().enumerated().map { index, reason in
      let problem = reason.map { RunProblem(code: "x", message: $0) }
      return Sample.past("dex_swaps", .sync(), .failed, ago: 640 + Double(index) * 86_400, problem: problem)
    }
    status.lastRun = runs[0]
    status.recentSyncs = RecentSyncs(newestFirst: runs)
    let (row, labels) = (ProfileRow(status, now: Sample.now), Labels(language: .english))
    #expect(RowNote.text(row, labels, now: Sample.now) == note)
    #expect(row.standing(labels, now: Sample.now) == "×3 since 11-19")
  }

  @Test("the Overview tells it beside the last sync")
  func overview() {
    var model = Sample.model(width: 120, height: 36)
    _ = Sample.press(&model, "/", "d", "e", "x", "enter")
    #expect(draw(model).text.contains("✗ failed ×3 since 11-19, 10m ago"))
  }

  private static func columns(_ width: Int, name: Int, isIdle: Bool) -> [TableColumn: Int] {
    let placed = TableColumns(x: 0, width: width, longestName: name, isIdle: isIdle).placed
    return Dictionary(uniqueKeysWithValues: placed.map { ($0.column, $0.width) })
  }

  @Test(
    "names are whole before anything else grows",
    arguments: [(196, 36, true), (196, 36, false), (156, 30, true), (116, 24, true), (116, 24, false), (116, 16, true)])
  func names(_ width: Int, _ name: Int, _ isIdle: Bool) {
    let columns = Self.columns(width, name: name, isIdle: isIdle)
    #expect(columns[.name] == name)
    #expect(columns[.strip].map { $0 >= 6 } == true)
  }

  @Test("the bar is as narrow as it may be while nothing runs, and grows with a run")
  func bar() {
    #expect(Self.columns(196, name: 12, isIdle: true)[.bar] == 8)
    #expect(Self.columns(196, name: 12, isIdle: false)[.bar].map { $0 >= 20 } == true)
    #expect(Self.columns(196, name: 12, isIdle: true)[.strip] == 14)
  }

  @Test("on a small screen the strip makes way", arguments: [20, 40, 76])
  func smallScreens(_ width: Int) {
    #expect(Self.columns(width, name: 13, isIdle: true)[.strip] == nil)
  }

  @Test("a tall screen shows all rows before the pane has more than it can use")
  func tallScreen() {
    let statuses = (0..<30).map { ProfileStatus(profile: Sample.profile("p\($0)")) }
    #expect(DashboardLayout(Sample.model(width: 250, height: 70, statuses: statuses)).rows.height == 30)
    #expect(DashboardLayout(Sample.model(width: 120, height: 36, statuses: statuses)).rows.height == 11)
  }
}
