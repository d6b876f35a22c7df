package import Foundation
import SluiceCore
import TerminalUI

/// All that the dashboard knows: a value, changed by `update` alone and shown by `draw`.
package struct DashboardModel: Sendable {
  private(set) var settings: DashboardSettings
  private(set) var labels: Labels
  private(set) var keymap: Keymap<Command>

  var width: Int
  var height: Int
  /// The last moment a tick told; the only clock there is.
  var now: Date
  var summary: LakeSummary?

  /// The profiles in the configuration's order.
  var rows: [ProfileRow] = []
  var rowIndex: [String: Int] = [:]
  /// Indices of the rows that pass the filter, sorted.
  var visible: [Int] = []
  /// Columns the longest name shown takes.
  private(set) var longestName = 0
  /// The same of names that can only be shown as escapes; 0 without one.
  private(set) var longestEscapedName = 0
  var table = ScrollState()
  /// Whether no key was pressed yet: until then the cursor stays on the first row, whatever comes to stand there.
  var isUntouched = true
  var marked: Set<String> = []
  var sort = SortOrder.attention
  var filter = ""

  var focus = Focus.table
  /// The page that is open.
  var tab = PageID.overview
  /// All pages, in their order; those that are not open keep what they know of the same profile.
  var pages = PageID.allCases.map { $0.type.init() }
  /// The profile the pages are about.
  var pagesProfile: String?
  /// What was asked about that profile and need not be asked a second time.
  var asked: Set<LakeQuestion> = []
  /// Whether the focused half takes the whole screen.
  var isZoomed = false

  var overlay: Overlay?
  /// When the question that is open reached the screen; nil before, and without one.
  var shownAt: Date?
  var entry: Entry?
  var message: Message?
  var launches = LaunchQueue()
  /// Runs of which it is known that they have ended, and not yet how.
  var awaitedEnds: Set<RunID> = []
  /// The whole lake's rate over the last minutes.
  var throughput = Throughput()
  /// When all figures were brought up to date.
  var lastRefresh: Date
  /// When the run under the cursor was brought up to date, and whose it was.
  var lastSelectedRefresh: Date
  var refreshedName: String?
  /// The theme in force.
  package internal(set) var theme: String
  /// Whether mouse reports are on.
  package internal(set) var isMouseOn: Bool
  /// Whether all figures move every second, bars in eighths of a cell, instead of every five.
  var isLively: Bool

  /// A dashboard that has heard nothing yet.
  ///
  /// - Parameters:
  ///   - settings: What it is started with.
  ///   - width: Columns, 0 or more.
  ///   - height: Rows, 0 or more.
  ///   - now: The time of the start.
  package init(settings: DashboardSettings, width: Int, height: Int, now: Date) {
    self.settings = settings
    labels = Labels(language: settings.language)
    let made = Command.keymap(overrides: settings.keymapOverrides, language: settings.language)
    keymap = made.keymap
    self.width = max(0, width)
    self.height = max(0, height)
    self.now = now
    lastRefresh = now
    lastSelectedRefresh = now
    theme = settings.theme
    isMouseOn = settings.isMouseOn
    isLively = settings.isLively
    if let problem = made.problems.first { message = Message(.told(problem, isError: true), now: now) }
  }

  /// Takes the settings of the configuration that was read; theme and mouse stay as the operator has them by now.
  mutating func take(_ settings: DashboardSettings) {
    let before = self.settings
    self.settings = settings
    guard settings.language != before.language || settings.keymapOverrides != before.keymapOverrides else { return }
    labels = Labels(language: settings.language)
    let made = Command.keymap(overrides: settings.keymapOverrides, language: settings.language)
    keymap = made.keymap
    if let problem = made.problems.first { message = Message(.told(problem, isError: true), now: now) }
  }

  /// When the loop should send the next tick; nil while only news or a key can change what is shown.
  package var nextWake: Date? {
    var wakes: [Date] = []
    if let message { wakes.append(message.until) }
    if let deadline = launches.nextDeadline { wakes.append(deadline) }
    // Ages are shown in minutes; figures of runs at their pace.
    if rows.indices.contains(where: { rows[$0].isRunning }) {
      wakes.append(lastRefresh.addingTimeInterval(pace))
      if selectedRow?.hasNewAmounts ?? false {
        wakes.append(lastSelectedRefresh.addingTimeInterval(ShownFigures.quickPace))
      }
    } else if !rows.isEmpty {
      wakes.append(lastRefresh.addingTimeInterval(60))
    }
    return wakes.min()
  }

  /// Seconds between two refreshes of the table's figures.
  var pace: Double { isLively ? ShownFigures.quickPace : ShownFigures.pace }

  /// The row under the cursor, by its place in `rows`.
  var selectedIndex: Int? {
    guard visible.indices.contains(table.selection), rows.indices.contains(visible[table.selection]) else { return nil }
    return visible[table.selection]
  }

  /// The row under the cursor.
  var selectedRow: ProfileRow? { selectedIndex.map { rows[$0] } }

  var selectedName: String? { selectedRow?.name }

  func row(named name: String) -> ProfileRow? { rowIndex[name].map { rows[$0] } }

  /// Names the actions apply to: all marked profiles in the table's order, else the one under the cursor.
  var targets: [String] {
    guard !marked.isEmpty else { return selectedName.map { [$0] } ?? [] }
    return rows.map(\.name).filter(marked.contains)
  }

  mutating func say(_ notice: Notice) {
    message = Message(notice, now: now)
  }

  /// Filters and sorts the table; the cursor stays on its profile.
  ///
  /// - Parameter name: The profile to put the cursor on; nil is the one it is on.
  mutating func arrange(keeping name: String? = nil) {
    let name = isUntouched ? nil : name ?? selectedName
    let search = TextSearch(filter)
    let shown = rows.indices.filter { filter.isEmpty || rows[$0].matches(search) }
    let ranked = shown.map { (rank: sort.rank(rows[$0]), name: rows[$0].name, index: $0) }
    visible = ranked.sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }.map(\.index)
    longestName = visible.reduce(0) { max($0, rows[$1].nameWidth) }
    longestEscapedName = settings.isASCII ? visible.reduce(0) { max($0, rows[$1].escapedNameWidth) } : 0
    longestName = max(longestName, longestEscapedName)
    let place = name.flatMap { name in visible.firstIndex { rows[$0].name == name } }
    table.choose(place ?? (isUntouched ? 0 : table.selection), of: visible.count)
  }
}

extension ProfileRow {
  /// Whether the filter's text is found in the name, the host or the state's word.
  fileprivate func matches(_ search: TextSearch) -> Bool {
    search.matches(name) || search.matches(status.profile.source.host) || search.matches(state.rawValue)
  }
}
