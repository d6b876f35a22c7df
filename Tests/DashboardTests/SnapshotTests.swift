import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("Screens")
struct SnapshotTests {
  /// A screen as it is compared: its text, size and name.
  struct Screen: Sendable, CustomTestStringConvertible {
    var name: String
    var width = 120
    var height = 36
    var settings = DashboardSettings(themeNames: ["terminal", "mono", "colorblind", "nord", "gruvbox-dark"])
    var keys: [String] = []
    var events: [LakeEvent] = []
    var keysAfter: [String] = []
    /// What comes when those have been pressed.
    var answers: [LakeEvent] = []

    var testDescription: String { "\(name)-\(width)x\(height)" }

    /// The screen as it comes of its keys and events.
    var drawn: ScreenBuffer {
      var model = Sample.model(width: width, height: height, settings: settings)
      for key in keys { _ = Sample.press(&model, key) }
      for event in events { _ = update(&model, .lake(event)) }
      for key in keysAfter { _ = Sample.press(&model, key) }
      for event in answers { _ = update(&model, .lake(event)) }
      return draw(model)
    }
  }

  /// Dialogs and notices in Chinese, whose characters take two columns each.
  private static func chinese(_ width: Int, _ height: Int, toTicks: [String]) -> [Screen] {
    func screen(_ name: String, _ keys: [String], _ events: [LakeEvent] = []) -> Screen {
      Screen(
        name: "chinese-\(name)", width: width, height: height,
        settings: DashboardSettings(language: .chinese, themeNames: ["terminal", "mono"]), keys: keys, events: events)
    }
    let plan = LakeEvent.answer(
      LakeQuestion(.retention, of: "dex_swaps"), .retention(Sample.plan(expired: 40, kept: 5)))
    return [
      screen("help", ["?"]), screen("stop", toTicks + ["x"]), screen("limit", toTicks + ["b", "s"]),
      screen("cleanup-typed", ["c"], [plan]), screen("quit", ["q"]), screen("themes", ["t"]),
      screen("messages", toTicks + ["p", "x", "y", "s", "o", "M"]), screen("refused", toTicks + ["i"]),
    ]
  }

  static let screens: [Screen] = {
    let profile = "cex_ticks"
    let preview = LakeEvent.answer(
      LakeQuestion(.preview, of: profile), .preview(run: Sample.id(120), Sample.planSummary, Sample.changes))
    let log = LakeEvent.answer(
      LakeQuestion(.log, of: profile), .log(run: Sample.id(185), Sample.logLines, isWhole: true))
    let history = LakeEvent.answer(LakeQuestion(.history, of: profile), .history(Sample.history))
    let opened: [LakeEvent] = [
      .answer(LakeQuestion(.story(Sample.id(7500)), of: profile), .story(Sample.story)),
      .answer(LakeQuestion(.changes(Sample.id(7500)), of: profile), .changes(Sample.changes)),
    ]
    let brought = LakeEvent.answer(LakeQuestion(.brought, of: profile), .brought(Sample.brought))
    let failed: [LakeEvent] = [
      .answer(LakeQuestion(.history, of: "dex_swaps"), .history(Sample.history)),
      .answer(LakeQuestion(.brought, of: "dex_swaps"), .brought(Sample.brought)),
      .answer(LakeQuestion(.logEnd, of: "dex_swaps"), .logEnd(run: Sample.id(640), Sample.logLines)),
    ]
    let markers = LakeEvent.answer(LakeQuestion(.markers, of: "klines"), .markers(Sample.markers, problem: nil))
    let coverage = LakeEvent.answer(
      LakeQuestion(.coverage, of: "klines"), .coverage(Sample.coverage(series: 40, days: 365)))
    let toTicks = ["/", "c", "e", "x", "enter"]
    let toKlines = ["/", "k", "l", "i", "enter"]
    var list: [Screen] = []
    for (width, height) in [(80, 24), (120, 36), (200, 50), (20, 5)] {
      list.append(Screen(name: "table", width: width, height: height))
      list.append(
        Screen(name: "overview", width: width, height: height, keys: toTicks + ["tab"], events: [history, brought]))
      list.append(
        Screen(
          name: "overview-failed", width: width, height: height, keys: ["/", "d", "e", "x", "enter", "tab"],
          events: failed))
      list.append(
        Screen(name: "preview", width: width, height: height, keys: toTicks + ["2", "tab"], events: [preview]))
      list.append(Screen(name: "log", width: width, height: height, keys: toTicks + ["3", "tab"], events: [log]))
      list.append(
        Screen(name: "history", width: width, height: height, keys: toTicks + ["4", "tab"], events: [history]))
      list.append(
        Screen(
          name: "run", width: width, height: height, keys: toTicks + ["4", "tab"], events: [history],
          keysAfter: ["enter"], answers: opened))
      list.append(
        Screen(name: "markers", width: width, height: height, keys: toKlines + ["5", "tab"], events: [markers]))
      list.append(
        Screen(
          name: "coverage", width: width, height: height, keys: toKlines + ["6", "tab"], events: [coverage],
          keysAfter: ["n"]))
    }
    for (width, height) in [(80, 24), (120, 36)] {
      list.append(
        Screen(
          name: "markers-accepted", width: width, height: height, keys: toKlines + ["5", "tab"], events: [markers],
          keysAfter: ["end"]))
      list.append(Screen(name: "palette", width: width, height: height, keys: toKlines + [":"]))
      list.append(Screen(name: "palette-letters", width: width, height: height, keys: [":", "s", "t"]))
      list.append(
        Screen(
          name: "palette-chinese", width: width, height: height, settings: DashboardSettings(language: .chinese),
          keys: [":", "同"]))
      list.append(Screen(name: "menu", width: width, height: height, keys: toTicks + ["enter"]))
      list.append(Screen(name: "copies", width: width, height: height, keys: ["Y"]))
      list.append(
        Screen(
          name: "hosts", width: width, height: height, keys: ["g"], events: [.profiles(HostGroupTests.statuses)]))
      list.append(
        Screen(
          name: "commands", width: width, height: height, keys: ["C"],
          events: [
            .answer(LakeQuestion(.commands(Sample.id(640)), of: "dex_swaps"), .commands(CommandListTests.commands))
          ]))
      list.append(
        Screen(
          name: "log-search", width: width, height: height, keys: toTicks + ["3", "tab"], events: [log],
          keysAfter: ["/", "t", "h", "e", "enter"]))
      list.append(
        Screen(
          name: "log-level", width: width, height: height, keys: toTicks + ["3", "tab"], events: [log], keysAfter: ["e"]
        ))
      list.append(Screen(name: "retry", width: width, height: height, keys: ["S"]))
      list.append(
        Screen(
          name: "messages", width: width, height: height, keys: toTicks + ["p", "x", "y", "s", "o", "M"]))
      list.append(Screen(name: "frozen", width: width, height: height, keys: toTicks + ["3", "tab", "F", "down"]))
      list.append(
        Screen(
          name: "filter-problem", width: width, height: height,
          keys: ["/", "a", "g", "e", ">", "s"]))
      list.append(Screen(name: "sorted", width: width, height: height, keys: ["o", "o", "o", "o", "O"]))
      list.append(Screen(name: "help", width: width, height: height, keys: ["?"]))
      list.append(Screen(name: "quit", width: width, height: height, keys: ["q"]))
      list.append(Screen(name: "stop", width: width, height: height, keys: toTicks + ["x"]))
      list.append(Screen(name: "limit", width: width, height: height, keys: toTicks + ["b", "5", "0", "0"]))
      list.append(Screen(name: "themes", width: width, height: height, keys: ["t", "down"]))
      list.append(
        Screen(
          name: "cleanup", width: width, height: height, keys: ["c"],
          events: [.answer(LakeQuestion(.retention, of: "dex_swaps"), .retention(Sample.plan(expired: 5)))]))
      list.append(
        Screen(
          name: "cleanup-typed", width: width, height: height, keys: ["c"],
          events: [.answer(LakeQuestion(.retention, of: "dex_swaps"), .retention(Sample.plan(expired: 40, kept: 5)))],
          keysAfter: ["d", "e"]))
      list.append(Screen(name: "filter", width: width, height: height, keys: ["/", "f", "u"]))
      list.append(
        Screen(
          name: "ascii", width: width, height: height, settings: DashboardSettings(isASCII: true),
          keys: toTicks + ["2", "tab"], events: [preview]))
      list.append(
        Screen(
          name: "chinese", width: width, height: height, settings: DashboardSettings(language: .chinese)))
      list += SnapshotTests.chinese(width, height, toTicks: toTicks)
      list.append(
        Screen(
          name: "read-only", width: width, height: height, settings: DashboardSettings(isReadOnly: true), keys: ["s"]))
    }
    for (width, height) in [(80, 24), (120, 36), (200, 50)] {
      list.append(
        Screen(
          name: "schedule", width: width, height: height, events: [.profiles(Sample.scheduled())],
          keysAfter: ["down", "down", "tab"]))
    }
    for (width, height) in [(80, 40), (120, 36), (200, 50)] {
      list.append(
        Screen(
          name: "overview-ascii", width: width, height: height, settings: DashboardSettings(isASCII: true),
          keys: toTicks + ["tab", "z"], events: [history, brought]))
    }
    for (width, height) in [(80, 24), (120, 36), (200, 50)] {
      list.append(
        Screen(
          name: "run-old", width: width, height: height, keys: toTicks + ["4", "tab"], events: [history],
          keysAfter: ["n", "n", "enter", "z"],
          answers: [
            .answer(LakeQuestion(.story(Sample.id(180_000)), of: profile), .story(Sample.oldStory)),
            .answer(LakeQuestion(.changes(Sample.id(180_000)), of: profile), .changes([])),
          ]))
      list.append(
        Screen(
          name: "run-ascii", width: width, height: height,
          settings: DashboardSettings(isASCII: width == 80, language: .chinese),
          keys: toTicks + ["4", "tab"], events: [history], keysAfter: ["enter", "z"], answers: opened))
    }
    let dayFiles = LakeEvent.answer(
      LakeQuestion(.dayFiles(series: Sample.dayFiles.series, Sample.dayFiles.day), of: "klines"),
      .dayFiles(Sample.dayFiles))
    for (width, height) in [(80, 24), (120, 36), (200, 50)] {
      for (name, keys) in [
        ("coverage-size", ["V", "n"]), ("coverage-months", ["V", "V", "n", "z"]),
        ("coverage-month-sizes", ["V", "V", "V", "n"]), ("coverage-lake", ["V", "V", "V", "V", "left", "z"]),
      ] {
        list.append(
          Screen(
            name: name, width: width, height: height,
            keys: name == "coverage-lake" ? ["end", "6", "tab"] : toKlines + ["6", "tab"], events: [coverage],
            keysAfter: keys))
      }
      list.append(
        Screen(
          name: "coverage-day", width: width, height: height, keys: toKlines + ["6", "tab"], events: [coverage],
          keysAfter: ["n", "n", "n", "enter"], answers: [dayFiles]))
    }
    list.append(Screen(name: "passed-over", keys: toKlines + ["tab"], events: [.profile(Sample.passedOver)]))
    list.append(
      Screen(
        name: "apply", keys: ["/", "d", "e", "x", "enter", "2", "tab"],
        events: [
          .answer(
            LakeQuestion(.preview, of: "dex_swaps"), .preview(run: Sample.id(60), Sample.planSummary, Sample.changes))
        ], keysAfter: ["a"]))
    return list
  }()

  @Test("draws as recorded", arguments: screens + ChineseScreenTests.recorded)
  func drawsAsRecorded(_ screen: Screen) throws {
    let text = screen.drawn.text + "\n"
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Snapshots/\(screen.testDescription).txt")
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let recorded = try String(contentsOf: file, encoding: .utf8)
    #expect(text == recorded, "Compare with \(file.lastPathComponent); RECORD_SNAPSHOTS=1 records it again.")
  }
}
