import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

@Suite("A file whose .CHECKSUM is wrong")
struct AcceptanceTests {
  private static let stem = "BTCUSDT-1h-2024-01-01"
  private static let path = IngestFixture.directory(.um, "BTCUSDT", "1h") + "/\(stem).zip"

  private static func archive(_ seed: Int = 0) -> Data {
    KlineFixtures.archive(stem, IngestFixture.lines(seed: seed).joined(separator: "\n") + "\n")
  }

  private static func lake() throws -> IngestFixture {
    let lake = try IngestFixture()
    try lake.put(path, archive())
    try lake.put(path + ".CHECKSUM", Data((String(repeating: "0", count: 64) + "  \(stem).zip").utf8))
    _ = try lake.marker(day: 0)
    return lake
  }

  private static let reason = "rewritten in 2023, its checksum never was"

  @Test("is ingested once it is accepted with a reason, shown as accepted, and red again when it changes")
  func acceptance() async throws {
    let lake = try Self.lake()
    #expect(await lake.run().problems.map(\.code) == ["file-quarantined"])
    let reporter = RecordingReporter()
    let report = await lake.run(
      { $0.acceptance = FileAcceptance(files: [Self.path], reason: Self.reason) }, reporter: reporter)
    #expect(report.outcome == .success && report.problems == [])
    #expect(report.totals.accepted?.map(\.path) == [Self.path])
    #expect(reporter.logs.contains { $0.hasPrefix("Accepted \(Self.path)") && $0.contains(Self.reason) })
    #expect(try lake.rows == 24)
    let zip = Self.archive()
    let file = try #require(lake.store.accepted().first)
    #expect(file.sha256 == Array(zip).withUnsafeBytes { SHA256Digest(of: $0) }.hex)
    #expect(file.reason == Self.reason && file.acceptedAt.hasPrefix("2026-02-"))
    #expect(lake.store.counts().accepted == [file])
    #expect(lake.store.entries().map(\.accepted) == [[file]])
    #expect(lake.store.entries().map(\.state) == [.ingested])

    // Sent once more as it is: nothing to be said against it.
    #expect(await lake.run { $0.isForced = true }.outcome == .success)
    try lake.put(Self.path, zip)
    #expect(await lake.run().outcome == .success)
    #expect(lake.store.accepted() == [file])

    try lake.put(Self.path, Self.archive(7))
    #expect(lake.store.accepted() == [])
    let changed = RecordingReporter()
    let red = await lake.run(reporter: changed)
    #expect(red.problems.map(\.code) == ["file-quarantined"])
    #expect(changed.logs.contains { $0.contains("has changed since it was accepted") })
    #expect(lake.store.counts().quarantinedFiles == 1)
    // What was decided about the old bytes does not come back with them.
    try lake.put(Self.path, zip)
    #expect(await lake.run().outcome == .partial)
  }

  @Test("is accepted without a marker too, and only then")
  func withoutMarker() async throws {
    let lake = try Self.lake()
    try FileManager.default.removeItem(atPath: lake.path("_SUCCESS__2024-01-01__um__1h"))
    let report = await lake.run { $0.acceptance = FileAcceptance(files: [Self.path], reason: Self.reason) }
    #expect(report.outcome == .success && report.totals.filesIngested == 1)
  }

  @Test("is not accepted when nothing speaks against it, when it is not there, or when it is no archive")
  func refused() async throws {
    let lake = try Self.lake()
    let good = try lake.archive("ETHUSDT")
    for (file, words) in [
      (good, "needs none"), ("data/none-1h-2024-01-01.zip", "cannot be read"), ("README.md", "is not named like"),
    ] {
      let report = await lake.run {
        $0.acceptance = FileAcceptance(files: [Self.path, file], reason: Self.reason)
      }
      #expect(report.outcome == .failed)
      #expect(report.problems.map(\.code) == ["not-acceptable"])
      #expect(report.problems.first?.message.contains(words) == true, "\(report.problems)")
      #expect(lake.store.accepted() == [])
    }
  }
}
