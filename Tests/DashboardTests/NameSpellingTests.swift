import SluiceCore
import TerminalUI
import Testing

@Suite("A name with control characters")
struct NameSpellingTests {
  @Test("is spelled the same in the dashboard and in everything that is printed")
  func same() throws {
    for value in (0..<0xA0) + [0x202E, 0x2028, 0xFEFF] {
      let name = "a\(try #require(Unicode.Scalar(UInt32(value))))b"
      #expect(TextFormat.escaped(name) == SafeText.escaped(name), "\(value)")
    }
    #expect(TextFormat.escaped("\u{1B}[2J\u{9B}\u{7}\u{202E}\n") == "\\x1b[2J\\x9b\\x07\\u{202e}\\n")
  }
}
