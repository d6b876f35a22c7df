import Foundation
import SluiceCore
import Testing

@Suite("Figures as text")
struct TextFormatTests {
  @Test(
    "counts with the noun in the right form",
    arguments: [
      (0, "file", nil, "0 files"), (1, "file", nil, "1 file"), (1421, "file", nil, "1,421 files"),
      (1, "directory", nil, "1 directory"), (2, "directory", nil, "2 directories"),
      (2, "dated directory", nil, "2 dated directories"), (2, "entry", nil, "2 entries"),
      (2, "retry", nil, "2 retries"),
      (1, "day", nil, "1 day"), (2, "day", nil, "2 days"), (2, "y", nil, "2 ys"),
      (1, "file is", "files are", "1 file is"), (2, "file is", "files are", "2 files are"),
    ] as [(Int, String, String?, String)])
  func counted(_ number: Int, _ noun: String, _ plural: String?, _ text: String) {
    #expect(TextFormat.counted(number, noun, plural) == text)
  }

  @Test(
    "writes byte counts in steps of 1024 with at most one decimal",
    arguments: [
      (0, "0 B"), (912, "912 B"), (1023, "1023 B"), (1024, "1.0 KB"), (1536, "1.5 KB"), (102_400, "100 KB"),
      (1_048_575, "1.0 MB"), (5_583_457_485, "5.2 GB"), (-2048, "-2.0 KB"), (Int64.max, "8.0 EB"),
    ] as [(Int64, String)])
  func byteCounts(bytes: Int64, text: String) { #expect(ByteCount(bytes).description == text) }

  @Test(
    "reads byte counts as people write them",
    arguments: [("1G", 1 << 30), ("500", 500), ("1.5 GB", 3 << 29), ("64M", 64 << 20), ("10KiB", 10_240)]
      as [(String, Int64)])
  func readsByteCounts(text: String, bytes: Int64) { #expect(ByteCount(text: text)?.bytes == bytes) }

  @Test("refuses byte counts that are none", arguments: ["", "G", "-1G", "1X", "1e99G", "nan", "1 0 G x"])
  func refusesByteCounts(text: String) { #expect(ByteCount(text: text) == nil) }

  @Test(
    "writes spans with two units",
    arguments: [
      (0, "0s"), (25, "25s"), (222, "3m 42s"), (7500, "2h 05m"), (273_600, "3d 04h"), (-5, "0s"), (.nan, "0s"),
      (.infinity, "0s"),
    ] as [(Double, String)])
  func spans(seconds: Double, text: String) { #expect(TextFormat.span(seconds) == text) }

  @Test("says until when to the minute, to the second where that is near, and on which day where it is not today's")
  func until() {
    let now = Date(timeIntervalSince1970: 1_795_262_400)
    for (seconds, length) in [(5.0, 14), (119, 14), (120, 11), (600, 11), (3 * 86_400, 22)] {
      let end = now + seconds
      let (text, local) = (TextFormat.until(end, now: now), TextFormat.local(end))
      #expect(text.count == length && local.contains(text.split(separator: " ").last ?? "-"), "\(text)")
    }
  }

  @Test("writes and reads UTC times")
  func times() throws {
    let date = try #require(TextFormat.date(utc: "2024-11-28T14:30:45Z"))
    #expect(TextFormat.utc(date) == "2024-11-28T14:30:45Z")
    #expect(TextFormat.date(utc: "2024-11-28T14:30:45.250Z")?.timeIntervalSince(date) == 0.25)
    for wrong in ["2024-11-31T00:00:00Z", "2024-11-28T25:00:00Z", "2024-11-28 14:30:45", "", "T"] {
      #expect(TextFormat.date(utc: wrong) == nil, "\(wrong)")
    }
  }

  @Test("groups digits by three", arguments: [(0, "0"), (999, "999"), (1421, "1,421"), (-1_234_567, "-1,234,567")])
  func groups(value: Int, text: String) { #expect(TextFormat.grouped(value) == text) }
}
