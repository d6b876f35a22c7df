import Foundation
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("Names and links that lead astray", .serialized)
struct NameFaultTests {
  private static let names = [
    "line\nbreak", "carriage\rreturn", "tab\tname", "esc\u{1b}[31mred", "行情数据 2026.parquet", "-leading-dash",
    "--delete", "sp ace 'quote\" `id` $HOME", "back\\slash\\#012", "星\u{200B}零宽", "é and e\u{301}", "*?[a-z]",
    String(repeating: "n", count: 250), String(repeating: "长", count: 83), "~", "trailing ", ".hidden", "a:b",
  ]

  @Test(
    "names of every kind arrive identical, in the list, in valid JSON, and never raw on the screen", arguments: [1, 4])
  func names(lanes: Int) async throws {
    let collector = try await Collector()
    var profile = Collector.ProfileText()
    profile.arguments = "-a --delete"
    profile.lines = ["lanes: \(lanes)"]
    try collector.configure([profile])
    for (index, name) in Self.names.enumerated() {
      // Large enough for a lane.
      try collector.files.write("source/\(name)", bytes: (lanes > 1 ? 33_000 : 1000) + index, seed: UInt64(index))
      try collector.files.write("source/dir \(name.prefix(80))/\(name)", bytes: 10, seed: UInt64(index))
    }
    // Bytes that are no UTF-8 at all.
    let raw = Array(collector.files.path("source/raw-").utf8CString.dropLast()) + [-1, -2, 0]
    let file = raw.withUnsafeBufferPointer { $0.baseAddress.map { open($0, O_CREAT | O_WRONLY, 0o644) } ?? -1 }
    ftruncate(file, 50_000)
    close(file)
    let dry = try await collector.sluice("sync", "--dry-run")
    #expect(dry.code == 0 && !dry.text.contains("\u{1b}"), "\(dry)")
    let run = try await collector.sluice("sync", "--json")
    let json = try collector.object(run)
    #expect(run.code == 0 && json["files_transferred"] as? Int == Self.names.count * 2 + 1, "\(run)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")

    let told = (collector.newestRun?.events() ?? []).contains { "\($0.kind)".contains("\(Self.names.count + 1) files") }
    #expect(told == (lanes > 1))
    let id = try #require(json["run_id"] as? String)
    let list = try await collector.sluice("history", "--run", id, "--files", "--json")
    let files = try #require(try collector.object(list)["files"] as? [[String: Any]])
    let paths = Set(files.compactMap { $0["path"] as? String })
    for name in Self.names { #expect(paths.contains(name), "\(name)") }
    let shown = try await collector.sluice("history", "--run", id, "--files")
    #expect(shown.code == 0 && !shown.text.contains("\u{1b}") && !shown.text.contains("\r"), "\(shown)")
    #expect(try collector.object(await collector.sluice("sync", "--json"))["files_transferred"] as? Int == 0)

    try FileManager.default.removeItem(atPath: collector.files.path("source"))
    try collector.files.makeDirectory("source/empty but there")
    try collector.files.write("source/one", bytes: 10)
    #expect(try await collector.sluice("sync", "--force-delete").code == 0)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("a directory of very many files arrives, twice without moving anything the second time")
  func manyFiles() async throws {
    let count = ProcessInfo.processInfo.environment["SLUICE_FILES"].flatMap(Int.init) ?? 20_000
    let collector = try await Collector()
    try collector.configure()
    let directory = try collector.files.makeDirectory("source/x_20260101")
    for number in 0..<count {
      let file = open("\(directory)/part_\(number)", O_CREAT | O_WRONLY | O_CLOEXEC, 0o644)
      _ = "\(number)".withCString { write(file, $0, strlen($0)) }
      close(file)
    }
    let run = try await collector.sluice("sync", "--json", deadline: .seconds(240))
    #expect(try collector.object(run)["files_transferred"] as? Int == count, "\(run)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
    let again = try await collector.sluice("sync", "--json", deadline: .seconds(240))
    #expect(try collector.object(again)["files_transferred"] as? Int == 0 && again.code == 0, "\(again)")
  }

  @Test("a dated directory that is a link is neither followed nor emptied, here and at the source")
  func linkedDirectory() async throws {
    let collector = try await Collector()
    var profile = Collector.ProfileText()
    profile.retention = 30
    profile.arguments = "-a --delete"
    try collector.configure([profile])
    let today = CalendarDay(Date()).compact
    try collector.files.write("outside/precious", bytes: 5000)
    try collector.files.write("source/x_\(today)/a", bytes: 1000)
    try collector.files.makeDirectory("lake/ticks")
    for name in ["x_20200101", "x_\(today)"] {
      symlink(collector.files.path("outside"), collector.files.path("lake/ticks/\(name)"))
    }
    symlink(collector.files.path("outside"), collector.files.path("source/y_\(today)"))
    let run = try await collector.sluice("sync")
    #expect(run.code == 0 && run.text.contains("Deleted: 0 directories"), "\(run)")
    #expect(try collector.files.listing("outside") == ["precious"])
    #expect(collector.size("outside/precious") == 5000)
    // The link gave way to the real directory; the one at the source stays a link.
    #expect(try await collector.isSame("source/x_\(today)", "lake/ticks/x_\(today)") == "same")
    let link = try FileManager.default.destinationOfSymbolicLink(atPath: collector.files.path("lake/ticks/y_\(today)"))
    #expect(link == collector.files.path("outside"))
  }

  @Test("a profile's directory that a link leads out of the lake is refused, and nothing is written there")
  func localLink() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/a", bytes: 1000)
    try collector.files.write("outside/precious", bytes: 5000)
    try collector.files.makeDirectory("lake")
    symlink(collector.files.path("outside"), collector.files.path("lake/ticks"))
    for words in [["validate"], ["sync"], ["sync", "--dry-run"], ["cleanup", "--yes"]] {
      let ending = try await ProcessRunner.run(
        ProcessRunner.sluice, words + ["--config", collector.configurationPath], environment: collector.environment)
      #expect(ending.code == 2 && ending.errors.contains("link"), "\(words): \(ending)")
    }
    #expect(try collector.files.listing("outside") == ["precious"])
  }
}
