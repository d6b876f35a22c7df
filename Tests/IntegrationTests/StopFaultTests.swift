import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("Ending a sync that goes on", .serialized)
struct StopFaultTests {
  enum Way: String, CaseIterable {
    case interrupt = "SIGINT"
    case terminate = "SIGTERM"
    case command = "sluice stop"
  }

  /// A lake that was synced once, and a source with 24 MB that are new.
  private func collector() async throws -> Collector {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/first", bytes: 5000)
    let first = try await collector.sluice("sync")
    try #require(first.code == 0, "\(first)")
    try collector.files.write("source/big", bytes: 24_000_000, seed: 3)
    return collector
  }

  @Test("says interrupted, keeps what came, moves no last success, and goes on from there", arguments: Way.allCases)
  func stopped(way: Way) async throws {
    let collector = try await collector()
    let success = try collector.checkpoint()["last_success_time"] as? String
    let run = try collector.start("sync", "--bwlimit", "1500")
    let directory = try await collector.transferring(bytes: 2_500_000)
    let family = ProcessFamily(of: run.processID)
    #expect(family.names.filter { $0 == "rsync" }.count >= 2 && family.names.contains("ssh"), "\(family.names)")
    switch way {
    case .interrupt: run.signal(SIGINT)
    case .terminate: run.signal(SIGTERM)
    case .command:
      let stop = try await collector.sluice("stop", "ticks")
      #expect(stop.code == 0 && stop.text == "Stopped ticks: interrupted.\n", "\(stop)")
    }
    let ending = try await run.ending(within: .seconds(10))
    #expect(ending.code == 130, "\(ending)")
    #expect(ending.text.contains("✗ Sync interrupted; start it again to go on from here"))
    // The transport and its ssh end when rsync is gone; on a busy machine a moment after the run.
    try await waitUntil("all that the run had started to end") { family.alive == [] }
    #expect(directory.result()?.outcome == .interrupted)
    let checkpoint = try collector.checkpoint()
    #expect(checkpoint["last_sync_status"] as? String == "interrupted")
    #expect(success != nil && checkpoint["last_success_time"] as? String == success)
    #expect((collector.size("lake/ticks/.rsync-partial/big") ?? 0) > 2_000_000)
    #expect(!collector.files.exists("lake/ticks/big"))

    let again = try await collector.sluice("sync", "--json")
    let json = try collector.object(again)
    #expect(again.code == 0 && json["resumed"] as? Bool == true, "\(again)")
    #expect((json["bytes_transferred"] as? Int ?? .max) < 23_000_000)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("can be stopped while it waits to try a broken link again")
  func stoppedWhileWaiting() async throws {
    let collector = try await Collector()
    try collector.configure(lakeLines: ["retry: {attempts: 5, delay: 60s, max_delay: 60s}"])
    collector.server.stop()
    let run = try collector.start("sync")
    try await waitUntil("the run to wait") {
      collector.history.liveRun(profile: "ticks")?.run.progress.phase == .waiting
    }
    let stop = try await collector.sluice("stop", "ticks")
    #expect(stop.code == 0, "\(stop)")
    #expect(try await run.ending(within: .seconds(5)).code == 130)
  }

  @Test("stops a run that is paused")
  func stoppedWhilePaused() async throws {
    let collector = try await collector()
    let run = try collector.start("sync", "--bwlimit", "1500")
    _ = try await collector.transferring(bytes: 1_000_000)
    #expect(try await collector.sluice("pause", "ticks").code == 0)
    run.signal(SIGTERM)
    #expect(try await run.ending(within: .seconds(10)).code == 130)
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test(
    "leaves nothing alive that writes when the run itself is killed, and the next run goes on",
    arguments: [false, true])
  func runKilled(paused: Bool) async throws {
    let collector = try await collector()
    let run = try collector.start("sync", "--bwlimit", "1500")
    _ = try await collector.transferring(bytes: 2_000_000)
    if paused { #expect(try await collector.sluice("pause", "ticks").code == 0) }
    let family = ProcessFamily(of: run.processID)
    #expect(family.names.filter { $0 == "rsync" }.count >= 2, "\(family.names)")
    let clock = ContinuousClock()
    let killed = clock.now
    run.signal(SIGKILL)
    try await waitUntil("everything of the run to end") { family.alive.isEmpty }
    let took = clock.now - killed
    #expect(took < .milliseconds(1500), "\(took)")
    let tree = try collector.files.listing("lake/ticks")
    #expect(try await staysUnchanged(for: .milliseconds(300)) { try collector.files.listing("lake/ticks") })
    #expect(tree.contains { $0.hasPrefix("first") } && !tree.contains("big"))
    #expect(try collector.checkpoint()["last_sync_status"] as? String == "success")

    let history = try await collector.sluice("history", "ticks")
    #expect(history.text.contains("interrupted") && history.text.contains("ended without saying how"), "\(history)")
    let again = try await collector.sluice("sync")
    #expect(again.code == 0, "\(again)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("a killed rsync is told, leaves no receiver writing, and costs only what was not there yet")
  func rsyncKilled() async throws {
    let collector = try await collector()
    let run = try collector.start("sync", "--bwlimit", "1500")
    let directory = try await collector.transferring(bytes: 2_000_000)
    let rsync = try #require(directory.transfer())
    let family = ProcessFamily(of: rsync.processID)
    kill(rsync.processID, SIGKILL)
    try await waitUntil("what was left of rsync to end") { family.alive.isEmpty }
    let ending = try await run.ending(within: .seconds(30))
    #expect(ending.code == 130, "\(ending)")
    #expect(ending.text.contains("rsync was ended by someone else (signal 9)."), "\(ending)")
    #expect(try collector.checkpoint()["last_sync_status"] as? String == "interrupted")
    let again = try await collector.sluice("sync")
    #expect(again.code == 0 && again.text.contains("Resuming from checkpoint..."), "\(again)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("a lost terminal loses nothing: the run goes on to its end", arguments: [false, true])
  func hangUp(terminalDies: Bool) async throws {
    let collector = try await collector()
    let words = [ProcessRunner.sluice, "sync", "--bwlimit", "5000", "--config", collector.configurationPath]
    // `script` gives the run a terminal of its own; killing it hangs that terminal up.
    let terminal = try ChildProcess(
      "script", ["-qec", words.joined(separator: " "), "/dev/null"], environment: collector.environment)
    let directory = try await collector.transferring(bytes: 1_000_000)
    let process = try #require(directory.record()?.processID)
    if terminalDies { terminal.signal(SIGKILL) } else { kill(process, SIGHUP) }
    try await waitUntil("the run to end") { directory.result() != nil }
    #expect(directory.result()?.outcome == .success)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }
}
