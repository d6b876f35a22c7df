import Foundation
import TestSupport
import Testing

/// What a user may not read is not taken for what is not there.
@Suite struct IngestPermissionTests {
  private static let marker = "_SUCCESS__2024-01-01__um__1h"

  /// `sluice ingest` as a user whom permissions bind; root alone is let past them.
  private static func ingest(_ lake: KlineLake) async throws -> ChildProcess.Outcome {
    guard getuid() == 0 else { return try await lake.ingest() }
    let without = "-dac_override,-dac_read_search"
    return try await lake.ingest(under: "setpriv", ["--bounding-set=\(without)", "--inh-caps=\(without)"])
  }

  @Test(
    "a marker stays open while a symbol's directory cannot be read, or be listed and not entered",
    arguments: [0, 0o444])
  func closedDirectory(_ mode: mode_t) async throws {
    let lake = try KlineLake()
    for symbol in ["AAAUSDT", "BBBUSDT"] {
      let stem = "\(symbol)-1h-2024-01-01"
      let rows = KlineFixtures.rows(start: 1_704_067_200_000, step: 3_600_000, count: 24)
      try lake.put(
        "data/futures/um/daily/klines/\(symbol)/1h/\(stem).zip",
        KlineFixtures.archive(stem, rows.joined(separator: "\n")))
    }
    try lake.put(Self.marker, Data())
    let closed = lake.files.path("lake/klines/data/futures/um/daily/klines/BBBUSDT/1h")
    chmod(closed, mode)
    defer { chmod(closed, 0o755) }
    let first = try await Self.ingest(lake)
    #expect(first.code == 3, "\(first)")
    #expect((first.text + first.errors).contains("1 directory could not be read"), "\(first)")
    #expect(lake.files.read("lake/klines/_ingested/\(Self.marker)") == nil)
    chmod(closed, 0o755)
    let second = try await Self.ingest(lake)
    #expect(second.code == 0, "\(second)")
    let record = lake.files.read("lake/klines/_ingested/\(Self.marker)") ?? Data()
    #expect(String(decoding: record, as: UTF8.self).contains("BBBUSDT"))
  }
}
