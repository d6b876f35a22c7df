import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing
import Transport

@Suite("Bandwidth and pause of a sync that goes on", .serialized)
struct BandwidthTests {
  private func collector(
    _ arguments: String = "-a --partial", lines: [String] = [], bytes: Int
  ) async throws -> Collector {
    let collector = try await Collector()
    var profile = Collector.ProfileText()
    profile.arguments = arguments
    profile.lines = lines
    try collector.configure([profile])
    try collector.files.write("source/big", bytes: bytes)
    return collector
  }

  private func wire(_ run: RunDirectory) -> Int64 { TransportCounters.read(from: run.path)?.bytesIn ?? 0 }

  /// KB/s of 1024 bytes at which the next bytes come over the wire.
  private func rate(_ run: RunDirectory, over bytes: Int64) async throws -> Double {
    let (clock, first) = (ContinuousClock(), wire(run))
    let start = clock.now
    try await waitUntil("\(bytes) bytes to come") { wire(run) >= first + bytes }
    return Double(wire(run) - first) / 1024 / (clock.now - start).seconds
  }

  /// Waits until the transport says it obeys; -1 is a pause.
  private func felt(_ limit: Int, _ run: RunDirectory) async throws {
    try await waitUntil("limit \(limit) to be in force", within: .seconds(1)) {
      TransportCounters.read(from: run.path)?.limit == Int64(limit)
    }
  }

  @Test(
    "obeys a limit wherever it is written, and rsync never hears of it",
    arguments: ["--bwlimit", "bwlimit:", "rsync_args"])
  func startLimit(place: String) async throws {
    let collector = try await collector(
      place == "rsync_args" ? "-a --bwlimit=1000" : "-a", lines: place == "bwlimit:" ? ["bwlimit: 1000"] : [],
      bytes: 20_000_000)
    let words = place == "--bwlimit" ? ["sync", "--bwlimit", "1000"] : ["sync"]
    let child = try ChildProcess(
      ProcessRunner.sluice, words + ["--config", collector.configurationPath], environment: collector.environment)
    let run = try await collector.transferring(bytes: 400_000)
    let rate = try await rate(run, over: 1_500_000)
    #expect((800...1200).contains(rate), "\(rate) KB/s")
    let rsync = try #require(run.transfer())
    let line = FileManager.default.contents(atPath: "/proc/\(rsync.processID)/cmdline") ?? Data()
    #expect(!String(decoding: line, as: UTF8.self).contains("--bwlimit"))
    try await waitUntil("the figures to say so") { run.live()?.bandwidthLimit == 1000 }
    child.signal(SIGTERM)
    #expect(try await child.ending().code == 130)
  }

  @Test("a new limit is felt within a second, up, down and lifted, by the same rsync; the file arrives whole")
  func changed() async throws {
    let collector = try await collector(bytes: 40_000_000)
    let child = try collector.start("sync", "--bwlimit", "500")
    let run = try await collector.transferring(bytes: 100_000)
    let rsync = try #require(run.transfer())
    for limit in [4000, 300, 2000] {
      let answer = try await collector.sluice("limit", "ticks", "\(limit)")
      #expect(answer.code == 0 && answer.text == "Limit of ticks now \(limit) KB/s.\n", "\(answer)")
      try await felt(limit, run)
      let rate = try await rate(run, over: Int64(limit) * 1500)
      #expect((Double(limit) * 0.75...Double(limit) * 1.25).contains(rate), "\(limit): \(rate) KB/s")
      try await waitUntil("the figures to say so") { run.live()?.bandwidthLimit == limit }
      #expect(run.transfer() == rsync && rsync.isAlive)
    }
    #expect(try await collector.sluice("limit", "ticks", "0").code == 0)
    let ending = try await child.ending(within: .seconds(10))
    #expect(ending.code == 0 && ending.text.contains("Bandwidth limit now 4,000 KB/s."), "\(ending)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
    #expect(try await collector.sluice("history", "--run", run.id.text).text.contains("Bandwidth limit now 300 KB/s."))
  }

  @Test("a pause while the source is listed is seen everywhere, and ends there")
  func pausedWhileListing() async throws {
    let collector = try await collector(bytes: 1)
    for number in 0..<2000 { try collector.files.write("source/a_rather_long_name_\(number)", bytes: 1) }
    let child = try collector.start("sync", "--bwlimit", "1")
    var run: RunDirectory?
    try await waitUntil("the list to come") {
      run = collector.history.liveRun(profile: "ticks")?.directory
      return run?.live()?.phase == .planning && run.map(wire) ?? 0 > 0
    }
    let directory = try #require(run)
    #expect(try await collector.sluice("pause", "ticks").code == 0)
    try await waitUntil("the pause to show") { directory.live()?.isPaused == true }
    #expect(try await collector.sluice("status").text.contains("paused"))
    #expect(try await collector.sluice("limit", "ticks", "0").code == 0)
    #expect(try await collector.sluice("resume", "ticks").code == 0)
    #expect(try await child.ending(within: .seconds(20)).code == 0)
  }

  @Test("a limit beyond all measure is refused before anything obeys it", arguments: ["sync --bwlimit", "limit ticks"])
  func limitRange(_ words: String) async throws {
    let collector = try await collector(bytes: 1)
    let all = words.split(separator: " ").map(String.init) + ["9223372036854775807"]
    let answer = try await ChildProcess(
      ProcessRunner.sluice, all + ["--config", collector.configurationPath], environment: collector.environment
    ).ending()
    #expect(answer.code == 2 && answer.errors.contains("100,000,000"), "\(answer)")
  }

  @Test("a pause longer than the stall time and rsync's own timeout holds every byte; resumed, the same rsync ends it")
  func paused() async throws {
    let collector = try await collector(
      "-a --timeout=2", lines: ["stall_timeout: 2s", "retry: {attempts: 0}"], bytes: 12_000_000)
    let child = try collector.start("sync", "--bwlimit", "3000")
    let run = try await collector.transferring(bytes: 1_000_000)
    let rsync = try #require(run.transfer())
    #expect(try await collector.sluice("pause", "ticks").code == 0)
    try await felt(-1, run)
    try await waitUntil("the pause to show") { run.live()?.isPaused == true }
    let seconds = ProcessInfo.processInfo.environment["SLUICE_PAUSE"].flatMap(Int.init) ?? 5
    #expect(try await staysUnchanged(for: .seconds(seconds)) { wire(run) })
    #expect(try await collector.sluice("status").text.contains("paused"))
    #expect(child.isRunning && run.transfer() == rsync && rsync.isAlive)
    #expect(try await collector.sluice("resume", "ticks").code == 0)
    let ending = try await child.ending(within: .seconds(15))
    #expect(ending.code == 0 && !ending.text.contains("Retry"), "\(ending)")
    #expect(run.result()?.retries == 0)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("steering a profile without a run says so and exits 1", arguments: ["stop", "pause", "resume", "attach"])
  func noRun(command: String) async throws {
    let collector = try await collector(bytes: 10)
    let ending = try await collector.sluice(command, "ticks")
    #expect(ending.code == 1 && ending.errors.contains("No run of ticks is going on. →"), "\(ending)")
    #expect(try await collector.sluice(command, "nobody").code == 2)
    #expect(try await collector.sluice("limit", "ticks", "--", "-5").code == 2)
  }
}
