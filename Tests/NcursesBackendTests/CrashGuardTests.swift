import Glibc
import TerminalUI
import Testing

@testable import NcursesBackend

@Suite("A crash while the screen is up", .serialized)
struct CrashGuardTests {
  @Test("gives the terminal back before the process dies by the signal")
  func restores() async throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let before = pty.settings
    await #expect(processExitsWith: .signal(SIGSEGV)) { [name = pty.name as String] in
      let descriptor = Glibc.open(name, O_RDWR | O_NOCTTY)
      var options = TerminalOptions(environment: ["TERM": "xterm-256color"])
      (options.input, options.output, options.redirectsOutput) = (descriptor, descriptor, false)
      let terminal = try Terminal.open(options)
      terminal.setMouse(true)
      terminal.present(ScreenBuffer(width: 40, height: 5), theme: .terminal)
      kill(getpid(), SIGSEGV)
      // The signal may go to another thread; this one waits for the end.
      while true { pause() }
    }
    let bytes = pty.written()
    for expected in ["\u{1B}[?1049h", "\u{1B}[?1000l", "\u{1B}[?25h", "\u{1B}[?1049l"] {
      #expect(bytes.contains(expected))
    }
    #expect(pty.settings == before)
  }

  @Test("gives it back when the program leaves by exit, too")
  func exit() async throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let before = pty.settings
    await #expect(processExitsWith: .exitCode(7)) { [name = pty.name as String] in
      let descriptor = Glibc.open(name, O_RDWR | O_NOCTTY)
      var options = TerminalOptions(environment: ["TERM": "xterm-256color"])
      (options.input, options.output, options.redirectsOutput) = (descriptor, descriptor, false)
      let terminal = try Terminal.open(options)
      terminal.present(ScreenBuffer(width: 40, height: 5), theme: .terminal)
      Glibc.exit(7)
    }
    #expect(pty.written().contains("\u{1B}[?1049l"))
    #expect(pty.settings == before)
  }
}
