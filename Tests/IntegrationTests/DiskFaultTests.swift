import Foundation
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("Faults of the lake's disk", .serialized)
struct DiskFaultTests {
  @Test("a plan the disk does not hold is refused before a byte is written")
  func planTooLarge() async throws {
    let collector = try await Collector()
    try collector.configure(lakeLines: ["guard: {min_free: 900T}"])
    try collector.files.write("source/a", bytes: 100_000)
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 12 && json["outcome"] as? String == "refused", "\(ending)")
    let problem = try #require(Collector.problems(json).first)
    #expect(
      problem.code == "disk-space" && problem.message.contains("The disk of \(collector.files.path("lake/ticks")) has ")
    )
    #expect(problem.message.contains("97.7 KB") && problem.message.contains("are missing."), "\(problem)")
    #expect(problem.advice.contains("min_free"))
    #expect(try collector.files.listing("lake/ticks").filter { !$0.hasPrefix(".sluice") } == [])
    #expect(try collector.checkpoint()["last_sync_status"] as? String == "refused")
  }

  @Test("a small disk refuses a plan it does not hold, and takes one it does", .enabled(if: MemoryDisk.isPossible))
  func smallDisk() async throws {
    let collector = try await Collector()
    let disk = try await MemoryDisk(at: collector.files.path("lake"), megabytes: 8)
    try collector.configure()
    try await collector.writeRandom("source/a", bytes: 7_500_000)
    let refused = try await collector.sluice("sync")
    #expect(refused.code == 12 && refused.text.contains("refused, nothing was touched"), "\(refused)")
    #expect(!collector.files.exists("lake/ticks/a"))
    try await disk.resize(megabytes: 12)
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test(
    "a disk that fills because the source grew: failed, disk and missing bytes named, the outcome written all the same",
    .enabled(if: MemoryDisk.isPossible))
  func diskFills() async throws {
    let collector = try await Collector()
    let disk = try await MemoryDisk(at: collector.files.path("lake"), megabytes: 16)
    try collector.configure()
    try await collector.writeRandom("source/first", bytes: 4_000_000)
    try await collector.writeRandom("source/second", bytes: 4_000_000)
    // Login 1 lists, login 2 transfers: in between the second file grows to 30 MB.
    try collector.answerCounting(
      "[ $n = 2 ] && head -c 26000000 /dev/urandom >> '\(collector.files.path("source/second"))'")
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 1 && json["outcome"] as? String == "failed", "\(ending)")
    let problem = try #require(Collector.problems(json).first)
    #expect(problem.code == "disk-full" && problem.message.contains(collector.files.path("lake/ticks")), "\(problem)")
    #expect(problem.message.contains("are missing"), "\(problem)")
    #expect(problem.advice.contains("Free"))
    // What could be written is kept, and so is the outcome, thanks to the reserve file.
    #expect(collector.files.read("lake/ticks/first")?.count == 4_000_000)
    let partial = try #require(collector.files.read("lake/ticks/.rsync-partial/second")?.count)
    #expect(partial > 5_000_000)
    #expect(try collector.checkpoint()["last_sync_status"] as? String == "failed")
    let reserve = collector.files.read("lake/.sluice/reserve")?.count ?? 0
    #expect(reserve < 256 * 1024, "it was not needed: the disk was not full")
    #expect(collector.newestRun?.result()?.outcome == .failed)
    #expect(collector.newestRun?.events().last.map { if case .ended = $0.kind { true } else { false } } == true)
    let history = try await collector.sluice("history")
    #expect(history.code == 0 && history.text.contains("failed") && history.text.contains("is full"), "\(history)")

    // With the disk as it is the next run knows that beforehand; with what was missing it goes on from the partial file.
    let refused = try await collector.sluice("sync")
    #expect(refused.code == 12, "\(refused)")
    try await disk.resize(megabytes: 40)
    let again = try await collector.syncJSON()
    #expect(again.ending.code == 0 && again.json["resumed"] as? Bool == true, "\(again)")
    #expect((again.json["bytes_transferred"] as? Int ?? .max) <= 30_000_000 - partial + 1_000_000)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("what the disk needs for a file that is half there is only the other half", .enabled(if: MemoryDisk.isPossible))
  func resumesOnASmallDisk() async throws {
    let collector = try await Collector()
    let disk = try await MemoryDisk(at: collector.files.path("lake"), megabytes: 16)
    defer { withExtendedLifetime(disk) {} }
    try collector.configure()
    try await collector.writeRandom("source/a", bytes: 10_000_000)
    let run = try collector.start("sync", "--bwlimit", "3000")
    try await waitUntil("most of it") { (collector.newestRun?.live()?.wireBytes ?? 0) > 7_000_000 }
    run.signal(SIGTERM)
    let stopped = try await run.ending()
    #expect(stopped.code == 130, "\(stopped)")
    let again = try await collector.sluice("sync")
    #expect(again.code == 0, "\(again)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }
}
