import TerminalUI
import Testing

@testable import NcursesBackend

@Suite("Keys in time")
struct KeyReaderTests {
  /// A reader with a clock of its own.
  private struct Bench {
    var reader: KeyReader
    var now = ContinuousClock.now
    var events: [KeyReader.Event] = []

    init(delay: Duration = .milliseconds(100)) { reader = KeyReader(InputDecoder(), escapeDelay: delay) }

    mutating func read(_ bytes: some Sequence<UInt8>) { events += reader.take(bytes, at: now) }

    mutating func read(_ text: String) { read(text.utf8) }

    /// Lets time pass as the loop would: it comes back when a deadline has come.
    mutating func wait(_ duration: Duration) {
      let end = now + duration
      while let deadline = reader.deadline, deadline <= end {
        now = max(now, deadline)
        events += reader.settle(at: now)
      }
      now = end
    }
  }

  private func keys(_ text: String) -> [KeyReader.Event] { text.map { .key(.character($0)) } }

  @Test("an arrow cut by 40 ms is an arrow", arguments: ["\u{1B}[A", "\u{1B}OA", "\u{1B}[1;5A"])
  func cutArrow(_ text: String) {
    let bytes = Array(text.utf8)
    for cut in 1..<bytes.count {
      var bench = Bench()
      bench.read(bytes[..<cut])
      bench.wait(.milliseconds(40))
      bench.read(bytes[cut...])
      bench.wait(.seconds(5))
      #expect(bench.events == [.key(.up)], "cut at \(cut)")
    }
  }

  @Test("what is left of a sequence comes late and still is no key of its own", arguments: [300, 900, 3000, 60_000])
  func lateRest(_ pause: Int) {
    let answer = "\u{1B}]11;rgb:ffff/ffff/ffff\u{07}"
    for text in ["\u{1B}[5~", "\u{1B}[200~s\r\u{1B}[201~", "\u{1B}[<0;10;20M", "\u{1B}[115;1u", answer] {
      // Half an answer that came a second ago is given up; the rest of it is a burst.
      if text == answer, pause > 900 { continue }
      let bytes = Array(text.utf8)
      for cut in 1..<bytes.count {
        var bench = Bench()
        bench.read(bytes[..<cut])
        bench.wait(.milliseconds(pause))
        bench.read(bytes[cut...])
        bench.wait(.seconds(5))
        let others = bench.events.filter { event in
          // A paste in two pieces is text all the same.
          if case .paste = event { return false }
          return event != .key(.escape) && !whole(text).contains(event)
        }
        #expect(others.isEmpty, "\(text.debugDescription) cut at \(cut): \(bench.events)")
      }
    }
  }

  /// The events of bytes that come at once.
  private func whole(_ text: String) -> [KeyReader.Event] {
    var bench = Bench()
    bench.read(text)
    return bench.events
  }

  @Test("a bracket that was typed soon after Esc is a bracket")
  func typedBracket() {
    var bench = Bench()
    bench.read("\u{1B}")
    bench.wait(.milliseconds(150))
    bench.read("[")
    bench.wait(.milliseconds(150))
    bench.read("[j")
    bench.wait(.milliseconds(150))
    #expect(bench.events == [.key(.escape)] + keys("[[j"))
  }

  @Test("a lone Esc is the key once the delay is over, and not before")
  func loneEscape() {
    var bench = Bench(delay: .milliseconds(100))
    bench.read("\u{1B}")
    bench.wait(.milliseconds(99))
    #expect(bench.events.isEmpty)
    bench.wait(.milliseconds(1))
    #expect(bench.events == [.key(.escape)])
    #expect(bench.reader.deadline == nil)
  }

  @Test(
    "waits for the rest by ESCDELAY, else by where the keyboard is",
    arguments: [
      ([:], 100), (["DISPLAY": ":0"], 25), (["WAYLAND_DISPLAY": "wayland-0"], 25), (["ESCDELAY": "250"], 250),
      (["DISPLAY": ":0", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"], 100), (["DISPLAY": "localhost:10.0"], 100),
      (["ESCDELAY": "0", "SSH_TTY": "/dev/pts/1"], 0), (["ESCDELAY": "nonsense"], 100),
      (["ESCDELAY": "99999999"], 5000),
    ] as [([String: String], Int)])
  func delay(_ environment: [String: String], _ milliseconds: Int) {
    #expect(EscapeDelay.choose(environment) == .milliseconds(milliseconds))
  }

  @Test("a paste whose end mark never comes is over after a second, and keys work again")
  func openPaste() {
    var bench = Bench()
    bench.read("\u{1B}[200~stop")
    bench.wait(.milliseconds(900))
    bench.read(" it")
    bench.wait(.milliseconds(900))
    #expect(bench.events.isEmpty)
    bench.wait(.milliseconds(200))
    #expect(bench.events == [.paste("stop it")])
    bench.read("q")
    #expect(bench.events.last == .key(.character("q")))
  }

  @Test("the rest of a paste that stalled is still pasted, its end mark included")
  func stalledPaste() {
    var bench = Bench()
    bench.read("\u{1B}[200~abc")
    bench.wait(.seconds(3))
    bench.read("s\u{1B}[201~j")
    #expect(bench.events == [.paste("abc"), .paste("s")] + keys("j"))
    bench.read("\u{1B}[200~x\u{1B}[201~")
    #expect(bench.events.last == .paste("x"))
  }

  @Test("many characters in one read are no typing; a held key, a few, and arrows are")
  func burst() {
    var bench = Bench()
    bench.read("proxy")
    #expect(bench.events == [.burst("proxy".map { .character($0) })])
    bench.wait(.milliseconds(20))
    // The paste's next piece is one still.
    bench.read("s")
    #expect(bench.events.last == .burst([.character("s")]))
    bench.wait(.milliseconds(200))
    bench.events = []
    bench.read("jjjjjjjj")
    bench.wait(.milliseconds(200))
    bench.read("xyz")
    bench.wait(.milliseconds(200))
    bench.read("\u{1B}[A\u{1B}[B\u{1B}[A\u{1B}[B\u{1B}[A")
    #expect(bench.events == keys("jjjjjjjjxyz") + [.key(.up), .key(.down), .key(.up), .key(.down), .key(.up)])
  }

  @Test("characters that come one by one faster than anybody types are a burst from the fourth on")
  func slowLine() {
    var bench = Bench()
    for character in "scp x" {
      bench.read(String(character))
      bench.wait(.milliseconds(1))
    }
    #expect(bench.events == keys("scp") + [.burst([.character(" ")]), .burst([.character("x")])])
  }

  @Test("lines of pasted text take their line ends with them")
  func lines() {
    var bench = Bench()
    bench.read("sluice sync\r")
    #expect(bench.events == [.burst("sluice sync".map { .character($0) } + [.enter])])
  }
}
