import Foundation
import SluiceCore
import TestSupport
import Testing

@Suite("The memory of an ingest")
struct IngestMemoryTests {
  /// The most memory that an ingest takes of so many files none of which is an archive, in KiB.
  private func peak(broken count: Int) async throws -> Int {
    let lake = try KlineLake()
    for number in 0..<count {
      let symbol = "S\(number / 1000)USDT"
      let day = CalendarDay(daysSinceEpoch: 18_262 + number % 1000)
      try lake.put("data/futures/um/daily/klines/\(symbol)/1h/\(symbol)-1h-\(day).zip", Data("none".utf8))
    }
    let child = try lake.start("--backfill")
    let ending = try await child.ending(within: .seconds(120))
    #expect(ending.code == ExitCode.partial.rawValue, "\(ending)")
    let check = try await lake.run("check", "--json")
    #expect(check.text.contains(TextFormat.grouped(count)), "\(check)")
    return child.peakKilobytes
  }

  @Test("hardly grows with the files that are put aside, all of which are counted")
  func aside() async throws {
    let (few, many) = (try await peak(broken: 1500), try await peak(broken: 15_000))
    #expect(many * 4 < few * 5, "\(few) and \(many) KiB")
  }
}
