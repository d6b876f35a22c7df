import SluiceCore
import TerminalUI

/// A run's log as the Log page shows it.
struct LogPage: ListPage {
  static let title = PageTitle(english: "Log", chinese: "日志", description: "Log of the newest run")
  static let commands: [Command] = [.follow, .wrap, .nextHit, .previousHit]
  /// Lines kept; older ones are in the log file.
  static let capacity = 5000

  /// nil until the first lines have come.
  private(set) var run: RunID?
  private(set) var lines: [LogLine] = []
  private(set) var search = ""
  /// Whether the newest line stays in sight.
  var isFollowing = true
  var isWrapping = false
  var place = ScrollState()

  var subjects: [LakeQuestion.Subject] { [.log] }

  mutating func clear() {
    let isWrapping = isWrapping
    self = LogPage()
    self.isWrapping = isWrapping
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
    lines = isWhole ? newer : lines + newer
    let surplus = max(0, lines.count - Self.capacity)
    lines.removeFirst(surplus)
    place.choose(isFollowing ? lines.count - 1 : place.selection - surplus, of: lines.count)
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
    guard !search.isEmpty, !isHit(place.selection) else { return }
    _ = goToHit(forward: false)
  }

  /// Puts the cursor on the next line that has the searched text, or, without a search, on the next error or warning.
  ///
  /// - Returns: False when there is none.
  mutating func goToHit(forward: Bool) -> Bool {
    guard !lines.isEmpty else { return false }
    for step in 1...lines.count {
      let index = ((place.selection + (forward ? step : -step)) % lines.count + lines.count) % lines.count
      guard isHit(index) else { continue }
      place.select(index)
      isFollowing = false
      return true
    }
    return false
  }

  /// Whether the search finds something on a line.
  func isHit(_ index: Int) -> Bool {
    guard lines.indices.contains(index) else { return false }
    guard !search.isEmpty else { return lines[index].level >= .warning }
    return TextSearch(search).matches(lines[index].text)
  }

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
      if goToHit(forward: command == .nextHit) { return .jump() }
      return .jump(search.isEmpty ? .noFaultsInLog : .notInLog(search))
    default: break
    }
    return .nothing
  }

  func copyText(_ row: ProfileRow) -> String? {
    lines.indices.contains(place.selection) ? lines[place.selection].text : nil
  }

  var footerCommands: [Command] { [.follow, .wrap, .filter, .nextHit] }

  var note: String {
    guard !lines.isEmpty else { return "" }
    return "\(isWrapping ? "wrapped, " : "")\(isFollowing ? "following" : "f follows"), \(position)"
  }

  func draw(_ model: DashboardModel, in area: Rect, into buffer: inout ScreenBuffer) {
    LogView(page: self, model: model, area: area).draw(into: &buffer)
  }
}
