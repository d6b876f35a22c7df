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
