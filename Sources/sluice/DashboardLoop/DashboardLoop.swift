import Dashboard
import FoundationEssentials
import Glibc
import NcursesBackend
import SluiceCore
import SluiceEngine
import TerminalUI

/// The dashboard's loop: owns model and terminal, on the entry thread, and sleeps in `poll` whenever it can.
///
/// Keys redraw at once; news at most four times a second, so that a slow link is never flooded.
final class DashboardLoop {
  private static let newsPace = 0.25

  let terminal: Terminal
  private var model: DashboardModel
  let mailbox: EventMailbox
  let opening: DashboardOpening
  /// What carries effects out; nil until the configuration is read.
  private(set) var effects: EffectRunner?
  /// The theme that was chosen, and as it is drawn on this terminal's background.
  private var theme: Theme { didSet { dress() } }
  private var shownTheme: Theme
  /// What the terminal says it draws on; black until it does.
  private var background = RGB.black { didSet { dress() } }
  /// The lake's own colour for the header.
  private var accent: AccentColor? { didSet { dress() } }
  private var lastNewsDraw = Date.distantPast
  private var hasUndrawnNews = false
  private var exitCode: Int32?

  init(terminal: Terminal, opening: DashboardOpening, theme: Theme) {
    self.terminal = terminal
    self.opening = opening
    self.theme = theme
    shownTheme = theme
    mailbox = opening.mailbox
    model = DashboardModel(
      settings: opening.firstSettings, width: terminal.width, height: terminal.height, now: Date())
  }

  /// Runs until the operator quits, a signal ends the process, or the terminal is gone.
  ///
  /// - Throws: What is wrong with the configuration, once it is read.
  func run() throws -> Int32 {
    defer { effects?.watcher.request(.stop) }
    // A small configuration is read by now; a large one must not keep the screen empty.
    try takeConfiguration()
    present()
    askBackground()
    while exitCode == nil {
      let input = terminal.poll(wakeDescriptor: mailbox.wakeDescriptor, timeout: timeout())
      take(.tick(Date()))
      switch input {
      case .key(let key): act(.key(key))
      case .burst(let keys): act(.burst(keys))
      case .paste(let text): act(.pasted(text))
      case .background(let color): take(background: color)
      case .resized(let width, let height):
        take(.resized(width: width, height: height))
        present()
      case .wake:
        try takeConfiguration()
        takeNews()
      case .timeout: presentNews()
      case .signal(let signal): exitCode = signal == .interrupt ? 130 : signal == .terminate ? 143 : 129
      case .gone: exitCode = 129
      }
    }
    return exitCode ?? 0
  }

  /// Takes what the operator did, and shows what comes of it at once.
  private func act(_ action: DashboardAction) {
    // On a stalled line a frame may have reached the screen since.
    noteShown()
    take(action)
    present()
  }

  /// Tells the model that what it drew is on the screen, where that matters.
  private func noteShown() { if model.awaitsShowing, terminal.isShown { take(.shown(Date())) } }

  /// Takes the configuration once it is read; the watcher's first news follows and is what is drawn.
  private func takeConfiguration() throws {
    guard effects == nil, let access = try opening.reading.outcome?.get() else { return }
    take(.configured(opening.settings(access.lake)))
    accent = access.lake.accent
    effects = opening.begin(access, on: terminal)
  }

  private func takeNews() {
    let events = mailbox.take()
    guard !events.isEmpty else { return }
    for event in events {
      take(.lake(event))
      if case .configured(let lake) = event { takeOver(lake) }
    }
    hasUndrawnNews = true
    presentNews()
  }

  /// Takes an edited configuration over: keys, language, limits, and what runs are started with.
  private func takeOver(_ lake: Lake) {
    take(.configured(opening.settings(lake)))
    if accent != lake.accent { accent = lake.accent }
    if let effects { self.effects = EffectRunner(lake: lake, watcher: effects.watcher, mailbox: mailbox) }
  }

  private func presentNews() {
    if hasUndrawnNews, Date().timeIntervalSince(lastNewsDraw) < Self.newsPace { return }
    present()
  }

  private func present() {
    terminal.setTitle(terminalTitle(model))
    terminal.setProgress(terminalProgress(model))
    terminal.present(draw(model), theme: shownTheme, cursor: cursorPlace(model).map { ($0.x, $0.y) })
    noteShown()
    if hasUndrawnNews { lastNewsDraw = Date() }
    hasUndrawnNews = false
  }

  /// Works out the theme as it is drawn here.
  private func dress() {
    shownTheme = theme.drawn(on: background)
    shownTheme.accent = accent.map { RGB($0.red, $0.green, $0.blue) }
  }

  /// Asks the terminal for its background where the theme has none of its own: once, and not before it draws.
  private func askBackground() { if theme.variant == .unknown { terminal.askBackground() } }

  private func take(background color: RGB) {
    background = color
    present()
  }

  /// How long nothing needs doing: until the model's next tick, or until news may be drawn.
  private func timeout() -> Duration? {
    var wakes = [model.nextWake].compactMap { $0 }
    if hasUndrawnNews { wakes.append(lastNewsDraw.addingTimeInterval(Self.newsPace)) }
    guard let next = wakes.min() else { return nil }
    return .seconds(max(0.001, next.timeIntervalSinceNow))
  }

  private func take(_ action: DashboardAction) {
    for effect in update(&model, action) {
      // Before the configuration is read there is nothing that an effect could be about.
      if effects?.perform(effect) != true { performHere(effect) }
    }
  }

  private func take(themeNamed name: String) {
    do throws(ThemeFileProblem) {
      theme = try opening.themes.theme(named: name)
      askBackground()
    } catch {
      mailbox.post(.notice(error.sentence, isError: true))
    }
  }

  private func performHere(_ effect: DashboardEffect) {
    switch effect {
    case .setTheme(let name): take(themeNamed: name)
    case .setMouse(let isOn): terminal.setMouse(isOn)
    case .copy(let text): take(.copied(text, terminal.copyToClipboard(text)))
    case .showInPager(let text): show(text)
    case .save(let text, let path): save(text, to: path)
    case .edit(let profile): edit(profile)
    case .runOwn(let run): lend(to: run, waitingWith: endPrompt(model, run))
    case .announce(let text, let how): terminal.announce(how == .message ? text : nil)
    case .repaint: terminal.repaint()
    case .suspend: terminal.suspend()
    case .quit: exitCode = 0
    default: break
    }
  }
}
