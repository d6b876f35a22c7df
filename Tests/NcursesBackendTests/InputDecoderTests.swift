import TerminalUI
import Testing

@testable import NcursesBackend

@Suite("Bytes made into keys")
struct InputDecoderTests {
  private func decode(_ text: String) -> [InputDecoder.Event] {
    var decoder = InputDecoder()
    return decoder.feed(Array(text.utf8)) + decoder.flush()
  }

  @Test(
    "knows the sequences of common terminals",
    arguments: [
      ("\u{1B}[A", Key.up), ("\u{1B}OA", .up), ("\u{1B}[1;5A", .up), ("\u{1B}[H", .home), ("\u{1B}[1~", .home),
      ("\u{1B}[7~", .home), ("\u{1B}OF", .end), ("\u{1B}[4~", .end), ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown),
      ("\u{1B}[6;5~", .pageDown), ("\u{1B}[3~", .delete), ("\u{1B}[Z", .backTab), ("\u{1B}OP", .function(1)),
      ("\u{1B}[[A", .function(1)), ("\u{1B}[11~", .function(1)), ("\u{1B}[15~", .function(5)),
      ("\u{1B}[24~", .function(12)), ("\u{1B}[1;2P", .function(1)), ("\u{7F}", .backspace), ("\u{08}", .backspace),
      ("\t", .tab), ("\r", .enter), ("\n", .enter), ("\u{1B}OM", .enter), ("\u{01}", .control("a")),
      ("\u{1B}", .escape), (" ", .character(" ")), ("é", .character("é")), ("🚀", .character("🚀")),
      ("\u{1B}[27u", .escape),
      ("\u{1B}[M !!", .mouse(MouseEvent(kind: .press, x: 0, y: 0))),
      ("\u{1B}[<64;250;70M", .mouse(MouseEvent(kind: .scrollUp, x: 249, y: 69))),
    ])
  func keys(_ text: String, _ key: Key) {
    #expect(decode(text) == [.key(key)])
  }

  @Test(
    "swallows whole what it does not know",
    arguments: [
      "\u{1B}[999;1;2x", "\u{1B}[?1;2c", "\u{1B}[24;80R", "\u{1B}[I", "\u{1B}[O", "\u{1B}]11;rgb:0000/0000/0000\u{07}",
      "\u{1B}]52;c;abc\u{1B}\\", "\u{1B}P1+r436f=323536\u{1B}\\", "\u{1B}[M#!!", "\u{1B}[<0;1;1m", "\u{1B}[<0;1M",
      "\u{1B}[99999999999999999999~", "\u{0}", "\u{1C}", "\u{85}", "\u{202E}", "\u{1B}Ox", "\u{1B}[2~",
    ])
  func unknown(_ text: String) {
    #expect(decode(text + "k") == [.key(.character("k"))])
  }

  @Test("two keys that arrive together stay two keys")
  func together() {
    #expect(decode("\u{1B}q") == [.key(.escape), .key(.character("q"))])
    #expect(decode("\u{1B}\u{1B}[A") == [.key(.escape), .key(.up)])
  }

  @Test("bytes that are no UTF-8 are left out and nothing after them")
  func invalid() {
    var decoder = InputDecoder()
    #expect(
      decoder.feed([0xFF, 0x61, 0xC3, 0x62, 0xED, 0xA0, 0x80, 0x63]) == ["a", "b", "c"].map { .key(.character($0)) })
    #expect(!decoder.isWaiting)
  }

  @Test("a paste is text, whatever it holds")
  func paste() {
    #expect(decode("\u{1B}[200~q\u{1B}[A\u{03}\u{1B}[201~q") == [.paste("q\u{1B}[A\u{03}"), .key(.character("q"))])
  }

  @Test("gives the same events however the bytes are cut")
  func anySplit() {
    let bytes = Array("a\u{1B}[A中\u{1B}OP\u{1B}[200~p\u{1B}[201~\u{1B}[<0;10;20M🚀\u{1B}[Mabc\u{1B}]0;t\u{07}z".utf8)
    var whole = InputDecoder()
    let expected = whole.feed(bytes)
    #expect(expected.count == 9)
    for cut in 0...bytes.count {
      var decoder = InputDecoder()
      #expect(decoder.feed(bytes[..<cut]) + decoder.feed(bytes[cut...]) == expected, "cut at \(cut)")
    }
    var single = InputDecoder()
    #expect(bytes.flatMap { single.feed([$0]) } == expected)
  }

  @Test("survives any bytes and ends with nothing left over")
  func anyBytes() {
    var state: UInt64 = 42
    for _ in 0..<300 {
      var decoder = InputDecoder()
      var bytes: [UInt8] = []
      for _ in 0..<60 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let pick = UInt8(truncatingIfNeeded: state >> 33)
        bytes.append(pick % 4 == 0 ? 0x1B : pick % 4 == 1 ? UInt8(ascii: "[") : pick)
      }
      _ = decoder.feed(bytes)
      _ = decoder.flush()
      _ = decoder.flush()
      // A paste that began never ends by itself; anything else has been decided.
      #expect(!decoder.isWaiting || bytes.contains(0x7E))
    }
  }
}
