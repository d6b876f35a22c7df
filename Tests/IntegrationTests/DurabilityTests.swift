import Foundation
import TestSupport
import Testing

@Suite(
  "A success is on the disk", .serialized,
  .enabled(if: LoopDisk.isExpected, "A file system in an image needs root and /dev/loop-control."))
struct DurabilityTests {
  private static let lines = ["ingest: {format: binance-klines}"]

  private static func collector() async throws -> (Collector, LoopDisk) {
    let collector = try await Collector()
    let disk = try await LoopDisk(
      image: collector.files.path("disk.img"), at: collector.files.path("lake"), megabytes: 64)
    try collector.configure([Collector.ProfileText(lines: lines)])
    return (collector, disk)
  }

  @Test("power that is cut right after a success takes nothing the success vouches for")
  func powerCutAfterSuccess() async throws {
    let (collector, disk) = try await Self.collector()
    for day in ["x_20261101", "x_20261102"] {
      for part in 0..<5 {
        try collector.files.write("source/\(day)/part_\(part).parquet", bytes: 50_000 * (part + 1), seed: UInt64(part))
      }
    }
    try collector.files.write("source/_SUCCESS__2026-11-02__um__1h", "")
    let sync = try await collector.sluice("sync", "--no-ingest")
    let left = try await disk.afterPowerCut(at: collector.files.path("left"))
    defer { withExtendedLifetime(left) {} }
    #expect(sync.code == 0, "\(sync)")
    #expect(
      collector.files.read("left/.checkpoints/ticks.json") == collector.files.read("lake/.checkpoints/ticks.json"))
    #expect(try collector.checkpoint()["last_sync_status"] as? String == "success")
    #expect(try await collector.isSame("source", "left/ticks") == "same")
  }

  @Test("what a run left that died before it came to the disk is put there by the next, which finds nothing to do")
  func powerCutAfterNoNews() async throws {
    let (collector, disk) = try await Self.collector()
    try collector.files.write("source/day/a", bytes: 10_000)
    #expect(try await collector.sluice("sync").code == 0)
    // As a run leaves them that is killed when its rsync has just ended.
    let time = Date(timeIntervalSince1970: 1_790_000_000)
    for tree in ["source", "lake/ticks"] { try collector.files.write("\(tree)/day/b", bytes: 90_000, modified: time) }
    try collector.files.write("lake/.sluice/transfers/ticks", #"{"seconds":1790000000,"nanoseconds":0}"#)
    _ = try await collector.tool(
      "cp", "-a", "--attributes-only", collector.files.path("source") + "/.", collector.files.path("lake/ticks"))
    let (ending, json) = try await collector.syncJSON()
    let left = try await disk.afterPowerCut(at: collector.files.path("left"))
    defer { withExtendedLifetime(left) {} }
    #expect(ending.code == 0 && json["files_transferred"] as? Int == 0, "\(ending)")
    #expect(try await collector.isSame("source", "left/ticks") == "same")
    #expect(!collector.files.exists("lake/.sluice/transfers/ticks"))
  }

  @Test("a disk that refuses what was fetched makes the sync fail, and the next one fetches it again")
  func refusingDisk() async throws {
    let (collector, disk) = try await Self.collector()
    defer { withExtendedLifetime(disk) {} }
    try collector.files.write("source/day/a", bytes: 10_000)
    #expect(try await collector.sluice("sync").code == 0)
    try collector.files.write("source/day/b", bytes: 90_000, seed: 2)
    try collector.files.write("source/_SUCCESS__2026-11-02__um__1h", "")
    // The programs it starts are let go: only its own call is refused.
    let refused = try await ProcessRunner.run(
      "strace",
      ["-f", "-b", "execve", "-qq", "-o", "/dev/null", "-e", "trace=syncfs", "-e", "inject=syncfs:error=EIO"]
        + [ProcessRunner.sluice, "sync", "--config", collector.configurationPath],
      environment: collector.environment, deadline: .seconds(60))
    #expect(refused.code == 1, "\(refused)")
    let said = refused.text + refused.errors
    #expect(
      said.contains(
        "Not all that has arrived could be put on the disk of \(collector.files.path("lake/ticks")): "
          + "the disk reports an input/output error."), "\(said)")
    #expect(said.contains("dmesg") && said.contains("Then sync again: these files are fetched anew."), "\(said)")
    #expect(try collector.checkpoint()["last_sync_status"] as? String == "failed")
    #expect(!collector.files.exists("lake/ticks/_SUCCESS__2026-11-02__um__1h"))

    let (ending, json) = try await collector.syncJSON("--no-ingest")
    #expect(ending.code == 0 && json["files_transferred"] as? Int == 1, "\(ending)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }
}
