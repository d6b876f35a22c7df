import SluiceCore
import Testing

@Suite("A share of the files") struct VerifySubsetTests {
  private static let today = CalendarDay(daysSinceEpoch: 20_000)

  @Test("every file is in one share, in the same one always, and the shares are about equally large")
  func partition() throws {
    let shares = try (1...7).map { try #require(VerifySubset(share: $0, of: 7)) }
    var sizes = [Int](repeating: 0, count: 7)
    for number in 0..<7000 {
      let path = "x_2026/part_\(number).parquet"
      let owners = shares.indices.filter { shares[$0].contains(path) }
      #expect(owners.count == 1)
      if let owner = owners.first { sizes[owner] += 1 }
    }
    #expect(sizes.allSatisfy { 800...1200 ~= $0 }, "\(sizes)")
  }

  @Test("`auto` is another share every day, and all of them in as many days") func auto() {
    let shares = (0..<7).compactMap { VerifySubset("auto/7", today: Self.today.adding(days: $0))?.share }
    #expect(Set(shares) == Set(1...7))
  }

  @Test("reads what it prints, and nothing else", arguments: ["1/7", "7/7", "1/1", "1000/1000"])
  func text(text: String) {
    #expect(VerifySubset(text, today: Self.today)?.description == text)
  }

  @Test(
    "refuses what is no share",
    arguments: [
      "", "/", "7", "0/7", "8/7", "-1/7", "1/0", "1/1001", "a/7", "1/7/9", "auto/", "auto/0", "1/99999999999",
    ])
  func refused(text: String) {
    #expect(VerifySubset(text, today: Self.today) == nil)
  }
}
