import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

/// Of two files of one period the one published later counts: by the time inside the archive, then by the file's own.
@Suite(.serialized) struct PublicationTimeTests {
  private static let server = Result { try ClickHouseServer() }

  /// A copy of the day: its place, the first candle's trades, and both times in days.
  private struct Copy {
    var directory: String
    var seed: Int
    var published: Int
    var modified: Int

    func put(_ lake: IngestFixture) throws {
      let stem = "BTCUSDT-1h-2024-01-01"
      let path = directory + IngestFixture.directory(.um, "BTCUSDT", "1h") + "/\(stem).zip"
      let text = IngestFixture.lines(seed: seed).joined(separator: "\n") + "\n"
      try lake.put(path, KlineFixtures.archive(stem, text, publishedOn: published))
      let time = Date(timeIntervalSince1970: 1_700_000_000 + Double(modified) * 86_400)
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: lake.path(path))
    }
  }

  /// Both times of a file with seed 1 and of its copy with seed 9, and the seed that counts.
  private static let cases:
    [(own: (published: Int, modified: Int), copy: (published: Int, modified: Int), winner: Int)] =
      [
        // The time inside decides, whatever the file's own says.
        ((5, 0), (4, 8), 1), ((4, 8), (5, 0), 9),
        // Where that is the same, the file's own does.
        ((5, 8), (5, 0), 1), ((5, 0), (5, 8), 9),
      ]

  @Test(
    "the one published later counts in whatever order the two arrive, and after a touch and --force",
    arguments: 0..<4, ["at once", "first, then second", "second, then first"])
  func later(number: Int, order: String) async throws {
    let (own, copy, winner) = Self.cases[number]
    let copies = [
      Copy(directory: "", seed: 1, published: own.published, modified: own.modified),
      Copy(directory: "old/", seed: 9, published: copy.published, modified: copy.modified),
    ]
    let arrivals: [[Copy]] =
      switch order {
      case "at once": [copies]
      case "first, then second": copies.map { [$0] }
      default: copies.reversed().map { [$0] }
      }
    for (lake, ask) in try IngestFixture.onBoth(Self.server.get()) {
      let ingest = { (isForced: Bool) in
        await lake.run {
          $0.selection = .backfill(since: nil, until: nil)
          $0.isForced = isForced
        }
      }
      for arrived in arrivals {
        for copy in arrived { try copy.put(lake) }
        _ = await ingest(false)
      }
      let sum = (winner..<winner + 24).reduce(0, +)
      #expect(try ask("sum(trades_count)") == sum)
      for isForced in [true, false] {
        #expect(await ingest(isForced).problems.map(\.code) == ["copies-differ"])
        #expect(try ask("sum(trades_count)") == sum)
      }
      #expect(try ask("count(*)") == 24)
      #expect(await lake.run { $0.selection = .verification }.problems == [])
    }
  }
}
