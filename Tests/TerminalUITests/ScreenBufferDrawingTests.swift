import Testing

@testable import TerminalUI

@Suite("Drawing into a buffer")
struct ScreenBufferDrawingTests {
  @Test("aligns a text inside its field and tells the columns used")
  func alignment() {
    var buffer = ScreenBuffer(width: 10, height: 3)
    #expect(buffer.put("abc", x: 0, y: 0, width: 8) == 3)
    #expect(buffer.put("中文", x: 0, y: 1, width: 8, alignment: .right) == 4)
    #expect(buffer.put("abcd", x: 0, y: 2, width: 8, alignment: .center) == 4)
    #expect(buffer.text == "abc\n    中文\n  abcd")
  }

  @Test(
    "cuts a text that is too long where it is told to",
    arguments: [
      (Ellipsis.none, "abcdef"), (.tail, "abcde…"), (.head, "…fghij"), (.middle, "abc…ij"),
    ])
  func ellipsis(_ ellipsis: Ellipsis, _ expected: String) {
    var buffer = ScreenBuffer(width: 6, height: 1)
    #expect(buffer.put("abcdefghij", x: 0, y: 0, width: 6, ellipsis: ellipsis) == 6)
    #expect(buffer.text == expected)
  }

  @Test(
    "never splits a wide character",
    arguments: [
      (0, "中文…"), (-1, " 文…"), (1, " 中…"),
    ])
  func wideCharacters(_ x: Int, _ expected: String) {
    var buffer = ScreenBuffer(width: 5, height: 1)
    buffer.put("中文中文中文", x: x, y: 0)
    #expect(buffer.text == expected)
    for column in 0..<5 where CharacterWidth.of(buffer[column, 0].text) == 2 {
      #expect(buffer[column + 1, 0].text == "")
    }
  }

  @Test("leaves no half of a wide character behind when something is written over it")
  func overwriting() {
    var buffer = ScreenBuffer(width: 6, height: 1)
    buffer.put("中文", x: 0, y: 0)
    buffer.put("a", x: 1, y: 0)
    #expect((0..<4).map { buffer[$0, 0].text } == [" ", "a", "文", ""])
    buffer.put("b", x: 2, y: 0)
    #expect((0..<4).map { buffer[$0, 0].text } == [" ", "a", "b", " "])
  }

  @Test("draws nothing outside the screen or the clip")
  func clipping() {
    var buffer = ScreenBuffer(width: 4, height: 2)
    #expect(buffer.put("x", x: 0, y: -1) == 0)
    #expect(buffer.put("x", x: 9, y: 0) == 0)
    buffer.put("abcdef", x: -2, y: 0, width: 20)
    buffer.put("abcdef", x: 0, y: 1, width: 6, clip: Rect(x: 1, y: 1, width: 2, height: 1))
    #expect(buffer.text == "cdef\n bc")
    buffer.fill(Rect(x: -5, y: -5, width: 50, height: 50), character: "#")
    #expect(buffer.text == "####\n####")
  }

  @Test("shows control characters and direction overrides as escapes")
  func escapes() {
    var buffer = ScreenBuffer(width: 40, height: 1)
    buffer.put("a\nb\u{1B}[2J\u{202E}\u{9B}", x: 0, y: 0)
    #expect(buffer.text == "a\\nb\\x1b[2J\\u{202e}\\x9b")
  }

  @Test("draws a box with a title, and its inside is what is left")
  func box() {
    var buffer = ScreenBuffer(width: 12, height: 3)
    #expect(buffer.box(buffer.bounds, title: "Log") == Rect(x: 1, y: 1, width: 10, height: 1))
    #expect(buffer.text == "┌─ Log ────┐\n│          │\n└──────────┘")
    var plain = ScreenBuffer(width: 12, height: 2, glyphs: .ascii)
    plain.box(plain.bounds, note: "3/9")
    #expect(plain.text == "+----------+\n+---- 3/9 -+")
    var tiny = ScreenBuffer(width: 1, height: 1)
    #expect(tiny.box(tiny.bounds, title: "Log").isEmpty)
  }

  @Test("copies a region and mends wide characters at its edges")
  func region() {
    var buffer = ScreenBuffer(width: 6, height: 1)
    buffer.put("a中b文", x: 0, y: 0)
    #expect(buffer.region(Rect(x: 0, y: 0, width: 2, height: 1)).text == "a")
    #expect(buffer.region(Rect(x: 2, y: 0, width: 2, height: 1)).text == " b")
    var other = ScreenBuffer(width: 4, height: 1)
    other.copy(buffer, x: -1, y: 0)
    #expect(other.text == "中b")
    #expect((0..<4).map { other[$0, 0].text } == ["中", "", "b", " "])
  }
}
