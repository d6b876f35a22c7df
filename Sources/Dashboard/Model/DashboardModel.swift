package import FoundationEssentials
import SluiceCore
import TerminalUI

/// All that the dashboard knows: a value, changed by `update` alone and shown by `draw`.
package struct DashboardModel: Sendable {
  private(set) var settings: DashboardSettings
  private(set) var labels: Labels
  private(set) var keymap: Keymap<Command>

  var width: Int
  var height: Int
  /// The moment that ages are counted to: that of the last tick, unless the screen stands still.
  var now: Date
  /// The last moment a tick told; the only clock there is.
  var clock: Date
  /// News that wait; nil unless the screen stands still.
  var held: HeldNews?
  var summary: LakeSummary?

  /// The profiles in the configuration's order.
  var rows: [ProfileRow] = []
  var rowIndex: [String: Int] = [:]
  /// Indices of the rows that pass the filter, sorted.
  var visible: [Int] = []
  /// What the table shows, line by line: the same rows, and where they are grouped their hosts.
  var lines: [TableLine] = []
  /// Failures that are told once, by the names of the profiles that have them.
  var shared: [String: SharedFailure] = [:]
  /// Columns that are not shown, whatever room there is.
  var hiddenColumns: Set<TableColumn> = []
  var namedFilters: [NamedFilter] = []
  /// Whether the profiles of a host stand below one another.
  var isGrouped = false
  /// Columns the longest name shown takes.
  private(set) var longestName = 0
  /// The same of names that can only be shown as escapes; 0 without one.
  private(set) var longestEscapedName = 0
  /// Whether any profile has a schedule.
  private(set) var hasSchedule = false
  var table = ScrollState()
  /// Whether no key was pressed yet: until then the cursor stays on the first row, whatever comes to stand there.
  var isUntouched = true
  var marked: Set<String> = []
  var sort = SortOrder.attention
  /// Whether the order is turned round.
  var isSortReversed = false
  /// As it was typed.
  private(set) var filter = ""
  private(set) var profileFilter = ProfileFilter("")
  /// What of these is kept over starts by now.
  var keptChoice = TableChoice()
  private var hasConfiguration = false
  /// Whether the cursor was put on the profile it begins with, or that was not to be had.
  var hasBegun = false

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
  /// All that was said and done.
  var said = SaidLog()
  var launches = LaunchQueue()
  /// Runs of which it is known that they have ended, and not yet how.
  var awaitedEnds: Set<RunID> = []
  /// What the operator is to be called for.
  var announcement: String?
  /// The whole lake's rate over the last minutes.
  var throughput = Throughput()
  /// How the lake grows, as it was known when all figures were brought up to date.
  var growth: LakeGrowth?
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
    let made = Self.keymap(settings)
    keymap = made.keymap
    self.width = max(0, width)
    self.height = max(0, height)
    self.now = now
    clock = now
    lastRefresh = now
    lastSelectedRefresh = now
    theme = settings.theme
    isMouseOn = settings.isMouseOn
    isLively = settings.isLively
    take(settings.choice)
    if let problem = made.problems.first { say(.told(problem, isError: true)) }
  }

  /// Takes the settings of the configuration that was read; theme and mouse stay as the operator has them by now.
  mutating func take(_ settings: DashboardSettings) {
    let before = self.settings
    self.settings = settings
    // What the operator has chosen by now counts more than what was kept.
    if !hasConfiguration, choice == before.choice { take(settings.choice) }
    hasConfiguration = true
    guard
      settings.language != before.language || settings.keymapOverrides != before.keymapOverrides
        || settings.ownCommands != before.ownCommands
    else { return }
    labels = Labels(language: settings.language)
    let made = Self.keymap(settings)
    keymap = made.keymap
    if let problem = made.problems.first { say(.told(problem, isError: true)) }
  }

  private static func keymap(_ settings: DashboardSettings) -> (keymap: Keymap<Command>, problems: [String]) {
    Command.keymap(
      overrides: settings.keymapOverrides, language: settings.language, commands: settings.ownCommands)
  }

  private mutating func take(_ choice: TableChoice) {
    (sort, isSortReversed, isGrouped, keptChoice) = (choice.sort, choice.isReversed, choice.isGrouped, choice)
    hiddenColumns = Set(TableColumn.choosable.filter { choice.hiddenColumns.contains($0.name) })
    namedFilters = choice.namedFilters
    use(filter: choice.filter)
  }

  /// When the loop should send the next tick; nil while only news or a key can change what is shown.
  package var nextWake: Date? {
    var wakes: [Date] = []
    if let message { wakes.append(message.until) }
    if let deadline = launches.nextDeadline { wakes.append(deadline) }
    guard held == nil else { return wakes.min() }
    // The header's clock and ages are shown in minutes; figures of runs at their pace.
    wakes.append(Self.nextMinute(after: clock))
    if rows.indices.contains(where: { rows[$0].isRunning }) {
      wakes.append(lastRefresh.addingTimeInterval(pace))
      if selectedRow?.hasNewAmounts ?? false {
        wakes.append(lastSelectedRefresh.addingTimeInterval(ShownFigures.quickPace))
      }
    }
    return wakes.min()
  }

  /// When the clock's next minute begins.
  private static func nextMinute(after moment: Date) -> Date {
    Date(timeIntervalSince1970: ((moment.timeIntervalSince1970 / 60).rounded(.down) + 1) * 60)
  }

  /// Seconds between two refreshes of the table's figures.
  var pace: Double { isLively ? ShownFigures.quickPace : ShownFigures.pace }

  /// The row under the cursor, by its place in `rows`.
  var selectedIndex: Int? {
    guard lines.indices.contains(table.selection), let index = lines[table.selection].profile,
      rows.indices.contains(index)
    else { return nil }
    return index
  }

  /// The row under the cursor.
  var selectedRow: ProfileRow? { selectedIndex.map { rows[$0] } }

  var selectedName: String? { selectedRow?.name }

  func row(named name: String) -> ProfileRow? { rowIndex[name].map { rows[$0] } }

  /// Names the actions apply to: the marked profiles that are shown, else the one under the cursor.
  ///
  /// In the configuration's order. What the filter hides is never acted on.
  var targets: [String] {
    let hidden = Set(hiddenMarks)
    let shown = marked.isEmpty ? [] : rows.map(\.name).filter { marked.contains($0) && !hidden.contains($0) }
    return shown.isEmpty ? selectedName.map { [$0] } ?? [] : shown
  }

  /// Marked profiles that the filter hides, in the configuration's order.
  var hiddenMarks: [String] {
    guard !marked.isEmpty, !profileFilter.isEmpty else { return [] }
    let shown = Set(visible)
    return rows.indices.filter { !shown.contains($0) && marked.contains(rows[$0].name) }.map { rows[$0].name }
  }

  mutating func say(_ notice: Notice) {
    message = Message(notice, labels.language, now: clock)
    said.add(notice.words.text(labels.language), notice.tone, at: clock)
  }

  /// Says something beside what has just been said, which stays on the line.
  mutating func add(_ notice: Notice) {
    guard let before = message else { return say(notice) }
    said.add(notice.words.text(labels.language), notice.tone, at: clock)
    message?.text = "\(before.text) \(notice.words.text(labels.language))"
  }

  /// Filters and sorts the table; the cursor stays on its profile.
  ///
  /// - Parameter name: The profile to put the cursor on; nil is the one it is on.
  mutating func arrange(keeping name: String? = nil) {
    let name = isUntouched ? nil : name ?? selectedName
    let shown = rows.indices.filter { profileFilter.isEmpty || profileFilter.passes(rows[$0], now: now) }
    let ranked = shown.map { (rank: sortRank(rows[$0]), name: rows[$0].name, index: $0) }
    // Of the names' order all ranks are the same.
    let isBackwards = sort == .name && isSortReversed
    visible = ranked.sorted { isBackwards ? $0.name > $1.name : ($0.rank, $0.name) < ($1.rank, $1.name) }.map(\.index)
    group()
    noteShared()
    hasSchedule = rows.indices.contains { rows[$0].status.profile.schedule != nil }
    longestName = visible.reduce(0) { max($0, rows[$1].nameWidth) }
    longestEscapedName = settings.isASCII ? visible.reduce(0) { max($0, rows[$1].escapedNameWidth) } : 0
    longestName = max(longestName, longestEscapedName)
    let place = name.flatMap { name in lines.firstIndex { $0.profile.map { rows[$0].name } == name } }
    table.choose(place ?? (isUntouched ? 0 : table.selection), of: lines.count)
    leaveHost(upwards: false)
  }

  /// A row's rank in the order chosen, smallest first.
  func sortRank(_ row: ProfileRow) -> Double { isSortReversed ? -sort.rank(row) : sort.rank(row) }

  /// Whether a row's new figures may bring it to another place of the table, or into or out of it.
  func isMoved(_ before: ProfileRow, _ after: ProfileRow) -> Bool {
    sortRank(before) != sortRank(after) || before.fault != after.fault
      || !profileFilter.isEmpty && profileFilter.passes(before, now: now) != profileFilter.passes(after, now: now)
  }

  /// Shows the profiles that a filter means.
  mutating func use(filter text: String) {
    filter = text
    profileFilter = ProfileFilter(text)
    arrange()
  }

  /// What of the table's look is kept over starts.
  var choice: TableChoice {
    TableChoice(
      filter: filter, sort: sort, isReversed: isSortReversed, isGrouped: isGrouped,
      hiddenColumns: TableColumn.choosable.filter { hiddenColumns.contains($0) }.map(\.name), namedFilters: namedFilters
    )
  }
}
