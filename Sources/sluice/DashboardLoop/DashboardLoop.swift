import Dashboard
import Foundation
import NcursesBackend
import SluiceCore
import SluiceEngine
import TerminalUI

/// The dashboard's loop: owns model and terminal, on the entry thread, and sleeps in `poll` whenever it can.
///
/// Keys redraw at once; news at most four times a second, so that a slow link is never flooded.
final class DashboardLoop {
  private static let newsPace = 0.25

  private let terminal: Terminal
  private var model: DashboardModel
  private let mailbox: EventMailbox
  private let effects: EffectRunner
  private let themes: ThemeFiles
  private var theme: Theme
  private var lastNewsDraw = Date.distantPast
  private var hasUndrawnNews = false
  private var exitCode: Int32?

  init(
    terminal: Terminal, model: DashboardModel, mailbox: EventMailbox, effects: EffectRunner, themes: ThemeFiles,
    theme: Theme
  ) {
    self.terminal = terminal
    self.model = model
    self.mailbox = mailbox
    self.effects = effects
    self.themes = themes
    self.theme = theme
  }

  /// Runs until the operator quits, a signal ends the process, or the terminal is gone.
  func run() -> Int32 {
    present()
    while exitCode == nil {
      let input = terminal.poll(wakeDescriptor: mailbox.wakeDescriptor, timeout: timeout())
      take(.tick(Date()))
      switch input {
      case .key(let key):
        take(.key(key))
        present()
      case .paste(let text):
        // Pasted text is text: only where something is being typed may it arrive, and never as commands.
        if cursorPlace(model) != nil {
          for character in text where !character.isNewline { take(.key(.character(character))) }
        }
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

  private func takeNews() {
    for event in mailbox.take() { take(.lake(event)) }
    hasUndrawnNews = true
    presentNews()
  }

  private func presentNews() {
    if hasUndrawnNews, Date().timeIntervalSince(lastNewsDraw) < Self.newsPace { return }
    present()
  }

  private func present() {
    terminal.present(draw(model), theme: theme, cursor: cursorPlace(model).map { ($0.x, $0.y) })
    if hasUndrawnNews { lastNewsDraw = Date() }
    hasUndrawnNews = false
  }

  /// How long nothing needs doing: until the model's next tick, or until news may be drawn.
  private func timeout() -> Duration? {
    var wakes = [model.nextWake].compactMap { $0 }
    if hasUndrawnNews { wakes.append(lastNewsDraw.addingTimeInterval(Self.newsPace)) }
    guard let next = wakes.min() else { return nil }
    return .seconds(max(0.001, next.timeIntervalSinceNow))
  }

  private func take(_ action: DashboardAction) {
    for effect in update(&model, action) where !effects.perform(effect) { performHere(effect) }
  }

  private func take(themeNamed name: String) {
    do throws(ThemeFileProblem) {
      theme = try themes.theme(named: name)
    } catch {
      mailbox.post(.notice(error.sentence, isError: true))
    }
  }

  private func performHere(_ effect: DashboardEffect) {
    switch effect {
    case .setTheme(let name): take(themeNamed: name)
    case .setMouse(let isOn): terminal.setMouse(isOn)
    case .copy(let text):
      if !terminal.copyToClipboard(text) {
        mailbox.post(
          .notice("This terminal takes no more than 74 KB on its clipboard; nothing was copied.", isError: true))
      }
    case .repaint: terminal.repaint()
    case .suspend: terminal.suspend()
    case .quit: exitCode = 0
    default: break
    }
  }
}
