import Foundation
import TestSupport
import Testing

@Suite("Faults of the system that pass", .serialized)
struct IngestPassingFaultTests {
  @Test(
    "a file that could not be read once is told, and tried again by the next ingest although it is the same",
    arguments: ["openat:error=EIO", "openat:error=EMFILE", "pread64:error=EIO"])
  func unreadableOnce(_ fault: String) async throws {
    let lake = try KlineLake()
    for (day, symbol) in [("01", "AAAUSDT"), ("01", "BBBUSDT")] {
      let stem = "\(symbol)-1h-2024-01-\(day)"
      let lines = KlineFixtures.rows(start: 1_704_067_200_000, step: 3_600_000, count: 24, seed: 1)
      let archive = KlineFixtures.archive(stem, lines.joined(separator: "\n") + "\n")
      try lake.put("data/futures/um/daily/klines/\(symbol)/1h/\(stem).zip", archive)
    }
    try lake.put("_SUCCESS__2024-01-01__um__1h", Data())
    let path = "data/futures/um/daily/klines/BBBUSDT/1h/BBBUSDT-1h-2024-01-01.zip"
    let call = String(fault.prefix { $0 != ":" })
    let failed = try await lake.ingest(
      under: "strace",
      ["-f", "-qq", "-o", "/dev/null", "-P", lake.files.path("lake/klines/" + path), "-e", "trace=\(call)"]
        + ["-e", "inject=\(fault)"])
    #expect(failed.code == 3, "\(failed)")
    let said = failed.text + failed.errors
    #expect(said.contains("\(path) cannot be read: ") && said.contains("The next ingest tries it again"), "\(said)")
    #expect(!lake.files.exists("lake/klines/_ingested/_SUCCESS__2024-01-01__um__1h"))
    let again = try await lake.ingest()
    #expect(again.code == 0, "\(again)")
    #expect(lake.files.exists("lake/klines/_ingested/_SUCCESS__2024-01-01__um__1h"))
  }
}
