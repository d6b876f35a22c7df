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
      // As in the real program: the terminal is standard input and output, which are turned away from it.
      let descriptor = Glibc.open(name, O_RDWR | O_NOCTTY)
      for standard: Int32 in 0...2 { dup2(descriptor, standard) }
      let terminal = try Terminal.open(TerminalOptions(environment: ["TERM": "xterm-256color"]))
      terminal.setMouse(true)
      terminal.setTitle("sluice")
      terminal.present(ScreenBuffer(width: 40, height: 5), theme: .terminal)
      kill(getpid(), SIGSEGV)
      // The signal may go to another thread; this one waits for the end.
      while true { pause() }
    }
    let bytes = pty.written()
    for expected in ["\u{1B}[?1049h", "\u{1B}[?1000l", "\u{1B}[?25h", "\u{1B}[?1049l", "\u{1B}[23;2t"] {
      #expect(bytes.contains(expected))
    }
    #expect(pty.settings == before)
  }

  @Test("keeps stray output off the screen and follows its size meanwhile")
  func strayOutput() async throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    await #expect(processExitsWith: .exitCode(3)) { [name = pty.name as String] in
      let descriptor = Glibc.open(name, O_RDWR | O_NOCTTY)
      for standard: Int32 in 0...2 { dup2(descriptor, standard) }
      let terminal = try Terminal.open(TerminalOptions(environment: ["TERM": "xterm-256color"]))
      terminal.present(ScreenBuffer(width: 40, height: 5), theme: .terminal)
      print("stray words")
      var size = winsize(ws_row: 7, ws_col: 70, ws_xpixel: 0, ws_ypixel: 0)
      _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
      pthread_kill(pthread_self(), SIGWINCH)
      let input = terminal.poll(timeout: .seconds(5))
      terminal.close()
      print("words afterwards")
      fflush(nil)
      Glibc.exit(input == .resized(width: 70, height: 7) ? 3 : 4)
    }
    let bytes = pty.written()
    #expect(!bytes.contains("stray words"))
    #expect(bytes.contains("words afterwards"))
  }

  @Test("gives it back when the program leaves by exit, too")
  func exit() async throws {
    let pty = try PseudoTerminal(width: 40, height: 5)
    let before = pty.settings
    await #expect(processExitsWith: .exitCode(7)) { [name = pty.name as String] in
      // As in the real program: the terminal is standard input and output, which are turned away from it.
      let descriptor = Glibc.open(name, O_RDWR | O_NOCTTY)
      for standard: Int32 in 0...2 { dup2(descriptor, standard) }
      let terminal = try Terminal.open(TerminalOptions(environment: ["TERM": "xterm-256color"]))
      terminal.present(ScreenBuffer(width: 40, height: 5), theme: .terminal)
      Glibc.exit(7)
    }
    #expect(pty.written().contains("\u{1B}[?1049l"))
    #expect(pty.settings == before)
  }
}
