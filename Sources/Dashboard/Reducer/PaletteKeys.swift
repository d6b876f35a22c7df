import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Opens the list of everything that can be done.
  mutating func openPalette() {
    overlay = .palette(
      Palette(.everything, PaletteEntries(model: self).all, about: selectedName, targets: targets))
  }

  /// Opens the list of what can be done with the profile under the cursor.
  mutating func openMenu() -> [DashboardEffect] {
    guard let name = selectedName else {
      say(.refused(rows.isEmpty ? .noProfiles : .nothingShown))
      return []
    }
    overlay = .palette(
      Palette(.profile(name), PaletteEntries(model: self).deeds(of: name), about: name, targets: [name]))
    return []
  }

  /// Opens the list of what can be copied of the profile under the cursor.
  mutating func openCopies() {
    guard let row = selectedRow else { return }
    let entries = CopyEntries(row: row, run: runInQuestion, configuration: summary?.configurationPath, labels: labels)
    overlay = .palette(Palette(.copies(row.name), entries.all, about: row.name, targets: [row.name]))
  }

  /// The run the cursor is on in the history, else the one going on, else the last one.
  var runInQuestion: RunRecord? {
    guard let row = selectedRow else { return nil }
    if tab == .history, focus == .pane, let run = page(HistoryPage.self).runUnderCursor { return run.record }
    return row.liveRun?.record ?? row.status.lastRun?.record
  }

  /// Why a deed of a list cannot be done now; nil when it can.
  func reasonAgainst(_ deed: PaletteEntry.Deed, of palette: Palette) -> Obstacle? {
    switch deed {
    case .command(let command):
      if command.appliesToMarked, !palette.targets.isEmpty { return reasonAgainst(command, on: palette.targets) }
      guard command.isAboutOne, let profile = palette.profile else { return reasonAgainst(command) }
      guard row(named: profile) != nil else { return .noProfile(profile) }
      // The cursor comes back to it first, and of what is shown by then nothing is known yet.
      return profile == selectedName ? reasonAgainst(command) : nil
    case .act(let command, let profile):
      return row(named: profile) == nil ? .noProfile(profile) : reasonAgainst(command, on: [profile])
    case .select(let profile): return row(named: profile) == nil ? .noProfile(profile) : nil
    case .sort, .filter, .forget, .theme, .copy: return nil
    }
  }

  mutating func press(_ key: Key, in palette: Palette) -> [DashboardEffect] {
    var palette = palette
    switch key {
    case .escape:
      overlay = nil
      return []
    case .enter:
      // What cannot be done says why in the list itself.
      guard let entry = palette.selected, reasonAgainst(entry.deed, of: palette) == nil else { return [] }
      overlay = nil
      return perform(entry.deed, of: palette)
    default: break
    }
    if keymap.action(for: key) == .palette, palette.query.isEmpty {
      overlay = nil
      return []
    }
    if !palette.place.handle(key), palette.query.handle(key) == .changed { palette.search() }
    overlay = .palette(palette)
    return []
  }

  /// Does a deed with what the list was opened on: the row under the cursor may be another one by now.
  private mutating func perform(_ deed: PaletteEntry.Deed, of palette: Palette) -> [DashboardEffect] {
    switch deed {
    case .command(let command):
      if command.appliesToMarked, !palette.targets.isEmpty { return act(command, on: palette.targets) }
      guard command.isAboutOne, let profile = palette.profile, profile != selectedName else { return pressed(command) }
      let half = focus
      let effects = select(profile)
      focus = half
      return effects + pressed(command)
    case .act(let command, let profile): return act(command, on: [profile])
    case .select(let profile): return select(profile)
    case .sort(let order):
      sort(by: order)
      return []
    case .filter(let text):
      focus = .table
      use(filter: text)
      return loadPage()
    case .forget(let name):
      namedFilters.removeAll { $0.name == name }
      say(.filterForgotten(name))
      return []
    case .theme(let name):
      theme = name
      return [.setTheme(name)]
    case .copy(let text): return [.copy(text)]
    }
  }

  /// Puts the table's cursor on a profile; a filter that hides it is taken away.
  mutating func select(_ profile: String) -> [DashboardEffect] {
    focus = .table
    if !visible.contains(where: { rows[$0].name == profile }) { use(filter: "") }
    arrange(keeping: profile)
    return loadPage()
  }

  /// Sorts the table by a column; by the one it is sorted by already, the other way round.
  mutating func sort(by order: SortOrder) {
    isSortReversed = order == sort ? !isSortReversed : false
    sort = order
    arrange()
    say(.sorted(sort, isReversed: isSortReversed))
  }
}
