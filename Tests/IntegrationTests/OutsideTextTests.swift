import Foundation
import RunRecords
import SluiceCore
import TestSupport
import Testing

@Suite("Names from outside never command a terminal", .serialized)
struct OutsideTextTests {
  private static let name = "x\u{1b}]0;owned\u{7}\u{1b}[31m\u{9b}2J\r\u{202e}\nsluice: forged"

  /// Whether a terminal could obey something of a text, line feeds apart.
  private static func isRaw(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0 != "\n" && TextFormat.isUnsafe($0) }
  }

  @Test("whatever prints them: the sync, its log, its record, lists, JSON, and a notify command")
  func everywhere() async throws {
    let collector = try await Collector()
    var profile = Collector.ProfileText()
    profile.lines = ["ingest: {format: binance-klines}"]
    try collector.configure(
      [profile],
      lakeLines: [
        "notify: {command: [sh, -c, 'printf \"%s %s\" \"$SLUICE_MESSAGE\" \"$SLUICE_LOG\" > "
          + "\(collector.files.path("hook.$SLUICE_EVENT"))']}"
      ])
    try collector.files.write("source/day/one.bin", bytes: 100)
    chmod(try collector.files.write("source/day/\(Self.name)", bytes: 100), 0)
    try collector.files.makeDirectory("source/_SUCCESS__\(Self.name)")
    try collector.files.makeDirectory("lake/ticks/_SUCCESS__\(Self.name)")
    try collector.obeyPermissionsAtSource()
    let sync = try await collector.sluice("--verbose", "sync")
    #expect(sync.code == 3 && sync.text.contains("owned"), "\(sync)")
    let id = try #require(collector.newestRun?.id.text)
    for words in [
      ["status"], ["status", "--json"], ["history"], ["history", "--json"], ["history", "--run", id],
      ["history", "--run", id, "--json"], ["ingest"], ["ingest", "--dry-run"], ["check"], ["check", "--json"],
      ["coverage"], ["stats"],
    ] {
      let ending = try await ProcessRunner.run(
        ProcessRunner.sluice, words + ["--config", collector.configurationPath], environment: collector.environment)
      #expect(!Self.isRaw(ending.text) && !Self.isRaw(ending.errors), "\(words): \(ending)")
      #expect(!(ending.text + "\n" + ending.errors).contains("\nsluice: forged"), "\(words): \(ending)")
      guard words.contains("--json"), words.contains(id) else { continue }
      // A machine still reads the very name.
      let record = String(describing: try collector.object(ending))
      #expect(record.contains("owned") && ending.text.contains("\\u009b"), "\(ending)")
    }
    #expect(!Self.isRaw(sync.text) && !Self.isRaw(sync.errors), "\(sync)")
    let logs = try FileManager.default.contentsOfDirectory(atPath: collector.files.path("lake/.sluice/logs"))
    for log in logs {
      let text = String(decoding: collector.files.read("lake/.sluice/logs/\(log)") ?? Data(), as: UTF8.self)
      #expect(text.contains("owned") && !Self.isRaw(text))
    }
    let hook = { (event: String) in
      String(decoding: collector.files.read("hook.\(event)") ?? Data(), as: UTF8.self)
    }
    try await waitUntil("the notify command") { hook("partial").contains("Ended") }
    let told = hook("partial")
    #expect(!Self.isRaw(told))
    // The log's end is told with it, each line with its time and level.
    #expect(told.contains(" debug Transferring.") && told.utf8.count < 5000, "\(told)")
    #expect(told.split(separator: "\n").last?.contains(" error Ended: partial") == true, "\(told)")
    #expect(hook("start") == " ")
  }
}
