import FoundationEssentials
import SluiceCore
import TerminalUI

/// Takes one thing that happened into the model.
///
/// Pure: the same model and action always give the same result. Called on the loop's thread alone.
/// - Returns: What the world is asked for, in order.
package func update(_ model: inout DashboardModel, _ action: DashboardAction) -> [DashboardEffect] {
  var effects: [DashboardEffect]
  let confirmation = model.overlay?.confirmation
  switch action {
  case .key(let key): effects = model.press(key)
  case .burst(let keys): effects = model.take(burst: keys)
  case .pasted(let text): effects = model.take(pasted: text)
  case .copied(let text, let outcome):
    model.take(copied: text, outcome)
    effects = []
  case .shown(let moment):
    if model.awaitsShowing { model.shownAt = moment }
    effects = []
  case .resized(let width, let height):
    model.width = max(0, width)
    model.height = max(0, height)
    effects = []
  case .configured(let settings):
    model.take(settings)
    effects = []
  case .lake(let event): effects = model.take(event)
  case .tick(let now): effects = model.advance(to: now)
  }
  if model.overlay?.confirmation != confirmation { model.shownAt = nil }
  // Where the cursor is not the operator's it may have come to another profile.
  if model.pagesProfile != model.selectedName { effects += model.loadPage() }
  effects += model.settle(effects)
  model.fitLists()
  model.refreshSelectedRow()
  return effects
}

extension DashboardModel {
  /// Notes what an action asks of the world, and lets a held screen go on where that must be seen.
  mutating func settle(_ effects: [DashboardEffect]) -> [DashboardEffect] {
    for effect in effects {
      if case .ask(let question) = effect { held?.asked.insert(question) }
      if let line = effect.commandLine(configuration: summary?.configurationPath) { said.add(line, nil, at: clock) }
    }
    var more = held != nil && effects.contains(where: \.steers) ? thaw() : []
    if let text = announcement {
      announcement = nil
      more.append(.announce(text, settings.announces))
    }
    if entry == nil, choice != keptChoice {
      keptChoice = choice
      more.append(.keep(choice))
    }
    return more
  }

  /// Takes the time: messages go, figures and ages move at their pace.
  mutating func advance(to moment: Date) -> [DashboardEffect] {
    clock = moment
    if let message, message.until <= clock { self.message = nil }
    launches.expire(now: clock)
    guard held == nil else { return launchReady() }
    now = moment
    let elapsed = now.timeIntervalSince(lastRefresh)
    // A clock that was set back must not stop the figures.
    if elapsed >= pace || elapsed < 0 { refreshFigures() }
    return launchReady()
  }

  /// Brings all figures up to date, and with them the totals and the small graphs.
  mutating func refreshFigures() {
    lastRefresh = now
    lastSelectedRefresh = now
    let slot = Int(now.timeIntervalSince1970 / Throughput.pace)
    var total = 0.0
    var hasMoved = sort == .rate || profileFilter.dependsOnTime
    for index in rows.indices {
      let before = rows[index].state
      rows[index].refresh(now: now, sampling: slot)
      total += rows[index].figures.bytesPerSecond
      hasMoved = hasMoved || before != rows[index].state
    }
    throughput.record(total, slot: slot)
    growth = LakeGrowth(rows, freeBytes: summary?.freeBytes)
    if hasMoved { arrange() }
  }

  /// Brings what is done of the run under the cursor up to date: every second, and at once when the cursor comes to it.
  mutating func refreshSelectedRow() {
    let elapsed = now.timeIntervalSince(lastSelectedRefresh)
    let name = selectedName
    guard elapsed >= ShownFigures.quickPace || elapsed < 0 || refreshedName != name else { return }
    lastSelectedRefresh = now
    refreshedName = name
    if let index = selectedIndex { rows[index].refreshAmounts() }
  }

  /// Tells every list on the screen how much room it has, so that the line under the cursor is in sight.
  mutating func fitLists() {
    let layout = DashboardLayout(self)
    table.update(count: lines.count, height: layout.rows.height)
    for index in pages.indices { pages[index].fit(pages[index].room(in: layout.page)) }
    if case .help(var page) = overlay {
      page.fit(self)
      overlay = .help(page)
    }
  }
}
