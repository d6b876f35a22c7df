import Foundation
import SluiceCore
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

@Suite("Several lakes in one screen")
struct FleetTests {
  static let names = ["tokyo", "ops@osaka", "ops@gone:/etc/lake.yml"]

  /// Why the last of them is gone.
  static let reason = "Connection refused"

  static func model(
    width: Int = 120, height: Int = 24, settings: DashboardSettings = DashboardSettings()
  ) -> FleetModel {
    setenv("TZ", "UTC", 1)
    tzset()
    var settings = settings
    settings.hostName = "desk"
    var model = FleetModel(names: names, settings: settings, width: width, height: height, now: Sample.now)
    let rows = Sample.statuses.map { FleetRow($0, language: settings.language, now: Sample.now) }
    _ = model.update(.news(lake: 0, .rows(rows)))
    var progress = LiveProgress(updatedAt: Sample.now, phase: .transferring)
    progress.bytesTotal = 1_000_000
    progress.bytesDone = 400_000
    progress.bytesPerSecond = 5_452_595
    _ = model.update(
      .news(lake: 1, .row(FleetRow(profile: "ticks", state: .running, progress: progress, sizeBytes: 1_200_000))))
    _ = model.update(.news(lake: 2, .row(FleetRow(profile: "swaps", state: .fine, lastSuccess: Sample.ago(300)))))
    _ = model.update(.tick(Sample.ago(-60)))
    _ = model.update(.news(lake: 2, .gone(reason: reason)))
    return model
  }

  private static func text(_ model: FleetModel) -> [String] {
    let buffer = draw(model)
    return (0..<buffer.height).map { y in
      var line = (0..<buffer.width).map { buffer[$0, y].text }.joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// The profile under the cursor.
  private static func profile(_ model: FleetModel) -> String? {
    guard case .row(let lake, let row) = model.selected else { return nil }
    return model.lakes[lake].rows[row].profile
  }

  @Test("one table has the profiles of all, with their lake, what needs attention first; a lake that is gone is on top")
  func table() throws {
    let lines = Self.text(Self.model())
    let rows = lines.dropFirst(3)
    #expect(rows.first?.contains("ops@gone:/etc/lake.yml  ✗ gone since 12:01  Connection refused") == true)
    #expect(rows.dropFirst().first?.contains("dex_swaps") == true)
    let running = try #require(lines.first { $0.contains("ticks") && $0.contains("ops@osaka") })
    #expect(running.contains("syncing") && running.contains("40%") && running.contains("5.2 MB/s"))
    let known = try #require(lines.first { $0.contains("swaps") && $0.contains("ops@go") })
    #expect(known.contains("? fine"))
  }

  @Test("since when a lake is gone stays through further tries, and it is there again by its next word")
  func gone() {
    var model = Self.model()
    _ = model.update(.tick(Sample.ago(-600)))
    _ = model.update(.news(lake: 2, .gone(reason: "No route to host")))
    #expect(Self.text(model).contains { $0.contains("gone since 12:01  No route to host") })
    _ = model.update(.news(lake: 2, .row(FleetRow(profile: "swaps", state: .fine))))
    #expect(!Self.text(model).contains { $0.contains("gone since") })
  }

  @Test("Enter opens the lake of the line under the cursor on its profile, q ends, r asks again")
  func keys() {
    var model = Self.model()
    #expect(model.update(.key(.enter)) == [.open(lake: 2, profile: nil)])
    #expect(model.update(.key(.character("r"))) == [.ask(lake: 2)])
    _ = model.update(.key(.down))
    #expect(model.update(.key(.enter)) == [.open(lake: 0, profile: "dex_swaps")])
    #expect(model.update(.key(.character("q"))) == [.quit])
  }

  @Test("the cursor stays on its profile when others change their places")
  func cursor() {
    var model = Self.model()
    for _ in 0..<3 { _ = model.update(.key(.down)) }
    let before = Self.profile(model)
    let place = model.table.selection
    _ = model.update(.news(lake: 1, .row(FleetRow(profile: "ticks", state: .failed, note: "The link broke."))))
    #expect(before != nil && Self.profile(model) == before && model.table.selection == place + 1)
  }

  @Test("figures alone are not urgent, another state is")
  func urgency() {
    var model = Self.model()
    model.noteShown()
    var progress = LiveProgress(updatedAt: Sample.now, phase: .transferring)
    progress.bytesPerSecond = 6_000_000
    _ = model.update(.news(lake: 1, .row(FleetRow(profile: "ticks", state: .running, progress: progress))))
    #expect(!model.isUrgent)
    progress.phase = .cleaning
    _ = model.update(.news(lake: 1, .row(FleetRow(profile: "ticks", state: .running, progress: progress))))
    #expect(model.isUrgent)
  }

  @Test("a filter narrows the table; Esc shows all again")
  func filter() {
    var model = Self.model()
    for key in "/osaka" { _ = model.update(.key(.character(key))) }
    _ = model.update(.key(.enter))
    #expect(!Self.text(model).contains { $0.contains("cex_ticks") })
    #expect(Self.text(model).contains { $0.contains("ops@osaka") })
    _ = model.update(.key(.escape))
    #expect(Self.text(model).contains { $0.contains("cex_ticks") })
  }

  /// The profiles in the table, in the order of their names.
  private static func shown(_ model: FleetModel) -> [String] {
    model.lines.compactMap { line in
      guard case .row(let lake, let row) = line else { return nil }
      return model.lakes[lake].rows[row].profile
    }.sorted()
  }

  private static func type(_ text: String, into model: inout FleetModel) {
    _ = model.update(.key(.character("/")))
    for key in text { _ = model.update(.key(.character(key))) }
  }

  @Test(
    "a filter means what it does in a lake's own dashboard, and knows the lakes beside",
    arguments: [
      ("state:failed", ["dex_swaps"]), ("state:run lake:os", ["ticks"]), ("lake:osaka", ["ticks"]),
      ("OSAKA", ["ticks"]), ("ticks !tokyo", ["ticks"]), ("swaps !failed", ["swaps"]),
      ("size<2M lake:osaka", ["ticks"]),
      ("size>2M lake:osaka", []), ("age<1h lake:gone", ["swaps"]), ("pending>0", ["klines"]),
      ("host:10.0 state:failed", ["dex_swaps"]), ("cxt", ["cex_ticks"]), ("zzz", []),
    ] as [(String, [String])])
  func language(_ text: String, _ names: [String]) {
    var model = Self.model()
    Self.type(text, into: &model)
    #expect(Self.shown(model) == names)
  }

  @Test(
    "of a lake here a filter lets pass what it lets pass in that lake's own dashboard",
    arguments: [
      "gaps>0", "!failed", "state:gaps,stale", "size>500G", "age>2d", "host:tokyo", "!host:10.0", "pending<9",
    ])
  func sameAsAlone(_ text: String) {
    var model = FleetModel(names: ["a"], settings: DashboardSettings(), width: 120, height: 24, now: Sample.now)
    _ = model.update(.news(lake: 0, .rows(Sample.statuses.map { FleetRow($0, language: .english, now: Sample.now) })))
    Self.type(text, into: &model)
    let alone = Sample.statuses.filter { ProfileFilter(text).passes($0, now: Sample.now) }.map(\.profile.name)
    #expect(Self.shown(model) == alone.sorted())
  }

  @Test(
    "what a filter's word cannot fit is said while it is typed, and in place of the rows",
    arguments: [
      ("gaps>many", "gaps>many: gaps is compared with a whole number."),
      ("host:tokyo", "host: is not known of the profiles of ops@osaka, ops@gone:/etc/lake.yml."),
      ("zzz", "No profile matches \"zzz\". Esc clears the filter."),
    ])
  func problems(_ text: String, _ sentence: String) {
    var model = Self.model(width: 160)
    Self.type(text, into: &model)
    #expect(Self.text(model).dropLast().contains { $0.contains(sentence) })
    #expect(Self.text(model).last?.contains(sentence) == !sentence.hasPrefix("No profile"))
  }

  @Test("the filter of the command line holds from the start, for what comes later and for figures alone")
  func filterOfTheCommandLine() {
    var model = FleetModel(
      names: ["a"], settings: DashboardSettings(), filter: "gaps>0", width: 120, height: 24, now: Sample.now)
    let without = FleetRow(profile: "ticks", state: .fine, holes: 0)
    _ = model.update(.news(lake: 0, .rows([without, FleetRow(profile: "swaps", state: .gaps, holes: 3)])))
    #expect(Self.shown(model) == ["swaps"])
    model.noteShown()
    _ = model.update(.news(lake: 0, .row(FleetRow(profile: "ticks", state: .fine, holes: 1))))
    #expect(!model.isUrgent && Self.shown(model) == ["swaps", "ticks"])
  }

  @Test("? lists the keys that work, on a low screen line by line; any other key closes the list and does nothing else")
  func help() {
    var model = Self.model()
    #expect(Self.text(model).last?.contains("? help") == true)
    _ = model.update(.key(.character("?")))
    for row in FleetHelp.rows { #expect(Self.text(model).contains { $0.contains(row.does.english) }) }
    #expect(model.update(.key(.character("q"))) == [])
    #expect(model.help == nil)
    model = Self.model(height: 8)
    _ = model.update(.key(.character("?")))
    #expect(!Self.text(model).contains { $0.contains("quit; runs go on") })
    _ = model.update(.key(.end))
    #expect(Self.text(model).contains { $0.contains("quit; runs go on") })
    _ = model.update(.key(.escape))
    #expect(model.help == nil)
  }

  @Test(": says that there is no palette, and what there is")
  func palette() {
    var model = Self.model()
    #expect(model.update(.key(.character(":"))) == [])
    #expect(Self.text(model).last?.contains("No palette here: Enter opens a lake, ? lists the keys.") == true)
  }

  @Test(
    "every size is drawn, in ASCII and in Chinese too", arguments: [(0, 0), (1, 1), (20, 5), (80, 24), (200, 50)])
  func sizes(_ width: Int, _ height: Int) {
    for settings in [
      DashboardSettings(), DashboardSettings(isASCII: true), DashboardSettings(language: .chinese),
    ] {
      var model = Self.model(width: width, height: height, settings: settings)
      let buffer = draw(model)
      #expect(buffer.width == width && buffer.height == height)
      _ = model.update(.key(.character("/")))
      _ = draw(model)
      #expect(height < 2 || cursorPlace(model) != nil)
      for key in [Key.escape, .character("?")] { _ = model.update(.key(key)) }
      _ = draw(model)
    }
  }
}
