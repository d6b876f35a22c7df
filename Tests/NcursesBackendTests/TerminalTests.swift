import CLinux
import Glibc
import TerminalUI
import Testing

@testable import NcursesBackend

/// One terminal can be open at a time, so these run one after the other.
@Suite("The terminal on a pseudo terminal", .serialized)
struct TerminalTests {
  func open(
    _ pty: PseudoTerminal, term: String = "xterm-256color", variables: [String: String] = ["LANG": "C.UTF-8"]
  ) throws -> Terminal {
    var options = TerminalOptions(environment: variables.merging(["TERM": term]) { own, _ in own })
    (options.input, options.output, options.redirectsOutput) = (pty.program, pty.program, false)
    return try Terminal.open(options)
  }

  func frame(_ terminal: Terminal, _ lines: [String]) -> ScreenBuffer {
    var buffer = ScreenBuffer(width: terminal.width, height: terminal.height, glyphs: terminal.glyphs)
    for (y, line) in lines.enumerated() { buffer.put(line, x: 0, y: y) }
    return buffer
  }

  @Test("writes not a byte for a frame that is the same")
  func unchangedFrame() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    terminal.present(frame(terminal, ["hello 中文"]), theme: .terminal)
    let first = pty.written()
    // The scrolling region must be the whole screen, or the shell would scroll only a part of it afterwards.
    #expect(first.contains("\u{1B}[1;5r"))
    #expect(first.contains("\u{1B}[?1049h") && first.contains("hello") && first.contains("中文"))
    terminal.present(frame(terminal, ["hello 中文"]), theme: .terminal)
    #expect(pty.written() == "")
    terminal.present(frame(terminal, ["hullo 中文"]), theme: .terminal)
    let second = pty.written()
    #expect(second.contains("u") && second.utf8.count < 20, "\(second.debugDescription)")
    terminal.close()
  }

  @Test("gives the terminal back as it was, once")
  func restores() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let before = pty.settings
    let terminal = try open(pty)
    // ICANON and ECHO, IXON.
    #expect(before.local & 0o12 == 0o12 && pty.settings.local & 0o12 == 0)
    #expect(before.input & 0o2000 != 0 && pty.settings.input & 0o2000 == 0)
    terminal.setMouse(true)
    terminal.present(frame(terminal, ["x"]), theme: .terminal)
    _ = pty.written()
    terminal.close()
    let bytes = pty.written()
    for expected in ["\u{1B}[?1049l", "\u{1B}[?1000l", "\u{1B}[?2004l"] { #expect(bytes.contains(expected)) }
    #expect(bytes.contains("\u{1B}[?25h"))
    #expect(pty.settings == before)
    terminal.close()
    #expect(pty.written() == "")
  }

  @Test("sets the title only when it is another one, and gives the terminal its own back")
  func title() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    terminal.present(frame(terminal, ["x"]), theme: .terminal)
    _ = pty.written()
    terminal.setTitle(nil)
    #expect(pty.written() == "")
    terminal.setTitle("sluice ✗1")
    #expect(pty.written() == "\u{1B}[22;2t\u{1B}]2;sluice ✗1\u{07}")
    terminal.setTitle("sluice ✗1")
    #expect(pty.written() == "")
    terminal.setTitle("sluice")
    #expect(pty.written() == "\u{1B}]2;sluice\u{07}")
    terminal.setTitle(nil)
    #expect(pty.written() == "\u{1B}]2;\u{07}\u{1B}[23;2t")
    terminal.setTitle("sluice")
    _ = pty.written()
    terminal.close()
    #expect(pty.written().contains("\u{1B}]2;\u{07}\u{1B}[23;2t"))
  }

  @Test("shows progress in the terminal's bar only when it is another one, and takes it away at the end")
  func progress() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    terminal.present(frame(terminal, ["x"]), theme: .terminal)
    _ = pty.written()
    terminal.setProgress(nil)
    #expect(pty.written() == "")
    terminal.setProgress(40)
    terminal.setProgress(40)
    #expect(pty.written() == "\u{1B}]9;4;1;40\u{07}")
    terminal.setProgress(nil)
    #expect(pty.written() == "\u{1B}]9;4;0\u{07}")
    terminal.setProgress(100)
    _ = pty.written()
    terminal.close()
    #expect(pty.written().contains("\u{1B}]9;4;0\u{07}"))
  }

  @Test("calls with its bell, or a message that no text turns into another order")
  func announcement() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    defer { terminal.close() }
    terminal.present(frame(terminal, ["x"]), theme: .terminal)
    _ = pty.written()
    terminal.announce(nil)
    #expect(pty.written() == "\u{07}")
    terminal.announce("4;1;50\u{07}\u{1B}c")
    let message = pty.written()
    #expect(message.hasPrefix("\u{1B}]9;sluice: 4;1;50") && message.filter { $0 == "\u{07}" }.count == 1)
    #expect(!message.contains("\u{1B}c"))
  }

  @Test("never sets a title where the order would be shown as text", arguments: ["linux", "vt100", "ansi"])
  func noTitle(_ term: String) throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty, term: term)
    _ = pty.written()
    terminal.setTitle("sluice")
    #expect(pty.written() == "")
    terminal.close()
    #expect(!pty.written().contains("]2;"))
  }

  @Test("reads keys, pastes and the mouse, and a lone Esc after a short silence")
  func keys() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    defer { terminal.close() }
    pty.type("s\u{1B}[A\u{1B}OB中\u{0C}\r\u{1B}[200~s\nx\u{1B}[201~\u{1B}[<0;3;2M")
    let expected: [TerminalInput] = [
      .key(.character("s")), .key(.up), .key(.down), .key(.character("中")), .key(.control("l")), .key(.enter),
      .paste("s\nx"),
    ]
    for input in expected { #expect(terminal.poll(timeout: .seconds(5)) == input) }
    // The mouse is off: its report is swallowed.
    #expect(terminal.poll(timeout: .zero) == .timeout)
    terminal.setMouse(true)
    pty.type("\u{1B}[<0;3;2M\u{1B}[<0;3;2m\u{1B}[<0;3;2M\u{1B}[<65;1;1M")
    #expect(terminal.poll(timeout: .seconds(5)) == .key(.mouse(MouseEvent(kind: .press, x: 2, y: 1))))
    #expect(terminal.poll(timeout: .seconds(5)) == .key(.mouse(MouseEvent(kind: .doublePress, x: 2, y: 1))))
    #expect(terminal.poll(timeout: .seconds(5)) == .key(.mouse(MouseEvent(kind: .scrollDown, x: 0, y: 0))))
    pty.type("\u{1B}")
    #expect(terminal.poll(timeout: .seconds(5)) == .key(.escape))
  }

  @Test("tells of a lost terminal, and goes on telling")
  func gone() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    pty.hangUp()
    #expect(terminal.poll(timeout: .seconds(5)) == .gone)
    #expect(terminal.poll() == .gone)
    terminal.close()
  }

  @Test("tells a storm of size changes once, with the last size")
  func resize() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    defer { terminal.close() }
    for width in 50...90 {
      pty.resize(width: width, height: 9)
      pthread_kill(pthread_self(), SIGWINCH)
    }
    #expect(terminal.poll(timeout: .seconds(5)) == .resized(width: 90, height: 9))
    #expect(terminal.width == 90 && terminal.height == 9)
    #expect(terminal.poll(timeout: .zero) == .timeout)
    _ = pty.written()
    terminal.present(frame(terminal, Array(repeating: "", count: 8) + ["last"]), theme: .terminal)
    #expect(pty.written().contains("last"))
  }

  @Test("draws everything again when the size changed and came back")
  func resizeAndBack() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    defer { terminal.close() }
    let shown = frame(terminal, ["first", "second"])
    terminal.present(shown, theme: .terminal)
    _ = pty.written()
    pthread_kill(pthread_self(), SIGWINCH)
    #expect(terminal.poll(timeout: .seconds(5)) == .resized(width: 40, height: 5))
    terminal.present(shown, theme: .terminal)
    let bytes = pty.written()
    #expect(bytes.contains("first") && bytes.contains("second"))
  }

  @Test(
    "hands signals over as input",
    arguments: [
      (SIGTERM, TerminalInput.EndSignal.terminate), (SIGINT, .interrupt), (SIGHUP, .hangup), (SIGQUIT, .terminate),
    ])
  func signals(_ number: Int32, _ expected: TerminalInput.EndSignal) throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    defer { terminal.close() }
    pthread_kill(pthread_self(), number)
    #expect(terminal.poll(timeout: .seconds(5)) == .signal(expected))
  }

  @Test("wakes for the descriptor it is given")
  func wake() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    defer { terminal.close() }
    var ends: [Int32] = [0, 0]
    #expect(sluice_pipe(&ends) == 0)
    defer { for end in ends { Glibc.close(end) } }
    #expect(terminal.poll(wakeDescriptor: ends[0], timeout: .zero) == .timeout)
    var byte: UInt8 = 1
    write(ends[1], &byte, 1)
    #expect(terminal.poll(wakeDescriptor: ends[0]) == .wake)
  }

  @Test("opens once at a time, and again after closing")
  func onlyOne() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    #expect(throws: TerminalFailure.alreadyOpen) { try open(pty) }
    terminal.close()
    try open(pty).close()
  }

  @Test("refuses what is no terminal, or one without cursor movement")
  func refusals() throws {
    var ends: [Int32] = [0, 0]
    #expect(sluice_pipe(&ends) == 0)
    defer { for end in ends { Glibc.close(end) } }
    var options = TerminalOptions(environment: ["TERM": "xterm"])
    (options.input, options.output) = (ends[0], ends[1])
    #expect(throws: TerminalFailure.notATerminal(descriptor: 0)) { try Terminal.open(options) }
    let pty = try PseudoTerminal(width: 40, height: 5)
    #expect(throws: TerminalFailure.notFullScreen(term: "dumb")) { try open(pty, term: "dumb") }
    #expect(pty.written() == "")
    try open(pty).close()
  }

  @Test(
    "finds an entry for every terminal",
    arguments: [
      ("xterm-kitty", "xterm-256color"), ("xterm-ghostty", "xterm-256color"), ("alacritty", "xterm-256color"),
      ("foot-extra", "xterm-256color"), ("", "xterm"), ("no-such-thing", "xterm"), ("../../etc/passwd", "xterm"),
      ("tmux-direct", "tmux-256color"), ("vt100", "vt100"), ("linux", "linux"),
    ])
  func fallbackEntries(_ term: String, _ entry: String) throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty, term: term)
    defer { terminal.close() }
    // A machine with ncurses-term knows some of these by their own names.
    #expect(terminal.entryName == entry || (Self.isInstalled(term) && terminal.entryName == term))
    terminal.present(frame(terminal, ["drawn"]), theme: .terminal)
    #expect(pty.written().contains("drawn"))
  }

  private static func isInstalled(_ term: String) -> Bool {
    guard let first = term.first, first.isLetter else { return false }
    return ["/usr/share/terminfo", "/lib/terminfo", "/etc/terminfo"].contains { base in
      access("\(base)/\(first)/\(term)", F_OK) == 0
    }
  }

  @Test(
    "writes only ASCII where the locale has no UTF-8",
    arguments: [["LANG": "C"], ["LC_ALL": "POSIX", "LANG": "C.UTF-8"], ["LANG": "zh_CN.GB18030"]])
  func asciiOnly(_ variables: [String: String]) throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty, variables: variables)
    defer { terminal.close() }
    #expect(terminal.glyphs.isASCII)
    terminal.present(frame(terminal, ["─ 中 é ✓ end"]), theme: .terminal)
    let bytes = pty.written()
    #expect(bytes.contains("- \\u{4e2d} \\u{e9} + end"))
    #expect(bytes.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("draws without a single colour under NO_COLOR, and with colours when told so")
  func noColor() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    for (variables, isColored) in [
      (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true), (["NO_COLOR": "1", "FORCE_COLOR": "1"], true),
    ] {
      let terminal = try open(pty, variables: variables.merging(["LANG": "C.UTF-8"]) { own, _ in own })
      var buffer = frame(terminal, [])
      buffer.put("red", x: 0, y: 0, style: Style(.bad))
      terminal.present(buffer, theme: .terminal)
      let bytes = pty.written()
      #expect(bytes.contains("\u{1B}[31m") == isColored, "\(variables) \(bytes.debugDescription)")
      terminal.close()
      _ = pty.written()
    }
  }

  @Test(
    "shows a scheme's own colours where the terminal says it can, and leaves its palette alone",
    .enabled("needs ncurses-term", { isInstalled("xterm-direct256") }),
    arguments: [
      ("xterm-256color", "truecolor", true), ("xterm", "24bit", true), ("xterm-256color", "", false),
      ("xterm-256color", "yes", false), ("screen-256color", "truecolor", false), ("tmux-256color", "truecolor", false),
    ])
  func trueColor(_ term: String, _ colorTerm: String, _ isFull: Bool) throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty, term: term, variables: ["LANG": "C.UTF-8", "COLORTERM": colorTerm])
    #expect((terminal.depth == .full) == isFull && (terminal.entryName == "xterm-direct256") == isFull)
    var colors: [String: String] = [:]
    for index in 0..<16 { colors["base0" + String(index, radix: 16, uppercase: true)] = "c0ffee" }
    colors["base00"] = "000012"
    let theme = try Theme(base16: colors, name: "own")
    var buffer = frame(terminal, ["text"])
    buffer.put("own", x: 0, y: 1, style: Style(.running))
    terminal.present(buffer, theme: theme)
    let scheme = pty.written()
    #expect(scheme.contains("\u{1B}[38:2::192:255:238m") == isFull, "\(scheme.debugDescription)")
    // Never by number: that would be one of the terminal's own.
    #expect(scheme.contains("\u{1B}[48:2::0:1:18m") == isFull, "\(scheme.debugDescription)")
    terminal.present(buffer, theme: .terminal)
    let own = pty.written()
    #expect(own.contains("[94m") || own.contains(";94m"), "\(own.debugDescription)")
    terminal.close()
    #expect(!(scheme + own + pty.written()).contains("\u{1B}]"))
  }

  @Test("without the entry for 24-bit colours the terminal's own is taken")
  func withoutEntry() {
    let names = TerminalKind.candidates(for: "xterm-256color", colorTerm: "truecolor")
    #expect(Array(names.prefix(2)) == ["xterm-direct256", "xterm-256color"])
    #expect(TerminalKind.candidates(for: "xterm-256color").first == "xterm-256color")
  }

  @Test("a bar's partial cell is a shade where the track is a pattern, a block where it is a colour")
  func partialCell() throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let terminal = try open(pty)
    defer { terminal.close() }
    var buffer = frame(terminal, [])
    ProgressBar(fraction: 0.3).draw(in: &buffer, x: 0, y: 0, width: 8)
    terminal.present(buffer, theme: .terminal)
    let pattern = pty.written()
    #expect(pattern.contains("██▒") && !pattern.contains("▍"), "\(pattern.debugDescription)")
    var colors: [String: String] = ["base00": "202020", "base02": "404040"]
    for index in 0..<16 where colors["base0" + String(index, radix: 16, uppercase: true)] == nil {
      colors["base0" + String(index, radix: 16, uppercase: true)] = "eeeeee"
    }
    terminal.present(buffer, theme: try Theme(base16: colors, name: "own"))
    let color = pty.written()
    #expect(color.contains("██▍"), "\(color.debugDescription)")
  }

  @Test("never writes into a terminal that takes no bytes, and shows the newest frame when it does again")
  func stall() throws {
    let pty = try PseudoTerminal(width: 250, height: 70)
    let terminal = try open(pty)
    defer { terminal.close() }
    var rounds = 0
    // Until the line is full a frame goes out each time; then frames wait instead of blocking.
    while terminal.pending == nil, rounds < 400 {
      rounds += 1
      terminal.present(
        frame(terminal, (0..<70).map { "\(rounds) row \($0)" }), theme: rounds % 2 == 0 ? .terminal : .mono)
    }
    #expect(terminal.pending != nil)
    terminal.present(frame(terminal, ["the newest"]), theme: .terminal)
    var bytes = pty.written()
    #expect(terminal.poll(timeout: .milliseconds(1)) == .timeout)
    bytes += pty.written()
    #expect(bytes.contains("the newest"))
  }
}
