import Foundation
import Klines
import SQLiteStore
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// What was ever ingested is in the warehouse that is configured, as it is at the source now, marker or not.
@Suite(.serialized) struct WarehouseChangeTests {
  private static let server = Result { try ClickHouseServer() }
  private static let all = IngestTask.Selection.backfill(since: nil, until: nil)

  /// Ingests the fixture's profile into another warehouse than its own.
  private static func run(
    _ lake: IngestFixture, into warehouse: WarehouseSettings, reporter: RecordingReporter = RecordingReporter(),
    _ change: (inout IngestTask) -> Void = { _ in }
  ) async -> IngestReport {
    var task = IngestTask()
    change(&task)
    return await IngestJob(
      lake: Self.lake(lake, with: warehouse), profile: lake.profile, task: task, reporter: reporter
    ).run()
  }

  private static func lake(_ lake: IngestFixture, with warehouse: WarehouseSettings) -> Lake {
    Lake(
      configurationPath: lake.lake.configurationPath, rootDirectory: lake.root, warehouse: warehouse,
      profiles: [lake.profile])
  }

  private static func rows(_ path: String) throws -> Int {
    try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM klines") } ?? -1
  }

  // MARK: Published again

  @Test("a backfilled file that is published again is read by the next ingest, with a marker beside it and without")
  func publishedAgain() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      let path = try lake.archive(seed: 1)
      try lake.archive(day: 40)
      #expect(await lake.run { $0.selection = Self.all }.outcome == .success)
      try lake.archive(lines: Array(IngestFixture.lines(seed: 5).prefix(20)))
      let preview = RecordingReporter()
      _ = await lake.run({ $0.isRehearsal = true }, reporter: preview)
      #expect(preview.toRead.map(\.path) == [path])
      let report = await lake.run()
      #expect(report.outcome == .success && report.totals.filesIngested == 1 && report.totals.filesUnchanged == 1)
      #expect(try ask("count(*)") == 44)
      #expect(try ask("sum(trades_count)") == (5..<25).reduce(0, +) + (0..<24).reduce(0, +))
      // A marker of another day, and a backfill of another span, look at it too; one marker alone looks at its own.
      try lake.archive(seed: 3)
      try lake.archive(day: 1)
      let marker = try lake.marker(day: 1)
      #expect(await lake.run { $0.selection = .marker(name: marker) }.totals.filesIngested == 1)
      #expect(await lake.run().totals.filesIngested == 1)
      try lake.archive(seed: 4)
      let day = try #require(CalendarDay(iso: "2024-02-10"))
      #expect(await lake.run { $0.selection = .backfill(since: day, until: nil) }.totals.filesIngested == 1)
      #expect(try ask("sum(trades_count)") == (4..<28).reduce(0, +) + 2 * (0..<24).reduce(0, +))
      #expect(await lake.run().totals.filesIngested == 0)
    }
  }

  @Test("a forced ingest sends what markers vouch for, and of the rest what changed")
  func forced() async throws {
    let lake = try IngestFixture()
    for day in 0...2 { try lake.archive(day: day) }
    #expect(await lake.run { $0.selection = Self.all }.outcome == .success)
    _ = try lake.marker()
    try lake.archive(day: 1, seed: 3)
    let report = await lake.run { $0.isForced = true }
    #expect(report.totals.filesIngested == 2 && report.totals.filesUnchanged == 1)
  }

  @Test("a backfill of a span records no marker outside it whose other files it leaves out")
  func spanAndMarker() async throws {
    let lake = try IngestFixture()
    try lake.archive()
    #expect(await lake.run { $0.selection = Self.all }.outcome == .success)
    try lake.archive("ETHUSDT")
    let marker = try lake.marker()
    let day = try #require(CalendarDay(iso: "2024-02-10"))
    #expect(await lake.run { $0.selection = .backfill(since: day, until: nil) }.totals.filesIngested == 0)
    #expect(!lake.isRecorded(marker))
    #expect(await lake.run().totals.filesIngested == 1)
    #expect(try lake.manifest(marker).files.count == 2)
  }

  // MARK: Another warehouse

  @Test("a warehouse that is lost gets everything again, marker or not, and what is gone from the lake is told once")
  func lost() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      try lake.archive()
      _ = try lake.marker()
      try lake.archive(day: 1)
      let gone = [
        try lake.archive(day: 2), try lake.archive(day: 3),
        try lake.archive(day: 4, lines: IngestFixture.lines(4, count: 22)),
      ]
      #expect(await lake.run { $0.selection = Self.all }.outcome == .success)
      for path in gone { try FileManager.default.removeItem(atPath: lake.path(path)) }
      switch lake.lake.warehouse {
      case .sqlite(let path):
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
        // One that only looks says the same.
        let preview = RecordingReporter()
        let looked = await lake.run({ $0.isRehearsal = true }, reporter: preview)
        #expect(preview.toRead.count == 2 && looked.problems.map(\.code) == ["rows-lost"])
      case .clickHouse(let settings):
        _ = try Self.server.get().query("DROP DATABASE \(settings.database)")
      }
      let report = await lake.run()
      #expect(report.outcome == .partial && report.totals.filesIngested == 2 && report.totals.rows == 48)
      #expect(report.problems.map(\.code) == ["rows-lost"], "\(report.problems)")
      #expect(
        report.problems.first?.message.hasPrefix(
          "70 rows of 3 files that are not in the lake any more went with the earlier warehouse and cannot be sent: ")
          == true, "\(report.problems)")
      #expect(report.problems.first?.paths == gone)
      #expect(try ask("count(*)") == 48)
      #expect(await lake.run().problems == [])
      #expect(await lake.run { $0.selection = .verification }.problems == [])
    }
  }

  @Test("another warehouse gets everything, and so does the first one when it is configured again")
  func another() async throws {
    let lake = try IngestFixture()
    let other = lake.root + "/other.sqlite"
    try lake.archive()
    _ = try lake.marker()
    try lake.archive(day: 1)
    #expect(await lake.run { $0.selection = Self.all }.outcome == .success)
    let preview = RecordingReporter()
    _ = await Self.run(lake, into: .sqlite(path: other), reporter: preview) { $0.isRehearsal = true }
    #expect(preview.toRead.count == 2)
    let report = await Self.run(lake, into: .sqlite(path: other))
    #expect(report.outcome == .success && report.totals.filesIngested == 2 && report.totals.rows == 48)
    #expect(try Self.rows(other) == 48)
    // What went into the second alone is lacking in the first, and one of them is gone by then.
    let gone = try lake.archive(day: 2)
    try lake.archive(day: 3)
    #expect(await Self.run(lake, into: .sqlite(path: other)) { $0.selection = Self.all }.totals.filesIngested == 2)
    try FileManager.default.removeItem(atPath: lake.path(gone))
    let back = await lake.run()
    #expect(back.totals.filesIngested == 1 && back.problems.map(\.code) == ["rows-lost"], "\(back.problems)")
    #expect(back.problems.first?.paths == [gone])
    #expect(try lake.rows == 72)
    #expect(await lake.run().problems == [])
  }

  @Test("a file that was moved within the lake is not said to be lost")
  func moved() async throws {
    let lake = try IngestFixture()
    let path = try lake.archive()
    #expect(await lake.run { $0.selection = Self.all }.outcome == .success)
    let directory = URL(filePath: lake.path("old/" + path)).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: lake.path(path), toPath: lake.path("old/" + path))
    let other = WarehouseSettings.sqlite(path: lake.root + "/other.sqlite")
    #expect(await Self.run(lake, into: other) { $0.selection = Self.all }.problems == [])
    #expect(try Self.rows(lake.root + "/other.sqlite") == 24)
  }

  // MARK: The same one by another name

  @Test("a server's host written otherwise, and back, is the same warehouse: nothing is sent again, no marker pending")
  func sameServer() async throws {
    let server = try Self.server.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    let settings = { (host: String) in
      WarehouseSettings.clickHouse(ClickHouseSettings(host: host, port: server.httpPort, database: database))
    }
    let lake = try IngestFixture(warehouse: settings("127.0.0.1"))
    try lake.archive()
    _ = try lake.marker()
    try lake.archive(day: 1)
    #expect(await lake.run { $0.selection = Self.all }.outcome == .success)
    for host in ["localhost", "LOCALHOST", "localhost.", "127.0.0.1"] {
      let store = MarkerStore(lake: Self.lake(lake, with: settings(host)), profile: lake.profile)
      #expect(store.counts().pending == 0, "\(host)")
      // Not every machine's resolver knows that name.
      if host.hasSuffix(".") { continue }
      let reporter = RecordingReporter()
      let report = await Self.run(lake, into: settings(host), reporter: reporter)
      #expect(report.problems == [] && report.totals.filesIngested == 0 && report.totals.filesUnchanged == 2, "\(host)")
      #expect(reporter.logs == [], "\(host)")
    }
    // By a name of its own the server is known by what it keeps.
    for host in ["127.1", "127.0.0.1"] {
      let reporter = RecordingReporter()
      let report = await Self.run(lake, into: settings(host), reporter: reporter)
      #expect(report.problems == [] && report.totals.filesIngested == 0, "\(host): \(report.problems)")
      #expect(reporter.logs.count == 1 && reporter.logs[0].contains("is the warehouse that was"), "\(reporter.logs)")
      #expect(MarkerStore(lake: Self.lake(lake, with: settings(host)), profile: lake.profile).counts().pending == 0)
    }
    // Other tables of the same database are another warehouse.
    guard case .clickHouse(var apart) = settings("127.0.0.1") else { return }
    apart.table = "k_{interval}"
    #expect(await Self.run(lake, into: .clickHouse(apart)).totals.filesIngested == 2)
    #expect(try server.query("SELECT count() FROM \(database).k_1h FINAL") == "48")
  }

  @Test("a ledger of an earlier version, which took hosts as they were written, goes on being right")
  func earlierLedger() async throws {
    let server = try Self.server.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    let settings = ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database)
    let lake = try IngestFixture(warehouse: .clickHouse(settings))
    try lake.archive()
    _ = try lake.marker()
    #expect(await lake.run().outcome == .success)
    let ledger = try DatabaseQueue(path: IngestLedger.path(in: lake.lake))
    try ledger.write { database in
      for table in ["scopes", "precedence"] {
        try database.execute(sql: "UPDATE \(table) SET warehouse = ?", arguments: [settings.identity])
      }
      try database.execute(sql: "DELETE FROM remarks")
    }
    #expect(lake.store.counts().pending == 0)
    let preview = RecordingReporter()
    #expect(await lake.run({ $0.isRehearsal = true }, reporter: preview).problems == [])
    #expect(preview.toRead == [])
    let report = await lake.run()
    #expect(report.problems == [] && report.totals.filesIngested == 0 && report.totals.filesUnchanged == 1)
  }

  @Test(
    "a warehouse's key",
    arguments: [
      ("clickhouse:127.0.0.1:8123/db", "clickhouse:localhost:8123/db"),
      ("clickhouse:::1:8123/db", "clickhouse:localhost:8123/db"),
      ("clickhouse:CH.Example.:8123/proxy/Db@c#t_{interval}", "clickhouse:ch.example:8123/proxy/Db@c#t_{interval}"),
      ("clickhouse:10.0.0.1:8443/db", "clickhouse:10.0.0.1:8443/db"), ("sqlite:/A/w.sqlite", "sqlite:/A/w.sqlite"),
    ])
  func key(identity: String, key: String) {
    #expect(WarehouseSettings.key(of: identity) == key)
  }
}
