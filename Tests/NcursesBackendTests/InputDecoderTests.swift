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
      ("\u{1B}[27u", .escape), ("\u{1B}O5A", .up), ("\u{1B}Oa", .up), ("\u{1B}OI", .tab),
      ("\u{1B}[M !!", .mouse(MouseEvent(kind: .press, x: 0, y: 0))),
      ("\u{1B}[<64;250;70M", .mouse(MouseEvent(kind: .scrollUp, x: 249, y: 69))),
    ])
  func keys(_ text: String, _ key: Key) {
    #expect(decode(text) == [.key(key)])
  }

  @Test(
    "swallows whole what it does not know",
    arguments: [
      "\u{1B}[999;1;2x", "\u{1B}[?1;2c", "\u{1B}[24;80R", "\u{1B}[I", "\u{1B}[O", "\u{1B}]11;rgb:0000/00x0/0000\u{07}",
      "\u{1B}]52;c;abc\u{1B}\\", "\u{1B}P1+r436f=323536\u{1B}\\", "\u{1B}[M#!!", "\u{1B}[<0;1;1m", "\u{1B}[<0;1M",
      "\u{1B}[99999999999999999999~", "\u{0}", "\u{1C}", "\u{85}", "\u{202E}", "\u{1B}O~", "\u{1B}[2~",
    ])
  func unknown(_ text: String) {
    #expect(decode(text + "k") == [.key(.character("k"))])
  }

  @Test("a keypad in application mode types what is printed on it")
  func keypad() {
    let typed = decode("jklmnopqrstuvwxyX".map { "\u{1B}O\($0)" }.joined() + "\u{1B}OM")
    #expect(typed == "*+,-./0123456789=".map { .key(.character($0)) } + [.key(.enter)])
  }

  @Test(
    "takes keys by their codes, as kitty and xterm report them where a program left that on",
    arguments: [
      ("\u{1B}[99;5u", Key.control("c")), ("\u{1B}[113u", .character("q")), ("\u{1B}[113;1u", .character("q")),
      ("\u{1B}[113:81;2u", .character("Q")), ("\u{1B}[113;2u", .character("Q")), ("\u{1B}[113;65u", .character("Q")),
      ("\u{1B}[47;2u", .character("?")), ("\u{1B}[47:63;2;63u", .character("?")), ("\u{1B}[13u", .enter),
      ("\u{1B}[9;2u", .backTab), ("\u{1B}[105;5u", .tab), ("\u{1B}[1;1:1A", .up), ("\u{1B}[1;1:2B", .down),
      ("\u{1B}[57399u", .character("0")), ("\u{1B}[57414u", .enter), ("\u{1B}[57419;129u", .up),
      ("\u{1B}[1089::99;5u", .control("c")), ("\u{1B}[1089;1;1089u", .character("с")), ("\u{1B}[32u", .character(" ")),
      ("\u{1B}[27;5;99~", .control("c")), ("\u{1B}[27;2;63~", .character("?")), ("\u{1B}[27;5;122~", .control("z")),
    ])
  func extended(_ text: String, _ key: Key) {
    #expect(decode(text) == [.key(key)])
  }

  @Test(
    "keys let go, held with Alt or Super, or without a meaning are no keys",
    arguments: [
      "\u{1B}[113;1:3u", "\u{1B}[1;1:3A", "\u{1B}[3;1:3~", "\u{1B}[115;3u", "\u{1B}[115;9u", "\u{1B}[27;3;115~",
      "\u{1B}[57441;2u", "\u{1B}[57358u", "\u{1B}[1114112u", "\u{1B}[55296u", "\u{1B}[u", "\u{1B}[;u", "\u{1B}[>1u",
      "\u{1B}[?1u",
    ])
  func noKeys(_ text: String) {
    #expect(decode(text + "k") == [.key(.character("k"))])
  }

  @Test(
    "knows the answer to the question for the background",
    arguments: [
      ("rgb:ffff/ffff/dddd", RGB(255, 255, 221)), ("rgb:0/8/f", RGB(0, 136, 255)), ("#102030", RGB(16, 32, 48)),
      ("rgba:ffff/0000/0000/8000", RGB(255, 0, 0)),
    ])
  func background(_ answer: String, _ color: RGB) {
    for end in ["\u{07}", "\u{1B}\\"] {
      #expect(decode("\u{1B}]11;\(answer)\(end)k") == [.background(color), .key(.character("k"))])
    }
    #expect(decode("\u{1B}]10;\(answer)\u{07}k") == [.key(.character("k"))])
  }

  @Test(
    "knows the answer whether frames are shown whole",
    arguments: [("1", true), ("2", true), ("0", false), ("4", false), ("", false)])
  func synchronizes(_ state: String, _ isKnown: Bool) {
    #expect(decode("\u{1B}[?2026;\(state)$yk") == [.synchronizes(isKnown), .key(.character("k"))])
    #expect(decode("\u{1B}[?2027;\(state)$yk") == [.key(.character("k"))])
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
    #expect(decoder.pending == nil)
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
      #expect(decoder.pending == nil)
    }
  }
}
