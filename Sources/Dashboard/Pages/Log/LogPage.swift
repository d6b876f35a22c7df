import SluiceCore
import TerminalUI

/// A run's log as the Log page shows it.
struct LogPage: ListPage {
  static let title = PageTitle(english: "Log", chinese: "日志", description: "Log of the newest run")
  static let commands: [Command] = [
    .follow, .wrap, .nextHit, .previousHit, .nextFault, .previousFault, .level, .pager, .saveLog,
  ]
  /// Lines kept; older ones are in the log file.
  static let capacity = 5000

  /// nil until the first lines have come.
  private(set) var run: RunID?
  /// All lines kept.
  private var all: [LogLine] = []
  /// Those that are serious enough to be shown.
  private(set) var lines: [LogLine] = []
  /// How serious a line has to be.
  private(set) var level = LogLevel.debug
  private(set) var search = ""
  /// Where the search finds something among the lines shown, ascending; empty without a search.
  private(set) var hits: [Int] = []
  /// Whether the newest line stays in sight.
  var isFollowing = true
  var isWrapping = false
  var place = ScrollState()

  var subjects: [LakeQuestion.Subject] { [.log] }

  mutating func clear() {
    let (isWrapping, level) = (isWrapping, level)
    self = LogPage()
    (self.isWrapping, self.level) = (isWrapping, level)
  }

  mutating func reload(_ cause: PageReload, _ row: ProfileRow) -> [LakeQuestion.Subject] {
    // What is followed brings its lines, the last ones too, by itself; only another run's log has to be asked for.
    guard cause == .runChanged, let live = row.liveRun, live.record.id != run else { return [] }
    clear()
    return subjects
  }

  mutating func take(_ answer: LakeAnswer, to subject: LakeQuestion.Subject) {
    if case .log(let run, let lines, let isWhole) = answer { take(lines, of: run, isWhole: isWhole) }
  }

  /// Takes a whole log, or lines that have come; those of another run than the one shown belong to none.
  mutating func take(_ newer: [LogLine], of run: RunID, isWhole: Bool) {
    guard isWhole || self.run == run else { return }
    self.run = run
    all = isWhole ? newer : all + newer
    let surplus = all.prefix(max(0, all.count - Self.capacity))
    all.removeFirst(surplus.count)
    let gone = surplus.count { $0.level >= level }
    show()
    place.choose(isFollowing ? lines.count - 1 : place.selection - gone, of: lines.count)
  }

  /// Works out what is shown of all lines, and where the search finds something.
  private mutating func show() {
    lines = level == .debug ? all : all.filter { $0.level >= level }
    let text = TextSearch(search)
    hits = search.isEmpty ? [] : lines.indices.filter { text.matches(lines[$0].text) }
  }

  /// Shows only lines that are serious enough; the cursor stays on its line, or goes to the one before it.
  private mutating func use(level newer: LogLevel) {
    let time = lines.indices.contains(place.selection) ? lines[place.selection].time : nil
    level = newer
    show()
    let row = time.flatMap { time in lines.lastIndex { $0.time <= time } } ?? 0
    place.choose(isFollowing ? lines.count - 1 : row, of: lines.count)
  }

  var lineCount: Int { lines.count }

  mutating func goBack() -> Bool {
    guard !search.isEmpty else { return false }
    setQuery("")
    return true
  }

  var query: String? { search }
  func queryLabel(_ labels: Labels) -> String { "\(labels[.search]):" }

  /// Searches from the newest line upwards, where the news are.
  mutating func setQuery(_ text: String) {
    search = text
    show()
    guard !search.isEmpty, !isHit(place.selection) else { return }
    _ = go(forward: false, isHit)
  }

  /// Puts the cursor on the next line that a condition holds for, round at the ends.
  ///
  /// - Returns: False when there is none.
  private mutating func go(forward: Bool, _ isWanted: (Int) -> Bool) -> Bool {
    guard !lines.isEmpty else { return false }
    for step in 1...lines.count {
      let index = ((place.selection + (forward ? step : -step)) % lines.count + lines.count) % lines.count
      guard isWanted(index) else { continue }
      place.select(index)
      isFollowing = false
      return true
    }
    return false
  }

  /// Whether the search finds something on a line; without a search, whether it is an error or a warning.
  private func isHit(_ index: Int) -> Bool {
    search.isEmpty ? isFault(index) : lines.indices.contains(index) && TextSearch(search).matches(lines[index].text)
  }

  private func isFault(_ index: Int) -> Bool { lines.indices.contains(index) && lines[index].level >= .warning }

  mutating func move(_ command: Command) -> Bool {
    moveCursor { $0.move(command) }
    return true
  }

  mutating func scroll(by lines: Int) { moveCursor { $0.scroll(by: lines) } }

  mutating func select(line: Int) {
    if !isWrapping, let row = place.row(atLine: line) { moveCursor { $0.select(row) } }
  }

  /// Moves the cursor; reaching the end follows again.
  private mutating func moveCursor(_ change: (inout ScrollState) -> Void) {
    change(&place)
    isFollowing = place.isAtEnd
  }

  mutating func perform(_ command: Command, _ model: DashboardModel) -> PageReaction {
    switch command {
    case .follow:
      isFollowing.toggle()
      if isFollowing { place.end() }
    case .wrap: isWrapping.toggle()
    case .nextHit, .previousHit:
      if go(forward: command == .nextHit, isHit) { return .jump() }
      return .jump(search.isEmpty ? .noFaultsInLog : .notInLog(search))
    case .nextFault, .previousFault:
      return .jump(go(forward: command == .nextFault, isFault) ? nil : .noFaultsInLog)
    case .level: use(level: nextLevel)
    case .pager: return .showInPager(shownText)
    case .saveLog:
      let profile = (model.selectedName ?? "").replacing("/", with: "_")
      let path = "~/\(profile)-\(run?.text ?? "run").log"
      return .confirm(.asked(TextDialog(purpose: .saveLog(shownText), field: TextField(path, limit: 1024))))
    default: break
    }
    return .nothing
  }

  func reason(against command: Command, _ model: DashboardModel) -> Obstacle? {
    (command == .pager || command == .saveLog) && lines.isEmpty ? .noLog : nil
  }

  private var shownText: String { lines.map(Self.text).joined(separator: "\n") + "\n" }

  /// All lines, then warnings and errors, then errors alone.
  private var nextLevel: LogLevel {
    switch level {
    case .debug, .info: .warning
    case .warning: .error
    case .error: .debug
    }
  }

  /// A line as the log file has it.
  private static func text(_ line: LogLine) -> String {
    "\(TextFormat.local(line.time))  \(line.level.rawValue.uppercased())  \(SafeText.escaped(line.text))"
  }

  func copyText(_ row: ProfileRow) -> String? {
    lines.indices.contains(place.selection) ? lines[place.selection].text : nil
  }

  var footerCommands: [Command] { [.follow, .filter, .nextHit, .level, .pager, .saveLog, .wrap] }

  func note(_ labels: Labels) -> String {
    var notes: [String] = []
    if level == .warning { notes.append(labels("errors and warnings", "错误与警告")) }
    if level == .error { notes.append(labels("errors", "错误")) }
    if !search.isEmpty { notes.append(hitNote(labels)) }
    guard !lines.isEmpty else { return notes.joined(separator: labels.comma) }
    if isWrapping { notes.append(labels("wrapped", "已换行")) }
    let following = isFollowing ? labels("following", "跟随中") : labels("f follows", "f 跟随")
    return (notes + [following, position(labels)]).joined(separator: labels.comma)
  }

  /// `3 of 12 lines have "part"`: which of them the cursor is on, where it is on one.
  private func hitNote(_ labels: Labels) -> String {
    guard !hits.isEmpty else { return labels("no line has \"\(search)\"", "没有含“\(search)”的行") }
    let number = hits.firstIndex(of: place.selection).map { $0 + 1 }
    let (lines, all) = (TextFormat.counted(hits.count, "line has", "lines have"), TextFormat.grouped(hits.count))
    guard labels.language == .chinese else { return (number.map { "\($0) of " } ?? "") + "\(lines) \"\(search)\"" }
    return "含“\(search)”的行 " + (number.map { "\($0)/" } ?? "") + all
  }

  func draw(_ model: DashboardModel, in area: Rect, into buffer: inout ScreenBuffer) {
    LogView(page: self, model: model, area: area).draw(into: &buffer)
  }
}
