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
    if let status = model.selectedRow?.status, let removal = model.labels.removal(status), !model.tab.type.isOfRuns {
      for (index, line) in TextWrap.lines(removal, width: layout.page.width).prefix(layout.page.height).enumerated() {
        buffer.put(line, x: layout.page.x, y: layout.page.y + index, width: layout.page.width, style: Style(.muted))
      }
      return
    }
    guard model.selectedRow != nil else {
      buffer.put(
        model.labels("No profile is selected.", "没有选中配置项。"), x: layout.page.x, y: layout.page.y,
        width: layout.page.width, style: Style(.muted))
      return
    }
    model.page.draw(model, in: layout.page, into: &buffer)
  }

  private static func bar(_ model: DashboardModel) -> TabBar {
    TabBar(titles: PageID.allCases.map { $0.title.text(model.labels.language) }, selection: model.tab.index)
  }

  /// The tab under a column of the tabs' line.
  static func tab(atColumn x: Int, _ model: DashboardModel, _ layout: DashboardLayout) -> PageID? {
    var scratch = ScreenBuffer(width: model.width, height: layout.tabs.bottom)
    let places = bar(model).draw(in: &scratch, x: layout.tabs.x + 1, y: layout.tabs.y, width: layout.tabs.width - 2)
    return places.firstIndex { $0.contains(x) }.map { PageID.allCases[$0] }
  }

  private func drawTabs(into buffer: inout ScreenBuffer) {
    guard !layout.tabs.isEmpty else { return }
    let places = Self.bar(model).draw(
      in: &buffer, x: layout.tabs.x + 1, y: layout.tabs.y, width: layout.tabs.width - 2)
    // Whose page this is, when there is room beside the tabs.
    guard let name = model.selectedName, let last = places.last?.upperBound else { return }
    let room = layout.tabs.right - last - 3
    guard room >= 8 else { return }
    let shown = min(room, CharacterWidth.of(buffer.drawable(name)) + 2)
    buffer.put(
      " \(name) ", x: layout.tabs.right - 1 - shown, y: layout.tabs.y, width: shown, style: Style(.heading, .bold),
      ellipsis: .middle)
  }

  /// The note, with the profile's name in front where the table is not there to tell it.
  private var fullNote: String {
    guard let name = model.selectedName else { return "" }
    let note = model.page.note(model.labels)
    guard layout.table.isEmpty else { return note }
    return note.isEmpty ? name : "\(name)\(model.labels.comma)\(note)"
  }
}
