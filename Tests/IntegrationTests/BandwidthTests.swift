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

  @Test("a limit and a pause with an end are over by themselves, and say until when they hold")
  func ending() async throws {
    let collector = try await collector(bytes: 6_000_000)
    let child = try collector.start("sync", "--bwlimit", "500")
    let run = try await collector.transferring(bytes: 100_000)
    let pause = try await collector.sluice("pause", "ticks", "--for", "6s")
    #expect(pause.code == 0 && pause.text.contains("Paused ticks until "), "\(pause)")
    #expect(run.live()?.pausedUntil != nil)
    let status = try await collector.sluice("status")
    #expect(status.text.contains("  ticks: limited to 500 KB/s, paused until "), "\(status)")
    try await waitUntil("the run to go on by itself") { run.live()?.isPaused == false }
    let limit = try await collector.sluice("limit", "ticks", "100", "--for", "2s")
    #expect(limit.code == 0 && limit.text.contains("now 100 KB/s until "), "\(limit)")
    try await waitUntil("the limit to be in force") { run.live()?.bandwidthLimit == 100 }
    #expect(run.live()?.limitUntil != nil)
    try await waitUntil("its own to be in force again") { run.live()?.bandwidthLimit == 500 }
    #expect(run.live()?.limitUntil == nil)
    #expect(try await collector.sluice("limit", "ticks", "20M").code == 0)
    #expect(try await collector.sluice("limit", "ticks", "auto").code == 0)
    try await waitUntil("its own once more") { run.live()?.bandwidthLimit == 500 }
    #expect(try await collector.sluice("limit", "ticks", "off").code == 0)
    let ending = try await child.ending(within: .seconds(60))
    #expect(ending.code == 0, "\(ending)")
    for line in ["Paused until 2", "Resumed.", "now 100 KB/s until 2", "now 500 KB/s."] {
      #expect(ending.text.contains(line), "\(line) is not in \(ending)")
    }
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("a sync whose time is over ends like a stopped one, says why, and the next goes on from there")
  func outOfTime() async throws {
    let collector = try await collector(bytes: 6_000_000)
    let run = try collector.start("sync", "--bwlimit", "200", "--max-duration", "4s")
    _ = try await collector.transferring(bytes: 100_000)
    #expect(collector.history.liveRun(profile: "ticks")?.run.progress.endsBy != nil)
    let ending = try await run.ending(within: .seconds(60))
    #expect(ending.code == 130, "\(ending)")
    #expect(ending.text.contains("The time given to this run (4s) is over."), "\(ending)")
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
    for words in [["--max-duration", "soon"], ["--max-duration", "4s", "--dry-run"], ["--max-duration", "0s"]] {
      let refused = try await collector.sluice(["sync"] + words)
      #expect(refused.code == 2 && refused.errors.contains("--max-duration"), "\(refused)")
    }
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

  @Test(
    "^Z holds the transfer too, for longer than the stall time; orders say that it is suspended, and count once it goes on"
  )
  func suspended() async throws {
    let collector = try await collector(lines: ["stall_timeout: 6s", "retry: {attempts: 0}"], bytes: 12_000_000)
    let child = try collector.start("sync", "--bwlimit", "3000")
    let run = try await collector.transferring(bytes: 1_000_000)
    child.signal(SIGSTOP)
    try await felt(-1, run)
    #expect(try await staysUnchanged(for: .seconds(7)) { wire(run) })
    let status = try await collector.sluice("status")
    #expect(status.text.contains("suspended") && status.text.contains("kill -CONT \(child.processID)"), "\(status)")
    for words in [["pause", "ticks"], ["limit", "ticks", "0"], ["resume", "ticks"]] {
      let answer = try await ChildProcess(
        ProcessRunner.sluice, words + ["--config", collector.configurationPath], environment: collector.environment
      ).ending()
      #expect(answer.code == 1 && answer.text.isEmpty, "\(answer)")
      #expect(answer.errors.contains("its process \(child.processID) is suspended (state T)"), "\(answer)")
    }
    child.signal(SIGCONT)
    let ending = try await child.ending(within: .seconds(15))
    #expect(ending.code == 0 && !ending.text.contains("Retry"), "\(ending)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("a suspended run that is told to stop is not said to hang, and stops once it goes on")
  func suspendedStop() async throws {
    let collector = try await collector(bytes: 12_000_000)
    let child = try collector.start("sync", "--bwlimit", "3000")
    _ = try await collector.transferring(bytes: 1_000_000)
    child.signal(SIGSTOP)
    let stop = try await collector.sluice("stop", "ticks")
    #expect(stop.code == 1 && stop.errors.contains("kill -CONT \(child.processID)"), "\(stop)")
    child.signal(SIGCONT)
    #expect(try await child.ending(within: .seconds(15)).code == 130)
  }

  @Test("a pause between two tries is seen, and holds the next one")
  func pausedBetweenTries() async throws {
    let collector = try await Collector()
    try collector.configure(lakeLines: ["retry: {attempts: 5, delay: 1s, max_delay: 1s}"])
    collector.server.stop()
    let child = try collector.start("sync")
    try await waitUntil("the run to wait") {
      collector.history.liveRun(profile: "ticks")?.run.progress.phase == .waiting
    }
    #expect(try await collector.sluice("pause", "ticks").code == 0)
    let live = try #require(collector.history.liveRun(profile: "ticks"))
    #expect(live.run.progress.isPaused)
    let retries = live.run.retries
    #expect(try await staysUnchanged(for: .seconds(3)) { collector.history.liveRun(profile: "ticks")?.run.retries })
    #expect(collector.history.liveRun(profile: "ticks")?.run.retries == retries)
    #expect(try await collector.sluice("resume", "ticks").code == 0)
    #expect(collector.history.liveRun(profile: "ticks")?.run.progress.isPaused == false)
    child.signal(SIGTERM)
    #expect(try await child.ending(within: .seconds(10)).code == 130)
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
