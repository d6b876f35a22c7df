import CLinux
import CNcurses
import Glibc
import Synchronization
package import TerminalUI

/// The terminal, taken over for a full-screen program.
///
/// Owned by one thread, which opens, draws, polls and closes it; only one can be open in a process. Whatever way the
/// program ends (``close()``, `exit`, a fatal signal), the terminal is given back as it was.
package final class Terminal {
  /// Columns of the terminal, at least 1.
  package private(set) var width: Int
  /// Rows of the terminal.
  package private(set) var height: Int
  /// The characters to draw with: ASCII where the locale or the options say so.
  package let glyphs: Glyphs
  /// How many colours are used.
  package let depth: ColorDepth
  /// The terminfo entry in use; differs from `requestedName` when another entry stands in.
  package let entryName: String
  /// The entry of the terminal database asked for (`TERM`), before any fallback.
  package let requestedName: String
  /// Whether the mouse is reported at the moment.
  package private(set) var isMouseOn = false
  /// The title that was given to the terminal; nil leaves it its own.
  private var title: String?
  private var isTitleGuarded = false
  /// What the terminal's own bar shows, in percent; nil when it shows none.
  private var progress: Int?

  let input: Int32
  let output: Int32
  var channel: OutputChannel
  let modes: TerminalModes
  let signals: Int32
  let kind: TerminalKind
  var keys: KeyReader
  var queue: [TerminalInput] = []
  var isGone = false
  /// When the size was last reported as changing; the change is told when it has settled.
  var resize: ResizeWindow?
  private let multiplexer: Multiplexer?
  /// Whether it is of a family that calls itself xterm and mostly lacks the order for the clipboard.
  private let hasDoubtfulClipboard: Bool
  /// What the environment says of the background, and whether that, or an answer, is known or on its way.
  private let backgroundHint: RGB?
  private(set) var isBackgroundAsked = false
  /// When the terminal was asked something; nil when it was not, or has answered.
  var asked: ContinuousClock.Instant?
  /// A frame that waits until the terminal takes bytes again.
  var pending: Frame?

  private let screen: OpaquePointer
  private let keypadOn: [UInt8]
  private let streams: [UnsafeMutablePointer<FILE>]
  private var painter: ScreenPainter
  private var redirection: OutputRedirection?
  private var cursor: (x: Int, y: Int)?
  private var isOpen = true
  private var lastPress: (event: MouseEvent, time: ContinuousClock.Instant)?

  static let isTaken = Mutex(false)

  /// A screen with what belongs to it.
  struct Frame {
    var buffer: ScreenBuffer
    var theme: Theme
    var cursor: (x: Int, y: Int)?
  }

  init(_ setup: TerminalSetup, options: TerminalOptions) {
    (screen, streams, kind) = (setup.screen, setup.streams, setup.kind)
    (input, output, signals) = (options.input, setup.output, setup.signals)
    (channel, modes) = (setup.channel, setup.modes)
    (depth, glyphs) = (setup.depth, setup.isASCII ? .ascii : .unicode)
    (entryName, requestedName) = (setup.kind.name, options.environment["TERM"] ?? "")
    multiplexer = Multiplexer(options.environment)
    hasDoubtfulClipboard =
      options.environment["VTE_VERSION"] != nil || options.environment["TERM_PROGRAM"] == "Apple_Terminal"
    backgroundHint = TerminalAnswer.background(in: options.environment)
    keypadOn = TerminalKind.capability("smkx")
    keys = KeyReader(
      InputDecoder(own: KeySequences.ofCurrentTerminal(), readsUnicode: setup.readsUnicode),
      escapeDelay: EscapeDelay.choose(options.environment))
    painter = ScreenPainter(
      depth: setup.depth, isASCII: setup.isASCII, pairLimit: setup.pairLimit,
      hasDefaultColors: setup.hasDefaultColors)
    (width, height) = (Int(getmaxx(sluice_stdscr())), Int(getmaxy(sluice_stdscr())))
    redirection = options.redirectsOutput ? OutputRedirection(to: options.logFile) : nil
    takeSize()
    if kind.speaksXterm {
      // Before the screen is cleared: a terminal that does not know the question may show a letter of it.
      channel.append(ExtendedKeys.off + PrivateMode.pasteOn + SynchronizedOutput.question)
      asked = .now
    }
  }

  deinit { close() }

  // MARK: Drawing

  /// Brings a frame onto the screen: only what differs from the last one, and not a byte when nothing does.
  ///
  /// While the terminal takes no bytes (a stalled connection) the frame waits, and a newer one replaces it; ``poll``
  /// shows it as soon as it can. So a stall never blocks the program.
  /// - Parameters:
  ///   - buffer: the frame; cells outside the screen are left out.
  ///   - theme: its colours; changing it repaints.
  ///   - cursor: where the cursor is shown; nil hides it.
  package func present(_ buffer: ScreenBuffer, theme: Theme, cursor: (x: Int, y: Int)? = nil) {
    guard isOpen, !isGone else { return }
    pending = Frame(buffer: buffer, theme: theme, cursor: cursor)
    flushPending()
  }

  /// Whether the newest frame has gone out whole: on a stalled connection it waits.
  package var isShown: Bool { pending == nil && channel.isIdle }

  /// Draws everything again at the next ``present(_:theme:cursor:)``, whatever the screen shows: for Ctrl-L.
  package func repaint() {
    painter.forget()
    channel.forgetState()
    clearok(sluice_curscr(), true)
  }

  /// Brings the waiting frame over once all earlier bytes are out, and sends what the terminal takes.
  func flushPending() {
    send()
    guard channel.isIdle, !isGone, let frame = pending else { return }
    pending = nil
    var hasChanged = painter.paint(frame.buffer, theme: frame.theme)
    if frame.cursor?.x != cursor?.x || frame.cursor?.y != cursor?.y {
      hasChanged = true
      if (frame.cursor == nil) != (cursor == nil) { curs_set(frame.cursor == nil ? 0 : 1) }
      // A hidden cursor may stay wherever the last byte left it, which saves the way back.
      leaveok(sluice_stdscr(), frame.cursor == nil)
      cursor = frame.cursor
    }
    guard hasChanged else { return }
    if let cursor { wmove(sluice_stdscr(), Int32(clamping: cursor.y), Int32(clamping: cursor.x)) }
    wnoutrefresh(sluice_stdscr())
    doupdate()
    channel.collectFrame()
    send()
  }

  /// Sends what the terminal takes now; the rest goes when ``poll`` finds it can.
  private func send() { if !channel.send() { isGone = true } }

  // MARK: Extras

  /// Turns mouse reports on or off; while they are on, the terminal's own selection needs Shift.
  package func setMouse(_ isOn: Bool) {
    guard isOpen, !isGone, isOn != isMouseOn, kind.speaksXterm else { return }
    isMouseOn = isOn
    channel.append(isOn ? PrivateMode.mouseOn : PrivateMode.mouseOff)
    send()
  }

  /// Gives the terminal's window a title, or its own back; not a byte when it has that already.
  ///
  /// The title it has is kept by the terminal, and comes back with the screen on every way out.
  /// - Parameter title: Without control characters; nil is the terminal's own.
  package func setTitle(_ title: String?) {
    guard isOpen, !isGone, title != self.title, kind.speaksXterm else { return }
    guardTitle()
    channel.append(TitleOrder.bytes(from: self.title, to: title))
    self.title = title
    send()
  }

  /// Shows a share in the terminal's own progress bar (OSC 9;4), or takes it away; not a byte when it shows that already.
  ///
  /// - Parameter percent: 0 to 100; nil takes the bar away.
  package func setProgress(_ percent: Int?) {
    guard isOpen, !isGone, percent != progress, kind.speaksXterm else { return }
    progress = percent
    channel.append(ProgressOrder.bytes(percent))
    send()
  }

  /// Calls the operator: with a message of the terminal (OSC 9), or its bell.
  ///
  /// - Parameter text: Shown as it is, but for control characters; nil rings the bell.
  package func announce(_ text: String?) {
    guard isOpen, !isGone else { return }
    channel.append(kind.speaksXterm ? ProgressOrder.message(text) : [0x07])
    send()
  }

  /// Sees to it that a crash gives the title back as well.
  private func guardTitle() {
    guard !isTitleGuarded else { return }
    isTitleGuarded = true
    TitleOrder.restore.withUnsafeBytes { bytes in
      _ = sluice_crash_guard_extend(bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
    }
  }

  /// Asks the terminal what it draws on, once; the answer comes as input, from terminals that know the question.
  package func askBackground() {
    guard isOpen, !isGone, depth != .none, !isBackgroundAsked else { return }
    isBackgroundAsked = true
    if let backgroundHint {
      queue.append(.background(backgroundHint))
      return
    }
    guard kind.speaksXterm else { return }
    asked = .now
    channel.append(TerminalAnswer.backgroundQuestion)
    send()
  }

  /// Puts text on the clipboard of the operator's own machine, through the terminal (OSC 52).
  ///
  /// - Returns: what became of it; also a terminal that knows the order may ignore it. Text beyond 74,994 bytes of
  ///   base64 is not sent.
  package func copyToClipboard(_ text: String) -> ClipboardOutcome {
    guard isOpen, !isGone, kind.speaksXterm else { return .unsupported }
    let encoded = Base64.encoded(Array(text.utf8))
    guard encoded.count <= 74_994 else { return .tooLong }
    let sequence = Array("\u{1B}]52;c;".utf8) + encoded + [0x07]
    // Screen passes on only what is wrapped; tmux understands the sequence itself.
    channel.append(
      multiplexer == .screen ? Array("\u{1B}P".utf8) + sequence + Array("\u{1B}\\".utf8) : sequence)
    send()
    if let multiplexer { return .handedOver(to: multiplexer.rawValue) }
    return hasDoubtfulClipboard ? .handedOver(to: "The terminal") : .sent
  }

  /// Sends what others write to standard output and error to a file from now on, appended; see `TerminalOptions`.
  package func redirectOutput(to path: String) { redirection?.turn(to: path) }

  // MARK: Leaving

  /// Gives the terminal back as it was found; a second call does nothing.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    leaveScreen()
    sluice_crash_guard_disarm()
    delscreen(screen)
    for stream in streams { fclose(stream) }
    channel.close()
    Glibc.close(output)
    Glibc.close(signals)
    redirection?.undo()
    Terminal.isTaken.withLock { $0 = false }
  }

  /// Restores the modes, on the way out or for a stop.
  func leaveScreen() {
    if isMouseOn { channel.append(PrivateMode.mouseOff) }
    if title != nil { channel.append(TitleOrder.restore) }
    if progress != nil { channel.append(ProgressOrder.bytes(nil)) }
    if kind.speaksXterm { channel.append(PrivateMode.pasteOff + ExtendedKeys.asFound) }
    curs_set(1)
    endwin()
    channel.collect()
    if !isGone {
      channel.drain()
      awaitAnswer()
    }
    modes.leave()
  }

  /// Stops the process as the shell expects it (Ctrl-Z) and takes the terminal over again when it goes on.
  package func suspend() {
    leaveScreen()
    stopProcess()
    resume()
  }

  /// Stops the process until the shell lets it go on.
  func stopProcess() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = SIG_DFL
    sigaction(SIGTSTP, &action, nil)
    // SIGTSTP, not SIGSTOP: without a shell that could continue us the kernel ignores the former.
    pthread_kill(pthread_self(), SIGTSTP)
    SignalMask.unblock([SIGTSTP])
    SignalMask.blockAtStart([SIGTSTP])
    // The signal that woke us would only make us draw twice.
    var set = SignalMask.set([SIGCONT])
    var none = timespec()
    while sigtimedwait(&set, nil, &none) == SIGCONT {}
  }

  /// Takes the terminal over after a stop and draws everything again.
  func resume() {
    modes.enter()
    channel.forgetState()
    if kind.speaksXterm {
      channel.append(ExtendedKeys.off + PrivateMode.pasteOn + (isMouseOn ? PrivateMode.mouseOn : []))
    }
    if let title { channel.append(TitleOrder.bytes(from: nil, to: title)) }
    if let progress { channel.append(ProgressOrder.bytes(progress)) }
    clearok(sluice_curscr(), true)
    wnoutrefresh(sluice_stdscr())
    doupdate()
    curs_set(cursor == nil ? 0 : 1)
    // ncurses turns the keypad on again only where it owns the line's settings, which here it does not.
    channel.append(keypadOn)
    send()
    if takeSize() { queue.append(.resized(width: width, height: height)) }
  }

  // MARK: Size and bytes

  /// Takes over the terminal's present size.
  ///
  /// - Returns: whether it is another one.
  @discardableResult
  func takeSize() -> Bool {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard sluice_window_size(output, &columns, &rows) == 0, columns > 0, rows > 0 else { return false }
    guard Int(columns) != width || Int(rows) != height else { return false }
    resizeterm(rows, columns)
    (width, height) = (Int(columns), Int(rows))
    painter.forget()
    // What was drawn for the old size must not appear on the new one.
    pending = nil
    return true
  }

  /// A press soon after another at the same place is a double press.
  func noting(_ event: MouseEvent) -> MouseEvent {
    guard event.kind == .press else { return event }
    let now = ContinuousClock.now
    if let last = lastPress, last.event == event, now - last.time < .milliseconds(400) {
      lastPress = nil
      return MouseEvent(kind: .doublePress, x: event.x, y: event.y)
    }
    lastPress = (event, now)
    return event
  }
}
