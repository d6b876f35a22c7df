import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("Dialogs")
struct DialogTests {
  /// A cleanup of exactly a plan.
  static func cleanup(_ profile: String, _ plan: RetentionPlan, force: Bool = false) -> DashboardEffect {
    var task = CleanupTask()
    task.forcesDeletion = force
    task.confirmedPlan = plan.fingerprint
    return .start(RunRequest(profile: profile, task: .cleanup(task)))
  }

  @Test("a cleanup is planned, shown, and deletes only after y")
  func cleanup() {
    var model = KeyTests.model(on: "dex_swaps")
    #expect(Sample.press(&model, "c") == [.ask(LakeQuestion(.retention, of: "dex_swaps"))])
    // Before the plan is there nothing can be confirmed.
    #expect(Sample.press(&model, "y") == [])
    _ = update(&model, .lake(.answer(LakeQuestion(.retention, of: "dex_swaps"), .retention(Sample.plan(expired: 5)))))
    #expect(Sample.press(&model, "enter") == [])
    #expect(model.overlay != nil)
    #expect(Sample.press(&model, "y") == [Self.cleanup("dex_swaps", Sample.plan(expired: 5))])
    #expect(model.overlay == nil)
  }

  @Test("a cleanup beyond the guard wants the profile's name typed")
  func typedCleanup() {
    var model = KeyTests.model(on: "dex_swaps")
    _ = Sample.press(&model, "c")
    _ = update(
      &model, .lake(.answer(LakeQuestion(.retention, of: "dex_swaps"), .retention(Sample.plan(expired: 40, kept: 5)))))
    #expect(Sample.press(&model, "y", "enter") == [])
    #expect(model.message?.text.contains("nothing was deleted") == true)
    _ = Sample.press(&model, "backspace")
    let effects = "dex_swaps".flatMap { update(&model, .key(.character($0))) } + Sample.press(&model, "enter")
    #expect(effects == [Self.cleanup("dex_swaps", Sample.plan(expired: 40, kept: 5), force: true)])
  }

  @Test("a cleanup with nothing to delete says so and asks nothing")
  func emptyCleanup() {
    var model = KeyTests.model(on: "dex_swaps")
    _ = Sample.press(&model, "c")
    _ = update(&model, .lake(.answer(LakeQuestion(.retention, of: "dex_swaps"), .retention(Sample.plan(expired: 0)))))
    #expect(model.overlay == nil)
    #expect(model.message?.text == "Nothing to clean up: nothing is past its retention.")
  }

  @Test("a cleanup of several leaves out those beyond the guard")
  func cleanupOfSeveral() {
    var model = KeyTests.model(on: "dex_swaps")
    _ = Sample.press(&model, "space", "space", "c")
    _ = update(
      &model, .lake(.answer(LakeQuestion(.retention, of: "dex_swaps"), .retention(Sample.plan(expired: 40, kept: 5)))))
    _ = update(
      &model, .lake(.answer(LakeQuestion(.retention, of: "funding_rates"), .retention(Sample.plan(expired: 5)))))
    #expect(draw(model).text.contains("Left out, more than the guard allows: dex_swaps"))
    #expect(Sample.press(&model, "y") == [Self.cleanup("funding_rates", Sample.plan(expired: 5))])
  }

  @Test("the guard holds back more than its share and more than ten, not one or the other")
  func guardLimit() {
    let limits = GuardLimits(maxDeletePercent: 50)
    let cases = [(10, 0, false), (11, 11, false), (12, 11, true), (40, 41, false), (11, 0, true)]
    for (expired, kept, isExceeded) in cases {
      #expect(limits.isExceeded(by: Sample.plan(expired: expired, kept: kept)) == isExceeded)
    }
  }

  @Test("a known failure wants a reason, and is taken back with the same key")
  func acknowledging() throws {
    var model = KeyTests.model(on: "funding_rates")
    let failure = try #require(model.selectedRow?.status.failure(now: model.now))
    #expect(Sample.press(&model, "A", "enter") == [])
    #expect(model.message?.text == "A known failure needs a reason; Esc goes back.")
    let typed = "moving".flatMap { update(&model, .key(.character($0))) }
    #expect(typed == [])
    #expect(draw(model).text.contains("Known: funding_rates"))
    #expect(
      Sample.press(&model, "enter") == [.acknowledge(profile: "funding_rates", because: "moving", failure)])
    var status = try #require(model.selectedRow?.status)
    status.acknowledgement = Acknowledgement(
      reason: "moving", user: "ops", acknowledgedAt: model.now, until: model.now + 3600, failure: failure)
    _ = update(&model, .lake(.profile(status)))
    #expect(draw(model).text.contains("partial, known: moving"))
    // What was typed as the reason would be lost: it is asked first.
    #expect(Sample.press(&model, "A") == [])
    #expect(model.overlay == .question(.withdraw(["funding_rates"])))
    #expect(Sample.press(&model, "n") == [] && model.overlay == nil)
    _ = Sample.press(&model, "A")
    #expect(Sample.press(&model, "y") == [.withdraw(profile: "funding_rates")])
  }

  @Test("stopping asks first; what only waits is taken back at once")
  func stopping() {
    var model = KeyTests.model(on: "cex_ticks")
    #expect(Sample.press(&model, "x") == [])
    #expect(Sample.press(&model, "y") == [.stop(Sample.steered)])
    var queued = KeyTests.model(on: "dex_swaps", settings: DashboardSettings(maxParallel: 1))
    _ = Sample.press(&queued, "space", "space", "s", "esc")
    queued.table.select(1)
    _ = queued.loadPage()
    #expect(queued.selectedName == "funding_rates")
    #expect(Sample.press(&queued, "x") == [])
    #expect(queued.launches.waiting.isEmpty)
    #expect(queued.overlay == nil)
  }

  @Test(
    "a limit is typed in KB/s or as a rate, with an end where it is to have one",
    arguments: [
      ("500", LimitOrder(.rate(500))), ("", LimitOrder(.rate(0))), ("0", LimitOrder(.rate(0))),
      ("1,000", LimitOrder(.rate(1000))), ("2M for 30m", LimitOrder(.rate(2048), for: .seconds(1800))),
      ("auto", LimitOrder(.own)),
    ])
  func limit(text: String, expected: LimitOrder) {
    var model = KeyTests.model(on: "cex_ticks")
    _ = Sample.press(&model, "b")
    for character in text { _ = update(&model, .key(.character(character))) }
    #expect(
      Sample.press(&model, "enter") == [.setLimit(Sample.steered, expected)])
  }

  @Test("a limit that is no number stays open and says so")
  func badLimit() {
    var model = KeyTests.model(on: "cex_ticks")
    #expect(Sample.press(&model, "b", "1", "x", "enter") == [])
    #expect(model.overlay != nil)
    #expect(model.message?.tone == .bad)
  }

  @Test("themes are shown while choosing, and Esc brings back the one before")
  func themes() {
    let settings = DashboardSettings(themeNames: ["terminal", "mono", "nord"])
    var model = KeyTests.model(on: "klines", settings: settings)
    #expect(Sample.press(&model, "t", "down") == [.setTheme("mono")])
    #expect(Sample.press(&model, "j") == [.setTheme("nord")])
    #expect(Sample.press(&model, "esc") == [.setTheme("terminal")])
    #expect(Sample.press(&model, "t", "down", "enter") == [.setTheme("mono")])
    #expect(model.theme == "mono")
  }

  @Test("applying starts exactly the plan that was shown")
  func apply() {
    var model = KeyTests.model(on: "dex_swaps")
    _ = Sample.press(&model, "2")
    _ = update(
      &model,
      .lake(
        .answer(
          LakeQuestion(.preview, of: "dex_swaps"), .preview(run: Sample.id(60), Sample.planSummary, Sample.changes))))
    #expect(Sample.press(&model, "a") == [])
    var task = SyncTask()
    task.confirmedPlan = "f00d"
    #expect(
      Sample.press(&model, "y") == [.start(RunRequest(profile: "dex_swaps", task: .sync(task)))])
  }

  @Test("a preview that is overtaken, empty or too large is not applied")
  func applyRefused() {
    var model = KeyTests.model(on: "dex_swaps")
    _ = Sample.press(&model, "2")
    func show(_ summary: PlanSummary, ago seconds: Double) {
      _ = update(
        &model,
        .lake(
          .answer(LakeQuestion(.preview, of: "dex_swaps"), .preview(run: Sample.id(seconds), summary, Sample.changes))))
      _ = Sample.press(&model, "a")
      #expect(model.overlay == nil)
    }
    show(Sample.planSummary, ago: 700)
    #expect(model.message?.text.contains("The lake has changed since this preview") == true)
    show(PlanSummary(), ago: 60)
    #expect(model.message?.text.contains("nothing to apply") == true)
    var large = Sample.planSummary
    large.freeBytes = 1 << 30
    show(large, ago: 60)
    #expect(model.message?.text.contains("does not fit") == true)
    // Updated in place the same files need no room beyond their own.
    large.neededBytes = 0
    _ = update(
      &model,
      .lake(.answer(LakeQuestion(.preview, of: "dex_swaps"), .preview(run: Sample.id(60), large, Sample.changes))))
    #expect(draw(model).text.contains("fits, 1.0 GB free"))
    _ = Sample.press(&model, "a")
    #expect(model.overlay != nil)
  }

  @Test("what was typed before a question could be read is no answer to it")
  func typedAhead() {
    var model = KeyTests.model(on: "cex_ticks")
    for key in ["p", "x"] { _ = Sample.press(&model, key) }
    #expect(model.awaitsShowing)
    // Not drawn yet, as on a stalled line.
    #expect(update(&model, .key(.character("y"))) == [] && model.overlay != nil)
    _ = update(&model, .shown(model.now))
    #expect(!model.awaitsShowing)
    _ = update(&model, .tick(model.now.addingTimeInterval(0.2)))
    #expect(update(&model, .key(.character("y"))) == [] && model.overlay != nil)
    _ = update(&model, .tick(model.now.addingTimeInterval(0.1)))
    #expect(update(&model, .key(.character("y"))) == [.stop(Sample.steered)])
  }

  @Test("a limit may be typed ahead, but does not begin to hold before it could be read; Esc always goes back")
  func limitTypedAhead() {
    var model = KeyTests.model(on: "cex_ticks")
    for key in "b100" { _ = update(&model, .key(.character(key))) }
    #expect(update(&model, .key(.enter)) == [] && model.overlay != nil)
    _ = update(&model, .shown(model.now.addingTimeInterval(-1)))
    #expect(update(&model, .key(.enter)) == [.setLimit(Sample.steered, LimitOrder(.rate(100)))])
    for key in "x" { _ = update(&model, .key(.character(key))) }
    _ = update(&model, .key(.escape))
    #expect(model.overlay == nil)
  }

  @Test("a cleanup's plan that comes while keys are typed must be seen before it is confirmed")
  func planTypedAhead() {
    var model = KeyTests.model(on: "dex_swaps")
    _ = update(&model, .key(.character("c")))
    _ = update(&model, .shown(model.now.addingTimeInterval(-1)))
    let question = LakeQuestion(.retention, of: "dex_swaps")
    _ = update(&model, .lake(.answer(question, .retention(Sample.plan(expired: 5)))))
    #expect(update(&model, .key(.character("y"))) == [] && model.overlay != nil)
    _ = update(&model, .shown(model.now.addingTimeInterval(-1)))
    #expect(update(&model, .key(.character("y"))) == [Self.cleanup("dex_swaps", Sample.plan(expired: 5))])
  }

  @Test("pasted text is no command, with marks or without, and text where text is asked for")
  func pasted() {
    for text in ["proxy", "sluice sync\r", "q!wx"] {
      var model = KeyTests.model(on: "cex_ticks")
      let keys = text.map { $0 == "\r" ? Key.enter : .character($0) }
      #expect(update(&model, .burst(keys)) == [] && model.overlay == nil)
      #expect(model.message?.text == "Taken for a paste, and no text is asked for: nothing done.")
      #expect(update(&model, .pasted(text)) == [] && model.overlay == nil)
      _ = Sample.press(&model, "/")
      _ = update(&model, .pasted("ti\ncks"))
      _ = update(&model, .burst("abcd".map { .character($0) }))
      #expect(model.entry?.field.text == "ticksabcd")
    }
    var moving = KeyTests.model(on: "dex_swaps")
    _ = update(&moving, .burst("jjjkj".map { .character($0) }))
    #expect(moving.table.selection == 3 && moving.message == nil)
  }

  @Test("a text that may not have reached the clipboard is shown whole, and any key goes back")
  func shownText() {
    var model = KeyTests.model(on: "klines", width: 40)
    let path = "/data/lake/" + String(repeating: "deep/", count: 12) + "end"
    for outcome in [ClipboardOutcome.unsupported, .tooLong, .handedOver(to: "tmux"), .handedOver(to: "screen")] {
      _ = update(&model, .copied(path, outcome))
      let lines = draw(model).text.split(separator: "\n")
      let start = lines.firstIndex { $0.hasPrefix("/data") } ?? 0
      #expect(lines[start...].prefix(2).joined().hasPrefix(path), "\(lines.joined(separator: "\n"))")
      _ = Sample.press(&model, "q")
      #expect(model.overlay == nil)
    }
    _ = update(&model, .copied(path, .sent))
    #expect(model.overlay == nil && model.message?.text == "Copied: \(path)")
  }

  @Test("a preview that the guard holds back says so, and is applied only when the name is typed")
  func forcedApply() {
    var model = KeyTests.model(on: "dex_swaps")
    _ = Sample.press(&model, "2")
    var summary = Sample.planSummary
    summary.heldBack = ["Retention would delete 40 of 45 dated directories."]
    _ = update(
      &model,
      .lake(.answer(LakeQuestion(.preview, of: "dex_swaps"), .preview(run: Sample.id(60), summary, Sample.changes))))
    #expect(draw(model).text.contains("⊘ held back by the guard") && !draw(model).text.contains("fits"))
    #expect(Sample.press(&model, "a") == [])
    #expect(draw(model).text.contains("Retention would delete 40 of 45") && cursorPlace(model) != nil)
    #expect(Sample.press(&model, "y", "enter") == [])
    #expect(model.message?.text == "That is not the name; nothing was started. Type dex_swaps, or press Esc.")
    _ = Sample.press(&model, "backspace")
    let effects = "dex_swaps".flatMap { update(&model, .key(.character($0))) } + Sample.press(&model, "enter")
    var task = SyncTask()
    task.confirmedPlan = "f00d"
    task.forcesDeletion = true
    #expect(effects == [.start(RunRequest(profile: "dex_swaps", task: .sync(task)))])
    #expect(model.overlay == nil)
  }

  @Test(
    "a name that cannot be drawn is shown as escapes, and typed as it is or as it is shown",
    arguments: ["旧行情_okx", "\\u{65e7}\\u{884c}\\u{60c5}_okx"])
  func escapedName(_ typed: String) {
    let name = "旧行情_okx"
    let other = ProfileStatus(profile: Sample.profile("新行情_okx"))
    var model = Sample.model(
      width: 120, settings: DashboardSettings(isASCII: true),
      statuses: [ProfileStatus(profile: Sample.profile(name)), other])
    let text = draw(model).text
    #expect(text.contains("\\u{65e7}\\u{884c}\\u{60c5}_okx") && text.contains("\\u{65b0}\\u{884c}\\u{60c5}_okx"))
    model.table.select(model.visible.firstIndex { model.rows[$0].name == name } ?? 0)
    _ = Sample.press(&model, "c")
    _ = update(
      &model, .lake(.answer(LakeQuestion(.retention, of: name), .retention(Sample.plan(expired: 40, kept: 5)))))
    #expect(draw(model).text.contains("Type \\u{65e7}\\u{884c}\\u{60c5}_okx:"))
    _ = Sample.press(&model, "backspace")
    for character in typed { _ = update(&model, .key(.character(character))) }
    #expect(Sample.press(&model, "enter") == [Self.cleanup(name, Sample.plan(expired: 40, kept: 5), force: true)])
  }

  @Test("the help finds keys by what they do")
  func help() {
    var model = Sample.model()
    _ = Sample.press(&model, "?")
    for character in "bandw" { _ = update(&model, .key(.character(character))) }
    let text = draw(model).text
    #expect(text.contains("limit the run's bandwidth"))
    #expect(!text.contains("one line up"))
    #expect(cursorPlace(model) != nil)
    _ = Sample.press(&model, "esc")
    #expect(model.overlay == nil)
    #expect(cursorPlace(model) == nil)
  }

  @Test(
    "a limit that is no number is told from one that is too great",
    arguments: [
      ("", nil), ("0", nil), ("5,000", nil), ("x", .noRate), ("-1", .noRate), ("100000000", nil),
      ("100000001", .tooGreat), ("99999999999999999999", .tooGreat),
    ] as [(String, LimitOrder.Fault?)])
  func limits(text: String, fault: LimitOrder.Fault?) {
    let dialog = BandwidthDialog(runs: [], field: TextField(text, limit: 30))
    switch dialog.limit(now: Date()) {
    case .success: #expect(fault == nil)
    case .failure(let found): #expect(found == fault)
    }
  }
}
