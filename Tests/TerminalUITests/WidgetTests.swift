import Testing

@testable import TerminalUI

@Suite("Widgets")
struct WidgetTests {
  private func drawn(_ width: Int, _ height: Int = 1, glyphs: Glyphs = .unicode, _ draw: (inout ScreenBuffer) -> Void)
    -> String
  {
    var buffer = ScreenBuffer(width: width, height: height, glyphs: glyphs)
    draw(&buffer)
    return buffer.text
  }

  @Test(
    "fills a bar in eighths, full only when it is over",
    arguments: [
      (nil, "░░░░"), (0.0, "░░░░"), (0.001, "▏░░░"), (0.25, "█░░░"), (0.5, "██░░"), (0.54, "██▏░"), (0.999, "███▉"),
      (1, "████"), (7, "████"), (-1, "░░░░"), (Double.nan, "░░░░"), (Double.infinity, "████"),
    ] as [(Double?, String)])
  func bar(_ fraction: Double?, _ expected: String) {
    #expect(drawn(4) { ProgressBar(fraction: fraction).draw(in: &$0, x: 0, y: 0, width: 4) } == expected)
  }

  @Test("draws what is announced behind what is there, in its own colour")
  func pending() {
    var buffer = ScreenBuffer(width: 4, height: 1, glyphs: .ascii)
    ProgressBar(fraction: 0.5, pending: 0.25, pendingRole: .info).draw(in: &buffer, x: 0, y: 0, width: 4)
    #expect(buffer.text == "###.")
    #expect((0..<4).map { buffer[$0, 0].style.foreground } == [.barFilled, .barFilled, .info, .barEmpty])
  }

  @Test("a sparkline shows the newest values, and something never as nothing")
  func sparkline() {
    #expect(Sparkline(values: [0, 1, 50, 100]).text(width: 4) == " ▁▄█")
    #expect(Sparkline(values: [9, 9, 0, 4, 8]).text(width: 3, glyphs: .ascii).first == " ")
    #expect(Sparkline(values: []).text(width: 3) == "   ")
    #expect(Sparkline(values: [.nan, -1, 1], maximum: 1).text(width: 3) == "  █")
    let tall = drawn(2, 2) { Sparkline(values: [4, 8]).draw(in: &$0, rect: Rect(x: 0, y: 0, width: 2, height: 2)) }
    #expect(tall == " █\n██")
  }

  @Test("tabs keep the chosen title when there is little room, and tell their columns")
  func tabs() {
    let bar = TabBar(titles: ["Overview", "Log", "History"], selection: 1)
    var places: [Range<Int>] = []
    #expect(drawn(40) { places = bar.draw(in: &$0, x: 0, y: 0, width: 40) } == " 1 Overview   2 Log   3 History")
    #expect(places == [0..<12, 13..<20, 21..<32])
    #expect(drawn(20) { _ = bar.draw(in: &$0, x: 0, y: 0, width: 20) } == " 1   2 Log   3")
    #expect(drawn(6) { _ = bar.draw(in: &$0, x: 0, y: 0, width: 6) } == " 1   …")
  }

  @Test("the footer keeps its last item, the way to all others")
  func footer() {
    let footer = FooterBar(items: [
      FooterItem(key: "s", label: "sync"), FooterItem(key: "d", label: "dry run", isEnabled: false),
      FooterItem(key: "?", label: "help"),
    ])
    #expect(drawn(40) { footer.draw(in: &$0, x: 0, y: 0, width: 40) } == " s sync d dry run ? help")
    #expect(drawn(15) { footer.draw(in: &$0, x: 0, y: 0, width: 15) } == " s sync ? help")
    #expect(drawn(6) { footer.draw(in: &$0, x: 0, y: 0, width: 6) } == " ? he…")
    #expect(drawn(0, 0) { footer.draw(in: &$0, x: 0, y: 0, width: 0) } == "")
  }

  @Test(
    "wraps at words, splits only words that are too long, keeps wide characters whole",
    arguments: [
      ("the quick brown fox", 10, 0, ["the quick", "brown fox"]),
      ("abcdefghijkl", 5, 0, ["abcde", "fghij", "kl"]),
      ("a bcdefghijkl", 5, 0, ["a", "bcdef", "ghijk", "l"]),
      ("中文中文", 5, 0, ["中文", "中文"]),
      ("one\ntwo\n\nthree", 10, 0, ["one", "two", "", "three"]),
      ("error: no such file", 10, 2, ["error: no", "  such", "  file"]),
      ("", 10, 0, [""]), ("a\r\nb", 10, 0, ["a", "b"]), ("tab\there", 20, 0, ["tab\\there"]),
      ("中", 1, 0, [""]), ("x", 0, 5, ["x"]),
    ])
  func wrap(_ text: String, _ width: Int, _ indent: Int, _ expected: [String]) {
    #expect(TextWrap.lines(text, width: width, indent: indent) == expected)
  }

  @Test("columns go by priority and the others share the room")
  func columns() {
    let columns = [
      ColumnLayout.Column("name", minimum: 8, ideal: 20, priority: 10, growth: 1),
      ColumnLayout.Column("state", minimum: 4, ideal: 10, priority: 9),
      ColumnLayout.Column("files", minimum: 6, ideal: 6, priority: 1, alignment: .right),
    ]
    func widths(_ width: Int) -> [Int] { ColumnLayout(columns, width: width).placed.map(\.width) }
    #expect(widths(60) == [42, 10, 6])
    #expect(widths(38) == [20, 10, 6])
    #expect(widths(20) == [8, 4, 6])
    #expect(widths(19) == [12, 6])
    #expect(widths(12) == [12])
    #expect(widths(5) == [5])
    #expect(widths(0) == [])
    for width in 0...80 {
      let layout = ColumnLayout(columns, width: width)
      #expect(layout.placed.last.map { $0.x + $0.width <= width } ?? true)
    }
    #expect(ColumnLayout([], width: 10).placed.isEmpty)
    let text = drawn(20) {
      let layout = ColumnLayout(columns, width: 20)
      $0.tableCell("a-long-name", column: 0, of: layout, x: 0, y: 0)
      $0.tableCell("42", column: 2, of: layout, x: 0, y: 0)
    }
    #expect(text == "a-long-…          42")
  }
}
