import SluiceCore
import TerminalUI

/// A profile's past runs, and the one that is open.
struct HistoryPage: ListPage {
  static let title = PageTitle(english: "History", chinese: "历史", description: "History of runs")
  static let commands: [Command] = [.earlier, .later, .nextHit, .previousHit]

  /// nil until they have come.
  private(set) var runs: PastRuns?
  private(set) var openRun: OpenRun?
  private var runsPlace = ScrollState()

  var subjects: [LakeQuestion.Subject] { [.history] }
  // The files of a run that is over stay what they are.
  var isStaleAfterRun: Bool { openRun == nil }

  mutating func take(_ answer: LakeAnswer, to subject: LakeQuestion.Subject) {
    switch (answer, subject) {
    case (.history(let newer), _): take(PastRuns(newer))
    case (.changes(let changes), .changes(let id)) where id == openRun?.run.record.id: openRun?.take(changes)
    case (.story(let story), .story(let id)) where id == openRun?.run.record.id: openRun?.take(story)
    default: break
    }
  }

  /// Takes the list; the cursor stays on its run.
  private mutating func take(_ newer: PastRuns) {
    // A cursor on the first line stays there: that is where news appear.
    let marked = runsPlace.selection == 0 ? nil : selected?.record.id
    runs = newer
    let row = marked.flatMap { id in newer.all.firstIndex { $0.record.id == id } } ?? 0
    runsPlace.choose(row, of: newer.all.count)
  }

  /// The place in the list that is shown: of files while a run is open.
  var place: ScrollState {
    get { openRun?.place ?? runsPlace }
    set { if openRun == nil { runsPlace = newValue } else { openRun?.place = newValue } }
  }

  var lineCount: Int { openRun.map { $0.changes?.count ?? 0 } ?? runs?.all.count ?? 0 }

  /// The run under the cursor.
  var selected: PastRun? {
    guard let all = runs?.all, all.indices.contains(runsPlace.selection) else { return nil }
    return all[runsPlace.selection]
  }

  /// The run that is open, else the one under the cursor.
  var runUnderCursor: PastRun? { openRun?.run ?? selected }

  func room(in area: Rect) -> PageRoom {
    guard let openRun else { return PageRoom(area, head: area.height >= 8 ? 4 : 1) }
    let parts = OpenRunRoom(area, openRun, runs)
    return PageRoom(area, head: parts.files.y - area.y)
  }

  mutating func fit(_ room: PageRoom) {
    place.update(count: lineCount, height: room.list.height)
    openRun?.fit(columns: room.head.width - OpenRunRoom.gutter)
  }

  var opensOnDoublePress: Bool { openRun == nil }

  mutating func open(_ model: DashboardModel) -> PageReaction {
    guard openRun == nil else { return .zoom }
    return selected.map { open($0) } ?? .nothing
  }

  private mutating func open(_ run: PastRun) -> PageReaction {
    let columns = openRun?.columns
    openRun = OpenRun(run)
    openRun?.fit(columns: columns ?? 1)
    return .ask([.story(run.record.id), .changes(run.record.id)])
  }

  /// Left and right lead along the time of the run that is open.
  mutating func moveSideways(forward: Bool) -> Bool {
    openRun?.move(by: forward ? 1 : -1)
    return openRun != nil
  }

  mutating func perform(_ command: Command, _ model: DashboardModel) -> PageReaction {
    switch command {
    case .earlier, .later:
      guard let run = neighbor(isEarlier: command == .earlier), let all = runs?.all else { break }
      if let row = all.firstIndex(of: run) { runsPlace.choose(row, of: all.count) }
      return open(run)
    case .nextHit, .previousHit:
      guard openRun != nil else { return goToFault(forward: command == .nextHit) }
      guard let found = openRun?.goToMark(forward: command == .nextHit) else { return .jump(.nothingHeldUp) }
      return .jump(.mark(found.number, of: found.count))
    default: break
    }
    return .nothing
  }

  func reason(against command: Command, _ model: DashboardModel) -> Obstacle? {
    guard command == .earlier || command == .later else { return nil }
    guard openRun != nil else { return .noOpenRun }
    return neighbor(isEarlier: command == .earlier) == nil ? .noFurtherRun(isEarlier: command == .earlier) : nil
  }

  /// The run before or after the one that is open; nil where it is the last one known.
  private func neighbor(isEarlier: Bool) -> PastRun? {
    guard let id = openRun?.run.record.id else { return nil }
    // The newest is the first.
    return isEarlier
      ? runs?.all.first { $0.record.id < id } : runs?.all.last { $0.record.id > id }
  }

  /// Puts the cursor on the next or previous run that did not end well, round at the ends.
  private mutating func goToFault(forward: Bool) -> PageReaction {
    let all = runs?.all ?? []
    let faults = all.indices.filter { all[$0].result.outcome != .success }
    let row = runsPlace.selection
    let next = forward ? faults.first { $0 > row } ?? faults.first : faults.last { $0 < row } ?? faults.last
    guard let next else { return .jump(.noBadRun) }
    runsPlace.choose(next, of: all.count)
    return .jump()
  }

  mutating func goBack() -> Bool {
    guard openRun != nil else { return false }
    openRun = nil
    return true
  }

  func copyText(_ row: ProfileRow) -> String? {
    if let open = openRun, let changes = open.changes, changes.indices.contains(open.place.selection) {
      return changes[open.place.selection].path
    }
    return selected?.record.id.text
  }

  var footerCommands: [Command] {
    openRun == nil ? [.open, .nextHit] : [.back, .nextHit, .earlier, .later]
  }

  func note(_ labels: Labels) -> String {
    let position = position(labels)
    guard let openRun, let all = runs?.all else { return position }
    // The list has the directories that came as well.
    let isMixed = openRun.changes?.contains { $0.kind == .directory } ?? false
    let entry = isMixed ? labels("entry", "条目") : labels("file", "文件")
    let files = lineCount == 0 ? "" : labels(", \(entry) \(position)", "，\(entry) \(position)")
    let row = all.firstIndex { $0.record.id == openRun.run.record.id }
    guard let run = row.map({ labels.place($0 + 1, of: all.count) }) else { return labels("a run", "一次运行") + files }
    return labels("run \(run)", "运行 \(run)") + files
  }

  func draw(_ model: DashboardModel, in area: Rect, into buffer: inout ScreenBuffer) {
    HistoryView(page: self, model: model, area: area).draw(into: &buffer)
  }
}
