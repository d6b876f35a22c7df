import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

@Suite("Coverage of archives that were here")
struct GoneArchiveTests {
  private func table(_ lake: IngestFixture, _ profile: Profile? = nil) -> CoverageTable {
    CoverageScan.table(lake: lake.lake, profile: profile ?? lake.profile)
  }

  /// Three days of two symbols, ingested and looked at once.
  private func lake() async throws -> IngestFixture {
    let lake = try IngestFixture()
    for day in 0..<3 {
      try lake.archive(day: day)
      try lake.archive("ETHUSDT", day: day)
      _ = try lake.marker(day: day)
    }
    #expect(await lake.run().outcome == .success)
    #expect(CoverageCounts(table(lake), computedAt: Date()).holes == 0)
    return lake
  }

  private func remove(_ lake: IngestFixture, _ symbol: String, days: [Int]? = nil) throws {
    let directory = IngestFixture.directory(.um, symbol, "1h")
    guard let days else { return try FileManager.default.removeItem(atPath: lake.path(directory)) }
    for day in days {
      try FileManager.default.removeItem(atPath: lake.path("\(directory)/\(symbol)-1h-2024-01-0\(day + 1).zip"))
    }
  }

  @Test("they are said to be gone, by day, and the check names them without `expect`")
  func gone() async throws {
    let lake = try await lake()
    try remove(lake, "ETHUSDT")
    let counts = CoverageCounts(table(lake), computedAt: Date())
    #expect(counts.vanishedSentence == "3 days that were here are gone: um ETHUSDT 1h 3")
    let remarks = table(lake).series.first { $0.name == "um ETHUSDT 1h" }?.remarks
    #expect(remarks?.map(\.code) == ["vanished", "vanished", "vanished"])
    // A source that deletes may have let them go.
    var mirror = lake.profile
    mirror.followsDeletions = true
    #expect(CoverageCounts(table(lake, mirror), computedAt: Date()).vanishedDays == nil)
  }

  @Test("a series that neither lake nor ledger has any more is missed all the same", arguments: [true, false])
  func forgotten(whole: Bool) async throws {
    let lake = try await lake()
    try remove(lake, "ETHUSDT", days: whole ? nil : [0, 1])
    for name in try FileManager.default.contentsOfDirectory(atPath: lake.lake.stateDirectory)
    where name.contains("sqlite") {
      try FileManager.default.removeItem(atPath: "\(lake.lake.stateDirectory)/\(name)")
    }
    for _ in 0..<2 {
      let counts = CoverageCounts(table(lake), computedAt: Date())
      #expect(counts.series.map(\.name) == ["um ETHUSDT 1h"])
      #expect(counts.missingDays == (whole ? 3 : 2) && counts.vanishedDays == 1)
    }
  }

  @Test("a day with fewer candles says how many it has")
  func candles() async throws {
    let lake = try IngestFixture()
    try lake.archive(lines: Array(IngestFixture.lines(0).dropLast(4)))
    _ = try lake.marker(day: 0)
    _ = await lake.run()
    #expect(table(lake).series[0].cells == [.short])
    #expect(table(lake).series[0].remarks?.map(\.sentence) == ["2024-01-01: 20 of 24 candles"])
  }
}
