import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// A file of the same size and time is not always the same file.
@Suite struct SameStampTests {
  private static func ingest(_ lake: IngestFixture) async -> IngestReport {
    await lake.run { $0.selection = .backfill(since: nil, until: nil) }
  }

  private static func modified(_ path: String) throws -> Date {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
  }

  @Test("other bytes of the same size and time, as `verify --repair` brings them, are sent by the next ingest")
  func repaired() async throws {
    let lake = try IngestFixture()
    var lines = IngestFixture.lines()
    let path = try lake.archive(lines: lines)
    _ = try lake.marker()
    #expect(await lake.run().outcome == .success)
    let (time, full) = (try Self.modified(lake.path(path)), lake.path(path))
    lines[3] = lines[3].replacing(",3,0.1,", with: ",9,0.1,")
    let archive = KlineFixtures.archive("BTCUSDT-1h-2024-01-01", lines.joined(separator: "\n") + "\n")
    #expect(try FileManager.default.attributesOfItem(atPath: full)[.size] as? Int == archive.count)
    try archive.write(to: URL(filePath: full + ".new"))
    try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: full + ".new")
    #expect(rename(full + ".new", full) == 0)
    let report = await lake.run()
    #expect(report.outcome == .success && report.totals.filesIngested == 1)
    #expect(try lake.query("SELECT sum(trades_count) FROM klines", as: Int.self) == (0..<24).reduce(6, +))
  }

  @Test("a file whose entry alone changed is read once more, found to be the same, and not read again")
  func touchedEntry() async throws {
    let lake = try IngestFixture()
    let path = try lake.archive()
    #expect(await Self.ingest(lake).outcome == .success)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: lake.path(path))
    let reporter = RecordingReporter()
    let report = await lake.run({ $0.selection = .backfill(since: nil, until: nil) }, reporter: reporter)
    #expect(report.totals.filesIngested == 0 && report.totals.filesUnchanged == 1)
    let dry = RecordingReporter()
    _ = await lake.run({ ($0.selection, $0.isRehearsal) = (.backfill(since: nil, until: nil), true) }, reporter: dry)
    #expect(dry.toRead.isEmpty)
  }
}
