import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("Marks that the filter hides")
struct HiddenMarkTests {
  /// A model with these profiles marked, and a filter.
  private func model(marked: Set<String>, filter: String, width: Int = 120) -> DashboardModel {
    var model = Sample.model(width: width, height: 36)
    model.marked = marked
    for key in ["/"] + filter.map(String.init) + ["enter", "home"] { _ = Sample.press(&model, key) }
    return model
  }

  @Test("nothing is done with what is not shown, and what was left alone is named", arguments: ["s", "d", "v", "r"])
  func hidden(key: String) throws {
    var model = model(marked: ["klines", "options"], filter: "dex_swaps")
    #expect(model.targets == ["dex_swaps"] && model.hiddenMarks == ["klines", "options"])
    let effects = Sample.press(&model, key)
    #expect(!effects.isEmpty)
    for effect in effects {
      switch effect {
      case .start(let request): #expect(request.profile == "dex_swaps")
      case .ask(let question): #expect(question.profile == "dex_swaps")
      case .refresh(let profile): #expect(profile == "dex_swaps")
      default: Issue.record("\(effect)")
      }
    }
    let said = try #require(model.message?.text)
    #expect(said.hasPrefix(key == "r" ? "Reading dex_swaps again. " : "Starting "), "\(said)")
    #expect(said.hasSuffix(" Marked but hidden by the filter, and left alone: klines, options."), "\(said)")
    #expect(model.marked == ["klines", "options"])
  }

  @Test("a question asks about what is shown only", arguments: ["x", "b", "c", "A"])
  func questions(key: String) throws {
    let shown = key == "x" || key == "b" ? "cex_ticks" : "dex_swaps"
    var model = model(marked: ["klines", "dex_swaps", "cex_ticks"], filter: shown)
    _ = Sample.press(&model, key)
    switch try #require(model.overlay) {
    case .question(.stop(let runs)): #expect(runs.map(\.profile) == [shown])
    case .bandwidth(let dialog): #expect(dialog.runs.map(\.profile) == [shown])
    case .cleanup(let dialog): #expect(dialog.profiles == [shown])
    case .acknowledge(let dialog): #expect(Array(dialog.failures.keys) == [shown])
    default: Issue.record("\(String(describing: model.overlay))")
    }
    #expect(model.message?.text.hasPrefix("Marked but hidden by the filter, and left alone: ") == true)
  }

  @Test("a pause holds what is shown only, and says what it left alone")
  func pause() {
    var model = model(marked: ["klines", "cex_ticks"], filter: "cex_ticks")
    #expect(Sample.press(&model, "p") == [.pause(Sample.steered)])
    #expect(model.message?.text == "Marked but hidden by the filter, and left alone: klines.")
  }

  @Test("marked ones that are shown go before the one under the cursor, those that are hidden do not")
  func mixed() {
    let model = model(marked: ["klines", "options"], filter: "klines")
    #expect(model.targets == ["klines"])
    var other = self.model(marked: ["klines", "options"], filter: "")
    #expect(other.targets == ["klines", "options"] && other.hiddenMarks == [])
    _ = Sample.press(&other, "s")
    #expect(other.message?.text.contains("hidden") == false)
  }

  @Test("the frame says how many marks are hidden")
  func frame() {
    let hidden = model(marked: ["klines", "options"], filter: "dex_swaps")
    #expect(draw(hidden).text.contains(" 2 marked, 2 hidden "))
    let shown = model(marked: ["klines", "options"], filter: "")
    #expect(draw(shown).text.contains(" 2 marked ") && !draw(shown).text.contains("hidden"))
  }
}
