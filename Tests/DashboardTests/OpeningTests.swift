import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("Before the configuration is read")
struct OpeningTests {
  private func model() -> DashboardModel {
    DashboardModel(settings: DashboardSettings(), width: 100, height: 30, now: Sample.now)
  }

  private func text(_ model: DashboardModel) -> String {
    let buffer = draw(model)
    return (0..<buffer.height).map { y in (0..<buffer.width).map { buffer[$0, y].text }.joined() }
      .joined(separator: "\n")
  }

  @Test("the frame is there and says what is waited for")
  func frame() {
    let text = text(model())
    for part in [" sluice ", "Profiles", "the configuration is being read", "Overview", "q quit"] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
  }

  @Test(
    "no key asks for anything of a lake", arguments: ["s", "d", "c", "i", "x", "b", "p", "2", "3", "5", "6", "enter"])
  func keys(_ key: String) {
    var model = model()
    #expect(Sample.press(&model, key).isEmpty)
  }

  @Test("the configuration brings its language, keys and limits, and leaves the rest as it is")
  func configured() {
    var model = model()
    model.isMouseOn = true
    model.theme = "nord"
    let settings = DashboardSettings(
      isReadOnly: true, language: .chinese, maxParallel: 7, keymapOverrides: ["quit": "Q"],
      themeNames: ["terminal", "nord"])
    #expect(update(&model, .configured(settings)).isEmpty)
    #expect(model.settings == settings)
    #expect(text(model).contains("概"))
    #expect(model.theme == "nord" && model.isMouseOn)
    #expect(Sample.press(&model, "Q") == [.quit])
  }

  @Test(
    "the cursor begins on the profile that was asked for, and stays there; one that is not to be had is told",
    arguments: [
      ("klines", "", "klines", nil),
      ("nobody", "", nil, "There is no profile nobody here; the cursor is on the first row."),
      ("klines", "state:failed", nil, "The filter hides klines; the cursor is on the first row."),
    ] as [(String, String, String?, String?)])
  func firstProfile(_ name: String, _ filter: String, _ chosen: String?, _ message: String?) {
    var model = model()
    let settings = DashboardSettings(choice: TableChoice(filter: filter), firstProfile: name)
    _ = update(&model, .configured(settings))
    _ = update(&model, .lake(.profiles(Sample.statuses)))
    let first = model.visible.first.map { model.rows[$0].name }
    #expect(model.selectedName == chosen ?? first && model.message?.text == message)
    #expect(chosen == nil || first != chosen)
    // What comes later moves it no more.
    _ = update(&model, .lake(.profiles(Sample.statuses.reversed())))
    #expect(model.selectedName == chosen ?? first)
  }

  @Test("a key that comes before the profiles leaves the cursor where it is")
  func firstProfileAfterKey() {
    var model = model()
    _ = update(&model, .configured(DashboardSettings(firstProfile: "klines")))
    _ = Sample.press(&model, "j")
    _ = update(&model, .lake(.profiles(Sample.statuses)))
    #expect(model.selectedName != "klines")
  }

  @Test("a keymap that cannot be used is told")
  func problem() {
    var model = model()
    _ = update(&model, .configured(DashboardSettings(keymapOverrides: ["nonsense": "s"])))
    #expect(model.message?.tone == .bad)
  }
}
