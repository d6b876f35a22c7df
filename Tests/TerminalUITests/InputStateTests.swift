import Testing

@testable import TerminalUI

@Suite("Lists and text fields")
struct InputStateTests {
  @Test("keeps the chosen row on screen")
  func scrolling() {
    var state = ScrollState(count: 100, height: 10)
    state.page(by: 1)
    #expect(state.selection == 9 && state.visible == 0..<10)
    state.move(by: 1)
    #expect(state.selection == 10 && state.visible == 1..<11)
    state.end()
    #expect(state.selection == 99 && state.visible == 90..<100)
    state.update(count: 20, height: 10)
    #expect(state.selection == 19 && state.visible == 10..<20)
    state.update(count: 20, height: 3)
    #expect(state.selection == 19 && state.visible == 17..<20)
    state.home()
    #expect(state.selection == 0 && !state.isAtEnd)
    state.update(count: 0, height: 0)
    #expect(state.selection == 0 && state.visible.isEmpty && state.isAtEnd)
    state.move(by: Int.max)
    state.page(by: Int.min)
    #expect(state.selection == 0)
  }

  @Test("the wheel moves the screen and takes the choice along only at its edge")
  func wheel() {
    var state = ScrollState(count: 100, height: 10, selection: 5)
    state.scroll(by: 3)
    #expect(state.offset == 3 && state.selection == 5)
    state.scroll(by: 3)
    #expect(state.offset == 6 && state.selection == 6)
    state.scroll(by: 1000)
    #expect(state.offset == 90 && state.selection == 90)
    state.scroll(by: Int.min)
    #expect(state.offset == 0 && state.selection == 9)
    #expect(state.row(atLine: 4) == 4 && state.row(atLine: 10) == nil && state.row(atLine: -1) == nil)
  }

  @Test("stays within its list whatever is done to it")
  func anyMoves() {
    var state = ScrollState()
    var seed: UInt64 = 7
    for _ in 0..<5000 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Int(truncatingIfNeeded: seed >> 40) % 60 - 20
      switch seed >> 60 {
      case 0...3: state.move(by: value)
      case 4...6: state.page(by: value)
      case 7...9: state.scroll(by: value)
      case 10...12: state.update(count: value, height: value / 3)
      default: state.select(value)
      }
      #expect(state.selection == 0 || state.selection < state.count)
      #expect(state.count == 0 || state.visible.contains(state.selection))
    }
  }

  @Test("draws a scroll bar whose ends mean the ends")
  func scrollBar() {
    func bar(_ offset: Int) -> String {
      var state = ScrollState(count: 100, height: 4)
      state.scroll(by: offset)
      var buffer = ScreenBuffer(width: 1, height: 4, glyphs: .ascii)
      buffer.scrollBar(state, x: 0, y: 0, height: 4)
      return buffer.text.split(separator: "\n").joined()
    }
    #expect(bar(0) == "#|||")
    #expect(bar(1) == "|#||")
    #expect(bar(95) == "||#|")
    #expect(bar(96) == "|||#")
  }

  @Test("edits a line as a shell does")
  func editing() {
    var field = TextField("hello world")
    #expect(field.handle(.control("w")) == .changed && field.text == "hello ")
    #expect(field.handle(.home) == .moved && field.handle(.delete) == .changed && field.text == "ello ")
    #expect(field.handle(.character("中")) == .changed && field.text == "中ello " && field.cursor == 1)
    #expect(field.handle(.control("k")) == .changed && field.text == "中")
    #expect(field.handle(.backspace) == .changed && field.isEmpty)
    #expect(field.handle(.backspace) == .ignored && field.handle(.delete) == .ignored)
    #expect(field.handle(.up) == .ignored && field.handle(.enter) == .submitted && field.handle(.escape) == .cancelled)
    field.insert("a\nb\u{1B}c\u{202E}")
    #expect(field.text == "abc")
    var short = TextField(limit: 3)
    short.insert("abcdef")
    #expect(short.text == "abc" && short.handle(.character("x")) == .ignored)
  }

  @Test("shows the part of a long line where the cursor is")
  func fieldDrawing() {
    var buffer = ScreenBuffer(width: 6, height: 1)
    var field = TextField("abcdefgh")
    #expect(field.draw(in: &buffer, x: 0, y: 0, width: 6) == 5)
    #expect(buffer.text == "defgh")
    for _ in 0..<8 { _ = field.handle(.left) }
    #expect(field.draw(in: &buffer, x: 0, y: 0, width: 6) == 0)
    #expect(buffer.text == "abcdef")
    #expect(TextField().draw(in: &buffer, x: 0, y: 0, width: 6, placeholder: "filter") == 0)
    #expect(buffer.text == "filter")
  }
}
