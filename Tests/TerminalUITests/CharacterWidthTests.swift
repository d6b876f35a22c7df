import Testing

@testable import TerminalUI

@Suite("Columns and safety of characters")
struct CharacterWidthTests {
  @Test(
    "counts columns as the C library does",
    arguments: [
      ("a", 1), ("é", 1), ("e\u{301}", 1), ("中", 2), ("한", 2), ("🚀", 2), ("─", 1), ("█", 1), ("…", 1), ("●", 1),
      ("✓", 1), ("→", 1), ("⚠", 1), ("⠿", 1), ("Ａ", 2), ("\u{301}", 1), ("a\u{200D}b", 2), ("⚠\u{FE0F}", 1),
      ("\n", 2), ("\u{1B}", 4), ("", 0),
    ])
  func columns(_ text: String, _ expected: Int) {
    #expect(CharacterWidth.of(text) == expected)
  }

  @Test("keeps its tables sorted and apart, or the search would miss entries")
  func tablesAreSorted() {
    for table in [CharacterWidthTable.combining, CharacterWidthTable.wide] {
      for (one, next) in zip(table, table.dropFirst()) { #expect(one.upperBound < next.lowerBound) }
    }
  }

  @Test("every glyph takes one column, and the ASCII set is ASCII")
  func glyphs() {
    for glyphs in [Glyphs.unicode, .ascii] {
      let all =
        [
          glyphs.success, glyphs.partial, glyphs.failure, glyphs.running, glyphs.paused, glyphs.queued, glyphs.stale,
          glyphs.disabled, glyphs.interrupted, glyphs.refused, glyphs.mark, glyphs.cursor, glyphs.bullet,
          glyphs.arrowUp, glyphs.arrowDown, glyphs.arrowRight, glyphs.check, glyphs.cross, glyphs.dot,
          glyphs.separator, glyphs.scrollThumb, glyphs.scrollTrack, glyphs.ellipsis, glyphs.barEmpty,
          glyphs.cellMissing, glyphs.cellArrived, glyphs.cellIngested, glyphs.cellShort, glyphs.cellQuarantined,
          glyphs.cellExpired, glyphs.cellWarehouse,
        ] + glyphs.barSteps + glyphs.sparkSteps
      for glyph in all {
        #expect(CharacterWidth.of(glyph) == 1, "\(glyph)")
        if glyphs.isASCII { #expect(SafeText.isPlainASCII(glyph)) }
      }
    }
  }

  @Test("shows bytes that are not UTF-8 one by one and keeps the rest")
  func invalidBytes() {
    #expect(SafeText.escaped(bytes: [0x61, 0xFF, 0xE4, 0xB8, 0xAD, 0xC3]) == "a\\xff中\\xc3")
    #expect(SafeText.escaped(bytes: [0xED, 0xA0, 0x80]) == "\\xed\\xa0\\x80")
    #expect(SafeText.escaped(bytes: [0xF0, 0x9F, 0x9A, 0x80, 0x0A]) == "🚀\\n")
  }

  @Test("escaping twice changes nothing more")
  func escapingIsIdempotent() {
    for text in ["a\u{7F}b", "x\u{2066}y", "back\\slash", "\r\n\t\0"] {
      let once = SafeText.escaped(text)
      #expect(SafeText.escaped(once) == once)
      #expect(!once.unicodeScalars.contains(where: SafeText.isUnsafe))
    }
  }
}
