import Testing

@testable import Dashboard

@Suite("Finding by a few letters")
struct FuzzySearchTests {
  @Test(
    "letters are found in their order, at beginnings of words and side by side first",
    arguments: [
      ("ct", "cex_ticks", [0, 4]), ("cxt", "cex_ticks", [0, 2, 4]), ("TICK", "cex_ticks", [4, 5, 6, 7]),
      ("dr", "dry run", [0, 1]), ("run", "dry run", [4, 5, 6]), ("1h", "binance_um_1h", [11, 12]),
      ("行okx", "旧行情_okx", [1, 4, 5, 6]), ("", "anything", []),
    ] as [(String, String, [Int])])
  func places(letters: String, text: String, places: [Int]) {
    #expect(FuzzySearch(letters).match(text)?.places == places)
  }

  @Test("letters in another order, or more than there are, are not found", arguments: ["kc", "cexx", "ticksc", "z"])
  func misses(letters: String) { #expect(FuzzySearch(letters).match("cex_ticks") == nil) }

  @Test(
    "the better fit has the greater score",
    arguments: [
      ("sy", "sync", "s_yield"), ("st", "stop", "last"), ("ct", "cex_ticks", "ack_it"),
      ("tick", "ticks", "t_i_c_k"), ("lo", "log", "reload"),
    ])
  func order(letters: String, better: String, worse: String) throws {
    let search = FuzzySearch(letters)
    #expect(try #require(search.match(better)).score > #require(search.match(worse)).score)
  }

  @Test(
    "few letters scattered through words do not mean the text",
    arguments: [("ct", true), ("cxt", true), ("tks", true), ("eik", false), ("xik", false), ("cs", false)])
  func closeness(letters: String, isClose: Bool) throws {
    #expect(try #require(FuzzySearch(letters).match("cex_ticks")).isClose == isClose)
  }

  /// Every way to place the letters, tried one by one.
  private func bestScore(_ letters: [Character], _ text: [Character], from start: Int = 0, last: Int? = nil) -> Int? {
    guard let letter = letters.first else { return 0 }
    var best: Int?
    for place in text.indices.dropFirst(start) where text[place] == letter {
      let isStart = place == 0 || text[place - 1] == "_" && text[place] != "_"
      var points = 1 + (isStart ? 8 : 0)
      if let last { points += place == last + 1 ? 8 : -2 } else if place == 0 { points += 2 }
      guard let rest = bestScore(Array(letters.dropFirst()), text, from: place + 1, last: place) else { continue }
      best = max(best ?? .min, points + rest)
    }
    return best
  }

  @Test("no other way to place the letters scores more")
  func isBest() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      let text = (0..<9).map { _ in "ab_".randomElement(using: &generator) ?? "a" }
      let letters = (0..<3).map { _ in "ab".randomElement(using: &generator) ?? "a" }
      #expect(
        FuzzySearch(String(letters)).match(String(text))?.score == bestScore(letters, text),
        "\(String(letters)) in \(String(text))")
    }
  }
}
