import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

@Suite struct IngestJobTests {
  @Test("brings a marker's files in, records it and says so")
  func first() async throws {
    let lake = try IngestFixture()
    try lake.archive("BTCUSDT")
    try lake.archive("ETHUSDT", seed: 3)
    let marker = try lake.marker(day: 0)
    let reporter = RecordingReporter()
    let report = await lake.run(reporter: reporter)
    #expect(report.outcome == .success)
    #expect(report.problems == [])
    #expect(report.totals.filesIngested == 2)
    #expect(report.totals.rows == 48)
    #expect(report.totals.markersDone == 1)
    #expect(report.totals.markersPending == 0)
    #expect(reporter.done == ["\(marker): 2 files, 48 rows"])
    #expect(try lake.rows == 48)
    let manifest = try lake.manifest(marker)
    #expect(manifest.head.warehouse == lake.lake.warehouse.identity)
    #expect(manifest.files.map(\.rows) == [24, 24])
    #expect(manifest.files.allSatisfy { $0.sha256?.count == 64 })
    #expect(reporter.progressSeen.last?.filesDone == 2)
  }

  @Test("a second run has nothing to do")
  func again() async throws {
    let lake = try IngestFixture()
    try lake.archive()
    _ = try lake.marker(day: 0)
    _ = await lake.run()
    let report = await lake.run()
    #expect(report.outcome == .success)
    #expect(report.totals.filesIngested == 0)
    #expect(report.totals.filesUnchanged == 1)
    #expect(report.markers.map(\.state) == [.unchanged])
  }

  @Test("real files of the exchange arrive bit for bit")
  func realFiles() async throws {
    let lake = try IngestFixture()
    for file in KlineFixtures.realDays + KlineFixtures.realMonths {
      for suffix in ["", ".CHECKSUM"] {
        try lake.put(file + suffix, Data(contentsOf: URL(filePath: KlineFixtures.directory + "/" + file + suffix)))
      }
    }
    for name in ["2018-02-08__spot__1m", "2025-04-11__spot__1m", "2024-12__spot__1h", "2025-01__spot__1h"] {
      try lake.marker("_SUCCESS__" + name)
    }
    let report = await lake.run()
    #expect(report.outcome == .success)
    #expect(report.totals.markersDone == 4)
    #expect(try lake.rows == 29 + 1440 + 744 + 744)
    let backfill = await lake.run { $0.selection = .backfill(since: nil, until: nil) }
    #expect(backfill.outcome == .success)
    #expect(backfill.totals.filesIngested == 4)
    #expect(try lake.rows == 29 + 840 + 1170 + 3 * 1440 + 2 * 744)
    // The exchange's own hours agree with its minutes, candle by candle.
    let hours = try lake.query(
      """
      SELECT count(*) FROM klines h JOIN klines m ON m.market = h.market AND m.symbol = h.symbol
      WHERE h.interval = '1h' AND m.interval = '1m' AND m.open_time = h.open_time AND m.open_price = h.open_price
      """, as: Int.self)
    #expect(hours == 48)
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
  }

  @Test("a dry run lists what would be read, oldest first, and touches nothing")
  func dryRun() async throws {
    let lake = try IngestFixture()
    let second = try lake.archive(day: 1)
    let first = try lake.archive(day: 0)
    _ = try lake.marker(day: 0)
    _ = try lake.marker(day: 1)
    let reporter = RecordingReporter()
    let report = await lake.run({ $0.isRehearsal = true }, reporter: reporter)
    #expect(reporter.toRead.map(\.path) == [first, second])
    #expect(reporter.toRead.allSatisfy { $0.kind == .create && $0.bytes > 1000 })
    #expect(reporter.plan?.files == 2)
    #expect(reporter.plan?.bytes == reporter.toRead.reduce(0) { $0 + $1.bytes })
    #expect(!FileManager.default.fileExists(atPath: lake.lake.stateDirectory))
    #expect(report.totals.markersPending == 2)
  }

  @Test("markets never mix: each marker takes the files of its own")
  func markets() async throws {
    let lake = try IngestFixture()
    for (seed, market) in Market.allCases.enumerated() { try lake.archive(market: market, seed: seed) }
    let um = try lake.marker(day: 0, market: .um)
    let report = await lake.run()
    #expect(report.totals.rows == 24)
    #expect(lake.isRecorded(um))
    #expect(try lake.query("SELECT count(*) FROM klines WHERE market = 'um'") == 24)
    _ = try lake.marker(day: 0, market: .spot)
    _ = try lake.marker(day: 0, market: .cm)
    _ = await lake.run()
    #expect(try lake.rows == 72)
  }

  @Test("only the klines directory's files count, never those of other kinds or unfinished ones")
  func excluded() async throws {
    let lake = try IngestFixture()
    let relative = try lake.archive()
    let data = try Data(contentsOf: URL(filePath: lake.path(relative)))
    for directory in [
      "data/futures/um/daily/markPriceKlines/ETHUSDT/1h", "data/futures/um/daily/klines/ETHUSDT/1h/.rsync-partial",
      "data/futures/um/daily/klines/ETHUSDT/1h/.~tmp~",
    ] {
      try lake.put(directory + "/ETHUSDT-1h-2024-01-01.zip", data)
    }
    _ = try lake.marker(day: 0)
    #expect(await lake.run().totals.filesIngested == 1)
    #expect(await lake.run { $0.selection = .backfill(since: nil, until: nil) }.totals.filesIngested == 0)
  }

  @Test("an archive whose path names no market takes the one its markers agree on, and none when they do not")
  func unnamedMarket() async throws {
    let lake = try IngestFixture()
    let data = KlineFixtures.archive("BTCUSDT-1h-2024-01-01", IngestFixture.lines().joined(separator: "\n"))
    try lake.put("flat/BTCUSDT-1h-2024-01-01.zip", data)
    _ = try lake.marker(day: 0, market: .cm)
    #expect(await lake.run().outcome == .success)
    #expect(try lake.query("SELECT count(*) FROM klines WHERE market = 'cm'") == 24)
    _ = try lake.marker(day: 1, market: .um)
    try lake.put("flat/ETHUSDT-1h-2024-01-01.zip", data)
    let report = await lake.run()
    #expect(report.outcome == .partial)
    #expect(report.problems.contains { $0.code == "market-unknown" })
    #expect(try lake.rows == 24)
  }

  @Test("a marker without files stays pending and says so")
  func noFiles() async throws {
    let lake = try IngestFixture()
    let marker = try lake.marker(day: 0)
    let report = await lake.run()
    #expect(report.outcome == .partial)
    #expect(report.problems.map(\.code) == ["marker-no-files"])
    #expect(report.totals.markersPending == 1)
    #expect(!lake.isRecorded(marker))
    #expect(lake.store.entries().list.map(\.state) == [.noFiles])
    // Neither a backfill that goes well nor one of another marker makes it whole.
    _ = try lake.marker(day: 1)
    try lake.archive(day: 1)
    let second = CalendarDay(iso: "2024-01-02")
    #expect(await lake.run { $0.selection = .backfill(since: second, until: nil) }.outcome == .success)
    #expect(await lake.run { $0.selection = .marker(name: "_SUCCESS__2024-01-02__um__1h") }.outcome == .success)
    #expect(await lake.run { $0.isRehearsal = true }.outcome == .partial)
    #expect(lake.store.counts().markersWithoutFiles == [marker] && lake.store.counts().isTroubled)
    try lake.archive()
    #expect(await lake.run().outcome == .success)
    #expect(lake.isRecorded(marker))
    #expect(lake.store.counts().markersWithoutFiles == [] && !lake.store.counts().isTroubled)
    // One that is taken away is missed by nobody.
    let gone = try lake.marker(day: 2)
    #expect(await lake.run().outcome == .partial)
    try FileManager.default.removeItem(atPath: lake.path(gone))
    #expect(lake.store.counts().markersWithoutFiles == [])
  }

  @Test("a directory or a link in a marker's place vouches for nothing, and is named")
  func notFiles() async throws {
    let lake = try IngestFixture()
    try lake.archive()
    let marker = try lake.marker(day: 0)
    let path = "\(lake.profile.localPath)/\(marker)"
    for make in [{ mkdir(path, 0o755) }, { symlink("/etc/hostname", path) }] {
      #expect(remove(path) == 0 && make() == 0)
      let report = await lake.run()
      #expect(report.totals.filesIngested == 0 && !lake.isRecorded(marker))
      #expect(lake.store.entries().list.map(\.state) == [.invalid])
    }
  }

  @Test("an impossible marker is reported by name and left alone")
  func invalidMarkers() async throws {
    let lake = try IngestFixture()
    try lake.archive()
    _ = try lake.marker(day: 0)
    try lake.marker("_SUCCESS__2026-02-31__um__1h")
    try lake.marker("_SUCCESS__2026-02-14__UM__1h")
    let report = await lake.run()
    #expect(report.outcome == .success)
    #expect(report.problems.map(\.code) == ["marker-invalid"])
    #expect(report.problems.first?.paths.count == 2)
    #expect(lake.store.entries().list.map(\.state) == [.ingested, .invalid, .invalid])
    // Told once; a new one is news again, and no control character reaches a terminal.
    #expect(await lake.run().problems == [])
    try lake.marker("_SUCCESS__2026-02-14__um__1h\u{1b}[31m")
    let third = await lake.run()
    #expect(third.problems.map(\.paths) == [["_SUCCESS__2026-02-14__um__1h\u{1b}[31m"]])
    #expect(third.problems.first?.message.contains("um__1h\\x1b[31m.") == true)
    #expect(third.problems.first?.message.contains("\u{1b}") == false)
  }

  @Test("monthly after daily does not double, whichever comes first")
  func monthlyAndDaily() async throws {
    let lake = try IngestFixture()
    try lake.archive(day: 0)
    try lake.archive(day: 1)
    let stem = "BTCUSDT-1h-2024-01"
    let month = (0..<31).flatMap { IngestFixture.lines($0) }.joined(separator: "\n")
    try lake.put(
      IngestFixture.directory(.um, "BTCUSDT", "1h", "monthly") + "/\(stem).zip", KlineFixtures.archive(stem, month))
    _ = try lake.marker(day: 0)
    _ = try lake.marker(day: 1)
    try lake.marker("_SUCCESS__2024-01__um__1h")
    let report = await lake.run()
    #expect(report.outcome == .success)
    #expect(report.totals.markersDone == 3)
    #expect(try lake.rows == 31 * 24)
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
  }

  @Test("force sends every file again and leaves the same content")
  func force() async throws {
    let lake = try IngestFixture()
    try lake.archive(day: 0)
    try lake.archive(day: 1)
    _ = try lake.marker(day: 0)
    _ = try lake.marker(day: 1)
    _ = await lake.run()
    let before = try lake.content()
    let report = await lake.run { $0.isForced = true }
    #expect(report.totals.filesIngested == 2)
    #expect(report.totals.markersDone == 2)
    #expect(try lake.content() == before)
  }

  @Test("backfill reads what its span holds, without markers")
  func backfill() async throws {
    let lake = try IngestFixture()
    for day in 0..<5 { try lake.archive(day: day) }
    let report = await lake.run {
      $0.selection = .backfill(since: CalendarDay(iso: "2024-01-02"), until: CalendarDay(iso: "2024-01-03"))
    }
    #expect(report.outcome == .success)
    #expect(report.totals.filesIngested == 2)
    #expect(try lake.rows == 48)
  }

  @Test("one marker can be named, and a name that is not there is an error")
  func oneMarker() async throws {
    let lake = try IngestFixture()
    try lake.archive(day: 0)
    try lake.archive(day: 1)
    let first = try lake.marker(day: 0)
    let second = try lake.marker(day: 1)
    #expect(await lake.run { $0.selection = .marker(name: second) }.totals.filesIngested == 1)
    #expect(!lake.isRecorded(first))
    let report = await lake.run { $0.selection = .marker(name: "_SUCCESS__2030-01-01__um__1h") }
    #expect(report.outcome == .failed)
    #expect(report.problems.map(\.code) == ["marker-unknown"])
  }

  @Test("asked to stop, it stops between files and says interrupted; the next run goes on")
  func stop() async throws {
    let lake = try IngestFixture()
    for day in 0..<4 {
      try lake.archive(day: day)
      _ = try lake.marker(day: day)
    }
    let report = await lake.run(reporter: RecordingReporter(stopAt: 3))
    #expect(report.outcome == .interrupted)
    #expect(await lake.run().outcome == .success)
    #expect(try lake.rows == 96)
    #expect(lake.store.counts().ingested == 4)
  }

  @Test("with another warehouse all markers are pending again")
  func otherWarehouse() async throws {
    let lake = try IngestFixture()
    try lake.archive()
    _ = try lake.marker(day: 0)
    _ = await lake.run()
    #expect(lake.store.counts().pending == 0)
    var other = lake.lake
    other.warehouse = .sqlite(path: lake.root + "/other.sqlite")
    #expect(MarkerStore(lake: other, profile: lake.profile).counts().pending == 1)
  }

  @Test("a warehouse that was removed is filled again")
  func removedWarehouse() async throws {
    let lake = try IngestFixture()
    try lake.archive()
    let marker = try lake.marker(day: 0)
    _ = await lake.run()
    guard case .sqlite(let path) = lake.lake.warehouse else { return }
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    #expect(lake.store.counts().pending == 1)
    let report = await lake.run()
    #expect(report.outcome == .success)
    #expect(try lake.rows == 24)
    #expect(lake.isRecorded(marker))
  }

  @Test("holes are filled only when the profile asks for it")
  func fillGaps() async throws {
    let lake = try IngestFixture(fillGaps: true)
    var lines = IngestFixture.lines()
    lines.removeSubrange(5..<8)
    try lake.archive(lines: lines)
    _ = try lake.marker(day: 0)
    let report = await lake.run()
    #expect(report.totals.missingCandles == 3)
    #expect(try lake.rows == 24)
    #expect(try lake.query("SELECT count(*) FROM klines WHERE volume = 0 AND trades_count = 0") == 3)
  }
}
