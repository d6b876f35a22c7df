import Testing

@testable import TerminalUI

@Suite("The keymap")
struct KeymapTests {
  enum Action: Hashable, Sendable { case sync, stop, filter, help, quit }

  private let keymap = Keymap<Action>([
    .init(.sync, name: "sync", keys: [.character("s")], label: "sync", description: "Synchronize now", group: "Runs"),
    .init(
      .stop, name: "stop", keys: [.character("x"), .function(9)], label: "stop", description: "Stop", group: "Runs"),
    .init(.filter, name: "filter", keys: [.character("/")], description: "Filter the list", group: "View"),
    .init(
      .help, name: "help", keys: [.character("?"), .function(1)], label: "help", description: "This help", group: "View"
    ),
    .init(.quit, name: "quit", keys: [.character("q")], label: "quit", description: "Leave; runs go on", group: "View"),
  ])

  @Test("looks keys up and names the key of an action")
  func lookUp() {
    #expect(keymap.action(for: .character("s")) == .sync)
    #expect(keymap.action(for: .function(9)) == .stop)
    #expect(keymap.action(for: .character("S")) == nil)
    #expect(keymap.keyName(for: .help) == "?")
    #expect(keymap.conflicts.isEmpty)
  }

  @Test("takes keys of the user's choice")
  func overrides() {
    let (changed, problems) = keymap.overridden(by: ["sync": "f5, ctrl-s", "quit": "Q", "filter": ","])
    #expect(problems.isEmpty)
    #expect(changed.action(for: .function(5)) == .sync && changed.action(for: .control("s")) == .sync)
    #expect(changed.action(for: .character("s")) == nil)
    #expect(changed.action(for: .character("Q")) == .quit && changed.action(for: .character(",")) == .filter)
  }

  @Test("an action that gives way loses the keys a user has chosen for another, and no others")
  func givesWay() {
    var bindings = keymap.bindings
    bindings[1].givesWay = true
    let changed = Keymap(bindings).overridden(by: ["sync": "x"])
    #expect(changed.problems.isEmpty)
    #expect(changed.keymap.action(for: .character("x")) == .sync)
    #expect(changed.keymap.action(for: .function(9)) == .stop)
    // What the user chooses for it is a choice like any other.
    #expect(Keymap(bindings).overridden(by: ["sync": "z", "stop": "z"]).problems.count == 1)
    #expect(Keymap(bindings).overridden(by: ["sync": "q"]).keymap.keyName(for: .stop) == "x")
  }

  @Test("two actions may swap their keys")
  func swap() {
    let (changed, problems) = keymap.overridden(by: ["sync": "x", "stop": "s"])
    #expect(problems.isEmpty)
    #expect(changed.action(for: .character("x")) == .sync && changed.action(for: .character("s")) == .stop)
  }

  @Test(
    "says what is wrong with a choice and keeps the action's own keys",
    arguments: [
      (["snyc": "z"], [KeymapProblem.unknownAction(name: "snyc", nearest: "sync")]),
      (["reticulate": "z"], [.unknownAction(name: "reticulate", nearest: nil)]),
      (["sync": "ctrl-alt-del"], [.unknownKey(name: "sync", spelling: "ctrl-alt-del")]),
      (["sync": "  "], [.noKey(name: "sync")]),
      (["sync": "q"], [.conflict(key: .character("q"), names: ["sync", "quit"])]),
      (["sync": "z", "stop": "z"], [.conflict(key: .character("z"), names: ["sync", "stop"])]),
    ])
  func problems(_ overrides: [String: String], _ expected: [KeymapProblem]) {
    let (changed, problems) = keymap.overridden(by: overrides)
    #expect(problems == expected)
    #expect(changed.bindings == keymap.bindings)
    for problem in problems { #expect(problem.sentence.hasPrefix("keymap: ")) }
  }

  @Test(
    "reads and writes the names of keys",
    arguments: [
      ("s", Key.character("s"), "s"), ("S", .character("S"), "S"), ("ctrl-l", .control("l"), "ctrl-l"),
      ("Ctrl+L", .control("l"), "ctrl-l"), ("^c", .control("c"), "ctrl-c"), ("ctrl-i", .tab, "tab"),
      ("ctrl-h", .backspace, "backspace"),
      ("ctrl-m", .enter, "enter"), ("space", .character(" "), "space"), ("F1", .function(1), "f1"),
      ("pgdn", .pageDown, "pgdn"), ("PageDown", .pageDown, "pgdn"), ("esc", .escape, "esc"),
      ("é", .character("é"), "é"),
      ("shift-tab", .backTab, "shift-tab"), ("^", .character("^"), "^"), (",", .character(","), ","),
    ])
  func spellings(_ text: String, _ key: Key, _ spelling: String) {
    #expect(Key(spelling: text) == key)
    #expect(key.spelling == spelling)
  }

  @Test("refuses what is no key", arguments: ["", " ", "ss", "f0", "f25", "ctrl-", "ctrl-1", "ctrl-é", "\u{1B}", "fx"])
  func noKeys(_ text: String) {
    #expect(Key(spelling: text) == nil)
  }

  @Test("makes the footer and the help of the same table")
  func footerAndHelp() {
    #expect(keymap.footerItems().map(\.key) == ["s", "x", "?", "q"])
    #expect(keymap.footerItems { $0 != .stop }.map(\.isEnabled) == [true, false, true, true])
    #expect(keymap.footerItems([.quit, .filter, .sync]).map(\.label) == ["quit", "sync"])
    #expect(keymap.helpRows().map(\.name) == ["sync", "stop", "filter", "help", "quit"])
    #expect(keymap.helpRows(matching: "RUNS x").map(\.name) == ["stop"])
    #expect(keymap.helpRows(matching: "nothing").isEmpty)
    #expect(keymap.helpRows(matching: "f9").first?.keys == "x f9")
  }
}
