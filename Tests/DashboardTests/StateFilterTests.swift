import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("Narrowing the table to one state")
struct StateFilterTests {
  private func press(_ text: String, in model: inout DashboardModel) throws {
    let line = try #require(draw(model).text.split(separator: "\n").first)
    let place = try #require(line.range(of: text))
    let x = line.distance(from: line.startIndex, to: place.lowerBound)
    _ = update(&model, .key(.mouse(MouseEvent(kind: .press, x: x, y: 0))))
  }

  /// Does something by the list of everything.
  private func choose(_ text: String, _ model: inout DashboardModel) {
    _ = Sample.press(&model, ":")
    for letter in text { _ = update(&model, .key(.character(letter))) }
    _ = Sample.press(&model, "enter")
  }

  @Test("a press on a count of the header shows that state only, a second one all again", arguments: [80, 120])
  func header(width: Int) throws {
    var model = Sample.model(width: width, height: 36)
    let all = model.visible.count
    for (count, name) in [("✗ 1", "dex_swaps"), ("⚠ 1", "futures_depth"), ("○ 1", "旧行情_okx")] {
      try press(count, in: &model)
      #expect(model.visible.map { model.rows[$0].name } == [name], "\(count)")
      #expect(draw(model).text.contains(" matching \"\(model.filter)\" "))
    }
    try press("○ 1", in: &model)
    #expect(model.filter.isEmpty && model.visible.count == all)
    try press("sluice", in: &model)
    #expect(model.filter.isEmpty && model.visible.count == all)
  }

  @Test("every column of a count belongs to it, the blanks between two to neither")
  func columns() throws {
    let model = Sample.model(width: 120, height: 36)
    let view = HeaderView(model: model, area: DashboardLayout(model).header)
    let line = Array(try #require(draw(model).text.split(separator: "\n").first))
    let start = try #require(line.firstIndex(of: "✗"))
    for column in start..<line.count {
      let neighbors = [column - 1, column + 1].filter(line.indices.contains)
      let isBetween = line[column] == " " && neighbors.contains { line[$0] == " " }
      #expect((view.state(atColumn: column) == nil) == isBetween, "column \(column)")
    }
    #expect(view.state(atColumn: start - 1) == nil)
  }

  @Test("the list of everything narrows it, and shows all again")
  func palette() {
    var model = Sample.model(width: 120, height: 36)
    let all = model.visible.count
    choose("only failed", &model)
    #expect(model.filter == "state:failed" && model.selectedName == "dex_swaps")
    choose("show all", &model)
    #expect(model.filter.isEmpty && model.visible.count == all)
  }

  @Test("a read-only dashboard quits without a question: nobody has started anything from it")
  func readOnly() {
    var model = KeyTests.model(on: "cex_ticks", settings: DashboardSettings(isReadOnly: true))
    #expect(Sample.press(&model, "q") == [.quit])
  }
}
