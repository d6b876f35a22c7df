import FoundationEssentials
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("Words that are asked for")
struct TextDialogTests {
  private static func type(_ model: inout DashboardModel, _ text: String) {
    for letter in text { _ = update(&model, .key(.character(letter))) }
  }

  @Test("H holds the run under the cursor for the span that is typed, and the session's list has its command line")
  func pause() throws {
    var model = Sample.model()
    _ = Sample.press(&model, "/", "c", "e", "x", "enter", "H")
    Self.type(&model, "1h30m")
    #expect(Sample.press(&model, "enter") == [.pauseFor(Sample.steered, .seconds(5400))])
    #expect(model.overlay == nil)
    #expect(model.said.entries.last?.text.contains("pause cex_ticks --for 1h30m") == true)
  }

  @Test("what is no span holds nothing, and the dialog stays", arguments: ["soon", "0s", "90", "until 24:00"])
  func noSpan(_ text: String) {
    var model = Sample.model()
    _ = Sample.press(&model, "/", "c", "e", "x", "enter", "H")
    Self.type(&model, text)
    #expect(draw(model).text.contains("How long, please: 30m, 2h, or until 06:00."))
    #expect(Sample.press(&model, "enter").isEmpty)
    #expect(model.overlay != nil)
  }

  @Test("a time of day holds a run until the clock shows it", arguments: ["until 06:00", "06:00"])
  func timeOfDay(_ text: String) throws {
    var model = Sample.model()
    _ = Sample.press(&model, "/", "c", "e", "x", "enter", "H")
    Self.type(&model, text)
    #expect(!draw(model).text.contains("How long, please"))
    let span = try #require(
      Sample.press(&model, "enter").lazy.compactMap { if case .pauseFor(_, let span) = $0 { span } else { nil } }.first)
    #expect(span == .seconds(try #require(ClockTime("06:00")).next(after: model.clock).timeIntervalSince(model.clock)))
  }

  @Test("a run that is over by then is not held, nor is one that has begun since")
  func over() {
    var model = Sample.model()
    _ = Sample.press(&model, "/", "c", "e", "x", "enter", "H")
    Self.type(&model, "2h")
    var status = Sample.statuses[0]
    status.liveRun = nil
    _ = update(&model, .lake(.profile(status)))
    #expect(!Sample.press(&model, "enter").contains { if case .pauseFor = $0 { true } else { false } })
    #expect(model.message?.text.contains("has ended meanwhile") == true)
  }

  @Test("a filter that is named is found under :, and forgotten there")
  func named() throws {
    var model = Sample.model()
    #expect(Sample.press(&model, "=").isEmpty && model.overlay == nil)
    _ = Sample.press(&model, "/")
    Self.type(&model, "state:failed")
    _ = Sample.press(&model, "enter", "=")
    Self.type(&model, "bad ones")
    let effects = Sample.press(&model, "enter")
    let named = [NamedFilter(name: "bad ones", words: "state:failed")]
    #expect(effects == [.keep(TableChoice(filter: "state:failed", namedFilters: named))])
    _ = Sample.press(&model, "esc", ":")
    Self.type(&model, "filter bad")
    _ = Sample.press(&model, "enter")
    #expect(model.filter == "state:failed")
    _ = Sample.press(&model, ":")
    Self.type(&model, "forget")
    _ = Sample.press(&model, "enter")
    #expect(model.choice.namedFilters.isEmpty)
  }

  @Test("columns are left out and come back, at once and over starts")
  func columns() {
    var model = Sample.model(width: 200, height: 50)
    func shown(_ model: DashboardModel) -> [TableColumn] {
      TableColumns(model, DashboardLayout(model)).placed.map(\.column)
    }
    #expect(shown(model).contains(.strip))
    let effects = Sample.press(&model, "|", "space")
    #expect(!shown(model).contains(.strip))
    #expect(effects == [.keep(TableChoice(hiddenColumns: ["strip"]))])
    let again = Sample.model(
      width: 200, height: 50, settings: DashboardSettings(choice: TableChoice(hiddenColumns: ["strip", "nonsense"])))
    #expect(!shown(again).contains(.strip) && again.choice.hiddenColumns == ["strip"])
    _ = Sample.press(&model, "enter", "esc")
    #expect(shown(model).contains(.strip) && model.overlay == nil)
  }

  @Test("W saves what the log shows, in a file whose name is offered")
  func log() {
    var model = Sample.model()
    _ = Sample.press(&model, "/", "c", "e", "x", "enter", "3", "tab")
    #expect(Sample.press(&model, "W").isEmpty && model.overlay == nil)
    let log = LakeAnswer.log(run: Sample.id(185), Sample.logLines, isWhole: true)
    _ = update(&model, .lake(.answer(LakeQuestion(.log, of: "cex_ticks"), log)))
    _ = Sample.press(&model, "W")
    let effects = Sample.press(&model, "enter")
    guard case .save(let text, let path) = effects.first else {
      Issue.record("nothing is saved: \(effects)")
      return
    }
    #expect(path == "~/cex_ticks-\(Sample.id(185).text).log")
    #expect(text.split(separator: "\n").count == Sample.logLines.count && text.contains("ERROR"))
  }
}
