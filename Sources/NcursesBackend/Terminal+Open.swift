import CLinux
import CNcurses
import Glibc
import Synchronization
import TerminalUI

/// What opening the terminal found and made.
struct TerminalSetup {
  var screen: OpaquePointer
  var streams: [UnsafeMutablePointer<FILE>]
  var kind: TerminalKind
  /// The terminal itself, whatever becomes of standard output.
  var output: Int32
  var signals: Int32
  var channel: OutputChannel
  var modes: TerminalModes
  var isASCII: Bool
  /// Whether what is typed comes as UTF-8, also where only ASCII is drawn.
  var readsUnicode: Bool
  var depth: ColorDepth
  var pairLimit: Int32
  var hasDefaultColors: Bool
}

extension Terminal {
  /// Takes the terminal over: second screen, keys one by one, no echo.
  ///
  /// - Throws: a ``TerminalFailure``; nothing has been written or changed then.
  package static func open(_ options: TerminalOptions) throws(TerminalFailure) -> Terminal {
    for descriptor in [options.input, options.output] where isatty(descriptor) != 1 {
      throw .notATerminal(descriptor: descriptor == options.input ? 0 : 1)
    }
    guard
      isTaken.withLock({ taken in
        defer { taken = true }
        return !taken
      })
    else { throw .alreadyOpen }
    do {
      return Terminal(try setUp(options), options: options)
    } catch {
      isTaken.withLock { $0 = false }
      throw error
    }
  }

  private static func setUp(_ options: TerminalOptions) throws(TerminalFailure) -> TerminalSetup {
    let locale = LocaleChoice.apply(options.environment, forcesASCII: options.forcesASCII)
    let (kind, reset) = try TerminalKind.find(
      term: options.environment["TERM"] ?? "", colorTerm: options.environment["COLORTERM"] ?? "",
      in: Multiplexer(options.environment), output: options.output)
    // Before anything is changed: these settings are what a crash goes back to.
    // A copy of the descriptor, since standard output will be turned away from the screen.
    let output = fcntl(options.output, F_DUPFD_CLOEXEC, 3)
    guard output >= 0 else { throw failure("fcntl") }
    let refused = reset.withUnsafeBytes { bytes in
      sluice_crash_guard_arm(output, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
    }
    guard refused == 0, let modes = TerminalModes(descriptor: options.input) else {
      throw failure("tcgetattr", output)
    }
    guard let channel = OutputChannel(terminal: output) else { throw failure("memfd_create", output) }
    SignalMask.blockAtStart()
    var set = SignalMask.set(SignalMask.dashboard)
    let signals = sluice_signalfd(&set)
    let streams = [stream(options.output, "w"), stream(options.input, "r")].compactMap(\.self)
    guard signals >= 0, streams.count == 2, let screen = newScreen(kind, streams) else {
      let failure = failure(signals < 0 ? "signalfd" : "newterm", output)
      for stream in streams { fclose(stream) }
      if signals >= 0 { Glibc.close(signals) }
      channel.close()
      throw failure
    }
    // ncurses had to see the terminal for its size; from here on it writes into memory.
    sluice_dup_onto(channel.memory, fileno(streams[0]))
    modes.enter()
    prepareScreen()
    let colors = startColors(options, kind)
    return TerminalSetup(
      screen: screen, streams: streams, kind: kind, output: output, signals: signals, channel: channel, modes: modes,
      isASCII: locale.shown == .ascii, readsUnicode: locale.typed != .ascii, depth: colors.depth,
      pairLimit: min(sluice_color_pairs(), 32_000),
      hasDefaultColors: colors.hasDefaults)
  }

  private static func failure(_ call: String, _ output: Int32 = -1) -> TerminalFailure {
    let number = errno
    sluice_crash_guard_disarm()
    if output >= 0 { Glibc.close(output) }
    return .system(call: call, errno: number)
  }

  // A copy of the descriptor, so that closing the stream leaves the original open.
  private static func stream(_ descriptor: Int32, _ mode: String) -> UnsafeMutablePointer<FILE>? {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { return nil }
    guard let stream = fdopen(copy, mode) else {
      Glibc.close(copy)
      return nil
    }
    return stream
  }

  private static func newScreen(_ kind: TerminalKind, _ streams: [UnsafeMutablePointer<FILE>]) -> OpaquePointer? {
    // ncurses installs handlers that would end the program from within, also after the screen is gone.
    let numbers = [SIGINT, SIGTERM, SIGTSTP, SIGWINCH]
    var handlers = numbers.map { _ in sigaction() }
    for (index, number) in numbers.enumerated() { sigaction(number, nil, &handlers[index]) }
    defer { for (index, number) in numbers.enumerated() { sigaction(number, &handlers[index], nil) } }
    guard let screen = newterm(kind.name, streams[0], streams[1]) else { return nil }
    set_term(screen)
    return screen
  }

  private static func prepareScreen() {
    // Line feeds are not translated, see TerminalModes: this lets ncurses move down by one.
    nonl()
    // Nothing is read through ncurses, so it must not look for typed keys before it draws either.
    typeahead(-1)
    keypad(sluice_stdscr(), true)
    curs_set(0)
    leaveok(sluice_stdscr(), true)
    scrollok(sluice_stdscr(), false)
  }

  private static func startColors(_ options: TerminalOptions, _ kind: TerminalKind) -> (
    depth: ColorDepth, hasDefaults: Bool
  ) {
    let wanted = ColorDecision.isWanted(options.color, environment: options.environment)
    guard wanted, has_colors(), start_color() == OK else { return (.none, true) }
    let hasDefaults = use_default_colors() == OK
    let depth = ColorDecision.depth(colors: sluice_colors())
    return (depth == .direct && kind.isFull ? .full : depth, hasDefaults)
  }
}

/// Whether, and in how many colours, to draw.
enum ColorDecision {
  /// The order both conventions agree on: NO_COLOR, over it the user's own choice, over that FORCE_COLOR.
  static func isWanted(_ preference: ColorPreference, environment: [String: String]) -> Bool {
    func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
    if isSet("FORCE_COLOR"), preference != .never { return true }
    switch preference {
    case .always: return true
    case .never: return false
    case .automatic: return !isSet("NO_COLOR")
    }
  }

  /// The depth for a terminal's number of colours.
  static func depth(colors: Int32) -> ColorDepth {
    switch colors {
    case ..<8: .none
    case 8..<16: .eight
    case 16..<256: .sixteen
    case 256..<0x100_0000: .indexed
    default: .direct
    }
  }
}
