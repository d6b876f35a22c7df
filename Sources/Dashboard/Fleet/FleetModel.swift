package import FoundationEssentials
import SluiceCore
import TerminalUI

/// All that the view of several lakes knows: a value, changed by `update` alone and shown by `draw`.
package struct FleetModel: Sendable {
  /// One of the lakes, with what was heard of it.
  struct KnownLake: Sendable, Equatable {
    let name: String
    var rows: [FleetRow] = []
    var warnings: [String] = []
    /// Since when nothing is heard of it, and why; nil while it is there.
    var goneSince: Date?
    var reason = ""
    var wasHeard = false

    /// Whether there is something to say of it as a whole.
    var isTold: Bool { goneSince != nil || !warnings.isEmpty || rows.isEmpty }
  }

  /// A line of the table.
  enum Line: Sendable, Equatable {
    /// What there is to say of a lake as a whole.
    case lake(Int)
    /// A profile, by its lake's place and its own.
    case row(Int, Int)

    var lake: Int {
      switch self {
      case .lake(let lake), .row(let lake, _): lake
      }
    }
  }

  let labels: Labels
  let isASCII: Bool
  let hostName: String
  private(set) var lakes: [KnownLake]
  private(set) var lines: [Line] = []
  private(set) var width: Int
  private(set) var height: Int
  private(set) var now: Date
  var table = ScrollState()
  /// Whether no key was pressed yet: until then the cursor stays on the first line, whatever comes to stand there.
  private var isUntouched = true
  private(set) var filter = ""
  private var profileFilter = ProfileFilter("", ofSeveralLakes: true)
  /// The filter while it is typed.
  private(set) var entry: TextField?
  /// Where the list of keys stands; nil while it is not open.
  private(set) var help: ScrollState?
  private(set) var message: String?
  /// Whether the news that came last say more than other figures, so that they are shown at once.
  package private(set) var isUrgent = false

  /// A view of lakes that nothing was heard of yet.
  ///
  /// - Parameters:
  ///   - names: What the lakes are called, in the order of the command line.
  ///   - settings: How it looks.
  ///   - filter: Which profiles it shows at first.
  ///   - width: Columns, 0 or more.
  ///   - height: Rows, 0 or more.
  ///   - now: The time of the start.
  package init(
    names: [String], settings: DashboardSettings, filter: String = "", width: Int, height: Int, now: Date
  ) {
    labels = Labels(language: settings.language)
    isASCII = settings.isASCII
    hostName = settings.hostName
    lakes = names.map { KnownLake(name: $0) }
    (self.width, self.height, self.now) = (max(0, width), max(0, height), now)
    use(filter)
  }

  /// When the clock's next minute begins: nothing else changes the screen by itself.
  package var nextWake: Date {
    Date(timeIntervalSince1970: ((now.timeIntervalSince1970 / 60).rounded(.down) + 1) * 60)
  }

  /// Notes that all is on the screen.
  package mutating func noteShown() { isUrgent = false }

  /// Takes one thing that happened, and returns what the world is asked for.
  package mutating func update(_ action: FleetAction) -> [FleetEffect] {
    switch action {
    case .key(let key):
      message = nil
      isUntouched = false
      if help != nil { return pressInHelp(key) }
      return entry == nil ? press(key) : type(key)
    case .resized(let width, let height): (self.width, self.height) = (max(0, width), max(0, height))
    case .news(let lake, let news): take(news, of: lake)
    case .notice(let text): message = text
    case .tick(let moment):
      now = moment
      if profileFilter.dependsOnTime { arrange() }
    }
    table.update(count: lines.count, height: FleetView.rows(self))
    help?.update(count: FleetHelp.rows.count, height: FleetHelp.height(height))
    return []
  }

  private mutating func take(_ news: FleetNews, of lake: Int) {
    guard lakes.indices.contains(lake) else { return }
    let before = lakes[lake]
    switch news {
    case .rows(let rows):
      lakes[lake].rows = rows
      isUrgent =
        isUrgent || zip(rows, before.rows).contains { $0.profile != $1.profile || $0.hasTurned(from: $1) }
    case .row(let row):
      if let place = before.rows.firstIndex(where: { $0.profile == row.profile }) {
        lakes[lake].rows[place] = row
        isUrgent = isUrgent || row.hasTurned(from: before.rows[place])
      } else {
        lakes[lake].rows.append(row)
      }
    case .removed(let profile): lakes[lake].rows.removeAll { $0.profile == profile }
    case .warnings(let warnings): lakes[lake].warnings = warnings
    case .gone(let reason):
      // Since when it is gone stays the same through all further tries.
      lakes[lake].goneSince = before.goneSince ?? now
      lakes[lake].reason = reason
    }
    if case .gone = news {} else { (lakes[lake].goneSince, lakes[lake].wasHeard) = (nil, true) }
    let after = lakes[lake]
    isUrgent =
      isUrgent || after.rows.count != before.rows.count || after.goneSince != before.goneSince
      || after.reason != before.reason || after.warnings != before.warnings || !before.wasHeard
    // A figure alone may bring a profile into what the filter means, or out of it.
    if isUrgent || !profileFilter.isEmpty { arrange() }
  }

  /// Filters and sorts the lines: lakes with something to say first, then what needs attention.
  ///
  /// The cursor stays on its line.
  private mutating func arrange() {
    let chosen = isUntouched ? nil : selected.map { key($0) }
    let heads = lakes.indices.filter { lakes[$0].isTold }
    var rows: [(rank: Int, lake: Int, row: Int)] = []
    for lake in lakes.indices {
      for row in lakes[lake].rows.indices where passes(lake, row) {
        let state = lakes[lake].rows[row].state
        rows.append((ProfileState.allCases.firstIndex(of: state) ?? 0, lake, row))
      }
    }
    rows.sort { one, other in
      (one.rank, one.lake, lakes[one.lake].rows[one.row].profile)
        < (other.rank, other.lake, lakes[other.lake].rows[other.row].profile)
    }
    lines = heads.map { .lake($0) } + rows.map { .row($0.lake, $0.row) }
    table.update(count: lines.count, height: FleetView.rows(self))
    if let chosen, let place = lines.firstIndex(where: { key($0) == chosen }) { table.select(place) }
    if isUntouched { table.home() }
  }

  private func key(_ line: Line) -> String {
    switch line {
    case .lake(let lake): "\(lake)"
    case .row(let lake, let row):
      lakes[lake].rows.indices.contains(row) ? "\(lake) \(lakes[lake].rows[row].profile)" : ""
    }
  }

  private func passes(_ lake: Int, _ row: Int) -> Bool {
    profileFilter.isEmpty
      || profileFilter.passes(FleetFiltered(row: lakes[lake].rows[row], lake: lakes[lake].name), now: now)
  }

  /// Why a word of the filter fits nothing, or not all that it should; nil when there is no such word.
  var filterProblem: String? {
    if let problem = profileFilter.problemWords.first { return problem.text(labels.language) }
    guard profileFilter.asksForHost else { return nil }
    let silent = lakes.filter { $0.rows.contains { $0.sourceHost == nil } }.map(\.name)
    guard !silent.isEmpty else { return nil }
    let names = TextFormat.listed(silent, limit: 2)
    return labels("host: is not known of the profiles of \(names).", "host：未知 \(names) 的配置项来自哪台主机。")
  }

  /// What is said in place of profiles where the filter leaves none.
  var nothingShown: String? {
    guard !profileFilter.isEmpty, !lines.contains(where: { if case .row = $0 { true } else { false } }) else {
      return nil
    }
    return filterProblem
      ?? labels("No profile matches \"\(filter)\". Esc clears the filter.", "没有符合“\(filter)”的配置项。Esc 清除筛选。")
  }

  /// The profile of a line; nil for a line about a lake.
  private func profile(of line: Line) -> String? {
    guard case .row(let lake, let row) = line, lakes[lake].rows.indices.contains(row) else { return nil }
    return lakes[lake].rows[row].profile
  }

  /// The line under the cursor.
  var selected: Line? { lines.indices.contains(table.selection) ? lines[table.selection] : nil }

  private mutating func press(_ key: Key) -> [FleetEffect] {
    switch key {
    case .control("c"), .character("q"): return [.quit]
    case .control("z"): return [.suspend]
    case .control("l"): return [.repaint]
    case .character("k"): table.move(by: -1)
    case .character("j"): table.move(by: 1)
    case .character("g"): table.home()
    case .character("G"): table.end()
    case .character("?"): help = ScrollState(count: FleetHelp.rows.count, height: FleetHelp.height(height))
    case .character(":"):
      message = labels("No palette here: Enter opens a lake, ? lists the keys.", "此处没有命令面板：enter 打开数据湖，? 列出按键。")
    case .character("/"): entry = TextField(filter, limit: 100)
    case .escape: use("")
    case .enter: return selected.map { [.open(lake: $0.lake, profile: profile(of: $0))] } ?? []
    case .character("r"):
      return (selected?.lake).map { [.ask(lake: $0)] } ?? []
    default: _ = table.handle(key)
    }
    return []
  }

  /// Moves in the list of keys; any key but those that move closes it.
  private mutating func pressInHelp(_ key: Key) -> [FleetEffect] {
    switch key {
    case .control("c"): return [.quit]
    case .control("z"): return [.suspend]
    case .control("l"): return [.repaint]
    case .character("k"): help?.move(by: -1)
    case .character("j"): help?.move(by: 1)
    default: if help?.handle(key) != true { help = nil }
    }
    return []
  }

  private mutating func type(_ key: Key) -> [FleetEffect] {
    guard var field = entry else { return [] }
    if case .control("c") = key { return [.quit] }
    switch field.handle(key) {
    case .submitted: entry = nil
    case .cancelled:
      entry = nil
      use("")
    case .changed:
      entry = field
      use(field.text)
    case .moved: entry = field
    case .ignored: _ = table.handle(key)
    }
    return []
  }

  private mutating func use(_ text: String) {
    filter = text
    profileFilter = ProfileFilter(text, ofSeveralLakes: true)
    arrange()
  }
}
