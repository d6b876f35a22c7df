import Testing

@testable import NcursesBackend

@Suite("Shortened colour and attribute sequences")
struct SGRCompressorTests {
  private static func compressed(_ texts: String...) -> [String] {
    var compressor = SGRCompressor()
    return texts.map { text in
      let bytes = compressor.compress(Array(text.replacing("^", with: "\u{1B}").utf8))
      return String(decoding: bytes, as: UTF8.self).replacing("\u{1B}", with: "^")
    }
  }

  @Test(
    "looks that follow each other become one",
    arguments: [
      ("", ""), ("行 x", "行 x"), ("^[5;41H7", "^[5;41H7"),
      ("^[39m^[0;1m4", "^[0;1m4"), ("^[0m^[94m█", "^[0;94m█"), ("^[m^[94m█", "^[0;94m█"), ("a^[m", "a^[m"),
      ("^[1m^[94mx^[39m^[0;7my", "^[1;94mx^[0;7my"), ("^[0;1m^[5;9Hx", "^[0;1m^[5;9Hx"),
      ("^[38;5;0m^[48;5;236mx", "^[38;5;0;48;5;236mx"), ("^[94m^[0m^[m", "^[m"),
      // Colons, private sequences and whatever else is not a plain look stay as they are.
      ("^[0m^[38:2::1:2:3mx", "^[0m^[38:2::1:2:3mx"), ("^[?25l^[>4;1m^[1m", "^[?25l^[>4;1m^[1m"), ("^7^[0m", "^7^[0m"),
      // Cut off: what comes next belongs to it.
      ("x^", "x^"), ("x^[", "x^["), ("^[1m^[3", "^[1m^[3"), ("^(", "^("),
    ])
  func looks(_ text: String, _ expected: String) { #expect(Self.compressed(text) == [expected]) }

  @Test("the charset is told once, and again after lines were drawn or something may have changed it")
  func charset() {
    #expect(
      Self.compressed("^(B^[m", "^[39m^(B^[0;1m4", "^(0qq^(B^[mx", "^(B^[m") == [
        "^(B^[m", "^[0;1m4", "^(0qq^(B^[mx", "^[m",
      ])
    var compressor = SGRCompressor()
    let set = Array("\u{1B}(B".utf8)
    #expect(compressor.compress(set) == set)
    #expect(compressor.compress(set) == [])
    compressor.reset()
    #expect(compressor.compress(set) == set)
  }

  @Test("no sequence grows longer than the oldest terminals read")
  func longest() {
    let looks = String(repeating: "^[38;5;100m^[48;5;200m", count: 4)
    let pieces = Self.compressed(looks + "x")[0].split(separator: "^")
    #expect(pieces.allSatisfy { $0.split(separator: ";").count <= 16 })
    #expect(pieces.joined().filter { $0 == "m" }.count < 8)
  }
}
