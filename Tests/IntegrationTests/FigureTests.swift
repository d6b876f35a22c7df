import Foundation
import RunRecords
import SluiceCore
import TestSupport
import Testing

@Suite("Figures are what they say", .serialized)
struct FigureTests {
  @Test("files that could not be written are not counted as fetched", .enabled(if: MemoryDisk.isPossible))
  func unwritten() async throws {
    let collector = try await Collector()
    try collector.configure()
    for number in 0..<40 {
      try collector.files.write("source/closed/f\(number)", bytes: 1000, seed: UInt64(number + 1))
    }
    for number in 0..<29 { try collector.files.write("source/open/f\(number)", bytes: 500, seed: UInt64(number + 99)) }
    try collector.files.makeDirectory("lake/ticks/closed")
    let disk = try await MemoryDisk(at: collector.files.path("lake/ticks/closed"), megabytes: 1)
    _ = try await collector.tool("mount", "-o", "remount,ro", disk.path)
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 3, "\(ending)")
    #expect(try collector.files.listing("lake/ticks/open").count == 29)
    #expect(json["files_transferred"] as? Int == 29 && json["bytes_transferred"] as? Int == 29 * 500, "\(ending)")
    let checkpoint = try collector.checkpoint()
    #expect(checkpoint["files_transferred"] as? Int == 29 && checkpoint["bytes_transferred"] as? Int == 29 * 500)
    let history = try await collector.sluice("history")
    #expect(history.text.contains("29 files"), "\(history)")
    let metrics = try await collector.sluice("metrics")
    #expect(metrics.text.contains("data_lake_files_transferred_total{profile=\"ticks\"} 29\n"), "\(metrics)")
  }

  @Test("a file that could not take its name is not counted either")
  func unnamed() async throws {
    let collector = try await Collector()
    try collector.configure()
    for name in ["a", "b", "c"] { try collector.files.write("source/\(name)", bytes: 700) }
    // A directory that appears while the transfer is on its way, in a file's place.
    try collector.answerCounting(
      "[ $n = 2 ] && mkdir '\(collector.files.path("lake/ticks/b"))' && touch '\(collector.files.path("lake/ticks/b/in"))'"
    )
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 3 && json["files_transferred"] as? Int == 2, "\(ending)")
  }

  @Test("what --delete would take is told as files and directories, and counted in files")
  func deletions() async throws {
    let collector = try await Collector()
    try collector.configure([.init(arguments: "-a --delete")])
    for number in 0..<6 { try collector.files.write("source/old/d\(number % 2)/f\(number)", bytes: 10) }
    for number in 0..<20 { try collector.files.write("source/new/f\(number)", bytes: 10) }
    #expect(try await collector.sluice("sync").code == 0)
    try FileManager.default.removeItem(atPath: collector.files.path("source/old"))
    let plan = try await collector.sluice("sync", "--dry-run")
    #expect(plan.text.contains("  To delete: 6 files, 3 directories (gone at the source)\n"), "\(plan)")
    let (ending, json) = try await collector.syncJSON()
    #expect(json["files_deleted"] as? Int == 6, "\(ending)")
    let metrics = try await collector.sluice("metrics")
    #expect(metrics.text.contains("data_lake_files_deleted_total{profile=\"ticks\"} 6\n"), "\(metrics)")
  }

  @Test("sparse files are not refused by their size, and the reserve holds all the same")
  func sparse() async throws {
    let collector = try await Collector()
    try collector.configure([.init(arguments: "-aS -x -m --numeric-ids --safe-links --chown=0:0 --preallocate -E")])
    let hollow = try collector.files.write("source/hollow", "x")
    #expect(truncate(hollow, 1 << 42) == 0)
    let plan = try await collector.sluice("sync", "--dry-run")
    #expect(plan.code == 0 && !plan.text.contains("Free space"), "\(plan)")
    try FileManager.default.removeItem(atPath: hollow)
    try collector.files.write("source/a", bytes: 10)
    #expect(try await collector.sluice("sync").code == 0)
    try collector.files.write("source/b", bytes: 10)
    try collector.configure([.init(arguments: "-aS")], lakeLines: ["guard: {min_free: 900T}"])
    #expect(try await collector.sluice("sync").code == 12)
  }

  @Test("orders that change nothing, or that a run cannot obey, are told")
  func orders() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/big", bytes: 20_000_000)
    let child = try collector.start("sync", "--bwlimit", "300")
    _ = try await collector.transferring()
    #expect(try await collector.sluice("resume", "ticks").text == "ticks is not paused; it goes on as it was.\n")
    #expect(try await collector.sluice("pause", "ticks").text.hasPrefix("Paused ticks; "))
    #expect(try await collector.sluice("pause", "ticks").text.hasPrefix("ticks is paused already; "))
    #expect(try await collector.sluice("resume", "ticks").text == "Resumed ticks.\n")
    #expect(try await collector.sluice("stop", "ticks").code == 0)
    _ = try await child.ending()
    let start = Date()
    let run = try RunJournal(
      record: RunRecord(
        id: RunID(start: start), profile: "ticks", task: .ingest(), command: [], origin: "cron", user: "u", host: "h",
        processID: getpid(), processStart: 0, startedAt: start), stateDirectory: collector.stateDirectory)
    for words in [["pause", "ticks"], ["limit", "ticks", "5"], ["resume", "ticks"]] {
      let ending = try await ProcessRunner.run(
        ProcessRunner.sluice, words + ["--config", collector.configurationPath], environment: collector.environment)
      #expect(ending.code == 2 && ending.errors.contains("is of the kind ingest, which cannot be "), "\(ending)")
    }
    withExtendedLifetime(run) {}
  }

  @Test("the rate shown after a limit was lowered is the new one within seconds")
  func loweredLimit() async throws {
    let collector = try await Collector()
    try collector.configure()
    try await collector.writeRandom("source/big", bytes: 80_000_000)
    let child = try collector.start("sync", "--bwlimit", "8000")
    let run = try await collector.transferring(bytes: 12_000_000)
    try await waitUntil("a high rate") { (run.live()?.bytesPerSecond ?? 0) > 4_000_000 }
    #expect(try await collector.sluice("limit", "ticks", "300").code == 0)
    try await waitUntil("the new rate and the time it leaves", within: .seconds(6)) {
      guard let live = run.live() else { return false }
      return live.bytesPerSecond < 3 * 300 * 1024 && (live.etaSeconds ?? 0) > 50
    }
    child.signal(SIGTERM)
    _ = try await child.ending()
  }

  @Test("a dry run of a cleanup stands in the history as one, not as a cleanup that found nothing")
  func rehearsal() async throws {
    let collector = try await Collector()
    var profile = Collector.ProfileText()
    profile.retention = 5
    try collector.configure([profile])
    try collector.files.write("lake/ticks/x_20200101/a", bytes: 10)
    #expect(try await collector.sluice("cleanup", "--dry-run").code == 0)
    let history = try await collector.sluice("history")
    #expect(history.text.contains("dry run") && history.text.contains("cleanup planned"), "\(history)")
    #expect(!history.text.contains("0 files"), "\(history)")
    let id = try #require(collector.newestRun?.id.text)
    let one = try await collector.sluice("history", "--run", id)
    #expect(one.text.contains("Profile: ticks  (dry run, cleanup)\n"), "\(one)")
  }

  @Test("an ingest of a profile without one is a usage error that leaves no run and no red profile")
  func notIngested() async throws {
    let collector = try await Collector()
    try collector.configure([.init(name: "ticks"), .init(name: "swaps")])
    let ending = try await collector.sluice("ingest", "ticks", "swaps")
    #expect(ending.code == 2, "\(ending)")
    #expect(
      ending.errors.hasPrefix("sluice: The configuration has no `ingest:` for ticks, swaps; nothing was started. → "))
    #expect(collector.newestRun == nil)
    let all = try await collector.sluice("ingest", "--all")
    #expect(all.code == 0 && all.errors.contains("nothing to do"), "\(all)")
  }
}
