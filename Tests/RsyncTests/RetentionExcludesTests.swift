import Rsync
import SluiceCore
import Testing

@Suite("The cut-off as rsync rules")
struct RetentionExcludesTests {
  @Test("writes the rules that were measured")
  func measured() throws {
    let cutoff = try #require(CalendarDay(compact: "20241029"))
    let any = { String(repeating: "[0-9]", count: $0) }
    #expect(
      RetentionExcludes.patterns(cutoff: cutoff).prefix(6) == [
        "/*_[0-1]\(any(7))/", "/*_20[0-1]\(any(5))/",
        "/*_202[0-3]\(any(4))/", "/*_20240\(any(3))/", "/*_202410[0-1]\(any(1))/", "/*_2024102[0-8]/",
      ])
    #expect(RetentionExcludes.patterns(cutoff: nil) == [])
  }

  @Test("has at most eight rules a form", arguments: ["99991231", "20261121", "00010101", "20000101", "19991231"])
  func count(day: String) throws {
    let cutoff = try #require(CalendarDay(compact: day))
    let patterns = RetentionExcludes.patterns(cutoff: cutoff)
    #expect(patterns.filter { $0.hasPrefix("/*_") }.count <= 8)
    #expect(patterns.count <= 16)
  }

  @Test("hides what the cleanup would delete, and nothing else")
  func agreesWithRetention() throws {
    var generator = SystemRandomNumberGenerator()
    let series = ["", "a_", "gate_io_VIRTUAL-USDT_", "a_2020_", "数据_", "x__"]
    for _ in 0..<150 {
      let cutoff = CalendarDay(daysSinceEpoch: Int.random(in: -10_000...60_000, using: &generator))
      let patterns = RetentionExcludes.patterns(cutoff: cutoff).map(DirectoryPattern.init)
      for _ in 0..<60 {
        let offset = Bool.random(using: &generator) ? Int.random(in: -3...3) : Int.random(in: -20_000...20_000)
        let name = (series.randomElement() ?? "") + cutoff.adding(days: offset).compact
        let isHidden = patterns.contains { $0.matches(name) }
        let directory = try #require(DatedDirectory(name: name))
        #expect(isHidden == (directory.day < cutoff), "\(name) with cut-off \(cutoff)")
      }
    }
  }

  @Test(
    "leaves near misses alone",
    arguments: [
      "a_202001011", "x_20200101_extra", "a20200101", "a_2020010", "a_2020-01-01", "_ingested", "um", "a_2020010x",
      "202001011",
    ])
  func nearMisses(name: String) throws {
    let cutoff = try #require(CalendarDay(compact: "20241029"))
    #expect(!RetentionExcludes.patterns(cutoff: cutoff).map(DirectoryPattern.init).contains { $0.matches(name) })
  }
}

/// What rsync makes of a pattern of ours: an anchored `/`, `*` for any text, `[0-n]` for a digit, a final `/`.
private struct DirectoryPattern {
  private let hasSeries: Bool
  private let digits: [ClosedRange<UInt8>]

  init(_ pattern: String) {
    var rest = pattern.dropFirst().dropLast()[...]
    hasSeries = rest.hasPrefix("*_")
    if hasSeries { rest = rest.dropFirst(2) }
    var ranges: [ClosedRange<UInt8>] = []
    while let first = rest.utf8.first {
      if first == 91, let close = rest.firstIndex(of: "]"), let last = rest[..<close].utf8.last {
        ranges.append(48...last)
        rest = rest[rest.index(after: close)...]
      } else {
        ranges.append(first...first)
        rest = rest.dropFirst()
      }
    }
    digits = ranges
  }

  func matches(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard hasSeries ? bytes.count > digits.count : bytes.count == digits.count else { return false }
    if hasSeries, bytes[bytes.count - digits.count - 1] != 95 { return false }
    return zip(bytes.suffix(digits.count), digits).allSatisfy { $1.contains($0) }
  }
}
