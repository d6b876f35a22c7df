import Dashboard
import FoundationEssentials
import Glibc
import LakeFiles
import NcursesBackend
import SluiceCore
import SluiceEngine
import TerminalUI

/// The loop of the view of several lakes: owns model and terminal, on the entry thread.
///
/// It watches and opens; what is done with a run is done in its lake's own dashboard, where the run is.
final class FleetLoop {
  /// What the view is opened with.
  struct Opening {
    let lakes: [FleetLake]
    /// sluice, as it is called on the other machines.
    let program: String
    let look: DashboardLook
    let environment: [String: String]
    let themes: ThemeFiles
  }

  /// Seconds between two drawings for figures alone, and for news that say more.
  private static let calmPace = 5.0
  private static let newsPace = 0.25

  private let terminal: Terminal
  private let opening: Opening
  private let theme: Theme
  private var shownTheme: Theme
  private var model: FleetModel
  private let mailbox = FleetMailbox()
  private var watchers: [Int: LakeWatcher] = [:]
  private var feeds: [Int: FleetHostFeed] = [:]
  private var lastNewsDraw = Date.distantPast
  private var hasUndrawnNews = false
  private var exitCode: Int32?

  init(terminal: Terminal, opening: Opening, theme: Theme) {
    self.terminal = terminal
    self.opening = opening
    self.theme = theme
    shownTheme = theme
    let settings = DashboardOpening.settings(
      opening.look, opening.environment, isASCII: terminal.glyphs.isASCII, theme: theme.name)
    model = FleetModel(
      names: FleetLake.names(opening.lakes), settings: settings, filter: opening.look.filter ?? "",
      width: terminal.width, height: terminal.height, now: Date())
  }

  /// Runs until the operator quits, a signal ends the process, or the terminal is gone.
  func run() -> Int32 {
    defer {
      for watcher in watchers.values { watcher.request(.stop) }
      for feed in feeds.values { feed.stop() }
    }
    for (index, lake) in opening.lakes.enumerated() { begin(lake, index) }
    present()
    if theme.variant == .unknown { terminal.askBackground() }
    while exitCode == nil {
      let input = terminal.poll(wakeDescriptor: mailbox.wakeDescriptor, timeout: timeout())
      take(.tick(Date()))
      switch input {
      case .key(let key): act([key])
      case .burst(let keys): act(keys)
      case .paste: break
      case .background(let color):
        shownTheme = theme.drawn(on: color)
        present()
      case .resized(let width, let height):
        take(.resized(width: width, height: height))
        present()
      case .wake: takeNews()
      case .timeout: presentNews()
      case .signal(let signal): exitCode = signal == .interrupt ? 130 : signal == .terminate ? 143 : 129
      case .gone: exitCode = 129
      }
    }
    return exitCode ?? 0
  }

  private func begin(_ lake: FleetLake, _ index: Int) {
    let mailbox = self.mailbox
    let language = ScreenLanguage.resolved(.auto, opening.environment)
    switch lake {
    case .here(let access):
      let watcher = LakeWatcher(lake: access.lake) { event in
        for news in FleetLoop.news(event, language) { mailbox.post(news, of: index) }
      }
      watchers[index] = watcher
      watcher.start()
    case .host(let host):
      let feed = FleetHostFeed(host.statusWords(program: opening.program), language: language) {
        mailbox.post($0, of: index)
      }
      feeds[index] = feed
      feed.start()
    }
  }

  /// What an event of a lake of this machine means for the common table.
  private static func news(_ event: LakeEvent, _ language: Lake.Language) -> [FleetNews] {
    switch event {
    case .profiles(let list): [.rows(list.map { FleetRow($0, language: language, now: Date()) })]
    case .profile(let status): [.row(FleetRow(status, language: language, now: Date()))]
    case .summary(let summary): [.warnings(summary.warnings)]
    case .answer, .launchEnded, .configured, .ownEnded, .notice: []
    }
  }

  private func act(_ keys: [Key]) {
    for key in keys { take(.key(key)) }
    present()
  }

  private func takeNews() {
    for item in mailbox.take() { take(.news(lake: item.lake, item.news)) }
    hasUndrawnNews = true
    presentNews()
  }

  private var pace: Double { model.isUrgent || opening.look.isLively ? Self.newsPace : Self.calmPace }

  private func presentNews() {
    if hasUndrawnNews, Date().timeIntervalSince(lastNewsDraw) < pace { return }
    present()
  }

  private func present() {
    terminal.present(draw(model), theme: shownTheme, cursor: cursorPlace(model).map { ($0.x, $0.y) })
    if hasUndrawnNews { lastNewsDraw = Date() }
    hasUndrawnNews = false
    model.noteShown()
  }

  private func timeout() -> Duration? {
    var next = model.nextWake
    if hasUndrawnNews { next = min(next, lastNewsDraw.addingTimeInterval(pace)) }
    return .seconds(max(0.001, next.timeIntervalSinceNow))
  }

  private func take(_ action: FleetAction) {
    for effect in model.update(action) {
      switch effect {
      case .open(let lake, let profile): open(lake, on: profile)
      case .ask(let lake):
        watchers[lake]?.request(.refresh(profile: nil))
        feeds[lake]?.askAgain()
      case .repaint: terminal.repaint()
      case .suspend: terminal.suspend()
      case .quit: exitCode = 0
      }
    }
  }

  private func open(_ lake: Int, on profile: String?) {
    switch opening.lakes[lake] {
    case .here(let access): open(access, on: profile)
    case .host(let host):
      let words = host.dashboardWords(
        program: opening.program, isReadOnly: opening.look.isReadOnly, profile: profile)
      switch terminal.lend(to: words, environment: ChildEnvironment.variables) {
      case .exited(let code): FleetSentences.left(host, code: code).map { take(.notice($0)) }
      case .signalled(let number): FleetSentences.left(host, code: 128 + number).map { take(.notice($0)) }
      case .notStarted(let number):
        take(.notice(FleetSentences.notStarted(FileFailure(.start, path: "ssh", code: number))))
      }
    }
  }

  /// Shows the dashboard of a lake of this machine until its operator leaves it, on the same terminal.
  private func open(_ access: LakeAccess, on profile: String?) {
    let mailbox = EventMailbox()
    var look = opening.look
    // It was meant for the common table; the lake's own has the one that was kept there.
    look.filter = nil
    look.profile = profile
    let lake = DashboardOpening(
      look: look, environment: opening.environment, themes: opening.themes, themeName: theme.name,
      isASCII: terminal.glyphs.isASCII,
      reading: ConfigurationReading(path: access.lake.configurationPath) { mailbox.wake() }, mailbox: mailbox)
    do {
      let code = try DashboardLoop(terminal: terminal, opening: lake, theme: theme).run()
      // A signal, or a terminal that is gone, ends the whole.
      if code != 0 { exitCode = code }
    } catch {
      let told = CommandFailure(of: error)?.problems.first.map { Sentences.line($0) }
      take(.notice(told ?? FleetSentences.notShown))
    }
    terminal.setMouse(false)
    terminal.setTitle(nil)
    terminal.setProgress(nil)
    take(.resized(width: terminal.width, height: terminal.height))
  }
}
