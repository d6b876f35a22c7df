import SluiceCore
import TerminalUI

/// A profile's markers, those that need the operator first.
struct MarkersPage: ListPage {
  static let title = PageTitle(english: "Markers", chinese: "标记", description: "Markers and files put aside")
  static let commands: [Command] = [.retry]
  static let isOfRuns = false

  /// nil until they have come.
  private(set) var entries: [MarkerEntry]?
  /// Why not all is known of them; nil when it is.
  private(set) var problem: String?
  var place = ScrollState()

  var subjects: [LakeQuestion.Subject] { [.markers] }

  mutating func take(_ answer: LakeAnswer, to subject: LakeQuestion.Subject) {
    if case .markers(let newer, let problem) = answer {
      self.problem = problem
      take(newer)
    }
  }

  /// Takes the list; the cursor stays on its marker.
  private mutating func take(_ newer: [MarkerEntry]) {
    // A cursor on the first line stays there: that is where work appears.
    let marked = place.selection == 0 ? nil : selected?.name
    let sorted = newer.sorted { left, right in
      let ranks = (Self.rank(left.state), Self.rank(right.state))
      // Work to do is done oldest first; what is done is of interest newest first.
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      return left.state == .ingested ? left.name > right.name : left.name < right.name
    }
    entries = sorted
    place.choose(marked.flatMap { name in sorted.firstIndex { $0.name == name } } ?? 0, of: sorted.count)
  }

  var lineCount: Int { entries?.count ?? 0 }

  func room(in area: Rect) -> PageRoom {
    PageRoom(area, head: area.height >= 8 ? 2 : 1, foot: area.height >= 7 ? min(5, area.height / 3) : 0)
  }

  var selected: MarkerEntry? {
    guard let entries, entries.indices.contains(place.selection) else { return nil }
    return entries[place.selection]
  }

  mutating func perform(_ command: Command, _ model: DashboardModel) -> PageReaction {
    guard let name = model.selectedName, let marker = selected else { return .nothing }
    var task = IngestTask()
    task.selection = .marker(name: marker.name)
    // Trying again what is in already means ingesting it once more.
    task.isForced = marker.state == .ingested
    return .launch(
      RunRequest(profile: name, task: .ingest(task)), what: Bilingual("ingest of \(marker.name)", "入库（\(marker.name)）"))
  }

  func reason(against command: Command, _ model: DashboardModel) -> Obstacle? {
    guard let name = model.selectedName, let marker = selected else { return .noMarker }
    if marker.state == .invalid { return .invalidMarker(marker.name) }
    return model.reason(against: .retry, on: name)
  }

  func copyText(_ row: ProfileRow) -> String? { selected.map { $0.quarantined.first?.path ?? $0.name } }

  var footerCommands: [Command] { [.retry] }

  func draw(_ model: DashboardModel, in area: Rect, into buffer: inout ScreenBuffer) {
    MarkersView(page: self, model: model, area: area).draw(into: &buffer)
  }

  func count(of state: MarkerEntry.State) -> Int {
    (entries ?? []).reduce(0) { $0 + ($1.state == state ? 1 : 0) }
  }

  private static func rank(_ state: MarkerEntry.State) -> Int {
    switch state {
    case .quarantined: 0
    case .noFiles: 1
    case .invalid: 2
    case .pending: 3
    case .ingested: 4
    }
  }
}
