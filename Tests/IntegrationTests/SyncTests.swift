import Foundation
import SluiceCore
import TestSupport
import Testing

@Suite("A sync over a real sshd", .serialized)
struct SyncTests {
  @Test("brings the source byte for byte, writes the document's checkpoint, and moves nothing the second time")
  func straightPath() async throws {
    let collector = try await Collector()
    try collector.configure()
    for day in 1...3 {
      try collector.files.write(
        "source/gate_io_X-USDT_2026010\(day)/part_00001.parquet", bytes: 70_000, seed: UInt64(day))
    }
    let first = try await collector.sluice("sync")
    #expect(first.code == 0, "\(first)")
    #expect(first.text.contains("Syncing profile: ticks\n" + String(repeating: "=", count: 80)))
    #expect(first.text.contains("  Files transferred: 3\n"))
    #expect(first.text.contains("✓ Sync completed successfully"))
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
    let checkpoint = try collector.checkpoint()
    #expect(checkpoint["profile_name"] as? String == "ticks")
    #expect(checkpoint["last_sync_status"] as? String == "success")
    #expect(checkpoint["files_transferred"] as? Int == 3)
    #expect(checkpoint["bytes_transferred"] as? Int == 210_000)
    #expect(checkpoint["errors"] as? [String] == [])
    #expect(checkpoint["last_success_time"] as? String == checkpoint["last_sync_time"] as? String)

    let second = try await collector.sluice("sync", "--json")
    let json = try #require(try JSONSerialization.jsonObject(with: second.output) as? [String: Any])
    #expect(second.code == 0 && json["files_transferred"] as? Int == 0 && json["outcome"] as? String == "success")
  }

  @Test("publishes markers after the data and ingests them into SQLite, row for row as the archives have them")
  func ingest() async throws {
    let collector = try await Collector()
    var profile = Collector.ProfileText(name: "klines")
    profile.lines = ["ingest: {format: binance-klines}"]
    try collector.configure([profile])
    var expected = 0
    for day in KlineFixtures.realDays.prefix(3).map({ "\(KlineFixtures.directory)/\($0)" }) {
      let name = (day as NSString).lastPathComponent
      try collector.files.write(
        "source/data/spot/daily/klines/BTCUSDT/1m/\(name)", try Data(contentsOf: URL(filePath: day)))
      expected +=
        try await Int(
          collector.tool("sh", "-c", "unzip -p '\(day)' | wc -l").trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
      let date = name.dropFirst("BTCUSDT-1m-".count).prefix(10)
      try collector.files.write("source/_SUCCESS__\(date)__spot__1m", "")
    }
    let run = try await collector.sluice("sync")
    #expect(run.code == 0, "\(run)")
    #expect(run.text.contains("Ingesting 3 markers..."))
    let rows = try await collector.tool(
      "sqlite3", collector.files.path("lake/.sluice/warehouse.sqlite"), "SELECT COUNT(*) FROM klines")
    #expect(rows.trimmingCharacters(in: .whitespacesAndNewlines) == "\(expected)")
    #expect(expected > 1000)
    let markers = try collector.files.listing("lake/klines/_ingested").count
    #expect(markers == 3)
    let stats = try await collector.sluice("stats", "--format", "json")
    let json = try #require(try JSONSerialization.jsonObject(with: stats.output) as? [String: Any])
    #expect(json["pending_markers"] as? Int == 0 && json["ingested_markers"] as? Int == 3)
  }

  @Test("a dry run touches nothing and names what would come and expire")
  func dryRun() async throws {
    let collector = try await Collector()
    var profile = Collector.ProfileText()
    profile.retention = 30
    try collector.configure([profile])
    let today = CalendarDay(Date())
    try collector.files.write("source/x_\(today.compact)/a", bytes: 1000)
    try collector.files.write("lake/ticks/x_20200101/old", bytes: 500)
    let run = try await collector.sluice("sync", "--dry-run")
    #expect(run.code == 0, "\(run)")
    #expect(run.text.contains("To fetch:  1 file, 1000 B"))
    #expect(run.text.contains("- x_20200101  500 B"))
    #expect(run.text.contains("+ x_\(today.compact)/a"))
    #expect(collector.files.exists("lake/ticks/x_20200101/old"))
    #expect(!collector.files.exists("lake/ticks/x_\(today.compact)"))
    #expect(!collector.files.exists("lake/.checkpoints/ticks.json"))
  }

  @Test("deletes what is older than the retention, keeps the day exactly at the cut-off, fetches neither again")
  func retention() async throws {
    let collector = try await Collector()
    var profile = Collector.ProfileText()
    profile.retention = 5
    try collector.configure([profile])
    let today = CalendarDay(Date())
    for age in [0, 5, 6, 9] {
      try collector.files.write("source/x_\(today.adding(days: -age).compact)/a", bytes: 1000, seed: UInt64(age))
    }
    for age in [5, 6, 9] {
      try collector.files.write("lake/ticks/x_\(today.adding(days: -age).compact)/a", bytes: 1000, seed: UInt64(age))
    }
    for run in 1...3 {
      let ending = try await collector.sluice("sync")
      #expect(ending.code == 0, "\(ending)")
      #expect(ending.text.contains(run == 1 ? "Deleted: 2 directories" : "Deleted: 0 directories"))
      let names = try collector.files.listing("lake/ticks").filter { $0.hasPrefix("x_") && !$0.contains("/") }
      #expect(
        Set(names.map { $0.replacing("/", with: "") }) == ["x_\(today.compact)", "x_\(today.adding(days: -5).compact)"])
    }
  }

  @Test("runs of one profile exclude each other; the second says who holds it and exits 11")
  func locked() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/a", bytes: 6_000_000)
    let first = try collector.start("sync", "--bwlimit", "800")
    try await waitUntil("the first run to transfer") { first.errors.isEmpty && collector.files.exists("lake/ticks") }
    try await waitUntil("the lock to be taken") {
      try await collector.sluice("status", "--json").text.contains("\"transferring\"")
    }
    let second = try await collector.sluice("sync")
    #expect(second.code == 11, "\(second)")
    #expect(second.errors.contains("process \(first.processID)") && second.errors.contains("sluice attach ticks"))
    let stop = try await collector.sluice("stop", "ticks")
    #expect(stop.code == 0 && stop.text.contains("interrupted"), "\(stop)")
    #expect(try await first.ending().code == 130)
    #expect(try collector.checkpoint()["last_sync_status"] as? String == "interrupted")
    let again = try await collector.sluice("sync")
    #expect(again.code == 0 && again.text.contains("Resuming from checkpoint..."), "\(again)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("a detached run shows itself in status and history")
  func detached() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/a", bytes: 2_000_000)
    let start = try await collector.sluice("sync", "--detach", "--bwlimit", "1500")
    let id = start.text.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(start.code == 0 && RunID(text: id) != nil, "\(start)")
    try await waitUntil("the run to end") {
      try await collector.sluice("history", "--json").text.contains("\"outcome\" : \"success\"")
    }
    let history = try await collector.sluice("history", "--run", id, "--files")
    #expect(history.code == 0 && history.text.contains("+ a  1.9 MB"), "\(history)")
  }

  @Test("logs in once for markers, list and transfer, and fetches nothing when the list has found nothing to do")
  func oneLogin() async throws {
    let collector = try await Collector()
    try collector.configure([Collector.ProfileText(lines: ["ingest: {format: binance-klines}"])])
    try collector.answerCounting("")
    try collector.files.write("source/day/a.bin", bytes: 5000)
    try collector.files.write("source/_SUCCESS__2026-02-13__spot__1m", "")
    let first = try await collector.syncJSON("--no-ingest")
    #expect(first.ending.code == 0, "\(first)")
    // The script counts commands: markers, list, transfer.
    #expect(collector.logins == 3)
    let accepted = {
      collector.server.log.split(whereSeparator: \.isNewline).count { $0.contains("Accepted publickey") }
    }
    #expect(accepted() == 1, "\(collector.server.log)")
    let second = try await collector.syncJSON("--no-ingest")
    #expect(second.ending.code == 0 && second.json["outcome"] as? String == "success", "\(second)")
    #expect(collector.logins == 5)
    #expect(accepted() == 2, "\(collector.server.log)")
    #expect(!collector.files.exists("lake/ticks/.sluice"))
  }

  @Test("a source that lists not one file is no success while the lake has some")
  func emptySource() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/day/a", bytes: 5000)
    #expect(try await collector.sluice("sync").code == 0)
    let success = try collector.checkpoint()["last_success_time"] as? String
    try FileManager.default.removeItem(atPath: collector.files.path("source/day"))
    let (ending, json) = try await collector.syncJSON()
    #expect(ending.code == 3 && json["outcome"] as? String == "partial", "\(ending)")
    #expect(Collector.problems(json).first?.code == "source-empty")
    #expect(try collector.checkpoint()["last_success_time"] as? String == success)
    #expect(collector.files.exists("lake/ticks/day/a"))
  }
}
