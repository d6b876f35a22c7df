import CNcurses
import Glibc

/// The line discipline's settings: as found, and as a full-screen program needs them.
struct TerminalModes {
  private let descriptor: Int32
  private let found: termios
  private let fullScreen: termios

  /// Reads the present settings; nil when it is no terminal.
  init?(descriptor: Int32) {
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else { return nil }
    self.descriptor = descriptor
    found = settings
    // Keys one by one and not shown; Ctrl-C and Ctrl-Z stay signals. Ctrl-S must not freeze the screen, Ctrl-V and
    // Ctrl-O not swallow keys, and what ncurses wrote must arrive unchanged.
    settings.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR | IGNCR | ISTRIP)
    settings.c_oflag &= ~tcflag_t(OPOST)
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL | IEXTEN)
    settings.c_lflag |= tcflag_t(ISIG)
    fullScreen = settings
  }

  func enter() { set(fullScreen) }

  func leave() { set(found) }

  private func set(_ settings: termios) {
    var settings = settings
    while tcsetattr(descriptor, TCSANOW, &settings) != 0, errno == EINTR {}
  }
}
