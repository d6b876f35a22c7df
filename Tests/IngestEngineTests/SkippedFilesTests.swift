import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// Nothing is passed over without a word.
@Suite struct SkippedFilesTests {
  private static let directory = IngestFixture.directory(.um, "BTCUSDT", "1h")

  private func link(_ lake: IngestFixture, _ path: String, to target: String) throws {
    let url = URL(filePath: lake.path(path))
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: target)
  }

  /// One good archive with its marker, and everything a sync may bring beside it.
  private func lakeOfOddities() throws -> IngestFixture {
    let lake = try IngestFixture()
    try lake.archive()
    _ = try lake.marker()
    let stem = "ETHUSDT-1h-2024-01-01"
    let data = KlineFixtures.archive(stem, IngestFixture.lines().joined(separator: "\n"))
    for name in ["\(stem).ZIP", "\(stem) (1).zip", "\(stem).zip.1", "ETHUSDT-1h-2024-1.zip"] {
      try lake.put("\(Self.directory)/\(name)", data)
    }
    try link(lake, "\(Self.directory)/XRPUSDT-1h-2024-01-01.zip", to: "../elsewhere.zip")
    try link(lake, "data/futures/um/daily/klines/LINKUSDT", to: "/nonexistent")
    // A link to a file of another kind is none of our business, nor is what rsync is still writing.
    try link(lake, "\(Self.directory)/README", to: lake.path("_SUCCESS__2024-01-01__um__1h"))
    try lake.put("\(Self.directory)/.\(stem).zip.aB3dE6", data)
    try lake.put("\(Self.directory)/BTCUSDT-1h-2024-01-01.zip.CHECKSUM.old", Data("x".utf8))
    try lake.put("UM/daily/klines/ETHUSDT/1h/\(stem).zip", data)
    try lake.put("backup/spot/ETHUSDT/1h/\(stem).zip", data)
    // The exchange's own tree of another market is what it says, and no marker of ours vouches for it.
    try lake.put("data/spot/daily/klines/ETHUSDT/1h/\(stem).zip", data)
    try lake.put("coin-m/daily/klines/ETHUSD_PERP/1h/ETHUSD_PERP-1h-2024-01-01.zip", data)
    let foreign = [0xff, 0xfe].map { CChar(bitPattern: $0) }
    let path = (lake.path(Self.directory) + "/").utf8CString.dropLast() + foreign + "-1h-2024-01-01.zip".utf8CString
    let descriptor = Array(path).withUnsafeBufferPointer {
      $0.baseAddress.map { open($0, O_CREAT | O_WRONLY, 0o644) } ?? -1
    }
    try #require(descriptor >= 0)
    close(descriptor)
    return lake
  }

  @Test("links, other spellings, second copies, foreign bytes and other markets' directories are counted and named")
  func counted() async throws {
    let lake = try lakeOfOddities()
    let reporter = RecordingReporter()
    let report = await lake.run(reporter: reporter)
    #expect(report.outcome == .success)
    let skipped = try #require(report.totals.skipped)
    #expect(skipped.groups.map(\.reason) == [.link, .name, .encoding, .market])
    #expect(skipped.groups.map(\.count) == [2, 4, 1, 2] && skipped.count == 9)
    #expect(
      Set(skipped.groups[0].first) == [
        "\(Self.directory)/XRPUSDT-1h-2024-01-01.zip", "data/futures/um/daily/klines/LINKUSDT",
      ])
    // `UM` is the marker's own market in another spelling: that archive is read.
    #expect(try lake.query("SELECT count(DISTINCT symbol) FROM klines", as: Int.self) == 2)
    let told = reporter.logs.filter { $0.contains("passed over") }
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix("9 names were passed over unread: 2 links (") == true)
    #expect(told.first?.contains("4 not named like an archive (") == true)
    #expect(
      told.first?.hasSuffix("1 marker is recorded as ingested without them: _SUCCESS__2024-01-01__um__1h.") == true)
    // The next run says it again, and that no marker was recorded is no news.
    let second = RecordingReporter()
    _ = await lake.run(reporter: second)
    #expect(second.logs.contains { $0.hasPrefix("9 names were passed over") && !$0.contains("recorded") })
  }

  @Test("an archive with another end to its name is passed over by name, its checksum and another kind of file are not")
  func otherEnds() async throws {
    let lake = try IngestFixture()
    let path = try lake.archive()
    let stem = String(path.dropLast(4))
    let named = ["csv", "csv.gz", "zip.bak", "zip.part", "zip~", "part"].map { "\(stem).\($0)" }
    for name in named + ["\(stem).zip.CHECKSUM", "\(stem).zip.CHECKSUM.bak", "\(Self.directory)/notes.csv"] {
      try lake.put(name, Data("x".utf8))
    }
    try FileManager.default.removeItem(atPath: lake.path("\(stem).zip.CHECKSUM"))
    let reporter = RecordingReporter()
    let report = await lake.run({ $0.selection = .backfill(since: nil, until: nil) }, reporter: reporter)
    #expect(report.outcome == .success && report.totals.filesIngested == 1)
    #expect(report.totals.skipped?.groups.map(\.reason) == [.name] && report.totals.skipped?.count == named.count)
    let told = reporter.logs.filter { $0.contains("passed over") }
    #expect(told.count == 1 && told[0].hasPrefix("6 names were passed over unread: 6 not named like an archive ("))
    #expect(named.contains { told[0].contains($0) }, "\(told)")
  }

  @Test("the coverage names them too, and its counts keep them for those who only look")
  func coverage() throws {
    let lake = try lakeOfOddities()
    let table = CoverageScan.table(lake: lake.lake, profile: lake.profile)
    // An archive in a directory of another market is a series of its own there.
    #expect(table.skipped?.groups.map(\.reason) == [.link, .name, .encoding, .market])
    #expect(table.skipped?.groups.last?.first == ["coin-m/daily/klines/ETHUSD_PERP/1h/ETHUSD_PERP-1h-2024-01-01.zip"])
    let counts = CoverageCounts(table, computedAt: Date(timeIntervalSince1970: 0))
    #expect(try JSONDecoder().decode(CoverageCounts.self, from: JSONEncoder().encode(counts)) == counts)
    #expect(counts.skipped == table.skipped)
  }

  @Test("a marker of another day is not said to lack what is dated")
  func otherDay() async throws {
    let lake = try IngestFixture()
    for day in 0...1 {
      try lake.archive(day: day)
      _ = try lake.marker(day: day)
    }
    try lake.put("\(Self.directory)/ETHUSDT-1h-2024-01-02.ZIP", Data("x".utf8))
    let reporter = RecordingReporter()
    _ = await lake.run(reporter: reporter)
    #expect(
      reporter.logs == [
        "1 name was passed over unread: 1 not named like an archive "
          + "(\(Self.directory)/ETHUSDT-1h-2024-01-02.ZIP). 1 marker is recorded as ingested without them: "
          + "_SUCCESS__2024-01-02__um__1h."
      ])
    #expect(await lake.run { $0.isRehearsal = true }.totals.skipped?.count == 1)
  }

  @Test("a day's directory that is a link, or has foreign bytes in its name, is named where nothing is ingested too")
  func directories() throws {
    let lake = try IngestFixture()
    try lake.put("a_20240101/part.bin", Data("x".utf8))
    try link(lake, "a_20240102", to: lake.path("a_20240101"))
    try link(lake, "latest", to: lake.path("a_20240101"))
    let foreign = (lake.path("") + "b").utf8CString.dropLast() + [CChar(bitPattern: 0xff)] + "_20240103".utf8CString
    #expect(Array(foreign).withUnsafeBufferPointer { $0.baseAddress.map { mkdir($0, 0o755) } } == 0)
    var profile = lake.profile
    profile.ingest = nil
    let skipped = try #require(CoverageScan.table(lake: lake.lake, profile: profile).skipped)
    #expect(skipped.groups.map(\.reason) == [.link, .encoding])
    #expect(skipped.groups.map(\.first) == [["a_20240102"], ["b\u{FFFD}_20240103"]])
  }

  @Test("a lake without oddities says nothing of them")
  func nothing() async throws {
    let lake = try IngestFixture()
    try lake.archive()
    _ = try lake.marker()
    #expect(await lake.run().totals.skipped == nil)
    #expect(CoverageScan.table(lake: lake.lake, profile: lake.profile).skipped == nil)
  }

  @Test(
    "a name's date is found whatever else is wrong with it",
    arguments: [
      ("BTCUSDT-1d-2020-8.zip", "2020-08"), ("BTCUSDT-1d-2020-08 (1).zip", "2020-08"),
      ("a/2019-01-01_2019-02-01/BTCUSDT-1h-2024-01-05.ZIP", "2024-01-05"), ("X-1h-2024-1-5.zip", "2024-01-05"),
      ("X-1h-2024-01-05.zip.1", "2024-01-05"), ("data/futures/um/LINKUSDT", nil), ("X-1h-2024-13-05.zip", nil),
    ])
  func dates(name: String, period: String?) {
    #expect(KlineArchiveName.period(in: name)?.description == period)
  }
}
