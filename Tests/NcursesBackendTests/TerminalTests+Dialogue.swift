import Glibc
import TerminalUI
import Testing

@testable import NcursesBackend

/// What is asked of a terminal beyond drawing, and what it answers.
extension TerminalTests {
  @Test("puts text on the clipboard by OSC 52")
  func clipboard() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    defer { terminal.close() }
    terminal.present(frame(terminal, []), theme: .terminal)
    _ = pty.written()
    #expect(terminal.copyToClipboard("/data/lake") == .sent)
    #expect(pty.written() == "\u{1B}]52;c;L2RhdGEvbGFrZQ==\u{07}")
    #expect(terminal.copyToClipboard(String(repeating: "x", count: 80_000)) == .tooLong)
    #expect(pty.written() == "")
  }

  @Test(
    "does not claim a clipboard that the terminal has not, or that screen and tmux may keep",
    arguments: [
      ("linux", [:], ClipboardOutcome.unsupported), ("vt100", [:], .unsupported),
      ("tmux-256color", ["TMUX": "/tmp/tmux-0/default,1,0"], .handedOver(to: "tmux")),
      ("screen-256color", ["TMUX": "/tmp/tmux-0/default,1,0"], .handedOver(to: "tmux")),
      ("screen", ["STY": "1.pts-0.lake"], .handedOver(to: "screen")),
      ("xterm-256color", ["STY": "1.pts-0.lake"], .handedOver(to: "screen")),
      ("xterm-256color", ["VTE_VERSION": "7006"], .handedOver(to: "The terminal")),
      ("xterm-256color", [:], .sent),
    ] as [(String, [String: String], ClipboardOutcome)])
  func unsureClipboard(_ term: String, _ variables: [String: String], _ outcome: ClipboardOutcome) throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty, term: term, variables: variables.merging(["LANG": "C.UTF-8"]) { own, _ in own })
    defer { terminal.close() }
    terminal.present(frame(terminal, []), theme: .terminal)
    _ = pty.written()
    #expect(terminal.copyToClipboard("x") == outcome)
    let bytes = pty.written()
    #expect(bytes.contains("]52;c;eA==") == (outcome != .unsupported))
    #expect(bytes.hasPrefix("\u{1B}P") == (outcome == .handedOver(to: "screen")))
  }

  @Test(
    "inside screen and tmux speaks their language, whatever they are told to call themselves",
    arguments: [
      (["STY": "1.pts-0.lake"], "screen-256color"), (["TMUX": "/tmp/t,1,0"], "tmux-256color"),
      (["TMUX": "/tmp/t,1,0", "STY": "1.pts-0.lake"], "screen-256color"),
    ])
  func multiplexers(_ variables: [String: String], _ entry: String) throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let known = ["LANG": "C.UTF-8", "COLORTERM": "truecolor"]
    let terminal = try open(pty, term: "xterm-256color", variables: variables.merging(known) { own, _ in own })
    defer { terminal.close() }
    #expect(terminal.entryName == entry && terminal.depth == .indexed)
    var buffer = frame(terminal, [])
    buffer.put(String(repeating: "=", count: 30), x: 0, y: 0, style: Style(.running))
    terminal.present(buffer, theme: .terminal)
    let bytes = pty.written()
    // screen does not repeat a character by number, nor does it know colours of three numbers.
    #expect(bytes.contains(String(repeating: "=", count: 30)) && !bytes.contains("38:2") && !bytes.contains("38;2"))
  }

  @Test("turns reports of keys by their codes off at the start, and puts them back")
  func extendedKeys() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    terminal.present(frame(terminal, []), theme: .terminal)
    let start = pty.written()
    #expect(start.contains("\u{1B}[>0u") && start.contains("\u{1B}[>4;0m"))
    pty.type("\u{1B}[99;5u")
    #expect(terminal.poll(timeout: .seconds(5)) == .signal(.interrupt))
    terminal.close()
    #expect(pty.written().contains("\u{1B}[<u"))
    let console = try open(pty, term: "linux")
    console.close()
    #expect(!pty.written().contains("\u{1B}[>"))
  }

  @Test("asks for the background once, or believes COLORFGBG")
  func background() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    terminal.present(frame(terminal, []), theme: .terminal)
    _ = pty.written()
    terminal.askBackground()
    terminal.askBackground()
    #expect(terminal.poll(timeout: .zero) == .timeout)
    #expect(pty.written() == "\u{1B}]11;?\u{1B}\\")
    pty.type("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\")
    #expect(terminal.poll(timeout: .seconds(5)) == .background(.white))
    terminal.close()
    for (value, color) in [("0;15", RGB.white), ("15;0", .black), ("0;default;7", .white)] {
      let told = try open(pty, variables: ["LANG": "C.UTF-8", "COLORFGBG": value])
      told.present(frame(told, []), theme: .terminal)
      _ = pty.written()
      told.askBackground()
      #expect(told.poll(timeout: .zero) == .background(color) && pty.written() == "")
      told.close()
    }
  }

  @Test("shows large frames whole where the terminal says that it can, and sends nothing about it elsewhere")
  func synchronized() throws {
    let (begin, end) = ("\u{1B}[?2026h", "\u{1B}[?2026l")
    for (answer, isWhole) in [("\u{1B}[?2026;2$y", true), ("\u{1B}[?2026;0$y", false), ("", false)] {
      let pty = try PseudoTerminal(width: 40, height: 12)
      let terminal = try open(pty)
      defer { terminal.close() }
      terminal.present(frame(terminal, []), theme: .terminal)
      #expect(pty.written().ranges(of: "\u{1B}[?2026$p").count == 1)
      if !answer.isEmpty { pty.type(answer) }
      // The key behind it shows that the answer is no input.
      pty.type("k")
      #expect(terminal.poll(timeout: .seconds(5)) == .key(.character("k")))
      let rows = (0..<12).map { row in
        let letters = (0..<30).map { UInt8(33 + ($0 * 7 + row) % 90) }
        return String(decoding: letters, as: UTF8.self)
      }
      terminal.present(frame(terminal, rows), theme: .terminal)
      let large = pty.written()
      #expect(large.hasPrefix(begin) == isWhole && large.hasSuffix(end) == isWhole)
      #expect(large.ranges(of: "2026").count == (isWhole ? 2 : 0))
      terminal.present(frame(terminal, ["x"] + rows.dropFirst()), theme: .terminal)
      #expect(!pty.written().contains("2026"))
    }
  }

  @Test("an answer still on its way is taken before the terminal is given back")
  func lateAnswer() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    terminal.askBackground()
    pty.type("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\")
    terminal.close()
    var rest = pollfd(fd: pty.program, events: Int16(POLLIN), revents: 0)
    #expect(Glibc.poll(&rest, 1, 0) == 0)
  }

  @Test("types Unicode also where only ASCII is drawn, as --ascii asks")
  func typedUnicode() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    var options = TerminalOptions(environment: ["TERM": "xterm-256color", "LANG": "C.UTF-8"])
    (options.input, options.output, options.redirectsOutput) = (pty.program, pty.program, false)
    options.forcesASCII = true
    let terminal = try Terminal.open(options)
    defer { terminal.close() }
    pty.type("旧")
    #expect(terminal.poll(timeout: .seconds(5)) == .key(.character("旧")))
  }
}
