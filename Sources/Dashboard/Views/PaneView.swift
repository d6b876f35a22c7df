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
      buffer.box(layout.pane, note: note, style: Style(isActive ? .accent : .border))
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

  /// The tabs' places, for drawing and for the mouse.
  static func tabPlaces(_ model: DashboardModel, _ line: Rect) -> [(tab: PaneTab, area: Rect, text: String)] {
    let full = PaneTab.allCases.map { "\($0.number) \(model.labels[$0.label])" }
    let fullWidth = full.reduce(0) { $0 + CharacterWidth.of($1) + 2 }
    var x = line.x + 1
    return PaneTab.allCases.map { tab in
      // On a narrow screen only the open tab keeps its name.
      let text = fullWidth + 2 <= line.width || tab == model.tab ? full[tab.rawValue] : String(tab.number)
      let area = Rect(x: x, y: line.y, width: CharacterWidth.of(text) + 2, height: 1).intersection(line)
      x += CharacterWidth.of(text) + 2
      return (tab, area, " \(text) ")
    }
  }

  private func drawTabs(into buffer: inout ScreenBuffer) {
    guard !layout.tabs.isEmpty else { return }
    let places = Self.tabPlaces(model, layout.tabs)
    for place in places {
      let isOpen = place.tab == model.tab
      let style =
        isOpen
        ? Style(model.focus == .pane ? .accent : .heading, [.bold, .underline]) : Style(.muted)
      buffer.put(
        place.text, x: place.area.x, y: place.area.y, width: place.area.width, style: style, ellipsis: .none)
    }
    // Whose page this is, when there is room beside the tabs.
    guard let name = model.selectedName, let last = places.last?.area.right else { return }
    let room = layout.tabs.right - last - 3
    guard room >= 8 else { return }
    let shown = min(room, CharacterWidth.of(name) + 2)
    buffer.put(
      " \(name) ", x: layout.tabs.right - 1 - shown, y: layout.tabs.y, width: shown, style: Style(.heading, .bold),
      ellipsis: .middle)
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
      guard let coverage = model.coverage, coverage.profile == name, coverage.table != nil else { return "" }
      let holes = coverage.holes.isEmpty ? "no holes" : "\(Figures.count(coverage.holes.count, "hole")), n next"
      return "\(holes), series \(position(coverage.series.selection, coverage.table?.series.count ?? 0))"
    }
  }

  private func position(_ cursor: Int, _ count: Int) -> String {
    count == 0 ? "" : "\(TextFormat.grouped(cursor + 1)) of \(TextFormat.grouped(count))"
  }
}
