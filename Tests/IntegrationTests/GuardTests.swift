import Foundation
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("Guards before the first unlink", .serialized)
struct GuardTests {
  private static let today = CalendarDay(Date())

  private static func directory(_ age: Int) -> String { "x_\(today.adding(days: -age).compact)" }

  @Test("--delete with an empty source is refused, everything still there, and --force-delete goes on")
  func emptySource() async throws {
    let collector = try await Collector()
    try collector.configure([.init(arguments: "-a --delete")])
    for number in 1...3 { try collector.files.write("source/day/\(number)", bytes: 1000, seed: UInt64(number)) }
    #expect(try await collector.sluice("sync").code == 0)
    let before = try collector.files.listing("lake/ticks")
    try FileManager.default.removeItem(atPath: collector.files.path("source/day"))
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 12 && json["outcome"] as? String == "refused", "\(ending)")
    let problem = try #require(Collector.problems(json).first)
    #expect(problem.code == "source-empty" && problem.message.contains("is empty, and --delete would remove all 4"))
    #expect(problem.advice.contains("sluice sync ticks --force-delete"))
    #expect(try collector.files.listing("lake/ticks") == before)
    #expect(try collector.checkpoint()["last_sync_status"] as? String == "refused")
    #expect(try collector.checkpoint()["last_success_time"] != nil)
    let dry = try await collector.sluice("sync", "--dry-run")
    #expect(dry.code == 12 && dry.text.contains("- day/1"), "\(dry)")
    #expect(try await collector.sluice("sync", "--force-delete").code == 0)
    #expect(!collector.files.exists("lake/ticks/day"))
  }

  @Test("--delete beyond max_delete_percent is refused; up to it, it is applied")
  func tooManyDeletions() async throws {
    let collector = try await Collector()
    try collector.configure(
      [.init(arguments: "-a --delete")], lakeLines: ["guard: {min_free: 1M, max_delete_percent: 60}"])
    for number in 1...20 { try collector.files.write("source/\(number)", "\(number)") }
    #expect(try await collector.sluice("sync").code == 0)
    let before = try collector.files.listing("lake/ticks")
    for number in 8...20 { try FileManager.default.removeItem(atPath: collector.files.path("source/\(number)")) }
    let refused = try await collector.syncJSON()
    #expect(refused.ending.code == 12, "\(refused)")
    let problem = try #require(Collector.problems(refused.json).first)
    #expect(problem.code == "delete-guard" && problem.message.contains("would remove 13 of 20 entries"), "\(problem)")
    #expect(problem.message.contains("the guard's 60 %") && problem.advice.contains("--force-delete"))
    #expect(try collector.files.listing("lake/ticks") == before)
    try collector.files.write("source/8", "8")
    let allowed = try await collector.syncJSON()
    #expect(allowed.ending.code == 0 && allowed.json["files_deleted"] as? Int == 12, "\(allowed)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("retention beyond max_delete_percent refuses sync and cleanup alike; nothing is fetched or deleted")
  func tooMuchRetention() async throws {
    let collector = try await Collector()
    var profile = Collector.ProfileText()
    profile.retention = 5
    try collector.configure([profile])
    for age in 0...3 { try collector.files.write("lake/ticks/\(Self.directory(age))/a", bytes: 10) }
    for age in 30...44 { try collector.files.write("lake/ticks/\(Self.directory(age))/a", bytes: 10) }
    try collector.files.write("source/\(Self.directory(0))/b", bytes: 10)
    let before = try collector.files.listing("lake/ticks")
    let sync = try await collector.syncJSON()
    #expect(sync.ending.code == 12, "\(sync)")
    let problem = try #require(Collector.problems(sync.json).first)
    #expect(problem.code == "retention-guard" && problem.message.contains("would delete 15 of 19 dated directories"))
    #expect(problem.advice.contains("sluice sync ticks --force-delete"))
    let cleanup = try await collector.sluice("cleanup", "--yes")
    #expect(
      cleanup.code == 12 && (cleanup.text + cleanup.errors).contains("sluice cleanup ticks --force-delete"),
      "\(cleanup)")
    #expect(try collector.files.listing("lake/ticks").filter { !$0.hasPrefix(".sluice") } == before)
    let forced = try await collector.sluice("sync", "--force-delete")
    #expect(forced.code == 0 && forced.text.contains("Deleted: 15 directories"), "\(forced)")
    #expect(collector.files.exists("lake/ticks/\(Self.directory(0))/b"))
  }

  @Test("a lake whose disk is not mounted is refused and stays untouched, forced or not")
  func lakeMissing() async throws {
    let collector = try await Collector()
    try collector.configure([.init(arguments: "-a --delete")])
    try collector.files.write("source/a", bytes: 1000)
    #expect(try await collector.sluice("sync").code == 0)
    try FileManager.default.moveItem(atPath: collector.files.path("lake"), toPath: collector.files.path("away"))
    try collector.files.makeDirectory("lake")
    for arguments in [["sync"], ["sync", "--force-delete"], ["sync", "--dry-run"], ["cleanup", "--yes"]] {
      let ending = try await ProcessRunner.run(
        ProcessRunner.sluice, arguments + ["--config", collector.configurationPath], environment: collector.environment)
      #expect(ending.code == 12, "\(arguments) \(ending)")
      let text = ending.text + ending.errors
      #expect(text.contains("Its disk is probably not mounted.") && text.contains("accept it with: rm "), "\(ending)")
    }
    let detached = try await collector.sluice("sync", "--detach")
    #expect(detached.code == 12, "\(detached)")
    for arguments in [
      ["status"], ["status", "--json"], ["stats"], ["coverage"], ["check"], ["history"], ["dashboard", "--once"], [],
    ] {
      let ending = try await ProcessRunner.run(
        ProcessRunner.sluice, arguments + ["--config", collector.configurationPath], environment: collector.environment)
      #expect(ending.code == 12 && ending.text.isEmpty, "\(arguments) \(ending)")
      #expect(ending.errors.contains("Its disk is probably not mounted."), "\(arguments) \(ending)")
    }
    #expect(try collector.files.listing("lake") == [])
    try FileManager.default.removeItem(atPath: collector.files.path("lake"))
    try FileManager.default.moveItem(atPath: collector.files.path("away"), toPath: collector.files.path("lake"))
    #expect(try await collector.sluice("sync").code == 0)
  }

  @Test("the advice for a lake that is meant to be new works as printed")
  func lakeAccepted() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/a", bytes: 1000)
    #expect(try await collector.sluice("sync").code == 0)
    try FileManager.default.removeItem(atPath: collector.files.path("lake"))
    let refused = try await collector.syncJSON()
    #expect(refused.ending.code == 12)
    let advice = try #require(Collector.problems(refused.json).first?.advice)
    let command = try #require(advice.firstRange(of: "rm ")).lowerBound
    _ = try await collector.tool("sh", "-c", String(advice[command...]))
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("a vanished mount is noticed with the state kept on another disk too", .enabled(if: MemoryDisk.isPossible))
  func lakeUnmounted() async throws {
    for state in [nil, "state"] {
      let collector = try await Collector()
      let disk = try await MemoryDisk(at: collector.files.path("lake"), megabytes: 20)
      let lines = state.map { ["state_dir: \(collector.files.path($0))"] } ?? []
      try collector.configure([.init(arguments: "-a --delete")], lakeLines: lines)
      try collector.files.write("source/a", bytes: 1000)
      #expect(try await collector.sluice("sync").code == 0)
      try await disk.unmount()
      let ending = try await collector.sluice("sync")
      #expect(ending.code == 12 && ending.text.contains("not mounted"), "\(ending)")
      #expect(try collector.files.listing("lake") == [])
    }
  }

  @Test("--delete leaves the lake's own state alone, and the source injects none")
  func protectedState() async throws {
    let collector = try await Collector()
    var profile = Collector.ProfileText(name: "klines", arguments: "-a --delete")
    profile.lines = ["ingest: {format: binance-klines}"]
    try collector.configure([profile, .init(arguments: "-a --delete")])
    let own = ["_ingested", ".checkpoints", ".sluice"]
    for name in own {
      try collector.files.write("source/\(name)/EVIL", "evil")
      for profile in ["klines", "ticks"] { try collector.files.write("lake/\(profile)/\(name)/mine", "mine") }
    }
    for name in [".rsync-partial/EVIL", "day/.rsync-partial/EVIL"] {
      try collector.files.write("source/\(name)", "evil")
    }
    try collector.files.write("lake/ticks/day/.rsync-partial/half", "half")
    try collector.files.write("lake/ticks/zombie", "gone at the source")
    try collector.files.write("source/_SUCCESS__2026-02-14__spot__1m", "")
    try collector.files.write("source/day/a", bytes: 1000)
    for _ in 1...2 {
      let ending = try await collector.sluice("sync", "--all", "--no-ingest")
      #expect(ending.code == 0, "\(ending)")
      for profile in ["klines", "ticks"] {
        let names = try collector.files.listing("lake/\(profile)")
        #expect(names.filter { $0.hasSuffix("EVIL") } == [])
        for name in own {
          #expect(collector.files.read("lake/\(profile)/\(name)/mine") == Data("mine".utf8), "\(profile) \(name)")
        }
      }
      #expect(!collector.files.exists("lake/ticks/zombie") && collector.files.exists("lake/ticks/day/a"))
      #expect(collector.files.exists("lake/ticks/day/.rsync-partial/half"))
    }
    #expect(collector.files.exists("lake/.sluice/lake_id") && collector.files.exists("lake/.checkpoints/ticks.json"))
    let stats = try await collector.sluice("stats", "klines", "--format", "json")
    let json = try #require(try JSONSerialization.jsonObject(with: stats.output) as? [String: Any])
    #expect(json["pending_markers"] as? Int == 1, "\(stats)")
  }

  @Test("directories older than the retention are never fetched again: three runs move 0 bytes of them, they go once")
  func olderThanRetention() async throws {
    let collector = try await Collector()
    var profile = Collector.ProfileText()
    profile.retention = 30
    profile.arguments = "-a --partial --delete"
    try collector.configure([profile])
    let ages = [0, 30, 31, 60, 400]
    for age in ages {
      try collector.files.write("source/\(Self.directory(age))/a", bytes: 50_000, seed: UInt64(age + 1))
    }
    for age in [31, 60] {
      try collector.files.write("lake/ticks/\(Self.directory(age))/a", bytes: 40_000, seed: UInt64(age + 1))
    }
    var deleted: [Int] = []
    for run in 1...3 {
      let (ending, json) = try await collector.syncJSON()
      #expect(ending.code == 0, "\(ending)")
      #expect(json["bytes_transferred"] as? Int == (run == 1 ? 100_000 : 0))
      #expect((json["wire_bytes"] as? Int ?? .max) < (run == 1 ? 130_000 : 20_000))
      #expect(json["files_deleted"] as? Int == 0, "only the retention deletes them")
      let paths = collector.newestRun?.changes().map(\.path) ?? []
      #expect(paths.filter { path in [31, 60, 400].contains { path.hasPrefix(Self.directory($0)) } } == [])
      deleted.append(json["deleted_dirs"] as? Int ?? -1)
      let names = try collector.files.listing("lake/ticks").filter { $0.hasPrefix("x_") && !$0.contains("/") }
      #expect(Set(names) == [Self.directory(0), Self.directory(30)])
    }
    #expect(deleted == [2, 0, 0])
  }
}
