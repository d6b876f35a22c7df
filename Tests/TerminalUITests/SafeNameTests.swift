import Testing

@testable import TerminalUI

@Suite("Names that look like others")
struct SafeNameTests {
  @Test(
    "blanks that are no space, and characters drawn as nothing, are shown",
    arguments: [
      ("a\u{A0}b", "a\\u{a0}b"), ("a\u{AD}b", "a\\u{ad}b"), ("a\u{2009}b", "a\\u{2009}b"),
      ("a\u{3000}b", "a\\u{3000}b"),
      ("a\u{202F}b", "a\\u{202f}b"), ("a\u{34F}b", "a\\u{34f}b"), ("a\u{115F}b", "a\\u{115f}b"),
      ("a\u{2800}b", "a\\u{2800}b"), ("a\u{180E}b", "a\\u{180e}b"), ("a\u{85}b", "a\\x85b"), ("旧 é ✓", "旧 é ✓"),
    ])
  func escapes(_ name: String, _ shown: String) {
    #expect(SafeText.escaped(name) == shown)
    #expect(SafeText.escaped(shown) == shown)
  }

  @Test("in ASCII signs become their likeness and letters an escape, so that two names stay two")
  func ascii() {
    #expect(SafeText.ascii("─ ✓ a?b") == "- + a?b")
    #expect(SafeText.ascii("旧é") == "\\u{65e7}\\u{e9}")
    #expect(SafeText.ascii("\u{1B}[2J\u{A0}") == "\\x1b[2J\\u{a0}")
    #expect(SafeText.ascii("旧") != SafeText.ascii("新"))
  }
}
