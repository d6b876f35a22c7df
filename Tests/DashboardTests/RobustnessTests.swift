import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("Robustness")
struct RobustnessTests {
  static let keys: [Key] = {
    var keys: [Key] = [
      .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
      .function(1), .function(5), .control("l"), .control("z"), .control("w"),
    ]
    keys += "abcdefghijklmnopqrstuvwxyz0123456789GNRA*/?[]<> 行".map(Key.character)
    return keys
  }()

  static let events: [LakeEvent] = {
    let statuses = Sample.statuses
    var events: [LakeEvent] = statuses.map { .profile($0) }
    for status in statuses {
      let name = status.profile.name
      var running = status
      running.liveRun = Sample.live(name, fraction: 0.3)
      var ended = status
      ended.liveRun = nil
      ended.lastRun = Sample.past(name, .sync(), .partial, ago: 185, problem: Sample.unreachable)
      events += [.profile(running), .profile(ended)]
      events += [
        .answer(LakeQuestion(.preview, of: name), .preview(run: Sample.id(30), Sample.planSummary, Sample.changes)),
        .answer(LakeQuestion(.retention, of: name), .retention(Sample.plan(expired: 3))),
        .answer(LakeQuestion(.retention, of: name), .retention(Sample.plan(expired: 40, kept: 1))),
        .answer(LakeQuestion(.log, of: name), .log(run: Sample.id(185), Sample.logLines, isWhole: true)),
        .answer(LakeQuestion(.history, of: name), .history(Sample.history)),
        .answer(LakeQuestion(.history, of: name), .history([])),
        .answer(LakeQuestion(.markers, of: name), .markers(Sample.markers, problem: nil)),
        .answer(LakeQuestion(.markers, of: name), .markers([], problem: "The ingest ledger cannot be used.")),
        .answer(LakeQuestion(.coverage, of: name), .coverage(Sample.coverage(series: 9, days: 40))),
        .answer(
          LakeQuestion(.coverage, of: name), .coverage(CoverageTable(firstDay: CalendarDay(Sample.now), series: []))),
      ]
    }
    events += Sample.history.map {
      .answer(LakeQuestion(.story($0.record.id), of: $0.record.profile), .story(Sample.story))
    }
    let files = Sample.dayFiles
    events += [
      .answer(
        LakeQuestion(.dayFiles(series: files.series, files.day), of: "klines"), .dayFiles(files)),
      .answer(LakeQuestion(.story(Sample.id(180_000)), of: "cex_ticks"), .story(Sample.oldStory)),
    ]
    events += Sample.history.map {
      .answer(LakeQuestion(.changes($0.record.id), of: $0.record.profile), .changes(Sample.changes))
    }
    events += [
      .profiles(statuses), .profiles(Array(statuses.prefix(2))), .profiles([]), .summary(Sample.summary),
      .summary(LakeSummary(rootDirectory: "", configurationPath: "", warnings: ["The lake's root vanished."])),
      .notice("A notice", isError: true),
    ]
    return events
  }()

  private func action(_ random: inout SplitMix64, _ now: inout Date) -> DashboardAction {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<70: return .key(Self.keys.randomElement(using: &random) ?? .enter)
    case 70..<76:
      let kinds: [MouseEvent.Kind] = [.press, .doublePress, .scrollUp, .scrollDown]
      let kind = kinds.randomElement(using: &random) ?? .press
      let event = MouseEvent(
        kind: kind, x: Int.random(in: -2..<260, using: &random), y: Int.random(in: -2..<80, using: &random))
      return .key(.mouse(event))
    case 76..<90: return .lake(Self.events.randomElement(using: &random) ?? .profiles([]))
    case 90..<95:
      now += Double.random(in: -2..<30, using: &random)
      return .tick(now)
    default:
      return .resized(
        width: Int.random(in: 0...250, using: &random), height: Int.random(in: 0...70, using: &random))
    }
  }

  @Test("20,000 random keys, events and sizes never trap and leave the model whole", arguments: [1, 2, 3, 4])
  func randomKeys(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var model = Sample.model(settings: DashboardSettings(themeNames: ["terminal", "mono"]))
    var now = Sample.now
    for step in 0..<5000 {
      let taken = action(&random, &now)
      _ = update(&model, taken)
      // Drawing is most of the work; a model that is whole but cannot be drawn shows itself in the next steps too.
      if step % 5 == 0 {
        let buffer = draw(model)
        #expect(buffer.width == model.width && buffer.height == model.height)
      }
      let isWhole =
        Set(model.visible).isSubset(of: model.rows.indices)
        && model.rows.indices.allSatisfy { model.rowIndex[model.rows[$0].name] == $0 }
        && (model.lines.isEmpty || model.lines.indices.contains(model.table.selection))
        && model.marked.isSubset(of: model.rows.map(\.name))
      #expect(isWhole, "seed \(seed), step \(step), \(taken)")
      if let place = cursorPlace(model) {
        #expect(place.x >= 0 && place.y >= 0, "seed \(seed), step \(step), \(taken)")
      }
      guard isWhole else { return }
    }
  }

  @Test("draws something at every size from 1x1 to 250x70, on every page")
  func sizes() {
    var model = Sample.model()
    let sizes = [1, 2, 5, 13, 20, 30, 41, 80, 112, 250]
    for tab in PageID.allCases {
      model.tab = tab
      _ = model.loadPage()
      for event in Self.events { _ = update(&model, .lake(event)) }
      _ = update(&model, .lake(.profiles(Sample.statuses)))
      for width in sizes {
        for height in [1, 2, 3, 5, 9, 13, 24, 70] {
          _ = update(&model, .resized(width: width, height: height))
          for focus in [Focus.table, .pane] {
            model.focus = focus
            let text = draw(model).text
            #expect(text.contains { !$0.isWhitespace }, "\(tab) at \(width)x\(height)")
          }
        }
      }
    }
  }

  @Test("a thousand profiles are drawn by the page")
  func thousandProfiles() {
    let statuses = (0..<1000).map { index in
      var status = ProfileStatus(profile: Sample.profile("profile_\(index)"))
      status.checkpoint = Sample.checkpoint(
        "profile_\(index)", index % 50 == 0 ? .failed : .success, ago: Double(index) * 60)
      status.usage = Sample.usage(Int64(index) * 1_000_000, index)
      if index % 10 == 0 { status.liveRun = Sample.live("profile_\(index)") }
      return status
    }
    var model = Sample.model(width: 200, height: 50, statuses: statuses)
    _ = Sample.press(&model, "end")
    #expect(model.table.selection == 999)
    #expect(draw(model).text.contains("of 1,000"))
    _ = Sample.press(&model, "home", "pgdn")
    #expect(model.table.selection > 10)
  }

  @Test("ASCII mode draws nothing else, whatever names and messages hold")
  func ascii() {
    var model = Sample.model(settings: DashboardSettings(isASCII: true))
    for tab in PageID.allCases {
      model.tab = tab
      _ = model.loadPage()
      for event in Self.events { _ = update(&model, .lake(event)) }
      _ = update(&model, .lake(.profiles(Sample.statuses)))
      #expect(draw(model).text.utf8.allSatisfy { $0 < 0x7F })
    }
  }

  @Test("control characters from outside never reach the screen")
  func controlCharacters() {
    let evil = "\u{1b}[31m\u{7}\r\n\u{202e}x"
    var status = ProfileStatus(profile: Sample.profile(evil))
    status.lastRun = Sample.past(
      evil, .sync(), .failed, ago: 60, problem: RunProblem(code: "x", message: evil, advice: evil))
    status.checkpoint = Sample.checkpoint(evil, .failed, ago: 60)
    var model = Sample.model(statuses: [status])
    _ = update(&model, .lake(.notice(evil, isError: true)))
    #expect(draw(model).cells.allSatisfy { $0.text.unicodeScalars.allSatisfy { !SafeText.isUnsafe($0) } })
  }
}
