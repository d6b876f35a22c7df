import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("Reading a log")
struct LogPageTests {
  private static let run = Sample.id(185)
  private static let question = LakeQuestion(.log, of: "cex_ticks")

  private func model() -> DashboardModel {
    var model = KeyTests.model(on: "cex_ticks", width: 120, height: 36)
    _ = Sample.press(&model, "3", "tab")
    _ = update(&model, .lake(.answer(Self.question, .log(run: Self.run, Sample.logLines, isWhole: true))))
    return model
  }

  private func page(_ model: DashboardModel) -> LogPage { model.page(LogPage.self) }

  @Test("the search counts its lines and says on which of them the cursor is")
  func counts() {
    var model = model()
    _ = Sample.press(&model, "/", "t", "h", "e", "enter")
    let hits = Sample.logLines.indices.filter { Sample.logLines[$0].text.lowercased().contains("the") }
    #expect(page(model).hits == hits)
    #expect(hits.count == 3)
    #expect(page(model).note(model.labels).contains("3 of 3 lines have \"the\""))
    _ = Sample.press(&model, "n")
    #expect(page(model).note(model.labels).contains("1 of 3 lines have \"the\""))
    _ = Sample.press(&model, "/", "z", "z", "enter")
    #expect(page(model).note(model.labels).contains("no line has \"thezz\""))
  }

  @Test("every place is marked where the text is, and nothing else")
  func marks() {
    var model = model()
    _ = Sample.press(&model, "/", "p", "a", "r", "t", "enter", "home")
    let screen = draw(model)
    var marked = ""
    for y in 0..<screen.height {
      for x in 0..<screen.width where screen[x, y].style.attributes.contains([.underline, .reverse]) {
        marked += screen[x, y].text
      }
    }
    #expect(marked == "partpartpart")
  }

  @Test(
    "places of a text are found in whatever case and script",
    arguments: [
      ("an", "Banana", ["an", "an"]), ("ANA", "banana", ["ana"]), ("情", "行情行情", ["情", "情"]), ("x", "banana", []),
      ("", "banana", []), ("a", "", []), ("Ä", "zäÄ", ["ä", "Ä"]),
    ] as [(String, String, [String])])
  func places(wanted: String, text: String, expected: [String]) {
    #expect(TextSearch(wanted).places(in: text).map { String(text[$0]) } == expected)
  }

  @Test("errors and warnings are jumped to while something else is searched")
  func jumps() {
    var model = model()
    _ = Sample.press(&model, "/", "s", "y", "n", "c", "enter", "end")
    for (key, level) in [("{", LogLevel.error), ("{", .warning), ("}", .error), ("}", .warning)] {
      _ = Sample.press(&model, key)
      #expect(page(model).lines[page(model).place.selection].level == level)
    }
  }

  @Test("a level shows what is as serious, keeps what came meanwhile, and goes back to all")
  func levels() {
    var model = model()
    _ = Sample.press(&model, "e")
    #expect(page(model).lines.map(\.level) == [.warning, .error])
    _ = Sample.press(&model, "e")
    #expect(page(model).lines.map(\.level) == [.error])
    let news = [
      LogLine(time: Sample.now, level: .info, text: "news"), LogLine(time: Sample.now, level: .error, text: "worse"),
    ]
    _ = update(&model, .lake(.answer(Self.question, .log(run: Self.run, news, isWhole: false))))
    #expect(page(model).lines.map(\.level) == [.error, .error])
    #expect(page(model).note(model.labels).contains("errors"))
    _ = Sample.press(&model, "e")
    #expect(page(model).lines == Sample.logLines + news)
  }

  @Test("the level stays when the table goes to another profile, and an empty list says why it is empty")
  func staysAtLevel() {
    var model = model()
    _ = Sample.press(&model, "e", "e", "esc", "down")
    let log = LakeQuestion(.log, of: model.selectedName ?? "")
    let quiet = [LogLine(time: Sample.now, level: .info, text: "quiet")]
    _ = update(&model, .lake(.answer(log, .log(run: Sample.id(1), quiet, isWhole: true))))
    #expect(page(model).lines.isEmpty)
    #expect(draw(model).text.contains("Nothing in this log is that serious."))
  }

  @Test("the pager gets the lines that are shown, control characters as escapes")
  func pager() {
    var model = model()
    let evil = [LogLine(time: Sample.now, level: .error, text: "a\u{1b}[2Jb")]
    _ = update(&model, .lake(.answer(Self.question, .log(run: Self.run, evil, isWhole: true))))
    guard case .showInPager(let text)? = Sample.press(&model, "P").first else {
      Issue.record("nothing was shown")
      return
    }
    #expect(text.hasPrefix("2026-11-21 12:00:00  ERROR  a"))
    #expect(!text.contains("\u{1b}"))
    _ = update(&model, .lake(.answer(Self.question, .log(run: Self.run, [], isWhole: true))))
    #expect(Sample.press(&model, "P") == [])
    #expect(model.message?.text == Obstacle.noLog.words.english)
  }
}
