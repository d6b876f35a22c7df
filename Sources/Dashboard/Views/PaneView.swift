import SluiceCore
import TerminalUI

/// The pane below the table: its frame, its tabs and the page that is open.
struct PaneView {
  let model: DashboardModel
  let layout: DashboardLayout

  func draw(into buffer: inout ScreenBuffer) {
    guard !layout.pane.isEmpty else { return }
    if layout.isFramed {
      let isActive = model.focus == .pane
      buffer.box(layout.pane, note: fullNote, style: Style(isActive ? .accent : .border))
    }
    drawTabs(into: &buffer)
    guard !layout.page.isEmpty else { return }
    guard model.selectedRow != nil else {
      buffer.put(
        "No profile is selected.", x: layout.page.x, y: layout.page.y, width: layout.page.width, style: Style(.muted))
      return
    }
    drawPage(into: &buffer)
  }

  private func drawPage(into buffer: inout ScreenBuffer) {
    let area = layout.page
    switch model.tab {
    case .overview: OverviewPageView(model: model, area: area).draw(into: &buffer)
    case .preview: PreviewPageView(model: model, area: area).draw(into: &buffer)
    case .log: LogPageView(model: model, area: area).draw(into: &buffer)
    case .history: HistoryPageView(model: model, area: area).draw(into: &buffer)
    case .markers: MarkersPageView(model: model, area: area).draw(into: &buffer)
    case .coverage: CoveragePageView(model: model, area: area).draw(into: &buffer)
    }
  }

  private static func bar(_ model: DashboardModel) -> TabBar {
    TabBar(titles: PaneTab.allCases.map { model.labels[$0.label] }, selection: model.tab.rawValue)
  }

  /// The tab under a column of the tabs' line.
  static func tab(atColumn x: Int, _ model: DashboardModel, _ layout: DashboardLayout) -> PaneTab? {
    var scratch = ScreenBuffer(width: model.width, height: layout.tabs.bottom)
    let places = bar(model).draw(in: &scratch, x: layout.tabs.x + 1, y: layout.tabs.y, width: layout.tabs.width - 2)
    return places.firstIndex { $0.contains(x) }.flatMap(PaneTab.init(rawValue:))
  }

  private func drawTabs(into buffer: inout ScreenBuffer) {
    guard !layout.tabs.isEmpty else { return }
    let places = Self.bar(model).draw(
      in: &buffer, x: layout.tabs.x + 1, y: layout.tabs.y, width: layout.tabs.width - 2)
    // Whose page this is, when there is room beside the tabs.
    guard let name = model.selectedName, let last = places.last?.upperBound else { return }
    let room = layout.tabs.right - last - 3
    guard room >= 8 else { return }
    let shown = min(room, CharacterWidth.of(name) + 2)
    buffer.put(
      " \(name) ", x: layout.tabs.right - 1 - shown, y: layout.tabs.y, width: shown, style: Style(.heading, .bold),
      ellipsis: .middle)
  }

  /// The note, with the profile's name in front where the table is not there to tell it.
  private var fullNote: String {
    guard layout.table.isEmpty, let name = model.selectedName else { return note }
    return note.isEmpty ? name : "\(name), \(note)"
  }

  /// What the page says of itself in the frame's lower edge.
  private var note: String {
    guard let name = model.selectedName else { return "" }
    switch model.tab {
    case .overview: return ""
    case .preview:
      guard let page = model.preview?.page, page.profile == name, !page.rows.isEmpty else { return "" }
      return position(page.place.selection, page.rows.count)
    case .log:
      guard let log = model.log, log.profile == name, !log.lines.isEmpty else { return "" }
      let mode = log.isFollowing ? "following" : "f follows"
      return "\(log.isWrapping ? "wrapped, " : "")\(mode), \(position(log.place.selection, log.lines.count))"
    case .history:
      guard let history = model.history, history.profile == name else { return "" }
      if let open = history.open { return position(open.place.selection, open.changes?.count ?? 0) }
      return position(history.place.selection, history.runs?.count ?? 0)
    case .markers:
      guard let markers = model.markers, markers.profile == name else { return "" }
      return position(markers.place.selection, markers.entries?.count ?? 0)
    case .coverage:
      guard let coverage = model.coverage, coverage.profile == name, let table = coverage.table, !table.series.isEmpty
      else { return "" }
      return "series \(position(coverage.series.selection, table.series.count))"
    }
  }

  private func position(_ cursor: Int, _ count: Int) -> String {
    count == 0 ? "" : "\(TextFormat.grouped(cursor + 1)) of \(TextFormat.grouped(count))"
  }
}
