import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("A profile that is taken out of the configuration meanwhile")
struct VanishedProfileTests {
  /// Takes profiles out of the configuration that is in force; a run of theirs goes on or not.
  private func remove(_ names: String..., from model: inout DashboardModel, running: LiveRun? = nil) {
    let kept = Sample.statuses.filter { !names.contains($0.profile.name) }
    _ = update(&model, .lake(.profiles(kept + (running.map { [ProfileStatus(removedWith: $0)] } ?? []))))
  }

  private func isMenu(_ model: DashboardModel) -> Bool {
    if case .palette = model.overlay { return true }
    return false
  }

  @Test(
    "nothing in its menu acts on the row that the cursor fell to",
    arguments: [
      "sync", "dry run", "cleanup", "ingest", "verify", "known", "refresh", "edit", "mark", "Preview", "Log", "History",
      "Markers", "Coverage", "pane",
    ])
  func menu(deed: String) throws {
    var model = KeyTests.model(on: "klines")
    _ = Sample.press(&model, "enter")
    for letter in deed { _ = update(&model, .key(.character(letter))) }
    remove("klines", from: &model)
    guard case .palette(let palette) = model.overlay else {
      Issue.record("the menu has closed")
      return
    }
    let before = (model.marked, model.tab, model.focus)
    let entry = try #require(palette.entries.first { $0.title == deed })
    #expect(model.reasonAgainst(entry.deed, of: palette) == .noProfile("klines"))
    if palette.selected == entry { #expect(Sample.press(&model, "enter") == [] && isMenu(model)) }
    #expect(before == (model.marked, model.tab, model.focus))
  }

  @Test("a menu whose row left the list by its filter brings the cursor back before it does anything")
  func hiddenMeanwhile() throws {
    var model = KeyTests.model(on: "dex_swaps")
    for key in ["/"] + "state:failed".map(String.init) + ["enter", "enter"] { _ = Sample.press(&model, key) }
    guard case .palette(let palette) = model.overlay else {
      Issue.record("no menu")
      return
    }
    let name = try #require(palette.profile)
    var better = try #require(model.row(named: name)?.status)
    better.liveRun = Sample.live(name)
    _ = update(&model, .lake(.profile(better)))
    #expect(model.selectedName != name)
    for letter in "mark" { _ = Sample.press(&model, String(letter)) }
    _ = Sample.press(&model, "enter")
    #expect(model.marked == [name])
  }

  @Test("the list of everything acts on what it was opened on")
  func everything() throws {
    var model = KeyTests.model(on: "klines")
    _ = Sample.press(&model, ":", "s", "y", "n", "c")
    remove("klines", from: &model)
    #expect(Sample.press(&model, "enter") == [] && isMenu(model))
    _ = Sample.press(&model, "esc")
    model = KeyTests.model(on: "klines")
    model.marked = ["klines", "options"]
    _ = Sample.press(&model, ":", "s", "y", "n", "c")
    remove("klines", from: &model)
    #expect(Sample.press(&model, "enter") == [KeyTests.request("options", .sync())])
  }

  @Test("a cleanup's question about it closes; of several only the others are asked about")
  func cleanup() throws {
    var model = KeyTests.model(on: "dex_swaps")
    _ = Sample.press(&model, "c")
    remove("dex_swaps", from: &model)
    #expect(model.overlay == nil)
    #expect(model.message?.text == "Nothing was done: not in the configuration any more: dex_swaps.")
    model = KeyTests.model(on: "dex_swaps")
    model.marked = ["dex_swaps", "options"]
    _ = Sample.press(&model, "c")
    remove("dex_swaps", from: &model)
    guard case .cleanup(let dialog) = model.overlay else {
      Issue.record("the dialog has closed")
      return
    }
    #expect(dialog.profiles == ["options"] && !dialog.isPlanned)
  }

  @Test("a failure of it is not noted as known")
  func acknowledge() {
    var model = KeyTests.model(on: "dex_swaps")
    _ = Sample.press(&model, "A", "o", "k")
    remove("dex_swaps", from: &model)
    #expect(model.overlay == nil && Sample.press(&model, "enter").allSatisfy { !$0.steers })
  }

  @Test("a retry of all that failed leaves it out")
  func retry() {
    var model = KeyTests.model(on: "dex_swaps")
    _ = Sample.press(&model, "S")
    let failed = model.failed
    #expect(failed.count > 1 && failed.contains("dex_swaps"))
    remove("dex_swaps", from: &model)
    guard case .question(.retry(let requests)) = model.overlay else {
      Issue.record("the question has closed")
      return
    }
    #expect(requests.map(\.profile) == failed.filter { $0 != "dex_swaps" })
  }

  @Test("a run of it that goes on is shown, can be stopped, held and limited, and nothing else")
  func running() throws {
    var model = KeyTests.model(on: "cex_ticks", width: 120, height: 36)
    remove("cex_ticks", from: &model, running: Sample.live("cex_ticks"))
    model.isUntouched = false
    _ = model.select("cex_ticks")
    let row = try #require(model.selectedRow)
    #expect(row.name == "cex_ticks" && row.liveRun?.record.id == Sample.steered.id)
    for command in [Command.sync, .dryRun, .cleanup, .ingest, .verify, .acknowledge, .refresh] {
      #expect(model.reasonAgainst(command) == .notConfigured("cex_ticks"), "\(command)")
    }
    for command in [Command.stop, .pause, .bandwidth] { #expect(model.reasonAgainst(command) == nil, "\(command)") }
    #expect(Sample.press(&model, "p") == [.pause(Sample.steered)])
    _ = Sample.press(&model, "x")
    #expect(Sample.press(&model, "y") == [.stop(Sample.steered)])
    let screen = draw(model).text
    for line in ["Not in the configuration any more:", "its run goes on, and x stops it."] {
      #expect(screen.contains(line), "\(line)")
    }
    _ = Sample.press(&model, "6")
    #expect(draw(model).text.contains("cex_ticks is not in the configuration any more, and its sync since "))
    _ = Sample.press(&model, "Y")
    guard case .palette(let copies) = model.overlay else {
      Issue.record("nothing to copy")
      return
    }
    #expect(!copies.entries.contains { ["path", "source", "ssh test"].contains($0.title) })
  }

  @Test("its run's end is told before its row goes")
  func end() throws {
    var model = KeyTests.model(on: "cex_ticks")
    remove("cex_ticks", from: &model, running: Sample.live("cex_ticks"))
    var status = ProfileStatus(removedWith: Sample.live("cex_ticks"))
    status.liveRun = nil
    var past = Sample.past("cex_ticks", .sync(), .interrupted, ago: 185)
    past.record.id = Sample.steered.id
    status.lastRun = past
    _ = update(&model, .lake(.profile(status)))
    #expect(model.message?.text.hasPrefix("cex_ticks: sync was interrupted.") == true)
    remove("cex_ticks", from: &model)
    #expect(model.row(named: "cex_ticks") == nil)
  }

  @Test("what waits for its turn is not started any more")
  func queued() {
    var model = KeyTests.model(on: "klines")
    model.launches.append(RunRequest(profile: "cex_ticks", task: .sync()))
    remove("cex_ticks", from: &model, running: Sample.live("cex_ticks"))
    #expect(!model.launches.isWaiting("cex_ticks"))
  }

  @Test("a plain table names it without figures nobody knows")
  func plain() {
    let lines = PlainTable.lines([ProfileStatus(removedWith: Sample.live("cex_ticks"))], now: Sample.now)
    #expect(lines[1].hasSuffix("-  not in the configuration any more"), "\(lines[1])")
  }
}
