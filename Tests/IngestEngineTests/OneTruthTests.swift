import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// What the warehouse holds follows from the files, not from what the ledger happens to remember.
@Suite(.serialized) struct OneTruthTests {
  private static let server = Result { try ClickHouseServer() }

  /// A lake in SQLite and one on a real server, with a way to ask each for a number.
  private static func lakes() throws -> [AskedLake] { try IngestFixture.onBoth(server.get()) }

  private static func forgetLedger(_ lake: IngestFixture) throws {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: lake.lake.stateDirectory + "/ledger.sqlite" + suffix)
    }
  }

  @Test("a file the ledger does not know replaces its whole period, beside others only what nobody vouches for")
  func unknownFile() async throws {
    for (lake, ask) in try Self.lakes() {
      try lake.archive(seed: 1)
      try lake.archive(day: 1)
      for day in 0...1 { _ = try lake.marker(day: day) }
      #expect(await lake.run().outcome == .success)
      try Self.forgetLedger(lake)
      try lake.archive(lines: Array(IngestFixture.lines(seed: 2).prefix(10)))
      let report = await lake.run()
      #expect(report.outcome == .success && report.totals.filesIngested == 2)
      #expect(try ask("count(*)") == 10 + 24)
      #expect(try ask("sum(trades_count)") == (2..<12).reduce(0, +) + (0..<24).reduce(0, +))
      #expect(await lake.run { $0.selection = .verification }.outcome == .success)

      // The month vouches for what the day lacks.
      try Self.forgetLedger(lake)
      try lake.monthlyArchive(lines: (0...1).flatMap { IngestFixture.lines($0, seed: 5) })
      #expect(await lake.run { $0.selection = .backfill(since: nil, until: nil) }.outcome == .success)
      #expect(try ask("count(*)") == 48)
      try lake.archive(lines: Array(IngestFixture.lines(seed: 2).prefix(4)))
      #expect(await lake.run { $0.selection = .backfill(since: nil, until: nil) }.outcome == .success)
      #expect(try ask("count(*)") == 48)
      #expect(
        try ask("sum(trades_count)") == (2..<6).reduce(0, +) + (9..<29).reduce(0, +) + (0..<24).reduce(0, +))
      #expect(await lake.run { $0.selection = .verification }.outcome == .success)
    }
  }

  @Test("a month and its days end in the same table whichever came first, and what they disagree about is told")
  func monthAndDays() async throws {
    let days = (0...1).map { IngestFixture.lines($0, seed: 2) }
    let month = (0...2).flatMap { IngestFixture.lines($0, seed: 1) }
    for monthFirst in [true, false] {
      for (lake, ask) in try Self.lakes() {
        let put = { (isMonth: Bool) in
          if isMonth { try lake.monthlyArchive(lines: month) }
          for (day, lines) in days.enumerated() where !isMonth { try lake.archive(day: day, lines: lines) }
        }
        var told: [String] = []
        for isMonth in [monthFirst, !monthFirst] {
          try put(isMonth)
          let reporter = RecordingReporter()
          let report = await lake.run({ $0.selection = .backfill(since: nil, until: nil) }, reporter: reporter)
          #expect(report.outcome == .success)
          told += reporter.logs.filter { $0.contains("other values") }
          if isMonth != monthFirst { #expect(report.totals.disagreements == 48) }
        }
        #expect(told.count == 1)
        #expect(told.first?.contains("48 candles have other values in another file") == true, "\(told)")
        #expect(told.first?.contains("first 2024-01-01T00:00:00Z") == true, "\(told)")
        #expect(try ask("count(*)") == 72)
        let expected = (2..<26).reduce(0, +) * 2 + (1..<25).reduce(0, +)
        #expect(try ask("sum(trades_count)") == expected)
        #expect(
          await lake.run {
            $0.isForced = true; $0.selection = .backfill(since: nil, until: nil)
          }.outcome == .success)
        #expect(try ask("sum(trades_count)") == expected)
        #expect(await lake.run { $0.selection = .verification }.outcome == .success)
      }
    }
  }

  @Test("two files of one name with other content are named and exit in part, until one is gone; equal ones are fine")
  func copies() async throws {
    for (lake, ask) in try Self.lakes() {
      let path = try lake.archive(seed: 1)
      let copy = "old/" + path
      try lake.put(copy, Data(contentsOf: URL(filePath: lake.path(path))))
      let ingest = { await lake.run { $0.selection = .backfill(since: nil, until: nil) } }
      #expect(await ingest().problems == [])
      let older = IngestFixture.lines(seed: 9).joined(separator: "\n") + "\n"
      try lake.put(copy, KlineFixtures.archive("BTCUSDT-1h-2024-01-01", older))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_600_000_000)], ofItemAtPath: lake.path(copy))
      for _ in 1...2 {
        let report = await ingest()
        #expect(report.outcome == .partial)
        #expect(report.problems.map(\.code) == ["copies-differ"])
        #expect(report.problems.first?.message.contains("\(path) counts, not \(copy) (") == true, "\(report.problems)")
        #expect(try ask("sum(trades_count)") == (1..<25).reduce(0, +))
      }
      // Touched, the copy is the one published later.
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_900_000_000)], ofItemAtPath: lake.path(copy))
      #expect(await ingest().outcome == .partial)
      #expect(try ask("sum(trades_count)") == (9..<33).reduce(0, +))
      // Removed as the advice says, the other one counts: whole, and nothing of the one that is gone.
      try FileManager.default.removeItem(atPath: lake.path(copy))
      #expect(await ingest().outcome == .success)
      #expect(try ask("sum(trades_count)") == (1..<25).reduce(0, +))
      #expect(await lake.run { $0.selection = .verification }.problems == [])
      #expect(await ingest().totals.filesIngested == 0)
    }
  }

  @Test("of two copies without a marker the later one counts after any plain ingest, as in a lake ingested at once")
  func copiesWithoutMarker() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      let path = IngestFixture.directory(.um, "BTCUSDT", "1h") + "/BTCUSDT-1h-2024-01-01.zip"
      var files: [String: Data] = [:]
      // Published later each time, now here and now there, with more rows and with fewer.
      for (number, directory) in ["", "old/", "old/", ""].enumerated() {
        let lines = IngestFixture.lines(seed: number + 1).prefix(number % 2 == 0 ? 24 : 20)
        let data = KlineFixtures.archive(
          "BTCUSDT-1h-2024-01-01", lines.joined(separator: "\n"), publishedOn: number + 1)
        files[directory + path] = data
        try lake.put(directory + path, data)
        let report = await lake.run { if number < 2 { $0.selection = .backfill(since: nil, until: nil) } }
        #expect(report.totals.filesIngested == 1)
        #expect(report.problems.map(\.code) == (number == 0 ? [] : ["copies-differ"]))
        // Four hours of an older copy are no word of the later one's.
        let fresh = try IngestFixture()
        for (path, data) in files.sorted(by: { $0.key > $1.key }) { try fresh.put(path, data) }
        _ = await fresh.run { $0.selection = .backfill(since: nil, until: nil) }
        let trades: Int? = try fresh.query("SELECT sum(trades_count) FROM klines")
        #expect(try ask("sum(trades_count)") == trades && ask("count(*)") == fresh.rows, "step \(number)")
        #expect(await lake.run { $0.selection = .verification }.problems == [])
      }
    }
  }

  @Test("two lakes that send to one database are each told of the other, once")
  func twoLakes() async throws {
    let server = try Self.server.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    let settings = ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database)
    let lakes = try (0..<2).map { _ in try IngestFixture(warehouse: .clickHouse(settings)) }
    var told: [[String]] = [[], []]
    for _ in 1...2 {
      for (number, lake) in lakes.enumerated() {
        try lake.archive(seed: number)
        let reporter = RecordingReporter()
        _ = await lake.run({ $0.selection = .backfill(since: nil, until: nil) }, reporter: reporter)
        told[number] += reporter.logs.filter { $0.contains("also takes the rows of 1 other lake") }
      }
    }
    #expect(told.map(\.count) == [1, 1])
    #expect(
      told[0].first?.contains(":\(lakes[1].root)") == true && told[1].first?.contains(":\(lakes[0].root)") == true)
  }

  @Test("rows that are gone behind our back are named by the next ingest, exit in part")
  func goneRows() async throws {
    let server = try Self.server.get()
    for (lake, ask) in try Self.lakes() {
      for day in 0...1 {
        try lake.archive(day: day)
        _ = try lake.marker(day: day)
      }
      #expect(await lake.run().outcome == .success)
      var truncate: () throws -> Void = { try lake.change("DELETE FROM klines") }
      if case .clickHouse(let settings) = lake.lake.warehouse {
        truncate = { _ = try server.query("TRUNCATE TABLE \(settings.database).klines_1h") }
      }
      try truncate()
      let report = await lake.run()
      #expect(report.outcome == .partial)
      #expect(report.problems.map(\.code) == ["verification-open"])
      #expect(report.problems.first?.paths.count == 2)
      #expect(await lake.run { $0.isForced = true }.outcome == .success)
      #expect(try ask("count(*)") == 48)
    }
  }

  @Test("a greater version that is there is exceeded; one that cannot be is refused")
  func greaterVersion() async throws {
    for (lake, ask) in try Self.lakes() {
      try lake.archive(seed: 1)
      _ = try lake.marker(day: 0)
      #expect(await lake.run().outcome == .success)
      // Another host whose clock is far ahead sends the same candles.
      let other = try IngestFixture(warehouse: lake.lake.warehouse)
      try other.archive(seed: 3)
      _ = try other.marker(day: 0)
      var job = IngestJob(
        lake: other.lake, profile: other.profile, task: IngestTask(), reporter: RecordingReporter(),
        now: { Date(timeIntervalSince1970: 4_000_000_000) })
      job.wholeLimit = KlineFileReader.usualLimit
      #expect(await job.run().outcome == .success)
      #expect(try ask("sum(trades_count)") == (3..<27).reduce(0, +))
      #expect(await lake.run { $0.isForced = true }.outcome == .success)
      #expect(try ask("sum(trades_count)") == (1..<25).reduce(0, +))
      #expect(await lake.run { $0.selection = .verification }.outcome == .success)
    }
  }
}
