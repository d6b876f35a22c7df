import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("Own commands")
struct OwnCommandTests {
  static func command(
    _ key: String, _ name: String, _ words: String..., mode: OwnCommand.Mode = .detached, waits: Bool = false,
    line: Int = 4
  ) throws -> OwnCommand {
    OwnCommand(
      name: name, key: key, words: try words.map { try OwnWord($0) }, mode: mode, waits: waits,
      place: OwnCommand.Place(line: line, path: "data_lake.commands[0].key"))
  }

  /// A lake's settings with three commands: in the background, on the terminal, and one that needs a port.
  static func settings(_ language: Lake.Language = .english, isReadOnly: Bool = false) -> DashboardSettings {
    var places = LakePlaces()
    (places.configuration, places.root, places.state) = ("/etc/lake.yml", "/data/lake", "/data/lake/.sluice")
    let commands = [
      try? command("U", "Disk usage", "du", "-sh", "{directory}", mode: .terminal, waits: true),
      try? command("ctrl+o", "Tell the desk", "/usr/local/bin/tell", "{profile} is {state}", "{config}"),
      try? command("f5", "Its journal", "less", "{state_directory}/runs/{run}", mode: .terminal),
    ]
    return DashboardSettings(
      isReadOnly: isReadOnly, language: language, themeNames: ["terminal", "mono"],
      ownCommands: commands.compactMap(\.self), places: places)
  }

  private func runs(_ effects: [DashboardEffect]) -> [OwnCommandRun] {
    effects.compactMap { if case .runOwn(let run) = $0 { run } else { nil } }
  }

  @Test(
    "a key runs the program for the profile under the cursor, its facts in the words",
    arguments: [
      ("U", ["du", "-sh", "/data/lake/klines"]),
      ("ctrl-o", ["/usr/local/bin/tell", "klines is fine", "/etc/lake.yml"]),
    ])
  func runsProgram(key: String, words: [String]) {
    var model = KeyTests.model(on: "klines", settings: Self.settings())
    // Marks are for the dashboard's own actions.
    _ = Sample.press(&model, "*")
    let made = runs(Sample.press(&model, key))
    #expect(made.map(\.profile) == ["klines"])
    #expect(made.map(\.words) == [words])
    #expect(model.said.entries.last?.text == ShellLine.text(words))
  }

  @Test("every field has its fact")
  func facts() throws {
    var settings = Self.settings()
    let all = OwnWord.Field.allCases.map { "\($0.rawValue)=\($0.written)" }.joined(separator: "\n")
    settings.ownCommands = [try Self.command("U", "All", "echo", all)]
    settings.places.logs = "/data/lake/.sluice/logs"
    var statuses = Sample.statuses
    statuses[2].profile.source.sshKey = "/home/ops/.ssh/id"
    var model = Sample.model(settings: settings, statuses: statuses)
    #expect(model.selectedName == "dex_swaps")
    #expect(
      runs(Sample.press(&model, "U")).first?.words.last == """
        profile=dex_swaps
        host=10.0.0.11
        port=6677
        user=ubuntu
        ssh_key=/home/ops/.ssh/id
        remote_root=/var/data/dex_swaps
        directory=/data/lake/dex_swaps
        state=failed
        run=\(Sample.id(640).text)
        checkpoint=/data/lake/.checkpoints/dex_swaps.json
        root_directory=/data/lake
        state_directory=/data/lake/.sluice
        log_directory=/data/lake/.sluice/logs
        config=/etc/lake.yml
        """)
  }

  @Test("what is not known keeps a command from being run, and is named")
  func missingFacts() throws {
    var settings = Self.settings()
    settings.ownCommands.append(try Self.command("f6", "Log in", "ssh", "-p", "{port}", "{host}"))
    var statuses = Sample.statuses
    statuses[1].profile.source.port = nil
    (statuses[1].lastRun, statuses[1].liveRun) = (nil, nil)
    var model = Sample.model(width: 160, settings: settings, statuses: statuses)
    model.table.select(model.visible.firstIndex { model.rows[$0].name == "klines" } ?? 0)
    _ = model.loadPage()
    #expect(!draw(model).text.contains("f5 Its journal"))
    #expect(Sample.press(&model, "f5") == [])
    #expect(model.message?.text == "The command needs {run}, and no run of klines is known yet.")
    #expect(Sample.press(&model, "f6") == [])
    #expect(
      model.message?.text == "The command needs {port}, of which the configuration says nothing for klines.")
    _ = Sample.press(&model, "enter")
    #expect(draw(model).text.contains("The command needs {run}"))
  }

  @Test("a read-only dashboard runs none, by key, list, menu or help", arguments: [["U"], ["ctrl-o"], ["f5"]])
  func readOnly(keys: [String]) {
    let settings = Self.settings(isReadOnly: true)
    var model = KeyTests.model(on: "klines", width: 160, settings: settings)
    #expect(Sample.press(&model, keys[0]) == [])
    #expect(model.message?.text == Obstacle.readOnly.words.english)
    #expect(!draw(model).text.contains("U Disk usage"))
    for opening in [":", "enter"] {
      _ = Sample.press(&model, opening)
      for letter in "disk" { _ = update(&model, .key(.character(letter))) }
      #expect(Sample.press(&model, "enter") == [])
      #expect(draw(model).text.contains("read-only"))
      _ = Sample.press(&model, "esc")
    }
    _ = Sample.press(&model, "?")
    for letter in "disk" { _ = update(&model, .key(.character(letter))) }
    #expect(Sample.press(&model, "enter") == [])
    #expect(model.message?.text == Obstacle.readOnly.words.english)
  }

  @Test("the list, the menu and the help run them too", arguments: [":", "enter", "?"])
  func lists(opening: String) {
    var model = KeyTests.model(on: "klines", settings: Self.settings())
    _ = Sample.press(&model, opening)
    for letter in "disk" { _ = update(&model, .key(.character(letter))) }
    #expect(runs(Sample.press(&model, "enter")).map(\.words) == [["du", "-sh", "/data/lake/klines"]])
  }

  @Test("a list that was opened on a profile runs a command for that one, wherever the cursor is by then")
  func listKeepsProfile() {
    var model = KeyTests.model(on: "klines", settings: Self.settings())
    _ = Sample.press(&model, "enter")
    model.table.select(model.visible.firstIndex { model.rows[$0].name == "options" } ?? 0)
    for letter in "disk" { _ = update(&model, .key(.character(letter))) }
    #expect(runs(Sample.press(&model, "enter")).map(\.profile) == ["klines"])
  }

  @Test(
    "what became of it is told: in the background always, on the terminal where it was not well",
    arguments: [
      ("U", .exited(0), nil), ("U", .exited(130), nil), ("U", .signalled(2), nil),
      ("U", .exited(3), "Disk usage (klines): ended with exit code 3."),
      ("U", .notStarted(reason: "no such file"), "Disk usage (klines): du could not be started: no such file."),
      ("ctrl-o", .exited(0), "Tell the desk (klines): ended with exit code 0."),
      ("ctrl-o", .exited(130), "Tell the desk (klines): ended with exit code 130."),
      ("ctrl-o", .signalled(9), "Tell the desk (klines): ended by signal 9."),
    ] as [(String, OwnCommandEnd, String?)])
  func ends(key: String, end: OwnCommandEnd, sentence: String?) throws {
    var model = KeyTests.model(on: "klines", settings: Self.settings())
    let run = try #require(runs(Sample.press(&model, key)).first)
    let begun = key == "U" ? nil : "Tell the desk: started for klines."
    #expect(model.message?.text == begun)
    // A screen that stands still holds it back no more than any answer.
    _ = Sample.press(&model, "F")
    model.message = nil
    #expect(update(&model, .lake(.ownEnded(run, end))) == [])
    #expect(model.message?.text == sentence)
    #expect(model.message.map { $0.tone == (end == .exited(0) ? .good : .bad) } ?? true)
  }

  @Test("an edited configuration brings its commands at once, and what is gone is not run from a list that is open")
  func reload() throws {
    var model = KeyTests.model(on: "klines", settings: Self.settings())
    _ = Sample.press(&model, "enter")
    var settings = Self.settings()
    settings.ownCommands = [try Self.command("U", "Disk usage", "df", "{directory}")]
    _ = update(&model, .configured(settings))
    for letter in "disk" { _ = update(&model, .key(.character(letter))) }
    #expect(Sample.press(&model, "enter") == [])
    #expect(draw(model).text.contains("The configuration no longer has a command Disk usage."))
    _ = Sample.press(&model, "esc")
    #expect(runs(Sample.press(&model, "U")).map(\.words) == [["df", "/data/lake/klines"]])
    #expect(Sample.press(&model, "f5") == [])
    #expect(model.message?.text == "f5 does nothing here; ? lists the keys.")
  }

  @Test(
    "a key that cannot be had is refused with its line; the command is in the lists without it",
    arguments: [
      ("s", [:], "the key s is taken by sync already"), ("ctrl+p", [:], "the key ctrl+p is taken by palette already"),
      ("1", [:], "the key 1 is taken by overview already"),
      ("f9", ["sync": "f9"], "the key f9 is taken by sync already"),
      ("s", ["sync": "f9"], nil), ("comma", [:], nil), ("ctrl-q", [:], nil),
      ("U", [:], "the key U is taken by Disk usage already"),
      ("ctrl-c", [:], "ctrl-c always quits the dashboard"),
      ("ctrl-z", ["suspend": "f9"], "ctrl-z always suspends the dashboard"),
      ("ctrl-l", ["repaint": "f9"], "ctrl-l always repaints the dashboard"), ("ctrl-h", [:], nil),
      ("ctrl-", [:], "ctrl- is no key"),
      ("U V", [:], "U V is no key"),
    ] as [(String, [String: String], String?)])
  func keys(key: String, overrides: [String: String], message: String?) throws {
    var settings = Self.settings()
    settings.keymapOverrides = overrides
    settings.ownCommands.append(try Self.command(key, "Another", "true", line: 9))
    let found = KeymapCheck.problems(of: settings.ownCommands, overrides: overrides)
    #expect(found.map(\.message) == [message].compactMap(\.self))
    var model = KeyTests.model(on: "klines", settings: settings)
    let bound = model.keymap.binding(for: .own(settings.ownCommands[3]))
    #expect(bound?.keys.isEmpty == (message != nil))
    _ = Sample.press(&model, ":")
    for letter in "another" { _ = update(&model, .key(.character(letter))) }
    #expect(runs(Sample.press(&model, "enter")).map(\.words) == [["true"]])
    let told = DashboardModel(settings: settings, width: 80, height: 24, now: Sample.now).message?.text
    #expect(told?.hasPrefix("Line 9: data_lake.commands[0].key: ") ?? false == (message != nil))
  }

  @Test("what is wrong with a key stays on the line when the edited configuration is told as taken over")
  func faultStays() throws {
    var model = KeyTests.model(on: "klines", settings: Self.settings())
    var settings = Self.settings()
    settings.ownCommands = [try Self.command("s", "Another", "true", line: 9)]
    _ = update(&model, .configured(settings))
    _ = update(&model, .lake(.notice("The configuration was taken over.", isError: false)))
    #expect(model.message?.text.contains("the key s is taken by sync already") == true)
    #expect(model.said.entries.last?.text == "The configuration was taken over.")
    _ = update(&model, .tick(Sample.now.addingTimeInterval(2)))
    _ = update(&model, .lake(.notice("Later news.", isError: false)))
    #expect(model.message?.text == "Later news.")
  }

  @Test("the terminal's last line is in the operator's language, and only where the command waits for Enter")
  func prompt() throws {
    for (language, expected) in [
      (Lake.Language.english, "[Disk usage has ended; Enter goes back to sluice]"),
      (.chinese, "[Disk usage 已结束；按 Enter 返回 sluice]"),
    ] {
      var model = KeyTests.model(on: "klines", settings: Self.settings(language))
      let run = try #require(runs(Sample.press(&model, "U")).first)
      #expect(endPrompt(model, run) == expected)
      let journal = OwnCommandRun(try Self.command("f5", "x", "less"), for: "klines", words: ["less"])
      #expect(endPrompt(model, journal) == nil)
    }
  }
}
