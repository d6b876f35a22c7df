import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Opens a page of the pane.
  mutating func open(_ page: PaneTab) -> [DashboardEffect] {
    tab = page
    return loadPage()
  }

  mutating func open(neighbour step: Int) -> [DashboardEffect] {
    let all = PaneTab.allCases
    return open(all[(tab.rawValue + step + all.count) % all.count])
  }

  /// Moves the cursor of the half that has the focus.
  mutating func move(_ command: Command) -> [DashboardEffect] {
    if command == .earlier || command == .later {
      coverage?.day.move(by: command == .later ? 30 : -30)
      return []
    }
    if command == .left || command == .right { return moveSideways(command == .right) }
    // The Overview has no lines of its own to move through.
    guard focus == .pane, tab != .overview else {
      table.move(command)
      return loadPage()
    }
    switch tab {
    case .overview: break
    case .preview: preview?.page?.place.move(command)
    case .log: log?.move { $0.move(command) }
    case .history:
      if history?.open != nil { history?.open?.place.move(command) } else { history?.place.move(command) }
    case .markers: markers?.place.move(command)
    case .coverage: coverage?.series.move(command)
    }
    return []
  }

  private mutating func moveSideways(_ isForward: Bool) -> [DashboardEffect] {
    guard focus == .pane else { return open(neighbour: isForward ? 1 : -1) }
    switch tab {
    case .preview:
      preview?.page?.setFolded(!isForward)
      return []
    case .coverage:
      coverage?.day.move(by: isForward ? 1 : -1)
      return []
    case .overview, .log, .history, .markers: return open(neighbour: isForward ? 1 : -1)
    }
  }

  /// What Enter does: deeper into what the cursor is on.
  mutating func openUnderCursor() -> [DashboardEffect] {
    guard focus == .pane else {
      focus = .pane
      return loadPage()
    }
    switch tab {
    case .preview:
      guard let reason = reasonAgainst(.apply) else { return act(.apply) }
      say(reason, .bad)
      return []
    case .history:
      guard history?.open == nil, let run = history?.selected else { return [] }
      history?.open = HistoryPage.OpenRun(run: run)
      return [.loadChanges(run: run.record.id)]
    case .overview, .log, .markers, .coverage:
      isZoomed.toggle()
      return []
    }
  }

  /// What Esc does: one step back, never out of the program.
  mutating func goBack() -> [DashboardEffect] {
    if focus == .pane {
      if tab == .history, history?.open != nil {
        history?.open = nil
      } else if tab == .log, log?.search.isEmpty == false {
        log?.setSearch("")
      } else if tab == .preview, preview?.page?.filter.isEmpty == false {
        preview?.page?.setFilter("")
      } else if isZoomed {
        isZoomed = false
      } else {
        focus = .table
      }
      return []
    }
    if isZoomed {
      isZoomed = false
    } else if !filter.isEmpty {
      filter = ""
      arrange()
      return loadPage()
    } else if !marked.isEmpty {
      marked = []
    } else {
      say("\(keymap.keyName(for: .quit)) quits; runs go on.", .news)
    }
    return []
  }

  mutating func markUnderCursor() -> [DashboardEffect] {
    guard let name = selectedName else { return [] }
    if marked.remove(name) == nil { marked.insert(name) }
    table.move(by: 1)
    return loadPage()
  }

  /// Goes to the next hit of a search, error, or hole.
  mutating func goToHit(forward: Bool) -> [DashboardEffect] {
    switch tab {
    case .coverage:
      guard coverage?.table != nil else { return [] }
      focus = .pane
      guard let number = coverage?.goToHole(forward: forward) else {
        say("There are no holes: every day since each series began is there.", .good)
        return []
      }
      say("Hole \(number) of \(coverage?.holes.count ?? 0).", .news)
    case .log:
      focus = .pane
      if log?.goToHit(forward: forward) != true {
        let search = log?.search ?? ""
        say(search.isEmpty ? "No errors or warnings in this log." : "\"\(search)\" is not in this log.", .news)
      }
    default: break
    }
    return []
  }
}

extension ScrollState {
  /// Moves as a command of the keymap says.
  mutating func move(_ command: Command) {
    switch command {
    case .up: move(by: -1)
    case .down: move(by: 1)
    case .pageUp: page(by: -1)
    case .pageDown: page(by: 1)
    case .top: home()
    case .bottom: end()
    default: break
    }
  }
}

extension LogPage {
  /// Follows the newest line from now on, or stays where it is.
  mutating func toggleFollowing() {
    isFollowing.toggle()
    if isFollowing { place.end() }
  }
}
