import Foundation
import SluiceCore
import TestSupport
import Testing

@Suite("Faults at the source", .serialized)
struct SourceFaultTests {
  private static let marker = "_SUCCESS__2026-02-14__spot__1m"

  private static func klines(arguments: String = "-a --partial") -> Collector.ProfileText {
    var profile = Collector.ProfileText(name: "klines", arguments: arguments)
    profile.lines = ["ingest: {format: binance-klines}"]
    return profile
  }

  @Test("an unreadable file is named; no success, no marker, no ingest, no cleanup, the last success unmoved")
  func unreadableFile() async throws {
    let collector = try await Collector()
    var profile = Self.klines(arguments: "-a --partial --delete")
    profile.retention = 5
    try collector.configure([profile])
    try collector.files.write("source/day/one.bin", bytes: 5000)
    #expect(try await collector.sluice("sync").code == 0)
    let success = try #require(try collector.checkpoint("klines")["last_success_time"] as? String)

    try collector.files.write("source/day/two.bin", bytes: 6000, seed: 2)
    chmod(try collector.files.write("source/day/secret.bin", bytes: 7000, seed: 3), 0)
    try collector.files.write("source/\(Self.marker)", "")
    try collector.files.write("lake/klines/x_20200101/old", bytes: 10)
    try collector.obeyPermissionsAtSource()
    // The checkpoint's times have seconds.
    try await waitUntil("the clock's next second") { TextFormat.utc(Date()) != success }
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 3 && json["outcome"] as? String == "partial", "\(ending)")
    let problem = try #require(Collector.problems(json).first)
    #expect(
      problem.code == "some-files-failed" && problem.paths.map { ($0 as NSString).lastPathComponent } == ["secret.bin"])
    #expect(problem.message.contains("1 file or directory did not come: ") && problem.message.contains("secret.bin"))
    #expect(problem.advice.contains("Make them readable for \(collector.server.user) on 127.0.0.1"))
    #expect(json["markers_published"] as? [String] == [] && json["ingest"] == nil && json["deleted_dirs"] == nil)
    #expect(collector.files.exists("lake/klines/day/two.bin") && !collector.files.exists("lake/klines/day/secret.bin"))
    #expect(!collector.files.exists("lake/klines/\(Self.marker)") && !collector.files.exists("lake/klines/_ingested"))
    #expect(collector.files.exists("lake/klines/x_20200101/old"))
    let checkpoint = try collector.checkpoint("klines")
    #expect(
      checkpoint["last_sync_status"] as? String == "partial" && checkpoint["last_success_time"] as? String == success)
    let text = try await collector.sluice("history", "--run", try #require(json["run_id"] as? String))
    #expect(text.text.contains("secret.bin"), "\(text)")

    chmod(collector.files.path("source/day/secret.bin"), 0o644)
    let after = try await collector.syncJSON()
    #expect(after.json["markers_published"] as? [String] == [Self.marker], "\(after)")
    #expect(!collector.files.exists("lake/klines/x_20200101"))
  }

  @Test("an unreadable directory with --delete deletes nothing and is no success")
  func unreadableDirectory() async throws {
    let collector = try await Collector()
    try collector.configure([.init(arguments: "-a --delete")])
    for name in ["day/one", "closed/two"] { try collector.files.write("source/\(name)", bytes: 3000) }
    #expect(try await collector.sluice("sync").code == 0)
    try collector.files.write("lake/ticks/day/extra", bytes: 10)
    chmod(collector.files.path("source/closed"), 0)
    try collector.obeyPermissionsAtSource()
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 3, "\(ending)")
    #expect(Collector.problems(json).first?.paths.contains { $0.hasSuffix("/closed") } == true, "\(ending)")
    #expect(collector.files.exists("lake/ticks/closed/two") && collector.files.exists("lake/ticks/day/extra"))
    let plan = try await collector.sluice("sync", "--dry-run")
    #expect(plan.code == 3 && plan.text.contains("closed"), "\(plan)")
  }

  @Test("a marker that cannot be read is no success either")
  func unreadableMarker() async throws {
    let collector = try await Collector()
    try collector.configure([Self.klines()])
    try collector.files.write("source/day/one.bin", bytes: 5000)
    chmod(try collector.files.write("source/\(Self.marker)", "x"), 0)
    try collector.obeyPermissionsAtSource()
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 3, "\(ending)")
    #expect(Collector.problems(json).first?.paths.contains { $0.hasSuffix(Self.marker) } == true, "\(ending)")
    #expect(json["markers_published"] as? [String] == [])
  }

  @Test("a marker that appears while the data is listed waits for the next run")
  func lateMarker() async throws {
    let collector = try await Collector()
    try collector.configure([Self.klines()])
    try collector.files.write("source/day/one.bin", bytes: 5000)
    try collector.files.write("source/_SUCCESS__2026-02-13__spot__1m", "")
    // Login 1 brings the markers, 2 lists the data, 3 fetches it.
    try collector.answerCounting("[ $n = 2 ] && echo > '\(collector.files.path("source/\(Self.marker)"))'")
    let first = try await collector.syncJSON("--no-ingest")
    #expect(first.ending.code == 0, "\(first)")
    #expect(first.json["markers_published"] as? [String] == ["_SUCCESS__2026-02-13__spot__1m"])
    #expect(collector.files.exists("source/\(Self.marker)") && !collector.files.exists("lake/klines/\(Self.marker)"))
    let second = try await collector.syncJSON("--no-ingest")
    #expect(second.json["markers_published"] as? [String] == [Self.marker], "\(second)")
  }

  /// A login's script: during the transfer of the given logins a file vanishes that the list still names.
  private static func vanishing(_ collector: Collector, logins: ClosedRange<Int>) -> String {
    let source = collector.files.path("source")
    let lake = collector.files.path("lake/ticks")
    return """
      if [ $n -ge \(logins.lowerBound) ] && [ $n -le \(logins.upperBound) ]; then
        head -c 3000000 /dev/urandom > '\(source)'/a$n; echo gone > '\(source)'/z$n
        (until ls '\(lake)'/.a$n.*; do sleep 0.02; done; rm '\(source)'/z$n) < /dev/null > /dev/null 2>&1 &
        exec rsync --server --bwlimit=2500 ${SSH_ORIGINAL_COMMAND#rsync --server }
      fi
      """
  }

  @Test("a file that vanishes once costs a second pass, and the run is a success")
  func vanishesOnce() async throws {
    let collector = try await Collector()
    try collector.configure()
    // Something to do, or nothing would be fetched.
    try collector.files.write("source/first", bytes: 5000)
    try collector.answerCounting(Self.vanishing(collector, logins: 2...2))
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 0 && json["outcome"] as? String == "success", "\(ending)")
    #expect(collector.logins == 3)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
    let history = try await collector.sluice("history", "--run", try #require(json["run_id"] as? String))
    #expect(history.text.contains("Files vanished at the source"), "\(history)")
  }

  @Test("files that vanish in the second pass too make the run partial, each named")
  func vanishesTwice() async throws {
    let collector = try await Collector()
    try collector.configure()
    // Something to do, or nothing would be fetched.
    try collector.files.write("source/first", bytes: 5000)
    try collector.answerCounting(Self.vanishing(collector, logins: 2...3))
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 3 && json["outcome"] as? String == "partial", "\(ending)")
    let problem = try #require(Collector.problems(json).first)
    #expect(
      problem.code == "vanished" && problem.paths.map { ($0 as NSString).lastPathComponent } == ["z3"], "\(problem)")
    #expect(problem.message.hasPrefix("1 file vanished at the source while being fetched, twice: "))
    #expect(try collector.checkpoint()["last_sync_status"] as? String == "partial")
    #expect(try collector.checkpoint()["last_success_time"] == nil)
  }
}
