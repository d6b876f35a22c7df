import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// One of several files of a name and period is removed: the table is then as if it had never been there.
@Suite(.serialized) struct CopyRemovalTests {
  private static let server = Result { try ClickHouseServer() }

  /// A file to write: the first of the rows of a day, whose trades count up from `seed`.
  struct File: Sendable {
    /// The directory it lies in, beside the exchange's own.
    var place: String
    var rows: Int
    var seed: Int

    init(_ place: String, _ rows: Int, _ seed: Int) { (self.place, self.rows, self.seed) = (place, rows, seed) }
  }

  struct Removal: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// In the order of their publication.
    var before: [File]
    var removed: String
    var after: [File] = []
    var hasMonth = false
    /// What is still wrong then.
    var problems: [String] = []
    /// Trades of the rows that are there in the end.
    var trades: [Int]
  }

  private static let removals = [
    Removal(
      testDescription: "the later of two", before: [File("", 24, 1), File("old", 24, 9)], removed: "old",
      trades: Array(1..<25)),
    Removal(
      testDescription: "the earlier and longer of two", before: [File("old", 24, 9), File("", 14, 1)], removed: "old",
      trades: Array(1..<15)),
    Removal(
      testDescription: "the last of three", before: [File("", 24, 1), File("b", 20, 5), File("c", 24, 9)], removed: "c",
      problems: ["copies-differ"], trades: Array(5..<25) + Array(21..<25)),
    Removal(
      testDescription: "an equal one, and the other is published again with fewer rows",
      before: [File("", 24, 1), File("old", 24, 1)], removed: "old", after: [File("", 10, 2)], trades: Array(2..<12)),
    Removal(
      testDescription: "the only one, while another comes", before: [File("old", 24, 9)], removed: "old",
      after: [File("", 14, 1)], trades: Array(1..<15)),
    Removal(
      testDescription: "the longer of two beside their month", before: [File("old", 24, 9), File("", 14, 1)],
      removed: "old", hasMonth: true, trades: Array(1..<15) + Array(19..<29)),
  ]

  @discardableResult
  private func put(_ file: File, _ lake: IngestFixture) throws -> String {
    let directory = IngestFixture.directory(.um, "BTCUSDT", "1h")
    let text = IngestFixture.lines(count: file.rows, seed: file.seed).joined(separator: "\n") + "\n"
    return try lake.put(
      (file.place.isEmpty ? "" : file.place + "/") + directory + "/BTCUSDT-1h-2024-01-01.zip",
      KlineFixtures.archive("BTCUSDT-1h-2024-01-01", text))
  }

  private func backfill(_ lake: IngestFixture) async -> IngestReport {
    await lake.run { $0.selection = .backfill(since: nil, until: nil) }
  }

  @Test("leaves the table as if it had never been there", arguments: removals)
  func removal(_ removal: Removal) async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      if removal.hasMonth { try lake.monthlyArchive(lines: IngestFixture.lines(seed: 5)) }
      for file in removal.before { try put(file, lake) }
      _ = await backfill(lake)
      try FileManager.default.removeItem(atPath: lake.path(removal.removed))
      for file in removal.after { try put(file, lake) }
      // The advice says `sluice ingest`: no marker and no backfill is needed where nothing new has come.
      let report = removal.after.isEmpty ? await lake.run() : await backfill(lake)
      #expect(report.problems.map(\.code) == removal.problems)
      #expect(try ask("count(*)") == removal.trades.count)
      #expect(try ask("sum(trades_count)") == removal.trades.reduce(0, +))
      #expect(await lake.run { $0.selection = .verification }.problems == [])
      #expect(await backfill(lake).totals.filesIngested == 0)
    }
  }

  @Test("is told by a verification until the next ingest, and a dry run lists the one that is left")
  func verification() async throws {
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      let kept = try put(File("", 24, 1), lake)
      let copy = try put(File("old", 24, 9), lake)
      let first = await backfill(lake)
      #expect(first.problems.first?.advice?.contains("wrong or old, then run `sluice ingest klines`") == true)
      try FileManager.default.removeItem(atPath: lake.path(copy))
      let report = await lake.run { $0.selection = .verification }
      #expect(report.outcome == .partial && report.problems.map(\.code) == ["copy-gone"], "\(report.problems)")
      #expect(report.problems.first?.message.contains("\(copy), not \(kept)") == true, "\(report.problems)")
      let reporter = RecordingReporter()
      _ = await lake.run({ $0.isRehearsal = true }, reporter: reporter)
      #expect(reporter.toRead.map(\.path) == [kept])
      #expect(try ask("sum(trades_count)") == (9..<33).reduce(0, +))
      #expect(await lake.run().problems == [])
      #expect(try ask("sum(trades_count)") == (1..<25).reduce(0, +))
    }
  }

  // MARK: Two profiles

  private struct Pair {
    var lake: IngestFixture
    var both: Lake
    var other: Profile

    init() throws {
      lake = try IngestFixture()
      let path = lake.root + "/other"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      other = Profile(
        name: "other", source: lake.profile.source, localSubdirectory: "other", localPath: path,
        checkpointFile: lake.root + "/other.json", ingest: IngestSettings(stateDirectory: path + "/_ingested"))
      both = Lake(
        configurationPath: lake.lake.configurationPath, rootDirectory: lake.root, warehouse: lake.lake.warehouse,
        profiles: [lake.profile, other])
    }

    func run(_ profile: Profile, _ selection: IngestTask.Selection) async -> IngestReport {
      var task = IngestTask()
      task.selection = selection
      return await IngestJob(lake: both, profile: profile, task: task, reporter: RecordingReporter()).run()
    }

    /// Moves what the first profile has into the other one.
    func move(_ path: String) throws {
      let target = URL(filePath: other.localPath + "/" + path)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.moveItem(at: URL(filePath: lake.path(path)), to: target)
    }

    func trades() throws -> Int { try lake.query("SELECT sum(trades_count) FROM klines") ?? -1 }
  }

  @Test("in another profile is told with that profile's name, and its ingest brings the copy that is left")
  func otherProfile() async throws {
    let all = IngestTask.Selection.backfill(since: nil, until: nil)
    let pair = try Pair()
    let path = try put(File("", 24, 1), pair.lake)
    try pair.move(path)
    try put(File("", 24, 9), pair.lake)
    #expect(await pair.run(pair.other, all).problems == [])
    let twice = await pair.run(pair.lake.profile, all)
    // Both copies have the same path in their profile.
    #expect(twice.problems.first?.message.contains("\(path) counts, not other: \(path)") == true, "\(twice.problems)")
    #expect(try pair.trades() == (9..<33).reduce(0, +))

    try FileManager.default.removeItem(atPath: pair.lake.path(path))
    try pair.lake.put("notes.txt", Data("x".utf8))
    let gone = await pair.run(pair.lake.profile, .pending)
    #expect(gone.outcome == .partial && gone.problems.map(\.code) == ["copy-gone"], "\(gone.problems)")
    #expect(gone.problems.first?.advice == "Run `sluice ingest other`: it sends the copies that are there.")
    #expect(await pair.run(pair.other, .pending).problems == [])
    #expect(try pair.trades() == (1..<25).reduce(0, +))
    #expect(await pair.run(pair.lake.profile, .pending).problems == [])
    #expect(await pair.run(pair.other, .verification).problems == [])
  }

  @Test("is none while nothing at all can be seen in a profile's directory, as without its disk")
  func missingDisk() async throws {
    let all = IngestTask.Selection.backfill(since: nil, until: nil)
    let pair = try Pair()
    let path = try put(File("", 24, 1), pair.lake)
    try pair.move(path)
    try put(File("", 24, 9), pair.lake)
    for profile in [pair.other, pair.lake.profile] { _ = await pair.run(profile, all) }
    try FileManager.default.moveItem(atPath: pair.lake.profile.localPath, toPath: pair.lake.root + "/aside")
    try FileManager.default.createDirectory(atPath: pair.lake.profile.localPath, withIntermediateDirectories: true)
    #expect(await pair.run(pair.other, all).totals.filesIngested == 0)
    #expect(try pair.trades() == (9..<33).reduce(0, +))
  }
}
