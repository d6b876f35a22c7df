import Testing

@testable import NcursesBackend

@Suite("Kinds of terminals")
struct TerminalKindTests {
  @Test(
    "emulators of today are sent marked pastes, mouse reports and titles",
    arguments: [
      "xterm", "xterm-256color", "xterm-direct256", "xterm-kitty", "xterm-ghostty", "kitty", "ghostty", "alacritty",
      "alacritty-direct", "foot", "foot-extra", "wezterm", "konsole", "konsole-256color", "st", "st-256color", "rxvt",
      "rxvt-unicode-256color", "vte", "vte-256color", "vte-direct", "gnome-256color", "contour", "rio", "iterm2",
      "mlterm", "putty-256color", "mintty", "ms-terminal", "tmux-256color", "screen-256color",
    ])
  func modern(name: String) {
    #expect(TerminalKind(name: name).speaksXterm)
  }

  @Test(
    "consoles and terminals of old are not: they would show them as text",
    arguments: [
      "linux", "linux-16color", "vt52", "vt100", "vt102", "vt220", "vt340", "vt525", "ansi", "ansi-m", "cons25",
      "sun-color", "hurd", "mach-color", "pcansi", "wsvt25", "cygwin",
    ])
  func old(name: String) {
    #expect(!TerminalKind(name: name).speaksXterm)
  }
}
