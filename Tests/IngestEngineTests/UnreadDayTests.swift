import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

@Suite("Coverage of a day that cannot be looked at")
struct UnreadDayTests {
  @Test(
    "a day of which a part cannot be read is neither there nor missing",
    .enabled(if: UnprivilegedUser.isPossible, "takes root"), arguments: [0, 0o644])
  func unreadPart(_ rights: Int) async throws {
    let lake = try IngestFixture()
    var plain = lake.profile
    plain.ingest = nil
    let profile = plain
    try lake.put("a_B_20240101/part.bin", Data("x".utf8))
    try lake.put("a_B_20240102/deep/part.bin", Data("x".utf8))
    chmod(lake.root, 0o777)
    let directory = lake.path("a_B_20240102/deep")
    chmod(directory, mode_t(rights))
    let table = await UnprivilegedUser.run { CoverageScan.table(lake: lake.lake, profile: profile) }
    chmod(directory, 0o755)
    #expect(table?.unread?.count == 1 && table?.unread?.first?.contains(directory) == true)
    #expect(table?.series.map(\.cells) == [[.arrived, .short]])
    #expect(table?.series.first?.remarks?.map(\.code) == ["unreadable"])
  }

  @Test(
    "a Parquet file that this user may not read makes no day whole, until one who may has looked",
    .enabled(if: UnprivilegedUser.isPossible, "takes root"))
  func unreadFile() async throws {
    let lake = try IngestFixture()
    var plain = lake.profile
    plain.ingest = nil
    let profile = plain
    try lake.put("a_B_20240101/part.parquet", Data("PAR1".utf8) + Data([7, 1, 0, 0, 0]) + Data("PAR1".utf8))
    chmod(lake.root, 0o777)
    let path = lake.path("a_B_20240101/part.parquet")
    chmod(path, 0)
    for _ in 0..<2 {
      let table = await UnprivilegedUser.run { CoverageScan.table(lake: lake.lake, profile: profile) }
      #expect(table?.unread?.first?.contains(path) == true, "\(String(describing: table?.unread))")
      #expect(table?.series.map(\.cells) == [[.short]])
      #expect(table?.series.first?.remarks?.map(\.code) == ["unreadable"])
    }
    let seen = CoverageScan.table(lake: lake.lake, profile: profile)
    #expect(seen.unread == nil && seen.series.map(\.cells) == [[.arrived]])
  }
}
