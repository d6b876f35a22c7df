import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Takes a key for the dialog that is open.
  mutating func pressInOverlay(_ key: Key) -> [DashboardEffect] {
    guard isAnswer(key) else { return [] }
    switch overlay {
    case nil: return []
    case .help(let page): return press(key, in: page)
    case .palette(let palette): return press(key, in: palette)
    case .commands(let list): return press(key, in: list)
    case .said(let list): return press(key, in: list)
    case .question(let question): return press(key, in: question)
    case .cleanup(let dialog): return press(key, in: dialog)
    case .forcedSync(let dialog): return press(key, in: dialog)
    case .bandwidth(let dialog): return press(key, in: dialog)
    case .acknowledge(let dialog): return press(key, in: dialog)
    case .themes(let chooser): return press(key, in: chooser)
    case .columns(let chooser): return press(key, in: chooser)
    case .asked(let dialog): return press(key, in: dialog)
    case .text:
      overlay = nil
      return []
    }
  }

  private mutating func press(_ key: Key, in page: HelpPage) -> [DashboardEffect] {
    var page = page
    if key == .escape || page.query.isEmpty && isHelpKey(key) {
      overlay = nil
      return []
    }
    if key == .enter {
      overlay = nil
      return page.selected(self).map { pressed($0) } ?? []
    }
    if !page.move(key, self), page.query.handle(key) == .changed { page.place.home() }
    overlay = .help(page)
    return []
  }

  private func isHelpKey(_ key: Key) -> Bool {
    let command = keymap.action(for: key)
    return command == .help || command == .quit
  }

  private mutating func press(_ key: Key, in question: Question) -> [DashboardEffect] {
    if key == .escape || key == .character("n") {
      overlay = nil
      return []
    }
    let isYes = key == .character("y") || key == .character("Y") || key == .enter
    switch question {
    case .quit:
      guard isYes || keymap.action(for: key) == .quit else { return [] }
      overlay = nil
      return [.quit]
    case .stop(let runs):
      guard isYes else { return [] }
      overlay = nil
      let running = runs.filter(isLive)
      guard !running.isEmpty else {
        say(.endedMeanwhile(runs.map(\.profile)))
        return []
      }
      say(.stopping(running.map(\.profile)))
      return running.map { .stop($0) }
    case .withdraw(let names):
      guard isYes else { return [] }
      overlay = nil
      say(.withdrawn(names))
      return names.map { .withdraw(profile: $0) }
    case .apply(let request):
      guard isYes else { return [] }
      overlay = nil
      if let obstacle = reason(against: .apply, on: request.profile) {
        say(.refused(obstacle))
        return []
      }
      return launch([request], .sync)
    case .retry(let requests):
      guard isYes else { return [] }
      overlay = nil
      let possible = requests.filter { reason(against: .sync, on: $0.profile) == nil }
      guard !possible.isEmpty else {
        say(.refused(.nothingFailed))
        return []
      }
      return launch(possible, .sync)
    }
  }

  /// Whether a run that was asked about is still the one its profile shows.
  private func isLive(_ run: SteeredRun) -> Bool { row(named: run.profile)?.liveRun?.record.id == run.id }

  private mutating func press(_ key: Key, in dialog: CleanupDialog) -> [DashboardEffect] {
    var dialog = dialog
    defer { if case .cleanup = overlay { overlay = .cleanup(dialog) } }
    let limits = settings.guardLimits
    if key == .escape {
      overlay = nil
      say(.nothingDeleted)
      return []
    }
    guard dialog.isPlanned, !dialog.place.handle(key) else { return [] }
    if let word = dialog.wordToType(limits) {
      switch dialog.typed.handle(key) {
      case .submitted where TypedName.matches(dialog.typed.text, word): break
      case .submitted:
        say(.wrongName(wanted: word, kept: .nothingDeleted))
        return []
      default: return []
      }
    } else {
      // Enter does not delete: a key pressed once too often must not either.
      if key == .character("n") {
        overlay = nil
        say(.nothingDeleted)
      }
      guard key == .character("y") || key == .character("Y") else { return [] }
    }
    overlay = nil
    let wanted = dialog.requests(limits)
    let requests = wanted.filter { reason(against: .cleanup, on: $0.profile) == nil }
    guard !requests.isEmpty else {
      let reasons = wanted.compactMap { reason(against: .cleanup, on: $0.profile) }
      say(reasons.first.flatMap { $0.isOfRun ? nil : .refused($0) } ?? .runBegan)
      return []
    }
    return launch(requests, .cleanup)
  }

  private mutating func press(_ key: Key, in dialog: ForcedSyncDialog) -> [DashboardEffect] {
    var dialog = dialog
    let name = dialog.request.profile
    switch dialog.typed.handle(key) {
    case .cancelled:
      overlay = nil
      return []
    case .submitted where TypedName.matches(dialog.typed.text, name):
      overlay = nil
      if let obstacle = reason(against: .apply, on: name) {
        say(.refused(obstacle))
        return []
      }
      return launch([dialog.request], .sync)
    case .submitted:
      say(.wrongName(wanted: name, kept: .nothingStarted))
      return []
    case .changed, .moved, .ignored:
      overlay = .forcedSync(dialog)
      return []
    }
  }

  private mutating func press(_ key: Key, in dialog: BandwidthDialog) -> [DashboardEffect] {
    var dialog = dialog
    switch dialog.field.handle(key) {
    case .cancelled:
      overlay = nil
      return []
    case .submitted:
      switch dialog.limit(now: clock) {
      case .failure:
        say(.wrongLimit)
        return []
      case .success(let limit):
        overlay = nil
        let runs = dialog.runs.filter(isLive)
        guard !runs.isEmpty else {
          say(.endedBeforeLimit(dialog.runs.map(\.profile)))
          return []
        }
        say(.limiting(limit))
        return runs.map { .setLimit($0, limit) }
      }
    case .changed, .moved, .ignored:
      overlay = .bandwidth(dialog)
      return []
    }
  }

  private mutating func press(_ key: Key, in dialog: AcknowledgeDialog) -> [DashboardEffect] {
    var dialog = dialog
    switch dialog.reason.handle(key) {
    case .cancelled:
      overlay = nil
      return []
    case .submitted:
      guard let text = dialog.text else {
        say(.reasonNeeded)
        return []
      }
      overlay = nil
      let known = dialog.failures.sorted { $0.key < $1.key }
      say(.acknowledging(known.map(\.key)))
      return known.map { .acknowledge(profile: $0.key, because: text, $0.value) }
    case .changed, .moved, .ignored:
      overlay = .acknowledge(dialog)
      return []
    }
  }

  private mutating func press(_ key: Key, in chooser: ThemeChooser) -> [DashboardEffect] {
    var chooser = chooser
    let before = theme
    if key == .enter {
      overlay = nil
      return []
    }
    if key == .escape || keymap.action(for: key) == .theme {
      overlay = nil
      theme = chooser.original
    } else {
      if keymap.action(for: key) == .down {
        chooser.place.move(by: 1)
      } else if keymap.action(for: key) == .up {
        chooser.place.move(by: -1)
      } else {
        _ = chooser.place.handle(key)
      }
      overlay = .themes(chooser)
      theme = chooser.selected
    }
    return theme == before ? [] : [.setTheme(theme)]
  }
}
