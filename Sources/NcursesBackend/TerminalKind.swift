import CNcurses

/// Which entry of the terminfo database is used, and what it can do beyond it.
struct TerminalKind: Hashable {
  /// The entry's name.
  let name: String

  /// xterm with 24-bit colours, and its first 256 by number as ever.
  private static let trueColor = "xterm-direct256"

  /// Whether the entry shows any colour, and 256 by number as well.
  var isFull: Bool { name.hasSuffix("-direct256") }

  /// Whether a terminal that calls itself xterm says that it shows 24-bit colours.
  ///
  /// Not believed inside screen and tmux, which pass the variable on from outside.
  static func isTrueColor(term: String, colorTerm: String, in multiplexer: Multiplexer? = nil) -> Bool {
    multiplexer == nil
      && ["xterm", "xterm-256color"].contains(term) && ["truecolor", "24bit"].contains(colorTerm.lowercased())
  }

  /// The entries to try for a `TERM`, its own first.
  ///
  /// Terminals that bring an entry of their own are often unknown on the server; they all speak xterm's language. The
  /// entry for 24-bit colours needs the package ncurses-term.
  static func candidates(for term: String, colorTerm: String = "", in multiplexer: Multiplexer? = nil) -> [String] {
    var names = isTrueColor(term: term, colorTerm: colorTerm, in: multiplexer) ? [trueColor] : []
    let lower = term.lowercased()
    // Whatever it is told to call itself, it understands its own language: screen repeats no characters, for one.
    if let multiplexer, lower.hasPrefix("xterm") { names += multiplexer.entries }
    if !term.isEmpty { names.append(term) }
    if lower.hasPrefix("tmux") { names += ["tmux-256color", "screen-256color", "screen"] }
    if lower.hasPrefix("screen") { names += ["screen-256color", "screen"] }
    if lower.hasPrefix("rxvt") { names += ["rxvt-unicode-256color", "rxvt"] }
    let modern = [
      "xterm", "kitty", "ghostty", "alacritty", "foot", "wezterm", "tmux", "screen", "konsole", "iterm",
      "contour", "vte", "gnome", "rio", "st-", "256col", "direct", "truecolor",
    ]
    if modern.contains(where: lower.contains) { names.append("xterm-256color") }
    for name in ["xterm", "linux", "vt100"] { names.append(name) }
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  /// Whether the terminal can be sent xterm's private modes and operating-system commands.
  var speaksXterm: Bool {
    let others = ["linux", "vt", "ansi", "cons25", "sun", "hurd", "mach", "pcansi", "wsvt25", "cygwin"]
    // GNOME's terminal is no VT of Digital's.
    return name.hasPrefix("vte") || !others.contains(where: name.hasPrefix)
  }

  /// Looks the candidates up.
  ///
  /// - Throws: `.notFullScreen` for a terminal without cursor movement, `.unknownTerminal` when no entry is found.
  static func find(
    term: String, colorTerm: String, in multiplexer: Multiplexer?, output: Int32
  ) throws(TerminalFailure) -> (kind: TerminalKind, reset: [UInt8]) {
    if term == "dumb" { throw .notFullScreen(term: term) }
    let names = candidates(for: term, colorTerm: colorTerm, in: multiplexer)
    for name in names {
      // Control characters and slashes have no place in a name; ncurses would look for such a file.
      guard !name.contains("/"), name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { continue }
      var status: Int32 = 0
      guard setupterm(name, output, &status) == OK else { continue }
      defer { sluice_forget_terminal() }
      guard sluice_capability("cup") != nil, sluice_capability("clear") != nil else {
        throw .notFullScreen(term: name)
      }
      let kind = TerminalKind(name: name)
      return (kind, kind.resetSequence())
    }
    throw .unknownTerminal(term: term, tried: names.filter { $0 != term })
  }

  /// What makes the terminal usable again when there is no time for ncurses to do it.
  private func resetSequence() -> [UInt8] {
    var bytes: [UInt8] = []
    if speaksXterm { bytes += PrivateMode.allOff + ExtendedKeys.asFound }
    for name in ["sgr0", "rmkx", "cnorm", "rmcup"] { bytes += Self.capability(name) }
    // A terminal without a second screen is left with the picture on it: below that the shell goes on.
    if Self.capability("rmcup").isEmpty { bytes += Array("\r\n".utf8) }
    return bytes
  }

  /// A string capability of the current terminal, without its padding marks such as `$<5>`.
  static func capability(_ name: String) -> [UInt8] {
    guard let text = sluice_capability(name) else { return [] }
    var bytes: [UInt8] = []
    var isPadding = false
    for byte in String(cString: text).utf8 {
      if isPadding {
        isPadding = byte != UInt8(ascii: ">")
      } else if byte == UInt8(ascii: "<"), bytes.last == UInt8(ascii: "$") {
        bytes.removeLast()
        isPadding = true
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}

/// Modes of xterm that ncurses does not know: mouse reports and marked pastes.
enum PrivateMode {
  static let mouseOn = Array("\u{1B}[?1000h\u{1B}[?1006h".utf8)
  static let mouseOff = Array("\u{1B}[?1006l\u{1B}[?1000l".utf8)
  static let pasteOn = Array("\u{1B}[?2004h".utf8)
  static let pasteOff = Array("\u{1B}[?2004l".utf8)
  /// Also modes that only other programs would have left on.
  static let allOff = Array("\u{1B}[?1000l\u{1B}[?1002l\u{1B}[?1003l\u{1B}[?1006l\u{1B}[?2004l\u{1B}[?2026l".utf8)
}
