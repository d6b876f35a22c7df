import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("A past run on its page")
struct OpenRunTests {
  private static let profile = "cex_ticks"

  private static func question(_ subject: LakeQuestion.Subject) -> LakeQuestion { LakeQuestion(subject, of: profile) }

  /// A dashboard at the history; its newest run is opened where `isOpen`.
  private func model(isOpen: Bool = true, width: Int = 120, height: Int = 36) -> DashboardModel {
    var model = KeyTests.model(on: Self.profile, width: width, height: height)
    _ = Sample.press(&model, "4", "tab")
    _ = update(&model, .lake(.answer(Self.question(.history), .history(Sample.history))))
    guard isOpen else { return model }
    _ = Sample.press(&model, "enter")
    answer(&model, Sample.id(7500))
    return model
  }

  private func answer(_ model: inout DashboardModel, _ id: RunID) {
    _ = update(&model, .lake(.answer(Self.question(.story(id)), .story(Sample.story))))
    _ = update(&model, .lake(.answer(Self.question(.changes(id)), .changes(Sample.changes))))
  }

  private func page(_ model: DashboardModel) -> HistoryPage { model.page(HistoryPage.self) }

  @Test("Enter asks for how it went and what it changed; Esc goes back to the list")
  func opens() {
    var model = model(isOpen: false)
    let id = Sample.id(7500)
    #expect(
      Sample.press(&model, "enter") == [.ask(Self.question(.story(id))), .ask(Self.question(.changes(id)))])
    #expect(draw(model).text.contains("The run is being read."))
    answer(&model, id)
    #expect(draw(model).text.contains("transferring"))
    _ = Sample.press(&model, "esc")
    #expect(page(model).openRun == nil && model.focus == .pane)
  }

  @Test("the cursor is on the longest stall at first, and the lines below say what was then")
  func stall() {
    let model = model()
    #expect(page(model).openRun?.story?.timeline.gravest?.kind == .stalled)
    let text = draw(model).text
    #expect(text.contains("no bytes for 44s") && text.contains("after 1m 15s") && text.contains("09:56:15"))
    #expect(text.contains("1,421 files, 5.2 GB to transfer"))
  }

  @Test("left and right go along its time and stop at its ends; the tab stays")
  func scrubs() throws {
    var model = model()
    let open = try #require(page(model).openRun)
    _ = Sample.press(&model, "right", "right")
    #expect(page(model).openRun?.column == open.column + 2)
    _ = Sample.press(&model, "left")
    #expect(page(model).openRun?.column == open.column + 1)
    for _ in 0..<300 { _ = Sample.press(&model, "left") }
    #expect(page(model).openRun?.column == 0 && model.tab == .history)
    for _ in 0..<300 { _ = Sample.press(&model, "right") }
    #expect(page(model).openRun?.column == open.columns - 1 && model.tab == .history)
  }

  @Test("n and N go from mark to mark, round at the ends, and say which it is")
  func marks() throws {
    var model = model()
    let marks = try #require(page(model).openRun?.story?.timeline.marks)
    #expect(marks.map(\.kind) == [.stalled, .waiting, .limit])
    _ = Sample.press(&model, "n")
    #expect(page(model).openRun?.second == marks[1].from)
    #expect(model.message?.text == Notice.mark(2, of: 3).words.english)
    _ = Sample.press(&model, "n", "n")
    #expect(page(model).openRun?.second == marks[0].from)
    _ = Sample.press(&model, "N")
    #expect(page(model).openRun?.second == marks[2].from)
    #expect(draw(model).text.contains("limit 20,000 KB/s"))
  }

  @Test("< and > lead to the run before and after, and say where there is none")
  func neighbors() {
    var model = model()
    let before = Sample.history[1].record.id
    #expect(
      Sample.press(&model, "<") == [.ask(Self.question(.story(before))), .ask(Self.question(.changes(before)))])
    #expect(page(model).openRun?.run.record.id == before)
    _ = Sample.press(&model, ">", ">")
    #expect(page(model).openRun?.run.record.id == Sample.id(7500))
    #expect(model.message?.text == Obstacle.noFurtherRun(isEarlier: false).words.english)
    _ = Sample.press(&model, "<", "esc")
    #expect(page(model).selected?.record.id == before, "the list's cursor has come along")
    _ = Sample.press(&model, "<")
    #expect(model.message?.text == Obstacle.noOpenRun.words.english)
  }

  @Test("an answer about another run changes nothing")
  func late() {
    var model = model()
    _ = Sample.press(&model, "<")
    answer(&model, Sample.id(7500))
    #expect(page(model).openRun?.story == nil && page(model).openRun?.changes == nil)
  }

  @Test("its files are the largest first and scroll; y copies the one under the cursor")
  func files() throws {
    var model = model()
    let changes = try #require(page(model).openRun?.changes)
    let sizes = changes.filter { $0.kind == .create || $0.kind == .update }.map(\.bytes)
    #expect(sizes == sizes.sorted(by: >) && changes.last?.kind == .directory)
    #expect(changes.count == Sample.changes.count)
    _ = Sample.press(&model, "down")
    #expect(Sample.press(&model, "y") == [.copy(changes[1].path)])
    _ = Sample.press(&model, "end")
    #expect(page(model).openRun?.place.selection == changes.count - 1)
  }

  @Test("n in the list goes to the runs that did not end well, round at the ends")
  func faults() {
    var model = model(isOpen: false)
    _ = Sample.press(&model, "n")
    #expect(page(model).selected?.result.outcome == .partial)
    _ = Sample.press(&model, "n")
    #expect(page(model).selected?.result.outcome == .failed)
    _ = Sample.press(&model, "n")
    #expect(page(model).selected?.result.outcome == .partial)
    _ = update(&model, .lake(.answer(Self.question(.history), .history([Sample.past(Self.profile, ago: 60)]))))
    _ = Sample.press(&model, "n")
    #expect(model.message?.text == Notice.noBadRun.words.english)
  }

  @Test("a run without samples says so and shows what it has")
  func old() {
    var model = model(isOpen: false)
    _ = Sample.press(&model, "n", "n", "enter")
    let id = Sample.id(180_000)
    _ = update(&model, .lake(.answer(Self.question(.story(id)), .story(Sample.oldStory))))
    let text = draw(model).text
    #expect(text.contains("It moved nothing to draw.") && text.contains("planning"))
    #expect(text.contains("10.0.0.11 did not answer"))
  }

  @Test("its parts keep to the page, whatever its size", arguments: 0...60)
  func rooms(_ height: Int) {
    for hasCurve in [true, false] {
      for problems in [0, 2, 9] {
        let area = Rect(x: 3, y: 2, width: 90, height: height)
        let room = OpenRunRoom(area, hasCurve: hasCurve, problems: problems)
        let parts = [
          room.heading, room.steps, room.totals, room.plot, room.times, room.moment, room.log, room.problems,
          room.filesHeading, room.files,
        ]
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.bottom <= $1.y || $0.isEmpty })
        #expect(parts.allSatisfy { $0.bottom <= area.bottom } && (height == 0 || room.files.height >= 1))
      }
    }
  }
}
