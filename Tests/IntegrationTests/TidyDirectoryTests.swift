import Foundation
import RunRecords
import SluiceCore
import TestSupport
import Testing

@Suite("Nothing of sluice's stays among the data", .serialized)
struct TidyDirectoryTests {
  private static let marker = "_SUCCESS__2026-02-13__spot__1m"

  private static func collector(ingest: Bool) async throws -> Collector {
    let collector = try await Collector()
    try collector.configure([
      Collector.ProfileText(lines: ingest ? ["ingest: {format: binance-klines}"] : [], arguments: "-a --delete")
    ])
    try collector.files.write("source/day/a", bytes: 5000)
    try collector.files.write("source/\(marker)", "")
    return collector
  }

  @Test("after a success the profile's directory is the source's tree", arguments: [false, true])
  func success(ingest: Bool) async throws {
    let collector = try await Self.collector(ingest: ingest)
    for _ in 1...2 {
      let run = try await collector.sluice("sync", "--no-ingest")
      #expect(run.code == 0, "\(run)")
      #expect(try collector.files.listing("lake/ticks") == ["_SUCCESS__2026-02-13__spot__1m", "day", "day/a"])
    }
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("what the version before left is taken away, and what is not sluice's stays")
  func formerVersion() async throws {
    let collector = try await Self.collector(ingest: true)
    // A killed rsync's unfinished file, younger than the mark that version kept there.
    try collector.files.write("lake/ticks/.sluice/transferring", "", modified: Date(timeIntervalSince1970: 1))
    try collector.files.write("lake/ticks/.sluice/markers/\(Self.marker)", "")
    try collector.files.write("lake/ticks/.sluice/tmp/x", "")
    try collector.files.write("lake/ticks/day/.a.aB3dE6", "half")
    try collector.configure([Collector.ProfileText(lines: ["ingest: {format: binance-klines}"])])
    let run = try await collector.sluice("sync", "--no-ingest")
    #expect(run.code == 0, "\(run)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
    try collector.files.write("lake/ticks/.sluice/mine", "mine")
    #expect(try await collector.sluice("sync", "--no-ingest").code == 0)
    #expect(try collector.files.listing("lake/ticks/.sluice") == ["mine"])
  }

  @Test("a run that fails leaves nothing but the data it has")
  func failure() async throws {
    let collector = try await Self.collector(ingest: true)
    #expect(try await collector.sluice("sync", "--no-ingest").code == 0)
    try collector.files.write("source/day/b", bytes: 5000)
    // Markers and list are answered, the transfer is not.
    try collector.answerCounting("[ $n -ge 3 ] && exit 1")
    let run = try await collector.sluice("sync", "--no-ingest")
    #expect(run.code == 1, "\(run)")
    #expect(try collector.files.listing("lake/ticks") == [Self.marker, "day", "day/a"])
  }

  @Test("after a kill the next run finds the mark in the state, takes the unfinished file away and clears up")
  func killed() async throws {
    let collector = try await Self.collector(ingest: true)
    try collector.configure([Collector.ProfileText(lines: ["ingest: {format: binance-klines}"])])
    try await collector.writeRandom("source/day/big", bytes: 6_000_000)
    let run = try collector.start("sync", "--no-ingest", "--bwlimit", "800")
    _ = try await collector.transferring(bytes: 300_000)
    ProcessFamily.killAll(below: run.processID)
    _ = try await run.ending()
    let left = try collector.files.listing("lake/ticks")
    #expect(left.contains { $0.hasPrefix("day/.big.") }, "\(left)")
    #expect(collector.files.exists("lake/.sluice/transfers/ticks"))
    #expect(!collector.files.exists("lake/ticks/.sluice/transferring"))
    let again = try await collector.sluice("sync", "--no-ingest")
    #expect(again.code == 0, "\(again)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
    #expect(!collector.files.exists("lake/.sluice/transfers/ticks"))
  }

  @Test("a marker that cannot be published is told once: in the output, the journal and the result")
  func unpublished() async throws {
    let collector = try await Self.collector(ingest: true)
    // A mirror would delete it, as the source has no such directory.
    try collector.configure([
      Collector.ProfileText(lines: ["ingest: {format: binance-klines}"], arguments: "-a")
    ])
    try collector.files.write("lake/ticks/\(Self.marker)/in-the-way", "")
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 1, "\(ending)")
    let sentences = Collector.problems(json).map(\.message).filter { $0.contains("publish the marker") }
    #expect(sentences.count == 1)
    let told = collector.newestRun?.events().filter {
      if case .problem(let problem) = $0.kind { problem.message == sentences.first } else { false }
    }
    #expect(told?.count == 1)
    #expect(try collector.checkpoint()["errors"] as? [String] == sentences)
    let plain = try await collector.sluice("sync")
    #expect(plain.code == 1 && plain.text.contains("  ! Cannot publish the marker"), "\(plain)")
  }

  @Test("a directory and a link named like markers at the source are fetched, and named by the ingest as none")
  func namesakes() async throws {
    let collector = try await Self.collector(ingest: true)
    unlink(collector.files.path("source/\(Self.marker)"))
    let (directory, link) = ("_SUCCESS__2026-02-14__um__1h", "_SUCCESS__2026-02-15__um__1h")
    try collector.files.write("source/\(directory)/inner", bytes: 300)
    symlink("nowhere", collector.files.path("source/\(link)"))
    let sync = try await collector.sluice("sync")
    #expect(sync.code == 0 && !sync.text.contains("Markers published"), "\(sync)")
    #expect(sync.text.contains("Not a marker") && sync.text.contains("\(directory), \(link)"), "\(sync)")
    #expect(try await collector.isSame("source", "lake/ticks", excluding: ["_ingested"]) == "same")
  }
}
