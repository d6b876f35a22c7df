import Foundation
import Klines
import SQLiteStore
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// Rows in the warehouse that no file in order vouches for are told, and what is advised about them works.
@Suite(.serialized) struct UnknownRowsTests {
  private static let server = Result { try ClickHouseServer() }
  private static let all = IngestTask.Selection.backfill(since: nil, until: nil)

  /// Takes everything out of the table behind the program's back.
  private func empty(_ lake: IngestFixture) throws {
    try lake.change("DELETE FROM klines")
    guard case .clickHouse(let settings) = lake.lake.warehouse else { return }
    _ = try Self.server.get().query("TRUNCATE TABLE \(settings.database).klines_1h")
  }

  @Test("what a verification finds is sent again by the command it names, without markers too")
  func advice() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      for day in 0...1 { try lake.archive(day: day) }
      #expect(await lake.run { $0.selection = Self.all }.problems == [])
      try empty(lake)
      let found = await lake.run { $0.selection = .verification }
      #expect(found.problems.map(\.code) == ["verification-failed"])
      #expect(found.problems.first?.advice?.contains("`sluice ingest klines --force`") == true)
      #expect(await lake.run { $0.isForced = true }.problems == [])
      #expect(try ask("count(*)") == 48)
      #expect(await lake.run { $0.selection = .verification }.problems == [])
    }
  }

  @Test("once rows of the newest week are gone, all that is gone is named and sent again, however old")
  func olderThanAWeek() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      for day in [0, 30] { try lake.archive(day: day) }
      #expect(await lake.run { $0.selection = Self.all }.problems == [])
      try empty(lake)
      let found = await lake.run()
      #expect(found.problems.map(\.code) == ["verification-open"] && found.problems.first?.paths.count == 2)
      #expect(await lake.run { $0.isForced = true }.problems == [])
      #expect(try ask("count(*)") == 48)
    }
  }

  @Test("a file that is gone and whose rows are too is told apart, with what brings them back")
  func goneFile() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      let gone = try lake.archive()
      try lake.archive(day: 1)
      #expect(await lake.run { $0.selection = Self.all }.problems == [])
      try empty(lake)
      try FileManager.default.moveItem(atPath: lake.path(gone), toPath: lake.root + "/away.zip")
      let found = await lake.run { $0.selection = .verification }
      #expect(found.problems.map(\.code) == ["verification-failed", "verification-gone"])
      let forced = await lake.run { $0.isForced = true }
      #expect(forced.problems.map(\.code) == ["verification-gone"], "\(forced.problems)")
      #expect(forced.problems.first?.paths == [gone])
      #expect(try ask("count(*)") == 24)
      try FileManager.default.moveItem(atPath: lake.root + "/away.zip", toPath: lake.path(gone))
      #expect(await lake.run { $0.isForced = true }.problems == [])
      #expect(try ask("count(*)") == 48)
    }
  }

  @Test("rows that were there before a series' first ingest are told once")
  func foreignRows() async throws {
    for (other, ask) in try IngestFixture.onBoth(Self.server.get()) {
      for day in 0...1 { try other.archive(day: day, seed: 3) }
      let alone = RecordingReporter()
      #expect(await other.run({ $0.selection = Self.all }, reporter: alone).problems == [])
      #expect(alone.logs == [])
      let lake = try IngestFixture(warehouse: other.lake.warehouse)
      try lake.archive(day: 1)
      let first = RecordingReporter()
      #expect(await lake.run({ $0.selection = Self.all }, reporter: first).problems == [])
      let told = first.logs.filter { $0.contains("this lake's ledger does not know") }
      #expect(told.count == 1 && told[0].contains("48 rows in the table of um 1h"), "\(first.logs)")
      #expect(try ask("sum(trades_count)") == (3..<27).reduce(0, +) + (0..<24).reduce(0, +))
      try lake.archive(day: 2)
      let second = RecordingReporter()
      #expect(await lake.run({ $0.selection = Self.all }, reporter: second).problems == [])
      #expect(!second.logs.contains { $0.contains("ledger does not know") }, "\(second.logs)")
    }
  }

  @Test("rows of a file that was put aside since are told where it is, and by a verification")
  func rowsAside() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      let path = try lake.archive()
      #expect(await lake.run { $0.selection = Self.all }.problems == [])
      try lake.put(path, Data("no archive".utf8))
      let aside = await lake.run { $0.selection = Self.all }
      #expect(aside.problems.map(\.code) == ["file-quarantined"])
      #expect(aside.problems.first?.message.contains("the 24 rows sent of it before stay") == true, "\(aside.problems)")
      let still = await lake.run { $0.selection = Self.all }
      #expect(still.problems.map(\.code) == ["files-quarantined"])
      #expect(still.problems.first?.message.contains("24 rows") == true, "\(still.problems)")
      let verified = await lake.run { $0.selection = .verification }
      #expect(verified.outcome == .partial && verified.problems.map(\.code) == ["rows-aside"])
      #expect(verified.problems.first?.paths == [path])
      #expect(try ask("count(*)") == 24)
    }
  }

  @Test("a verification names what it cannot compare, and is complete once it can")
  func uncompared() async throws {
    for (lake, _) in try IngestFixture.onBoth(Self.server.get()) {
      let bad = try lake.put(
        IngestFixture.directory(.um, "BTCUSDT", "1h") + "/BTCUSDT-1h-2024-01-05.zip", Data("no archive".utf8))
      let paths = try (0...2).map { try lake.archive(day: $0) }
      #expect(await lake.run { $0.selection = Self.all }.problems.map(\.code) == ["file-quarantined"])
      // An ingest that died before it could read two of them back; one is gone since, with what it had in the warehouse.
      try DatabaseQueue(path: IngestLedger.path(in: lake.lake)).write { database in
        for path in paths.prefix(2) {
          try database.execute(sql: "UPDATE files SET state = 'sent' WHERE path = ?", arguments: [path])
        }
      }
      try FileManager.default.removeItem(atPath: lake.path(paths[1]))
      let found = await lake.run { $0.selection = .verification }
      #expect(found.outcome == .partial && found.problems.map(\.code) == ["verification-incomplete"])
      #expect(
        found.problems.first?.message == "3 files could not be compared: 1 not read back yet (\(paths[0])), 1 not read "
          + "back and gone from the lake (\(paths[1])), 1 put aside (\(bad)).", "\(found.problems)")
      try FileManager.default.removeItem(atPath: lake.path(bad))
      #expect(await lake.run().problems == [])
      #expect(await lake.run { $0.selection = .verification }.problems == [])
    }
  }

  @Test("a verification of a warehouse that was lost names every file, and says nothing is wrong of none")
  func lostWarehouse() async throws {
    let lake = try IngestFixture()
    let path = try lake.archive()
    #expect(await lake.run { $0.selection = Self.all }.problems == [])
    for end in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: lake.lake.stateDirectory + "/warehouse.sqlite" + end)
    }
    let found = await lake.run { $0.selection = .verification }
    #expect(found.problems.map(\.code) == ["verification-incomplete"] && found.problems.first?.paths == [path])
  }

  @Test("of two markets that would be the first in a table without a market column nothing is sent")
  func tableWithoutMarket() async throws {
    let server = try Self.server.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    _ = try server.query("CREATE DATABASE \(database)")
    _ = try server.query(OlderKlineTable.creation(in: database))
    var settings = ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database)
    let lake = try IngestFixture(warehouse: .clickHouse(settings))
    try lake.archive(market: .um)
    try lake.archive(market: .spot, seed: 3)
    for _ in 1...2 {
      let report = await lake.run { $0.selection = Self.all }
      #expect(report.outcome == .failed && report.problems.map(\.code) == ["warehouse-market"], "\(report.problems)")
      #expect(report.problems.first?.message.contains("klines of spot and um would mix in it: none of them") == true)
      #expect(try server.query("SELECT count() FROM \(database).klines_1h") == "0")
    }
    // Both ways out that are named lead out.
    settings.table = "klines_{market}_{interval}"
    let apart = try IngestFixture(warehouse: .clickHouse(settings))
    try apart.archive(market: .um)
    try apart.archive(market: .spot, seed: 3)
    #expect(await apart.run { $0.selection = Self.all }.problems == [])
    _ = try server.query("RENAME TABLE \(database).klines_1h TO \(database).aside")
    #expect(await lake.run { $0.selection = Self.all }.problems == [])
    #expect(try server.query("SELECT count() FROM \(database).klines_1h FINAL") == "48")
  }

  @Test("one market alone goes into such a table, and another one later is told whose it is")
  func laterMarket() async throws {
    let server = try Self.server.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    _ = try server.query("CREATE DATABASE \(database)")
    _ = try server.query(
      OlderKlineTable.creation(in: database, more: ", version UInt64", engine: "ReplacingMergeTree(version)"))
    let settings = ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database)
    let lake = try IngestFixture(warehouse: .clickHouse(settings))
    try lake.archive(market: .um)
    #expect(await lake.run { $0.selection = Self.all }.problems == [])
    try lake.archive(market: .spot, seed: 3)
    let report = await lake.run { $0.selection = Self.all }
    #expect(report.problems.first?.message.contains("holds the um market; spot klines") == true, "\(report.problems)")
    #expect(try server.query("SELECT sum(trades_count) FROM \(database).klines_1h FINAL") == "276")
  }
}
