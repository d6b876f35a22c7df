import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing
import Warehouse

@testable import IngestEngine

/// A table that is gone or was emptied behind the program's back is noticed by the next ingest, whatever it brings.
@Suite(.serialized) struct LostTableTests {
  private static let server = Result { try ClickHouseServer() }
  private static let all = IngestTask.Selection.backfill(since: nil, until: nil)

  private func drop(_ lake: IngestFixture) throws {
    try lake.change("DROP TABLE klines")
    guard case .clickHouse(let settings) = lake.lake.warehouse else { return }
    _ = try Self.server.get().query("DROP TABLE \(settings.database).klines_1h")
  }

  private func empty(_ lake: IngestFixture) throws {
    try lake.change("DELETE FROM klines WHERE interval = '1h'")
    guard case .clickHouse(let settings) = lake.lake.warehouse else { return }
    _ = try Self.server.get().query("TRUNCATE TABLE \(settings.database).klines_1h")
  }

  /// Writes an archive of the one daily candle of 2024-06-01.
  @discardableResult
  private func dailyCandle(_ lake: IngestFixture) throws -> String {
    let stem = "BTCUSDT-1d-2024-06-01"
    let start = IngestFixture.day + 152 * 86_400_000
    let text = KlineFixtures.rows(start: start, step: 86_400_000, count: 1).joined(separator: "\n") + "\n"
    return try lake.put(
      IngestFixture.directory(.um, "BTCUSDT", "1d") + "/\(stem).zip", KlineFixtures.archive(stem, text))
  }

  @Test("a dropped table is told and gets all its files again, also beside a file that has just come")
  func dropped() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      for day in 0...1 { try lake.archive(day: day) }
      #expect(await lake.run { $0.selection = Self.all }.problems == [])
      try drop(lake)
      try lake.archive(day: 40)
      _ = try lake.marker(day: 40)
      let reporter = RecordingReporter()
      let report = await lake.run(reporter: reporter)
      #expect(report.problems == [] && report.totals.filesIngested == 3, "\(report.problems) \(report.totals)")
      #expect(reporter.logs.contains { $0.contains("is not the warehouse it was") }, "\(reporter.logs)")
      #expect(try ask("count(*)") == 72)
      #expect(await lake.run { $0.selection = .verification }.problems == [])
      let quiet = RecordingReporter()
      #expect(await lake.run(reporter: quiet).totals.filesIngested == 0)
      #expect(quiet.logs == [])
    }
  }

  @Test("a warehouse's file that is gone, or empty, is trouble before the next ingest, which sends all again")
  func lostFile() async throws {
    let lake = try IngestFixture()
    guard case .sqlite(let path) = lake.lake.warehouse else { return }
    for day in 0...1 { try lake.archive(day: day) }
    #expect(lake.store.counts().lostWarehouse == nil)
    #expect(await lake.run { $0.selection = Self.all }.problems == [])
    #expect(!lake.store.counts().isTroubled)
    for isEmpty in [false, true] {
      for end in ["", "-wal", "-shm"] { unlink(path + end) }
      if isEmpty { #expect(FileManager.default.createFile(atPath: path, contents: nil)) }
      let counts = lake.store.counts()
      #expect(counts.lostWarehouse == .init(path: path, isEmpty: isEmpty, files: 2))
      #expect(counts.isTroubled && counts.troubles.map(\.code) == ["warehouse-gone"])
      #expect(await lake.run().totals.filesIngested == 2)
      #expect(!lake.store.counts().isTroubled)
    }
  }

  @Test("an emptied table is named with what mends it, also beside a file that has just come")
  func emptied() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      let paths = try (0...1).map { try lake.archive(day: $0) }
      #expect(await lake.run { $0.selection = Self.all }.problems == [])
      try empty(lake)
      try lake.archive(day: 40)
      _ = try lake.marker(day: 40)
      for _ in 1...2 {
        let report = await lake.run()
        #expect(
          report.outcome == .partial && report.problems.map(\.code) == ["verification-open"], "\(report.problems)")
        #expect(report.problems.first?.paths == paths)
        #expect(report.problems.first?.advice?.contains("`sluice ingest klines --force`") == true)
      }
      #expect(await lake.run { $0.isForced = true }.problems == [])
      #expect(try ask("count(*)") == 72)
    }
  }

  @Test("each interval's own newest days are compared, however much later another one's are")
  func otherInterval() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      let path = try lake.archive()
      try dailyCandle(lake)
      #expect(await lake.run { $0.selection = Self.all }.problems == [])
      #expect(await lake.run().problems == [])
      try empty(lake)
      let report = await lake.run()
      #expect(report.problems.map(\.code) == ["verification-open"], "\(report.problems)")
      #expect(report.problems.first?.paths == [path])
      #expect(await lake.run { $0.isForced = true }.problems == [])
      #expect(try ask("count(*)") >= 24)
      // One interval's table gone: that alone is sent again.
      guard case .clickHouse = lake.lake.warehouse else { continue }
      try drop(lake)
      let again = await lake.run()
      #expect(again.problems == [] && again.totals.filesIngested == 1, "\(again.problems) \(again.totals)")
      #expect(try ask("count(*)") == 24)
    }
  }

  @Test("what another profile had in the table is sent again by its own next ingest")
  func otherProfile() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      var other = lake.profile
      (other.name, other.localSubdirectory, other.localPath) = ("other", "other", lake.root + "/other")
      other.ingest = IngestSettings(stateDirectory: other.localPath + "/_ingested")
      let path = try lake.archive("ETHUSDT")
      let there = URL(filePath: other.localPath + "/" + path)
      try FileManager.default.createDirectory(
        at: there.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.moveItem(at: URL(filePath: lake.path(path)), to: there)
      let both = Lake(
        configurationPath: lake.lake.configurationPath, rootDirectory: lake.root, warehouse: lake.lake.warehouse,
        profiles: [lake.profile, other])
      let run = { (profile: Profile, selection: IngestTask.Selection?) in
        var task = IngestTask()
        if let selection { task.selection = selection }
        return await IngestJob(lake: both, profile: profile, task: task, reporter: RecordingReporter()).run()
      }
      try lake.archive()
      for profile in [lake.profile, other] { #expect(await run(profile, Self.all).problems == []) }
      try drop(lake)
      for profile in [lake.profile, other] {
        let report = await run(profile, nil)
        #expect(report.problems == [] && report.totals.filesIngested == 1, "\(report.problems) \(report.totals)")
      }
      #expect(try ask("count(*)") == 48)
    }
  }

  @Test("what of a dropped table is not in the lake any more is told with its rows")
  func goneToo() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      let gone = try lake.archive()
      try lake.archive(day: 1)
      #expect(await lake.run { $0.selection = Self.all }.problems == [])
      try drop(lake)
      try FileManager.default.removeItem(atPath: lake.path(gone))
      let report = await lake.run()
      #expect(report.outcome == .partial && report.problems.map(\.code) == ["rows-lost"], "\(report.problems)")
      #expect(report.problems.first?.paths == [gone])
      #expect(try ask("count(*)") == 24)
    }
  }

  @Test("a month beside a day whose sending broke off is no difference, and one that lost other rows is")
  func beside() async throws {
    for isLost in [false, true] {
      var (step, died) = (1, true)
      while died {
        let lake = try IngestFixture()
        try lake.archive()
        try lake.monthlyArchive(lines: (0..<10).flatMap { IngestFixture.lines($0, seed: 3) })
        #expect(await lake.run { $0.selection = Self.all }.problems == [])
        try lake.archive(lines: Array(IngestFixture.lines(seed: 9).prefix(20)))
        let steps = StumblingWarehouse.StepCounter(step)
        _ = await lake.run(warehouse: { settings throws(WarehouseFault) in
          guard case .sqlite(let path) = settings else { throw .notConnected(identity: "") }
          return StumblingWarehouse(SQLiteWarehouse(path: path), steps)
        })
        died = steps.isOver
        if isLost { try lake.change("DELETE FROM klines WHERE open_time >= \(IngestFixture.day + 86_400_000)") }
        let codes = await lake.run { $0.selection = .verification }.problems.map(\.code)
        #expect(codes.contains("verification-failed") == isLost, "step \(step): \(codes)")
        if !isLost {
          let report = await lake.run()
          #expect(report.outcome == .success, "step \(step): \(report.problems)")
          #expect(await lake.run { $0.selection = .verification }.problems == [], "step \(step)")
        }
        step += 1
      }
      #expect(step > 5)
    }
  }

  @Test("one that only looks lists what an ingest sends, whatever of the warehouse is gone, and makes nothing there")
  func rehearsal() async throws {
    let server = try Self.server.get()
    for gone in [
      "DROP DATABASE %", "DROP TABLE %.sluice_registry", "TRUNCATE TABLE %.sluice_registry", "DROP TABLE %.klines_1h",
    ] {
      let database = "d" + UUID().uuidString.prefix(8).lowercased()
      let settings = ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database)
      let lake = try IngestFixture(warehouse: .clickHouse(settings))
      for day in 0...1 { try lake.archive(day: day) }
      #expect(await lake.run { $0.selection = Self.all }.problems == [])
      let look = { () async -> ([String], [String], RunOutcome) in
        let preview = RecordingReporter()
        let outcome = await lake.run({ $0.isRehearsal = true }, reporter: preview).outcome
        return (preview.toRead.map(\.path), preview.logs, outcome)
      }
      let quiet = await look()
      #expect(quiet.0 == [] && quiet.1 == [] && quiet.2 == .success)
      _ = try server.query(gone.replacing("%", with: database))
      let before = try server.query("SELECT count() FROM system.tables WHERE database = '\(database)'")
      let (paths, logs, outcome) = await look()
      #expect(paths.count == 2 && outcome == .success, "\(gone): \(paths)")
      #expect(logs.contains { $0.contains("is not the warehouse it was") }, "\(gone): \(logs)")
      #expect(try server.query("SELECT count() FROM system.tables WHERE database = '\(database)'") == before)
      #expect(await lake.run().totals.filesIngested == 2, "\(gone)")
    }
  }

  @Test("one that only looks says of a table in SQLite that is gone, of a server that is away, and of another name")
  func rehearsalElsewhere() async throws {
    let lake = try IngestFixture()
    try lake.archive()
    #expect(await lake.run { $0.selection = Self.all }.problems == [])
    try drop(lake)
    let preview = RecordingReporter()
    #expect(await lake.run({ $0.isRehearsal = true }, reporter: preview).problems == [])
    #expect(preview.toRead.count == 1)
    #expect(await lake.run().totals.filesIngested == 1)

    let settings = ClickHouseSettings(host: "127.0.0.1", port: try ClickHouseServer.freePort(), database: "d")
    let away = try IngestFixture(warehouse: .clickHouse(settings))
    try away.archive()
    _ = try away.marker()
    let listed = RecordingReporter()
    let report = await away.run({ $0.isRehearsal = true }, reporter: listed)
    #expect(report.outcome == .failed && report.problems.map(\.code) == ["warehouse-unreachable"])
    #expect(listed.toRead.count == 1)
  }

  @Test("a verification that compared nothing says why, and is no success")
  func nothingToVerify() async throws {
    let lake = try IngestFixture()
    let reporter = RecordingReporter()
    let report = await lake.run({ $0.selection = .verification }, reporter: reporter)
    #expect(report.outcome == .partial && report.problems.map(\.code) == ["verification-incomplete"])
    #expect(report.problems.first?.message.hasPrefix("Nothing was compared: this profile has sent no file") == true)
    #expect(reporter.logs == ["Compared no file with the warehouse."])
    // Files of a table that is refused by now are named.
    let path = try lake.archive()
    #expect(await lake.run { $0.selection = Self.all }.problems == [])
    let refused = await lake.run(
      { $0.selection = .verification },
      warehouse: { settings throws(WarehouseFault) in
        guard case .sqlite(let file) = settings else { throw .notConnected(identity: "") }
        return StumblingWarehouse(
          SQLiteWarehouse(path: file), StumblingWarehouse.StepCounter(.max),
          refusing: .wrongTable(table: "klines", problem: .noVersion))
      })
    #expect(refused.outcome == .failed)
    #expect(refused.problems.map(\.code) == ["warehouse-table", "verification-incomplete"])
    #expect(refused.problems.last?.paths == [path])
  }

  @Test("of copies that differ the one that counts is named first, with what decides it")
  func copies() async throws {
    let lake = try IngestFixture()
    let path = try lake.archive(seed: 1)
    let copy = "old/" + path
    try lake.put(copy, Data(contentsOf: URL(filePath: lake.path(path))))
    try lake.archive(seed: 2)
    let report = await lake.run { $0.selection = Self.all }
    let sentence = report.problems.first?.message ?? ""
    #expect(report.problems.map(\.code) == ["copies-differ"])
    #expect(
      sentence.hasSuffix("\(path) counts, not \(copy) (published at the same time, written later)."), "\(sentence)")
    #expect(try lake.query("SELECT min(trades_count) FROM klines") == 2)
  }
}
