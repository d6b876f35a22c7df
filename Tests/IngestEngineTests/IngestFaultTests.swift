import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing
import Warehouse

@testable import IngestEngine

/// Nothing wrong gets in silently, and nothing wrong keeps the rest out.
@Suite struct IngestFaultTests {
  private static let stem = "ETHUSDT-1h-2024-01-01"
  private static let bad = IngestFixture.directory(.um, "ETHUSDT", "1h") + "/\(stem).zip"
  private static let text = IngestFixture.lines().joined(separator: "\n") + "\n"

  private static func member(_ change: (inout KlineFixtures.Member) -> Void) -> Data {
    var member = KlineFixtures.Member(stem + ".csv", text)
    change(&member)
    return KlineFixtures.zip([member])
  }

  static let badFiles: [(String, Data)] = [
    ("ZIP", Data("<html>404</html>".utf8)), ("cut off", KlineFixtures.archive(stem, text).dropLast(60)),
    ("CRC", member { $0.crc = 1 }), ("encrypted", member { $0.flags = 1 }),
    ("no member", member { $0.name = "OTHER-1h-2024-01-01.csv" }), ("no rows", KlineFixtures.archive(stem, "")),
    ("bytes out of", member { $0.declaredSize = 900_000_000 }),
    ("header line in the middle", KlineFixtures.archive(stem, text + KlineFixtures.header + "\n")),
    ("11 columns", KlineFixtures.archive(stem, text.replacing(",1.25,0", with: ",1.25"))),
    ("text where a number", KlineFixtures.archive(stem, text.replacing("107.10", with: "1O7.10"))),
  ]

  @Test("a bad file is put aside with its reason, the others go on, the marker stays pending", arguments: badFiles)
  func quarantine(reason: String, data: Data) async throws {
    let lake = try IngestFixture()
    try lake.archive()
    try lake.put(Self.bad, data)
    let marker = try lake.marker(day: 0)
    let other = try lake.marker(day: 1)
    try lake.archive(day: 1)
    let report = await lake.run()
    #expect(report.outcome == .partial)
    #expect(report.totals.filesQuarantined == 1)
    #expect(report.totals.filesIngested == 2)
    #expect(report.problems.map(\.code) == ["file-quarantined"])
    #expect(try lake.rows == 48)
    #expect(!lake.isRecorded(marker))
    #expect(lake.isRecorded(other))
    let entry = try #require(lake.store.entries().list.first)
    #expect(entry.state == .quarantined)
    #expect(entry.quarantined.first?.path == Self.bad)
    #expect(entry.quarantined.first?.reason.contains(reason) == true)
    #expect(lake.store.counts().quarantinedFiles == 1)

    // Unchanged it is not read again, but not forgotten either.
    let second = await lake.run()
    #expect(second.outcome == .partial)
    #expect(second.problems.map(\.code) == ["files-quarantined"])

    // Replaced, it is tried again by itself.
    try lake.put(Self.bad, KlineFixtures.archive(Self.stem, Self.text))
    #expect(await lake.run().outcome == .success)
    #expect(try lake.rows == 72)
    #expect(lake.isRecorded(marker))
    #expect(lake.store.counts().quarantinedFiles == 0)
  }

  @Test("a file that was fetched again is tried again though rsync gave it the size and time it had")
  func fetchedAnew() async throws {
    let lake = try IngestFixture()
    let good = KlineFixtures.archive(Self.stem, Self.text)
    var rotten = good
    rotten[rotten.count / 2] ^= 0x10
    let moment = Date(timeIntervalSince1970: 1_700_000_000)
    let setBack = {
      try FileManager.default.setAttributes([.modificationDate: moment], ofItemAtPath: lake.path(Self.bad))
    }
    try lake.put(Self.bad, rotten)
    try setBack()
    _ = try lake.marker(day: 0)
    #expect(await lake.run().problems.map(\.code) == ["file-quarantined"])
    #expect(await lake.run().outcome == .partial)
    try FileManager.default.removeItem(atPath: lake.path(Self.bad))
    try lake.put(Self.bad, good)
    try setBack()
    #expect(await lake.run().outcome == .success)
    #expect(lake.store.counts().quarantinedFiles == 0)
  }

  @Test("a large file whose CRC turns out wrong at its end is put aside without a row; mended, it is sent in parts")
  func largeBadCRC() async throws {
    let lake = try IngestFixture()
    let lines = (0..<31).flatMap { IngestFixture.lines($0) }
    var member = KlineFixtures.Member("BTCUSDT-1h-2024-01.csv", lines.joined(separator: "\n") + "\n")
    let path = IngestFixture.directory(.um, "BTCUSDT", "1h", "monthly") + "/BTCUSDT-1h-2024-01.zip"
    let good = KlineFixtures.zip([member])
    member.crc = 7
    try lake.put(path, KlineFixtures.zip([member]))
    try lake.archive("ETHUSDT")
    let report = await lake.run({ $0.selection = .backfill(since: nil, until: nil) }, wholeLimit: 500)
    #expect(report.outcome == .partial)
    #expect(report.problems.map(\.code) == ["file-quarantined"])
    #expect(report.problems.first?.message.contains("CRC") == true)
    #expect(try lake.query("SELECT count(*) FROM klines WHERE symbol = 'BTCUSDT'") == 0)
    #expect(try lake.rows == 24)
    try lake.put(path, good)
    let second = await lake.run({ $0.selection = .backfill(since: nil, until: nil) }, wholeLimit: 500)
    #expect(second.outcome == .success)
    #expect(second.totals.filesIngested == 1 && second.totals.rows == 744)
    #expect(try lake.rows == 24 + 744)
    #expect(try lake.query("SELECT count(DISTINCT version) FROM klines") == 2)
    #expect(
      await lake.run({ $0.selection = .backfill(since: nil, until: nil) }, wholeLimit: 500).totals.filesUnchanged == 2)
  }

  @Test("a wrong .CHECKSUM puts the file aside until file or checksum changes")
  func checksum() async throws {
    let lake = try IngestFixture()
    try lake.put(Self.bad, KlineFixtures.archive(Self.stem, Self.text))
    try lake.put(Self.bad + ".CHECKSUM", Data((String(repeating: "0", count: 64) + "  x").utf8))
    _ = try lake.marker(day: 0)
    let report = await lake.run()
    #expect(report.outcome == .partial)
    #expect(report.problems.first?.message.contains("SHA-256") == true)
    #expect(try lake.rows == 0)
    let zip = try Data(contentsOf: URL(filePath: lake.path(Self.bad)))
    let digest = Array(zip).withUnsafeBytes { SHA256Digest(of: $0) }
    try lake.put(Self.bad + ".CHECKSUM", Data("\(digest.hex)  \(Self.stem).zip".utf8))
    #expect(await lake.run().outcome == .success)
    #expect(try lake.rows == 24)
  }

  @Test("impossible rows are refused, counted and said once; the others go in and the marker closes")
  func refusedRows() async throws {
    let lake = try IngestFixture()
    var lines = IngestFixture.lines()
    lines[3] = lines[3].replacing("\(IngestFixture.day + 3 * IngestFixture.hour),", with: "1,")
    lines[4] = lines[4].replacing(".125,", with: ".125e999,")
    lines[5] = lines[5].replacing(",0.1,", with: ",NaN,")
    try lake.archive(lines: lines)
    let marker = try lake.marker(day: 0)
    let report = await lake.run()
    #expect(report.outcome == .partial)
    #expect(report.totals.rowsRefused == 3)
    #expect(report.problems.map(\.code) == ["rows-refused"])
    #expect(try lake.rows == 21)
    #expect(lake.isRecorded(marker))
    #expect(try lake.manifest(marker).files.first?.refused == 3)
    #expect(await lake.run().outcome == .success)
  }

  @Test("refused rows are known until the file changes, goes, or is accepted with a reason")
  func standingRefusals() async throws {
    let lake = try IngestFixture()
    var lines = IngestFixture.lines()
    lines[4] = lines[4].replacing(".125,", with: ".125e999,")
    let path = try lake.archive(lines: lines)
    let other = try lake.archive("ETHUSDT", lines: lines)
    _ = try lake.marker(day: 0)
    #expect(await lake.run().outcome == .partial)
    for _ in 0..<2 {
      #expect(await lake.run().outcome == .success)
      let told = "2 rows were refused of 2 files in the warehouse: \(path), \(other)"
      #expect(lake.store.counts().troubles.map(\.text) == [told])
    }
    try FileManager.default.removeItem(atPath: lake.path(other))
    #expect(lake.store.counts().namesWithRefusedRows == [path])
    let accepted = await lake.run { $0.acceptance = FileAcceptance(files: [path], reason: "so at the exchange") }
    #expect(accepted.outcome == .success, "\(accepted.problems)")
    #expect(try lake.store.counts().troubles.isEmpty && lake.store.acceptedFiles().same.map(\.path) == [path])
    // Read again with the same bytes it is still accepted; with others it is told once more.
    try lake.put(path, Data(contentsOf: URL(filePath: lake.path(path))))
    #expect(await lake.run().outcome == .success)
    #expect(await lake.run { $0.isForced = true }.outcome == .success)
    #expect(lake.store.counts().troubles.isEmpty)
    lines[7] = lines[7].replacing(".125,", with: ".125e999,")
    try lake.archive(lines: lines)
    #expect(await lake.run().problems.map(\.code) == ["rows-refused"])
    #expect(lake.store.counts().refusedRows == 2 && lake.store.counts().isTroubled)
    try lake.archive()
    #expect(await lake.run().outcome == .success)
    #expect(!lake.store.counts().isTroubled)
  }

  @Test("files that are put aside are counted and the first are named")
  func namedAside() async throws {
    let lake = try IngestFixture()
    let symbols = ["A", "B", "C", "D", "E", "F", "G"].map { "\($0)USDT" }
    let paths = try symbols.map { try lake.archive($0) }
    for path in paths { try lake.put(path, Data("no archive".utf8)) }
    _ = try lake.marker(day: 0)
    #expect(await lake.run().outcome == .partial)
    let counts = lake.store.counts()
    #expect(counts.quarantinedFiles == 7 && counts.quarantinedNames == Array(paths.prefix(5)))
    #expect(counts.troubles.first?.text.hasSuffix("\(paths[4]) and 2 more") == true)
  }

  @Test("duplicates and disorder are counted and harm nothing")
  func duplicates() async throws {
    let lake = try IngestFixture()
    var lines = IngestFixture.lines()
    lines.swapAt(2, 7)
    lines.append(lines[0].replacing(",0.1,", with: ",0.11,"))
    try lake.archive(lines: lines)
    _ = try lake.marker(day: 0)
    let report = await lake.run()
    #expect(report.outcome == .success)
    #expect(report.totals.duplicates == 1)
    #expect(report.totals.outOfOrder > 0)
    #expect(try lake.rows == 24)
    #expect(try lake.query("SELECT count(*) FROM klines WHERE taker_buy_volume = 0.11") == 0)
  }

  @Test("a republished file replaces its rows, also with fewer of them, and for a closed marker")
  func republished() async throws {
    let lake = try IngestFixture()
    try lake.archive(seed: 1)
    try lake.archive("ETHUSDT")
    let marker = try lake.marker(day: 0)
    _ = await lake.run()
    try lake.archive(lines: Array(IngestFixture.lines(seed: 9).prefix(20).dropFirst(2)))
    let report = await lake.run()
    #expect(report.outcome == .success)
    #expect(report.totals.filesIngested == 1)
    #expect(report.totals.markersDone == 1)
    #expect(try lake.rows == 18 + 24)
    #expect(try lake.manifest(marker).head.rows == 42)
    let clean = try IngestFixture()
    try clean.archive(lines: Array(IngestFixture.lines(seed: 9).prefix(20).dropFirst(2)))
    try clean.archive("ETHUSDT")
    _ = try clean.marker(day: 0)
    _ = await clean.run()
    #expect(try lake.content() == clean.content())
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
  }

  @Test("a daily file published again with fewer rows keeps what the monthly file vouches for")
  func overlapping() async throws {
    let lake = try IngestFixture()
    let stem = "BTCUSDT-1h-2024-01"
    let month = (0..<31).flatMap { IngestFixture.lines($0) }.joined(separator: "\n")
    try lake.put(
      IngestFixture.directory(.um, "BTCUSDT", "1h", "monthly") + "/\(stem).zip", KlineFixtures.archive(stem, month))
    for day in [4, 5] { try lake.archive(day: day) }
    _ = await lake.run { $0.selection = .backfill(since: nil, until: nil) }
    #expect(try lake.rows == 31 * 24)
    // Both days come again, corrected and shorter: their rows win, the month's stay elsewhere.
    for day in [4, 5] { try lake.archive(day: day, lines: Array(IngestFixture.lines(day, seed: 7).prefix(10))) }
    let report = await lake.run { $0.selection = .backfill(since: nil, until: nil) }
    #expect(report.outcome == .success)
    #expect(try lake.rows == 31 * 24)
    let corrected =
      try lake.query("SELECT count(*) FROM klines WHERE trades_count - (open_time / 3600000) % 24 = 7")
      as Int?
    #expect(corrected == 20)
  }

  @Test("a closed marker opens again when one of its files goes bad, and its old rows stay")
  func wentBad() async throws {
    let lake = try IngestFixture()
    let relative = try lake.archive()
    let marker = try lake.marker(day: 0)
    _ = await lake.run()
    let good = try Data(contentsOf: URL(filePath: lake.path(relative)))
    try lake.put(relative, good.dropLast(30))
    #expect(await lake.run().outcome == .partial)
    #expect(!lake.isRecorded(marker))
    #expect(lake.store.counts().pending == 1)
    #expect(try lake.rows == 24)
    try lake.put(relative, good)
    #expect(await lake.run().outcome == .success)
    #expect(lake.isRecorded(marker))
  }

  @Test("a file whose time alone changed is not sent again")
  func touched() async throws {
    let lake = try IngestFixture()
    let relative = try lake.archive()
    _ = try lake.marker(day: 0)
    _ = await lake.run()
    try lake.put(relative, Data(contentsOf: URL(filePath: lake.path(relative))))
    let report = await lake.run()
    #expect(report.totals.filesIngested == 0)
    #expect(report.totals.filesUnchanged == 1)
    #expect(await lake.run().totals.filesUnchanged == 1)
  }

  @Test("empty records of an earlier tool are trusted until a file changes")
  func adoption() async throws {
    let lake = try IngestFixture()
    let first = try lake.archive()
    try lake.archive("ETHUSDT")
    let marker = try lake.marker(day: 0)
    try lake.put("_ingested/" + marker, Data())
    #expect(lake.store.counts().pending == 0)
    let report = await lake.run()
    #expect(report.outcome == .success)
    #expect(report.totals.filesIngested == 0)
    #expect(report.totals.filesUnchanged == 2)
    try lake.archive(seed: 5)
    #expect(await lake.run().totals.filesIngested == 1)
    #expect(try lake.rows == 24)
    #expect(first.hasSuffix("BTCUSDT-1h-2024-01-01.zip"))
    var other = lake.lake
    other.warehouse = .sqlite(path: lake.root + "/other.sqlite")
    #expect(MarkerStore(lake: other, profile: lake.profile).counts().pending == 1)
    #expect(await lake.run { $0.isForced = true }.totals.filesIngested == 2)
    #expect(try lake.rows == 48)
  }

  @Test("verify finds a row that was changed or removed behind our back")
  func verify() async throws {
    let lake = try IngestFixture()
    try lake.archive()
    try lake.archive("ETHUSDT")
    _ = try lake.marker(day: 0)
    _ = await lake.run()
    let warehouse = SQLiteWarehouse(path: lake.root + "/.sluice/warehouse.sqlite")
    _ = try warehouse.connect()
    let columns = KlineColumns()
    let series = KlineSeries(market: .um, interval: .h1)
    let time = IngestFixture.day + IngestFixture.hour
    try warehouse.send(
      KlineBatch(
        columns: columns,
        segments: [KlineSegment(series: series, symbol: "ETHUSDT", rows: 0..<0, version: 1, replaces: time...time)]))
    let report = await lake.run { $0.selection = .verification }
    #expect(report.outcome == .partial)
    #expect(report.problems.first?.code == "verification-failed")
    #expect(
      report.problems.first?.paths == [IngestFixture.directory(.um, "ETHUSDT", "1h") + "/ETHUSDT-1h-2024-01-01.zip"])
  }

  @Test("a warehouse that cannot be used fails the ingest with a sentence, and nothing is recorded")
  func unusable() async throws {
    let lake = try IngestFixture(warehouse: .sqlite(path: "/proc/nowhere/warehouse.sqlite"))
    try lake.archive()
    let marker = try lake.marker(day: 0)
    let report = await lake.run()
    #expect(report.outcome == .failed)
    #expect(report.problems.first?.message.contains("/proc/nowhere") == true)
    #expect(report.problems.first?.advice?.isEmpty == false)
    #expect(!lake.isRecorded(marker))
  }

  @Test("a table that cannot take klines is told once, however many markets it keeps out")
  func wrongTableOnce() async throws {
    let lake = try IngestFixture()
    for market in Market.allCases {
      try lake.archive(market: market)
      _ = try lake.marker(market: market)
    }
    let fault = WarehouseFault.wrongTable(table: "klines_1h", problem: .missingColumn("volume"))
    let path = lake.root + "/.sluice/warehouse.sqlite"
    let report = await lake.run(
      warehouse: { _ in
        StumblingWarehouse(SQLiteWarehouse(path: path), StumblingWarehouse.StepCounter(0), refusing: fault)
      })
    #expect(report.outcome == .failed)
    #expect(report.problems.map(\.code) == [fault.code])
    #expect(report.totals.filesIngested == 0 && lake.store.counts().pending == 3)
  }
}
