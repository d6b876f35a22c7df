import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("Keys")
struct KeyTests {
  /// A model with the cursor on a profile.
  static func model(
    on name: String, width: Int = 80, height: Int = 24, settings: DashboardSettings = DashboardSettings()
  ) -> DashboardModel {
    var model = Sample.model(width: width, height: height, settings: settings)
    let place = model.visible.firstIndex { model.rows[$0].name == name }
    model.table.select(place ?? 0)
    _ = model.loadPage()
    return model
  }

  static func request(_ profile: String, _ kind: RunTask) -> DashboardEffect {
    .start(RunRequest(profile: profile, task: kind))
  }

  /// Key, profile under the cursor, and what the world is asked for.
  static let cases: [(String, String, [DashboardEffect])] = [
    ("s", "klines", [request("klines", .sync())]),
    ("d", "klines", [request("klines", .sync(.rehearsal))]),
    ("c", "dex_swaps", [.ask(LakeQuestion(.retention, of: "dex_swaps"))]),
    ("i", "klines", [request("klines", .ingest())]), ("v", "klines", [request("klines", .verify())]),
    ("x", "cex_ticks", []), ("b", "cex_ticks", []),
    ("p", "cex_ticks", [.pause(Sample.steered)]),
    ("r", "klines", [.refresh(profile: "klines")] + Sample.overview("klines")),
    ("1", "klines", []),
    ("2", "klines", [.ask(LakeQuestion(.preview, of: "klines"))]),
    ("3", "klines", [.ask(LakeQuestion(.log, of: "klines"))]),
    ("4", "klines", []),
    ("5", "klines", [.ask(LakeQuestion(.markers, of: "klines"))]),
    ("6", "klines", [.ask(LakeQuestion(.coverage, of: "klines"))]),
    ("]", "klines", [.ask(LakeQuestion(.preview, of: "klines"))]),
    ("[", "klines", [.ask(LakeQuestion(.coverage, of: "klines"))]),
    ("m", "klines", [.setMouse(true)]),
    ("y", "klines", [.copy("/data/lake/klines")]),
    ("down", "klines", Sample.overview("options")),
    ("up", "klines", Sample.overview("new_source")),
    ("end", "klines", Sample.overview("旧行情_okx")),
    ("home", "klines", Sample.overview("dex_swaps")),
    ("space", "klines", Sample.overview("options")),
    ("enter", "klines", []), ("tab", "klines", []), ("esc", "klines", []), ("/", "klines", []),
    ("o", "klines", [.keep(TableChoice(sort: .name))]), ("O", "klines", [.keep(TableChoice(isReversed: true))]),
    ("g", "klines", [.keep(TableChoice(isGrouped: true))]), ("=", "klines", []), ("|", "klines", []),
    ("H", "cex_ticks", []), ("W", "klines", []),
    (":", "klines", []), ("ctrl-p", "klines", []), ("F", "klines", []), ("M", "klines", []), ("Y", "klines", []),
    ("C", "klines", []),
    ("S", "klines", []), ("}", "klines", []), ("{", "klines", []), ("e", "klines", []), ("P", "klines", []),
    ("E", "klines", [.edit(profile: "klines")]), ("t", "klines", []), ("L", "klines", []), ("?", "klines", []),
    ("A", "klines", []),
    ("f1", "klines", []),
    ("z", "klines", []),
    ("*", "klines", []), ("q", "klines", []), ("f", "klines", []), ("w", "klines", []), ("n", "klines", []),
    ("a", "klines", []), ("R", "klines", []), ("<", "klines", []), ("Q", "klines", []), ("V", "klines", []),
    ("left", "klines", [.ask(LakeQuestion(.coverage, of: "klines"))]),
    ("right", "klines", [.ask(LakeQuestion(.preview, of: "klines"))]),
    ("pgup", "dex_swaps", []), ("pgdn", "旧行情_okx", []), ("N", "klines", []), (">", "klines", []),
    ("ctrl-l", "klines", [.repaint]), ("ctrl-z", "klines", [.suspend]), ("ctrl-c", "klines", [.quit]),
  ]

  @Test("asks for what the key means", arguments: cases)
  func effects(key: String, profile: String, expected: [DashboardEffect]) {
    var model = Self.model(on: profile)
    #expect(Sample.press(&model, key) == expected)
  }

  @Test("every command of the keymap has a key, a line of help and a test above")
  func everyCommandIsBound() {
    let made = Command.keymap(overrides: [:], language: .english)
    #expect(made.problems.isEmpty)
    let commands = made.keymap.bindings.map(\.action)
    #expect(commands.count > 40)
    for command in commands {
      let binding = made.keymap.binding(for: command)
      #expect(binding?.keys.isEmpty == false, "\(command)")
      #expect(binding?.description.isEmpty == false, "\(command)")
    }
    #expect(made.keymap.conflicts.isEmpty)
    let tested = Set(Self.cases.compactMap { Key(spelling: $0.0).flatMap(made.keymap.action(for:)) })
    #expect(Set(commands).subtracting(tested).isEmpty)
  }

  @Test(
    "a key that can do nothing says why and does nothing",
    arguments: [
      ("s", "cex_ticks", "cex_ticks: a sync is going already; x stops it."),
      ("s", "旧行情_okx", "旧行情_okx is disabled in the configuration (enabled: false)."),
      ("i", "dex_swaps", "dex_swaps has no ingest: in its configuration."),
      ("c", "klines", "klines keeps its data for ever (retention_days is 0 or null)."),
      ("x", "klines", "Nothing is running for klines."),
      ("p", "klines", "Nothing is running for klines."),
      ("b", "klines", "Nothing is running for klines; its limit at the start is bwlimit: in the file."),
      ("a", "klines", "This key belongs to the Preview page (2)."),
      ("R", "klines", "This key belongs to the Markers page (5)."),
      ("f", "klines", "This key belongs to the Log page (3)."),
    ])
  func reasons(key: String, profile: String, sentence: String) {
    var model = Self.model(on: profile)
    #expect(Sample.press(&model, key) == [])
    #expect(model.message?.text == sentence)
    #expect(model.message?.tone == .bad)
  }

  @Test("a read-only dashboard starts, stops and steers nothing", arguments: ["s", "d", "c", "i", "x", "b", "p"])
  func readOnly(key: String) {
    var model = Self.model(on: "cex_ticks", settings: DashboardSettings(isReadOnly: true))
    #expect(Sample.press(&model, key) == [])
    #expect(model.overlay == nil)
    #expect(model.message?.text.contains("read-only") == true)
  }

  @Test("marked profiles are acted on together, those it is not possible for left out")
  func marks() {
    var model = Self.model(on: "dex_swaps", settings: DashboardSettings(maxParallel: 9))
    _ = Sample.press(&model, "*")
    #expect(model.marked.count == 8)
    let started = Sample.press(&model, "s").compactMap { effect -> String? in
      if case .start(let request) = effect { return request.profile }
      return nil
    }
    #expect(started == ["klines", "dex_swaps", "futures_depth", "options", "funding_rates", "new_source"])
    _ = Sample.press(&model, "esc")
    #expect(model.marked.isEmpty)
  }

  @Test("more runs than max_parallel wait, and begin when others end")
  func queue() {
    var model = Self.model(on: "dex_swaps", settings: DashboardSettings(maxParallel: 1))
    _ = Sample.press(&model, "space", "space")
    #expect(Sample.press(&model, "s") == [Self.request("dex_swaps", .sync())])
    #expect(model.launches.waiting.map(\.profile) == ["funding_rates"])
    var dex = Sample.statuses[2]
    dex.liveRun = Sample.live("dex_swaps")
    #expect(update(&model, .lake(.profile(dex))).contains(Self.request("funding_rates", .sync())) == false)
    dex.liveRun = nil
    #expect(update(&model, .lake(.profile(dex))).contains(Self.request("funding_rates", .sync())))
  }

  @Test("a start that never shows itself gives its place away")
  func launchTimeout() {
    var model = Self.model(on: "dex_swaps", settings: DashboardSettings(maxParallel: 1))
    _ = Sample.press(&model, "space", "space", "s")
    #expect(model.nextWake == Sample.now.addingTimeInterval(ShownFigures.pace))
    let later = update(&model, .tick(Sample.now.addingTimeInterval(LaunchQueue.patience)))
    #expect(later == [Self.request("funding_rates", .sync())])
  }

  @Test("Esc never quits, and q asks when runs go on")
  func quitting() {
    var model = Self.model(on: "klines")
    for _ in 0..<20 { #expect(!Sample.press(&model, "esc").contains(.quit)) }
    #expect(Sample.press(&model, "q") == [])
    #expect(model.overlay == .question(.quit))
    #expect(Sample.press(&model, "esc") == [])
    #expect(model.overlay == nil)
    #expect(Sample.press(&model, "q", "q") == [.quit])
    var idle = Sample.model(statuses: [Sample.statuses[1]])
    #expect(Sample.press(&idle, "q") == [.quit])
  }

  @Test("keys of the configuration replace ours")
  func overrides() {
    var model = Self.model(on: "klines", settings: DashboardSettings(keymapOverrides: ["sync": "S"]))
    #expect(Sample.press(&model, "s") == [])
    #expect(Sample.press(&model, "S") == [Self.request("klines", .sync())])
    // An action that came after the choice gives its key away, and is found in the palette.
    #expect(model.keymap.keyName(for: .retryFailed).isEmpty && model.message?.tone != .bad)
    let broken = Sample.model(settings: DashboardSettings(keymapOverrides: ["snyc": "S"]))
    #expect(broken.keymap.keyName(for: .sync) == "s")
  }

  @Test("the mouse selects rows, opens tabs and scrolls lists")
  func mouse() {
    var model = KeyTests.model(on: "dex_swaps")
    let layout = DashboardLayout(model)
    func report(_ kind: MouseEvent.Kind, _ x: Int, _ y: Int) -> [DashboardEffect] {
      update(&model, .key(.mouse(MouseEvent(kind: kind, x: x, y: y))))
    }
    #expect(report(.press, 10, layout.rows.y + 3) == Sample.overview("cex_ticks"))
    #expect(model.selectedName == "cex_ticks")
    #expect(report(.press, layout.tabs.x + 30, layout.tabs.y) == [.ask(LakeQuestion(.log, of: "cex_ticks"))])
    #expect(model.tab == .log)
    #expect(model.focus == .pane)
    let lines = (0..<100).map { LogLine(time: Sample.now, level: .info, text: "line \($0)") }
    _ = update(
      &model, .lake(.answer(LakeQuestion(.log, of: "cex_ticks"), .log(run: Sample.id(1), lines, isWhole: true))))
    let top = model.page(LogPage.self).place.offset
    _ = report(.scrollUp, 10, layout.page.y)
    #expect(model.page(LogPage.self).place.offset == top - 3)
    #expect(model.page(LogPage.self).isFollowing == false)
    _ = report(.scrollDown, 10, layout.rows.y)
    #expect(model.table.offset > 0)
  }
}
