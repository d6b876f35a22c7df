import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("The list of everything, and a profile's menu")
struct PaletteTests {
  private static let settings = DashboardSettings(themeNames: ["terminal", "mono", "nord"])

  private func palette(_ model: DashboardModel) -> Palette? {
    if case .palette(let palette) = model.overlay { return palette }
    return nil
  }

  /// Types letters into what is open.
  private func type(_ text: String, _ model: inout DashboardModel) {
    for letter in text { _ = update(&model, .key(.character(letter))) }
  }

  @Test("it holds every action, page, order, profile and theme, each with its key")
  func holdsEverything() throws {
    var model = KeyTests.model(on: "klines", settings: Self.settings)
    _ = Sample.press(&model, ":")
    let entries = try #require(palette(model)).entries
    let deeds = entries.map(\.deed)
    for binding in model.keymap.bindings where !binding.action.isMovement || binding.action.isPage {
      guard ![.open, .back, .palette].contains(binding.action) else { continue }
      #expect(deeds.contains(.command(binding.action)), "\(binding.name)")
    }
    for name in ProfileFilterTests.all { #expect(deeds.contains(.select(profile: name))) }
    for name in Self.settings.themeNames { #expect(deeds.contains(.theme(name))) }
    for order in SortOrder.allCases { #expect(deeds.contains(.sort(order))) }
    #expect(entries.first { $0.deed == .command(.sync) }?.key == "s")
  }

  @Test(
    "a few letters and Enter do it",
    arguments: [
      ("sync", "klines", [KeyTests.request("klines", .sync())]),
      ("dryr", "klines", [KeyTests.request("klines", .sync(.rehearsal))]),
      ("nord", "klines", [.setTheme("nord")]),
      ("preview", "klines", [.ask(LakeQuestion(.preview, of: "klines"))]),
      ("ctick", "klines", Sample.overview("cex_ticks")),
      ("sort size", "klines", [.keep(TableChoice(sort: .size))]),
      ("pause", "cex_ticks", [.pause(Sample.steered)]),
      ("nothing so called", "klines", []),
    ] as [(String, String, [DashboardEffect])])
  func does(letters: String, profile: String, effects: [DashboardEffect]) {
    var model = KeyTests.model(on: profile, settings: Self.settings)
    _ = Sample.press(&model, "ctrl-p")
    type(letters, &model)
    #expect(Sample.press(&model, "enter") == effects)
  }

  @Test("what cannot be done says why and is not done; the list stays")
  func refuses() {
    var model = KeyTests.model(on: "klines", width: 120, height: 36, settings: Self.settings)
    _ = Sample.press(&model, ":")
    type("stop", &model)
    #expect(draw(model).text.contains("Nothing is running for klines."))
    #expect(Sample.press(&model, "enter") == [])
    #expect(palette(model) != nil)
    _ = Sample.press(&model, "esc")
    #expect(model.overlay == nil)
  }

  @Test("the list shows at once what can be done when a run ends behind it")
  func followsNews() {
    var model = KeyTests.model(on: "cex_ticks", width: 120, height: 36)
    _ = Sample.press(&model, ":")
    type("start a sync", &model)
    #expect(draw(model).text.contains("a sync is going already"))
    var ended = Sample.statuses[0]
    ended.liveRun = nil
    _ = update(&model, .lake(.profile(ended)))
    #expect(!draw(model).text.contains("a sync is going already"))
    #expect(Sample.press(&model, "enter").contains(KeyTests.request("cex_ticks", .sync())))
  }

  @Test("a profile that a filter hides is shown when it is chosen")
  func choosesHidden() {
    var model = Sample.model()
    _ = Sample.press(&model, "/", "k", "l", "i", "enter", ":")
    type("options", &model)
    _ = Sample.press(&model, "enter")
    #expect(model.selectedName == "options")
    #expect(model.filter.isEmpty)
  }

  @Test("Enter on a profile lists what can be done with it, whatever is marked; Tab goes into the pane as ever")
  func menu() throws {
    var model = KeyTests.model(on: "klines", width: 120, height: 36)
    _ = Sample.press(&model, "*", "enter")
    #expect(try #require(palette(model)).subject == .profile("klines"))
    type("ingest", &model)
    #expect(Sample.press(&model, "enter") == [KeyTests.request("klines", .ingest())])
    #expect(model.focus == .table)
    // The menu's first line is where Enter once led.
    _ = Sample.press(&model, "enter", "enter")
    #expect(model.focus == .pane && model.overlay == nil)
    _ = Sample.press(&model, "esc", "tab")
    #expect(model.focus == .pane)
  }

  @Test("pasted text does nothing in a list that runs what is under the cursor")
  func pasteRunsNothing() {
    var model = KeyTests.model(on: "klines")
    _ = Sample.press(&model, ":")
    #expect(update(&model, .burst("sync".map { Key.character($0) } + [.enter])) == [])
    #expect(update(&model, .pasted("\n")) == [])
    #expect(palette(model)?.query.text == "sync")
  }

  @Test("Enter in the help does what is under the cursor, which never stands on a heading")
  func helpRuns() {
    var model = KeyTests.model(on: "klines")
    _ = Sample.press(&model, "?")
    type("exactly what the preview", &model)
    #expect(Sample.press(&model, "enter") == [])
    #expect(model.message?.text == "This key belongs to the Preview page (2).")
    _ = Sample.press(&model, "?")
    type("next column", &model)
    #expect(Sample.press(&model, "enter") == [.keep(TableChoice(sort: .name))])
    _ = Sample.press(&model, "?")
    for key in ["up", "down", "down", "pgdn", "up", "end", "home", "up"] {
      _ = Sample.press(&model, key)
      guard case .help(let page) = model.overlay else {
        Issue.record("the help has closed")
        return
      }
      #expect(page.selected(model) != nil, "after \(key)")
    }
  }

  @Test("what can be copied of a profile: path, source, ssh test, run, command line, problem")
  func copies() throws {
    var model = KeyTests.model(on: "dex_swaps")
    _ = Sample.press(&model, "Y")
    let entries = try #require(palette(model)).entries
    let texts = Dictionary(uniqueKeysWithValues: entries.map { ($0.title, $0.detail) })
    #expect(texts["path"] == "/data/lake/dex_swaps")
    #expect(texts["source"] == "ubuntu@10.0.0.11:/var/data/dex_swaps")
    #expect(texts["ssh test"] == "ssh -p 6677 ubuntu@10.0.0.11")
    #expect(texts["run id"] == Sample.id(640).text)
    #expect(texts["command line"] == "sluice sync dex_swaps --config /data/lake/data_lake.yml")
    #expect(texts["problem"] == Sample.unreachable.message)
    type("ssh", &model)
    #expect(Sample.press(&model, "enter") == [.copy("ssh -p 6677 ubuntu@10.0.0.11")])
  }

  @Test("the problem that can be copied is of the sync nothing has done again, not of what went well since")
  func copiesStandingProblem() throws {
    var status = Sample.statuses[2]
    status.lastSyncRun = status.lastRun
    status.lastRun = Sample.past("dex_swaps", .ingest(), ago: 60)
    var model = KeyTests.model(on: "dex_swaps")
    _ = update(&model, .lake(.profile(status)))
    _ = Sample.press(&model, "Y")
    let entries = try #require(palette(model)).entries
    #expect(entries.first { $0.title == "problem" }?.detail == Sample.unreachable.message)
  }

  @Test("one key tries all again that failed and are shown, after asking once")
  func retriesAll() {
    var model = KeyTests.model(on: "klines", settings: DashboardSettings(maxParallel: 9))
    #expect(Sample.press(&model, "S") == [])
    #expect(draw(model).text.contains("Sync 2 profiles that did not end well?"))
    let started = [KeyTests.request("dex_swaps", .sync()), KeyTests.request("funding_rates", .sync())]
    #expect(Sample.press(&model, "y") == started)
    _ = Sample.press(&model, "S")
    #expect(model.overlay == nil)
    #expect(model.message?.text == Obstacle.nothingFailed.words.english)
    var filtered = KeyTests.model(on: "klines", settings: DashboardSettings(maxParallel: 9))
    _ = Sample.press(&filtered, "/", "f", "u", "n", "d", "enter", "S")
    #expect(Sample.press(&filtered, "y") == [KeyTests.request("funding_rates", .sync())])
  }
}
