import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("A second run of a profile", .serialized)
struct LockFaultTests {
  @Test("from anywhere exits 11 naming process, command and since when; the first is not disturbed")
  func excluded() async throws {
    let collector = try await Collector()
    var profile = Collector.ProfileText()
    profile.retention = 30
    try collector.configure([profile])
    try collector.files.write("source/big", bytes: 9_000_000)
    let first = try collector.start("sync", "--bwlimit", "150")
    let directory = try await collector.transferring(bytes: 50_000)
    let rsync = directory.transfer()
    let since = TextFormat.local(try #require(directory.record()).startedAt)
    let attempts: [[String]] = [
      ["sync"], ["sync", "--all"], ["sync", "--detach"], ["cleanup", "--yes"], ["sync", "--force-delete"],
    ]
    for words in attempts {
      let second = try await ProcessRunner.run(
        ProcessRunner.sluice, words + ["--config", collector.configurationPath], environment: collector.environment)
      #expect(second.code == 11, "\(words): \(second)")
      #expect(second.errors.contains("Another run of ticks is going on: sync, process \(first.processID)"))
      #expect(second.errors.contains("since \(since) (`sluice sync --bwlimit 150 --config "))
      #expect(second.errors.contains("→ Follow it with `sluice attach ticks`, end it with `sluice stop ticks`."))
    }
    // Looking is no second run.
    #expect(try await collector.sluice("sync", "--dry-run").code == 0)
    #expect(try await collector.sluice("status").text.contains("ticks"))
    #expect(directory.transfer() == rsync && rsync?.isAlive == true)
    #expect(try collector.files.listing("lake/.sluice").filter { $0.hasPrefix("launch-") } == [])
    #expect(try await collector.sluice("limit", "ticks", "0").code == 0)
    let ending = try await first.ending()
    #expect(ending.code == 0, "\(ending)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("a lock file that a dead run left behind holds nobody up")
  func leftBehind() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/a", bytes: 100)
    #expect(try await collector.sluice("sync").code == 0)
    #expect(collector.files.exists("lake/.sluice/locks/ticks.lock"))
    #expect(try await collector.sluice("sync").code == 0)
    // A lock file without a word in it, as a kill between its making and its filling leaves it.
    try collector.files.write("lake/.sluice/locks/ticks.lock", "")
    #expect(try await collector.sluice("sync").code == 0)
  }
}
