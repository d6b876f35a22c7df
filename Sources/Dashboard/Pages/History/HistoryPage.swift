import SluiceCore
import TerminalUI

/// A profile's past runs, and the files of the one that is open.
struct HistoryPage: ListPage {
  static let title = PageTitle(english: "History", chinese: "历史", description: "History of runs")

  /// The per-file list of one run.
  struct OpenRun: Sendable, Equatable {
    let run: PastRun
    /// nil until the list has come.
    var changes: [FileChange]?
    var place = ScrollState()
  }

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
    case (.changes(let changes), .changes(let id)) where id == openRun?.run.record.id: openRun?.changes = changes
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
    PageRoom(area, head: openRun != nil ? 2 : area.height >= 8 ? 4 : 1)
  }

  var opensOnDoublePress: Bool { true }

  mutating func open(_ model: DashboardModel) -> PageReaction {
    guard openRun == nil, let run = selected else { return .nothing }
    openRun = OpenRun(run: run)
    return .ask(.changes(run.record.id))
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

  var footerCommands: [Command] { openRun == nil ? [.open] : [.back] }

  func draw(_ model: DashboardModel, in area: Rect, into buffer: inout ScreenBuffer) {
    HistoryView(page: self, model: model, area: area).draw(into: &buffer)
  }
}
