import Foundation
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("Looking at runs from elsewhere", .serialized)
struct FollowTests {
  @Test("`attach` and `status --follow` show a run another process started, to its end and with its exit code")
  func follow() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/big", bytes: 6_000_000)
    let follower = try collector.start("status", "--follow")
    try await waitUntil("the first line") { String(decoding: follower.output, as: UTF8.self).contains("ticks:") }
    let run = try collector.start("sync", "--bwlimit", "2000")
    let directory = try await collector.transferring(bytes: 100_000)
    let attached = try collector.start("attach", "ticks")
    try await waitUntil("attach to show the transfer") {
      String(decoding: attached.output, as: UTF8.self).contains("Executing rsync...")
    }
    #expect(try await run.ending().code == 0)
    let seen = try await attached.ending()
    #expect(seen.code == 0 && seen.text.contains("  Files transferred: 1\n"), "\(seen)")
    #expect(seen.text.contains("✓ Sync completed successfully"))
    try await waitUntil("the follower to tell the end") {
      String(decoding: follower.output, as: UTF8.self).contains("last sync success")
    }
    let text = String(decoding: follower.output, as: UTF8.self)
    #expect(text.contains("ticks: sync transferring"), "\(text)")
    follower.signal(SIGINT)
    #expect(try await follower.ending().code == 130)
    #expect(directory.result()?.outcome == .success)
  }

  @Test("attach ends with the code of a run that was stopped")
  func attachedToStopped() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/big", bytes: 6_000_000)
    let run = try collector.start("sync", "--bwlimit", "1000")
    _ = try await collector.transferring()
    let attached = try collector.start("attach", "ticks")
    try await waitUntil("attach to begin") { !attached.output.isEmpty }
    #expect(try await collector.sluice("stop", "ticks").code == 0)
    #expect(try await run.ending().code == 130)
    let seen = try await attached.ending()
    #expect(seen.code == 130 && seen.text.contains("Stop asked by sluice stop (\(NSUserName()))."), "\(seen)")
  }

  @Test("history lists runs newest first, and one of them with every file; the day's log holds the same lines")
  func historyAndLog() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/x_20260101/a", bytes: 1500)
    let first = try collector.object(await collector.sluice("sync", "--json"))
    try collector.files.write("source/x_20260102/b", bytes: 2500)
    let second = try collector.object(await collector.sluice("sync", "--json"))
    let ids = try [second, first].map { try #require($0["run_id"] as? String) }
    let list = try await collector.sluice("history", "ticks")
    let lines = list.text.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasSuffix(ids[0]) && lines[1].hasSuffix(ids[1]), "\(list)")
    #expect(lines[0].contains("success") && lines[0].contains("1 file  2.4 KB"), "\(list)")
    let one = try await collector.sluice("history", "--run", ids[0], "--files")
    #expect(one.text.contains("  + x_20260102/b  2.4 KB") && !one.text.contains("x_20260101/a"), "\(one)")
    #expect(one.text.contains("Command: sluice sync --json --config "))
    #expect(try await collector.sluice("history", "--run", "20200101T000000000Z-0000").code == 2)
    let log = collector.files.read("lake/.sluice/logs/sync_\(CalendarDay(Date())).log") ?? Data()
    let logged = String(decoding: log, as: UTF8.self).split(separator: "\n")
    #expect(logged.filter { $0.contains("INFO [ticks] Transferred 1 file, ") }.count == 2, "\(logged)")
    let form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (DEBUG|INFO|WARNING|ERROR) \[ticks\] ./
    #expect(logged.allSatisfy { $0.firstMatch(of: form) != nil }, "\(logged)")
  }

  @Test("check tells an old success, one that never was, and data that stopped coming")
  func check() async throws {
    let collector = try await Collector()
    var old = Collector.ProfileText(name: "old")
    old.lines = ["stale_after: 26h"]
    var stopped = Collector.ProfileText(name: "stopped")
    stopped.lines = ["data_stale_after: 2d"]
    try collector.configure([old, stopped, Collector.ProfileText(name: "never")])
    try collector.files.write("source/x_20260101/a", bytes: 10)
    #expect(try await collector.sluice("sync", "old", "stopped").code == 0)
    var checkpoint = try collector.checkpoint("old")
    checkpoint["last_success_time"] = TextFormat.utc(Date().addingTimeInterval(-30 * 3600))
    try collector.files.write("lake/.checkpoints/old.json", JSONSerialization.data(withJSONObject: checkpoint))
    let check = try await collector.sluice("check")
    #expect(check.code == 1)
    #expect(check.text.contains("FAIL old: last success 1d 06h ago, allowed 1d 02h"), "\(check)")
    #expect(check.text.contains("FAIL stopped: newest data is of 2026-01-01, allowed lag 2d"), "\(check)")
    #expect(check.text.contains("FAIL never: never synced with success"), "\(check)")
    let lenient = try await collector.sluice("check", "--max-age", "40h")
    #expect(lenient.text.contains("ok   old\n"), "\(lenient)")
    #expect(try await collector.sluice("check", "--max-age", "soon").code == 2)
  }

  @Test("with --all one failing profile does not stop the others, and the worst code counts; a disabled one stays out")
  func all() async throws {
    let collector = try await Collector()
    var wrong = Collector.ProfileText(name: "b_wrong", remote: "nowhere")
    wrong.lines = ["retry: {attempts: 0}"]
    var disabled = Collector.ProfileText(name: "d_off")
    disabled.lines = ["enabled: false"]
    try collector.configure([
      Collector.ProfileText(name: "a_good"), wrong, Collector.ProfileText(name: "c_good"), disabled,
    ])
    try collector.files.write("source/a", bytes: 1000)
    let run = try await collector.sluice("sync", "--all")
    #expect(run.code == 1, "\(run)")
    #expect(run.text.contains("Summary:\n  a_good   success"), "\(run)")
    #expect(run.text.contains("  b_wrong  failed") && run.text.contains("  c_good   success"))
    for name in ["a_good", "c_good"] { #expect(try await collector.isSame("source", "lake/\(name)") == "same") }
    #expect(!collector.files.exists("lake/d_off"))
    let byHand = try await collector.sluice("sync", "d_off")
    #expect(byHand.code == 2 && byHand.errors.contains("d_off is disabled"), "\(byHand)")
    #expect(try await collector.sluice("sync").code == 2)
    #expect(try await collector.sluice("sync", "a_good", "c_good").code == 0)
  }

  @Test("validate --connect says of each host what works, and what does not with the way out")
  func connect() async throws {
    let collector = try await Collector()
    var elsewhere = Collector.ProfileText(name: "elsewhere", remote: "nowhere")
    elsewhere.lines = []
    var refused = Collector.ProfileText(name: "refused")
    refused.sourceLines = ["ssh_key: \(collector.server.otherKeyFile)"]
    var unknown = Collector.ProfileText(name: "unknown")
    unknown.sourceLines = ["known_hosts: \(collector.server.emptyKnownHostsFile)"]
    try collector.configure([Collector.ProfileText(), elsewhere, refused, unknown])
    let ending = try await collector.sluice("validate", "--connect")
    #expect(ending.code == 1, "\(ending)")
    let root = collector.files.path("source")
    #expect(ending.text.contains("  ✓ reachable, host key known, login works\n  ✓ \(root) is there and readable"))
    #expect(ending.text.contains("  ✓ rsync is there") && ending.text.contains(" free in the lake"))
    #expect(ending.text.contains("✗ The directory \(collector.files.path("nowhere")) does not exist on 127.0.0.1."))
    #expect(
      ending.text.contains("✗ \(collector.server.user)@127.0.0.1 refuses the key \(collector.server.otherKeyFile)."))
    #expect(ending.text.contains("✗ The host key of 127.0.0.1 is not known"))
    try collector.configure()
    #expect(try await collector.sluice("validate", "--connect").text.hasSuffix("✓ Configuration is valid\n"))
    // Nothing was made in the lake by looking.
    #expect(!collector.files.exists("lake"))
  }
}
