import Foundation
import SluiceCore
import TestSupport
import Testing

@Suite("The command line tells what is", .serialized)
struct DryRunTests {
  private static let today = CalendarDay(Date())

  private static func directory(_ age: Int) -> String { "x_\(today.adding(days: -age).compact)" }

  private static func collector(expired: ClosedRange<Int>) async throws -> Collector {
    let collector = try await Collector()
    var profile = Collector.ProfileText()
    profile.retention = 5
    try collector.configure([profile])
    for age in [0, 5] + expired { try collector.files.write("lake/ticks/\(directory(age))/a", bytes: 10) }
    try collector.files.write("lake/ticks/notes/a", "kept")
    return collector
  }

  @Test("cleanup --dry-run lists each directory with its size, the sums and what stays, in words and in JSON")
  func cleanup() async throws {
    let collector = try await Self.collector(expired: 6...7)
    try collector.files.write("lake/ticks/\(Self.directory(7))/b", bytes: 20)
    let dry = try await collector.sluice("cleanup", "--dry-run")
    #expect(dry.code == 0, "\(dry)")
    let cutoff = "\(Self.today.adding(days: -5))"
    for line in [
      "Dry run of the cleanup of profile: ticks", "  Cutoff date: \(cutoff) (the day itself stays)",
      "  To expire: 2 dated directories, 3 files, 40 B", "    - \(Self.directory(7))  30 B, 2 files",
      "    - \(Self.directory(6))  10 B, 1 file", "  To keep: 2 dated directories", "  Kept, no date: notes",
      "✓ Dry run completed, nothing was deleted",
    ] { #expect(dry.text.contains(line + "\n"), "\(line) in \(dry.text)") }
    let json = try collector.object(try await collector.sluice("cleanup", "--dry-run", "--json"))
    let plan = try #require(json["plan"] as? [String: Any])
    #expect(plan["cutoff"] as? String == cutoff && plan["kept_directories"] as? Int == 2)
    #expect(plan["totals"] as? [String: Int] == ["directories": 2, "files": 3, "bytes": 40])
    let directories = try #require(plan["directories"] as? [[String: Any]])
    #expect(directories.compactMap { $0["name"] as? String } == [Self.directory(7), Self.directory(6)])
    #expect(directories.compactMap { $0["bytes"] as? Int } == [30, 10])
    #expect(json["deleted_dirs"] as? Int == 0 && collector.files.exists("lake/ticks/\(Self.directory(7))/b"))
  }

  @Test("a cleanup stands in history with what it deleted and freed")
  func history() async throws {
    let collector = try await Self.collector(expired: 6...7)
    #expect(try await collector.sluice("cleanup", "--yes").code == 0)
    let history = try await collector.sluice("history")
    #expect(history.text.contains("  success      2 files deleted  20 B freed  "), "\(history)")
  }

  @Test("cleanup --dry-run lists everything and then says that the guard would refuse")
  func refused() async throws {
    let collector = try await Self.collector(expired: 30...44)
    let dry = try await collector.sluice("cleanup", "--dry-run")
    #expect(dry.code == 12, "\(dry)")
    for age in 30...44 { #expect(dry.text.contains("    - \(Self.directory(age))  10 B, 1 file\n"), "\(dry)") }
    let listed = try #require(dry.text.firstRange(of: "To expire: 15 dated directories, 15 files, 150 B"))
    let verdict = try #require(dry.text.firstRange(of: "would delete 15 of 17 dated directories"))
    #expect(listed.lowerBound < verdict.lowerBound)
    #expect(dry.text.contains("✗ A guard would refuse this cleanup, nothing was touched\n"), "\(dry)")
    let json = try await collector.sluice("cleanup", "--dry-run", "--json")
    let plan = try #require(try collector.object(json)["plan"] as? [String: Any])
    #expect(json.code == 12 && (plan["directories"] as? [Any])?.count == 15)
    #expect(collector.files.exists("lake/ticks/\(Self.directory(44))/a"))
  }

  @Test("sync --dry-run --json holds sums, free space, retention and the list of changes")
  func sync() async throws {
    let collector = try await Self.collector(expired: 6...7)
    try collector.files.write("source/\(Self.directory(0))/b", bytes: 3000)
    let ending = try await collector.sluice("sync", "--dry-run", "--json")
    let plan = try #require(try collector.object(ending)["plan"] as? [String: Any], "\(ending)")
    #expect(ending.code == 0 && plan["files"] as? Int == 1 && plan["bytes"] as? Int == 3000, "\(plan)")
    #expect(plan["deletions"] as? Int == 0 && plan["fits"] as? Bool == true)
    #expect((plan["free_bytes"] as? Int ?? 0) > 0)
    let retention = try #require(plan["retention"] as? [String: Any])
    #expect(retention["totals"] as? [String: Int] == ["directories": 2, "files": 2, "bytes": 20])
    let changes = try #require(plan["changes"] as? [[String: Any]])
    #expect(changes.contains { $0["path"] as? String == "\(Self.directory(0))/b" && $0["kind"] as? String == "create" })
    #expect(!collector.files.exists("lake/ticks/\(Self.directory(0))/b"))
  }

  @Test(
    "a range backwards and an unknown theme end with 2 and one sentence",
    arguments: [
      ["coverage", "--since", "2026-02-02", "--until", "2026-02-01"],
      ["ingest", "--backfill", "--since", "2026-02-02", "--until", "2026-02-01"],
      ["dashboard", "--theme", "nosuch", "--once"],
    ])
  func usage(_ words: [String]) async throws {
    let collector = try await Self.collector(expired: 6...6)
    let ending = try await ProcessRunner.run(
      ProcessRunner.sluice, words + ["--config", collector.configurationPath], environment: collector.environment)
    #expect(ending.code == 2 && ending.text.isEmpty, "\(ending)")
    #expect(ending.errors.split(separator: "\n").count == 1 && ending.errors.hasPrefix("sluice: "), "\(ending)")
    #expect(!collector.files.exists("lake/.sluice/runs"))
  }

  @Test("history says while the very first run goes on that it does")
  func firstRun() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/a", bytes: 6_000_000)
    let run = try collector.start("sync", "--bwlimit", "800")
    _ = try await collector.transferring()
    let history = try await collector.sluice("history")
    #expect(history.code == 0 && history.text.contains("one is going on: sync since "), "\(history)")
    #expect(try await collector.sluice("stop", "ticks").code == 0)
    #expect(try await run.ending().code == 130)
    #expect(try await collector.sluice("history").text.contains("interrupted"))
  }
}
