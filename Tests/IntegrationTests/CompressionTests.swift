import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import TestSupport
import Testing

@Suite("Compression on the way", .serialized)
struct CompressionTests {
  /// The rsyncs the newest run has started to fetch files, as its journal shows them.
  private func fetches(_ collector: Collector) -> [[String]] {
    (collector.newestRun?.events() ?? []).compactMap { event in
      guard case .command(let words) = event.kind, words.contains(where: { $0.hasPrefix("--info=progress2") }) else {
        return nil
      }
      return words
    }
  }

  @Test(
    "is left out when what comes is compressed already, and is as the profile says otherwise; the trees are the same",
    arguments: ["1", "4"])
  func leftOut(lanes: String) async throws {
    let collector = try await Collector()
    var profile = Collector.ProfileText()
    profile.arguments = "-az --partial --delete"
    profile.lines = ["lanes: \(lanes)"]
    try collector.configure([profile])
    for day in 1...4 {
      try collector.files.write("source/x_2026010\(day)/a.zip", bytes: 200_000, seed: UInt64(day))
      try collector.files.write("source/x_2026010\(day)/a.zip.CHECKSUM", "0123abcd  a.zip\n")
    }
    #expect(try await collector.syncJSON().ending.code == 0)
    let first = fetches(collector)
    #expect(first.count == (lanes == "1" ? 1 : 5), "\(first)")
    #expect(first.allSatisfy { $0.contains("-z") && $0.contains("--no-compress") }, "\(first)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")

    try collector.files.write("source/x_20260101/b.csv", String(repeating: "1,2,3\n", count: 40_000))
    #expect(try await collector.syncJSON().ending.code == 0)
    let second = fetches(collector)
    #expect(!second.isEmpty && second.allSatisfy { $0.contains("-z") && !$0.contains("--no-compress") }, "\(second)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }
}
