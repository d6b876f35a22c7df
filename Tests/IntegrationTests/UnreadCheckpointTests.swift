import Foundation
import TestSupport
import Testing

@Suite("A checkpoint that cannot be read", .serialized)
struct UnreadCheckpointTests {
  @Test(
    "is told in table, status, check and stats, and is not a profile that was never synced", arguments: [true, false])
  func told(_ hasHistory: Bool) async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/x_20260101/a", bytes: 3000)
    #expect(try await collector.sluice("sync").code == 0)
    let path = collector.files.path("lake/.checkpoints/ticks.json")
    let good = try #require(collector.files.read("lake/.checkpoints/ticks.json"))
    if !hasHistory { try FileManager.default.removeItem(atPath: collector.files.path("lake/.sluice/runs")) }
    for damage in ["broken", "a directory"] {
      try FileManager.default.removeItem(atPath: path)
      if damage == "broken" {
        try collector.files.write("lake/.checkpoints/ticks.json", "{\"profile_name\": ")
      } else {
        // What root cannot read either.
        try collector.files.makeDirectory("lake/.checkpoints/ticks.json")
      }
      for words in [
        ["status"], ["dashboard", "--once"], ["check"], ["check", "--json"], ["stats"], ["status", "--json"],
      ] {
        let ending = try await collector.sluice(words)
        let text = ending.text.replacing("\\/", with: "/")
        #expect(text.contains(path), "\(words): \(ending)")
        #expect(!text.contains("never"), "\(words): \(ending)")
        #expect(ending.code == (words[0] == "check" ? 1 : 0), "\(words): \(ending)")
      }
      let status = try await collector.sluice("status")
      #expect(status.text.contains("partial") && !status.text.contains("no sync yet"), "\(status)")
    }
    try FileManager.default.removeItem(atPath: path)
    try good.write(to: URL(filePath: path))
    #expect(try await collector.sluice("check").code == 0)
  }
}
