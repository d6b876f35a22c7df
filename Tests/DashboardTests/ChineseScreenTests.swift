import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

/// Every screen of the snapshots, and those of several lakes, drawn once more in Chinese: no English word may be left.
///
/// What may be there is what was told from outside, word for word: names, paths, command lines, log lines and problems of
/// the sample lake, beside the few words that are the same in both languages.
@Suite("Screens in Chinese")
struct ChineseScreenTests {
  private static let settings = DashboardSettings(
    language: .chinese, themeNames: ["terminal", "mono", "colorblind", "nord", "gruvbox-dark"])

  /// A screen of the snapshots in Chinese.
  private static func inChinese(_ screen: SnapshotTests.Screen) -> SnapshotTests.Screen {
    var screen = screen
    screen.settings.language = .chinese
    screen.settings.isASCII = false
    return screen
  }

  /// The pages, and the dialogs that ask for words, as they are compared with what was recorded.
  static let recorded: [SnapshotTests.Screen] = {
    let pages: Set<String> = [
      "overview", "overview-failed", "preview", "log", "history", "run", "markers", "coverage", "coverage-size",
      "coverage-months", "coverage-lake", "coverage-day", "hosts", "schedule", "apply",
    ]
    return SnapshotTests.screens.filter { pages.contains($0.name) && $0.width >= 80 && $0.width < 200 }.map { screen in
      var chinese = inChinese(screen)
      chinese.name = "chinese-" + screen.name
      return chinese
    } + asking(width: 80, height: 24)
  }()

  private static func asking(width: Int, height: Int) -> [SnapshotTests.Screen] {
    let toTicks = ["/", "c", "e", "x", "enter"]
    let log = LakeEvent.answer(
      LakeQuestion(.log, of: "cex_ticks"), .log(run: Sample.id(185), Sample.logLines, isWhole: true))
    func screen(_ name: String, _ keys: [String], _ events: [LakeEvent] = [], _ after: [String] = [])
      -> SnapshotTests.Screen
    {
      SnapshotTests.Screen(
        name: "chinese-" + name, width: width, height: height, settings: settings, keys: keys, events: events,
        keysAfter: after)
    }
    return [
      screen("pause-for", toTicks + ["H", "2", "h"]), screen("columns", ["|", "down"]),
      screen("name-filter", toTicks + ["=", "n"]), screen("save-log", toTicks + ["3", "tab"], [log], ["W"]),
      screen("no-profile", ["/", "z", "z", "z", "z"]), screen("limit-empty", toTicks + ["b"]),
      screen("marked", ["space", "down", "space", "o", "O", "/", "k", "l", "enter"]),
    ]
  }

  /// What the sample lake tells, and what is set.
  private static let quoted: Quoted = {
    var quoted = Quoted()
    for screen in SnapshotTests.screens + recorded {
      quoted.add(screen.events)
      quoted.add(screen.answers)
      quoted.add(screen.settings.themeNames)
      quoted.add(screen.settings.ownCommands)
      quoted.add(screen.settings.ownCommands.flatMap { [$0.line, $0.helpLine] })
      quoted.add(screen.settings.ownCommands.flatMap { $0.name.split(separator: " ").map(String.init) })
    }
    let statuses = Sample.statuses + Sample.scheduled() + HostGroupTests.statuses
    quoted.add(statuses)
    quoted.add(statuses.map(\.profile.source.address))
    quoted.add(Sample.summary)
    quoted.add(FleetTests.names + ["tokyo-1", "desk", "ticks", "swaps", FleetTests.reason])
    quoted.add(FleetHelp.rows.flatMap { $0.keys.split(separator: " ").map(String.init) })
    // What the name of a saved log is made of.
    quoted.add("~/cex_ticks-\(Sample.id(185).text).log")
    // What markers are in trouble with is told in the engine's words.
    quoted.add(Sample.statuses.flatMap { $0.markers.troubles.map(\.text) })
    return quoted
  }()

  @Test("have no English word of their own", arguments: SnapshotTests.screens.map(inChinese) + recorded)
  func words(_ screen: SnapshotTests.Screen) {
    let typed = (screen.keys + screen.keysAfter).filter { $0.count == 1 }.joined()
    let strangers = Self.quoted.strangers(in: screen.drawn.text, besides: typed)
    #expect(strangers.isEmpty, "\(strangers)\n\(screen.drawn.text)")
  }

  @Test("of several lakes have none either", arguments: [80, 120, 200])
  func fleet(_ width: Int) {
    var model = FleetTests.model(width: width, settings: Self.settings)
    var screens = [draw(model).text]
    for key in ["/", "z", "z"] { _ = Key(spelling: key).map { model.update(.key($0)) } }
    screens.append(draw(model).text)
    _ = model.update(.key(.enter))
    screens.append(draw(model).text)
    for key in ["?", "esc", ":"] {
      _ = Key(spelling: key).map { model.update(.key($0)) }
      screens.append(draw(model).text)
    }
    for text in screens {
      let strangers = Self.quoted.strangers(in: text, besides: "zz")
      #expect(strangers.isEmpty, "\(strangers)\n\(text)")
    }
  }

  @Test("An English word is found beside what is quoted, and a quoted one is none")
  func finding() {
    var quoted = Quoted()
    quoted.add(["cex_ticks", "/data/lake/cex_ticks", "10.0.0.11 did not answer within 15 s."])
    #expect(quoted.strangers(in: "│ cex_ticks  名称 3 files  /data/lake/ce…", besides: "") == ["files"])
    #expect(quoted.strangers(in: "✗ 10.0.0.11 did not answer wit…", besides: "").isEmpty)
    #expect(quoted.strangers(in: "it did fail", besides: "") == ["fail"])
  }

  @Test("Every command has a name in Chinese for the lists of deeds")
  func labels() {
    let bindings = Command.keymap(overrides: [:], language: .chinese).keymap.bindings
    for binding in bindings { #expect(binding.action.chineseLabel.contains(/\p{Han}/), "\(binding.name)") }
  }
}

/// Texts that may be on a screen as they are.
private struct Quoted {
  /// Names, paths and other texts without a blank.
  private var names: Set<String> = []
  private var sentences: Set<String> = []

  /// Words that are the same in both languages: programs, keys, what stands in configurations and command lines.
  private static let allowed: Set<String> = [
    "sluice", "rsync", "parquet", "kill", "cont", "editor", "pager", "enter", "space", "home", "down", "left", "right",
    "pgup", "pgdn", "until", "ctrl-b", "ctrl-f", "ctrl-o", "shift-tab", "auto", "null", "ingest", "bwlimit",
    "retention_days",
    "read-only",
    "max_parallel",
    "min_free",
  ]

  /// Takes every text in a value, however deep.
  mutating func add(_ value: Any) {
    if let text = value as? String {
      let shown = SafeText.escaped(text)
      if text.contains(" ") { sentences.insert(shown) } else { names.insert(shown) }
      return
    }
    for child in Mirror(reflecting: value).children { add(child.value) }
  }

  /// The words of four letters and more that are neither quoted nor the same in both languages.
  func strangers(in screen: String, besides typed: String) -> [String] {
    screen.split(separator: "\n").flatMap { line in
      line.matches(of: /[A-Za-z]+([_-][A-Za-z]+)*/).compactMap { match in
        let word = String(line[match.range])
        let isKnown = word.count < 4 || Self.allowed.contains(word.lowercased()) || typed.contains(word)
        return isKnown || isQuoted(match.range, of: line) ? nil : word
      }
    }
  }

  private func isQuoted(_ place: Range<Substring.Index>, of line: Substring) -> Bool {
    // Up to where something else begins: a blank more, a frame, Chinese, or what was cut.
    let before = String(line[..<place.lowerBound].reversed().prefix { $0.isASCII }.reversed())
    let after = String(line[place.upperBound...].prefix { $0.isASCII })
    let start = before.components(separatedBy: "  ").last ?? ""
    let end = after.components(separatedBy: "  ").first ?? ""
    let word = line[place]
    let token = start.components(separatedBy: " ").last ?? ""
    let rest = end.components(separatedBy: " ").first ?? ""
    let name = (token + word + rest).trimmingCharacters(in: CharacterSet(charactersIn: ",;:()\"'."))
    // A command line that does what a key did.
    if names.contains(name) || start.contains("sluice ") { return true }
    // Cut by its column, or by the frame of what lies over it.
    let isCut =
      line[..<place.lowerBound].hasSuffix("…" + token)
      || ["…", " │"].contains { line[place.upperBound...].hasPrefix(rest + $0) }
    if name.count >= (isCut ? 5 : 8), names.contains(where: { $0.contains(name) }) { return true }
    let sides: [String] = [String(start.suffix(8)) + word, word + String(end.prefix(8))]
    return sides.contains { text in
      let side = text.trimmingCharacters(in: CharacterSet(charactersIn: " "))
      return side.count >= word.count + 2 && sentences.contains { $0.contains(side) }
    }
  }
}
