import Foundation
import RunRecords
import SluiceCore
import TestSupport
import Testing

/// What a verification and a repair say while they go on and in the end.
extension VerifyTests {
  @Test("a success says what was compared, and a day to come or a share without files is none")
  func scopes() async throws {
    let collector = try await synced(files: 3)
    let since = try await collector.sluice("verify", "--since", "2026-01-01")
    #expect(
      since.text.contains("completed: 3 files compared are as at the source (the files of 2026-01-01 and later)"),
      "\(since)")
    let future = try await collector.sluice("verify", "--since", "2999-01-01")
    #expect(future.code == 2 && future.errors.contains("2999-01-01 is a day to come"), "\(future)")
    let quiet = try await collector.sluice("verify", "--since", "2026-02-01")
    #expect(quiet.text.contains("! Verification compared nothing: in the files of 2026-02-01 and later"), "\(quiet)")
    #expect(!quiet.text.contains("✓"))
    var texts: [String] = []
    for share in 1...40 where !texts.contains(where: { $0.contains("compared nothing") }) {
      texts.append(try await collector.sluice("verify", "--subset", "\(share)/40").text)
    }
    #expect(texts.last?.contains("! Verification compared nothing: in share \(texts.count)/40") == true)
    #expect(!texts.contains { $0.contains("all is as at the source") })
    let history = try await collector.sluice("history")
    #expect(history.text.contains("nothing compared"), "\(history)")
    try collector.files.write("source/x_20260101/new", bytes: 100)
    let news = try await collector.sluice("verify")
    #expect(news.text.contains("completed: 3 files compared are as at the source\n"), "\(news)")
  }

  @Test("what a repair is to mend is known while it goes on, and stays known when that is killed")
  func repairKilled() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/x_20260101/big", bytes: 6_000_000, modified: Self.old)
    try collector.files.write("source/x_20260101/small", bytes: 6_000, modified: Self.old)
    #expect(try await collector.sluice("sync").code == 0)
    unlink(collector.files.path("lake/ticks/x_20260101/big"))
    try flip(collector, "lake/ticks/x_20260101/small")
    try collector.configure([Collector.ProfileText(lines: ["bwlimit: 500"])])
    let repair = try collector.start("verify", "--repair")
    _ = try await collector.transferring()
    #expect(try await collector.sluice("status").text.contains("repairing"))
    #expect(try await check(collector).codes == ["verify-findings"])
    ProcessFamily.killAll(below: repair.processID)
    _ = try await repair.ending()
    #expect(try await check(collector).codes.contains("verify-findings"))
    let again = try collector.start("verify", "--repair")
    _ = try await collector.transferring()
    #expect(try await collector.sluice("stop", "ticks").code == 0)
    let stopped = try await again.ending()
    #expect(stopped.code == 130 && !stopped.text.contains("disk and memory"), "\(stopped)")
    #expect(stopped.text.contains("The repair did not come to its end"), "\(stopped)")
    try collector.configure()
    #expect(try await collector.sluice("verify", "--repair").code == 0)
    #expect(try await check(collector, "--max-verified-age", "1d").code == 0)
  }

  @Test("advice is to repair only where the source has other bytes")
  func helpless() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/a/not.parquet", String(repeating: "x", count: 400), modified: Self.old)
    #expect(try await collector.sluice("sync").code == 0)
    let found = try await collector.sluice("verify")
    #expect(found.code == 3 && found.text.contains("The source has no better bytes"), "\(found)")
    #expect(!found.text.contains("--repair"))
    #expect(try await collector.sluice("sync").code == 0)
    let status = try await collector.sluice("status")
    #expect(status.text.contains("a/not.parquet") && !status.text.contains("--repair"), "\(status)")
    try flip(collector, "lake/ticks/a/not.parquet", at: 100)
    #expect(try await collector.sluice("verify").text.contains("--repair"))
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await collector.sluice("status").text.contains("sluice verify ticks --repair"))
  }
}
