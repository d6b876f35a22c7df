import SluiceCore
import TerminalUI

/// The dialog that asks for a few words.
struct TextDialogView {
  let dialog: TextDialog

  /// Draws it and returns the place of the cursor.
  func draw(into buffer: inout ScreenBuffer) -> CursorPlace {
    let (title, label, hint, verb) = words
    let area = OverlayView.frame(title: title, width: 64, height: 4, into: &buffer)
    buffer.put(label, x: area.x, y: area.y, width: area.width, style: Style(.accent, .bold))
    let x = dialog.field.draw(
      in: &buffer, x: area.x + label.count + 1, y: area.y, width: max(0, area.width - label.count - 1))
    let cursor = CursorPlace(x: x, y: area.y)
    guard area.height >= 3 else { return cursor }
    buffer.put(hint, x: area.x, y: area.y + 1, width: area.width, style: Style(.muted))
    buffer.put(
      OverlayView.answers([("enter", verb), ("esc", "back")]), x: area.x, y: area.bottom - 1, width: area.width)
    return cursor
  }

  private var words: (title: String, label: String, hint: String, verb: String) {
    switch dialog.purpose {
    case .pause(let runs):
      let whom = runs.count == 1 ? runs[0].profile : Figures.count(runs.count, "run")
      return ("Pause \(whom)", "For:", "A span of time: 30m, 2h, 1h30m; then it goes on by itself.", "pause")
    case .saveLog: return ("Save the log", "File:", "What the Log page shows; nothing is written over.", "save")
    case .nameFilter(let filter):
      return ("Name the filter", "Name:", "\(filter) → found by this name under : from now on.", "keep")
    }
  }
}

/// The list of columns, each with whether it is shown.
struct ColumnChooserView {
  let model: DashboardModel
  let chooser: ColumnChooser

  func draw(into buffer: inout ScreenBuffer) {
    let columns = TableColumn.choosable
    let area = OverlayView.frame(
      title: model.labels[.columns], width: 34, height: columns.count + 2, note: "seen at once", into: &buffer)
    let (list, foot) = area.splitBottom(area.height >= 4 ? 2 : 0)
    var place = chooser.place
    place.update(count: columns.count, height: list.height)
    for index in place.visible {
      let y = list.y + index - place.offset
      let mark = model.hiddenColumns.contains(columns[index]) ? " " : buffer.glyphs.check
      let name = columns[index].label.map { model.labels[$0] } ?? "%"
      buffer.put("\(mark) \(name)", x: list.x, y: y, width: list.width)
      if index == place.selection { buffer.select(Rect(x: list.x, y: y, width: list.width, height: 1)) }
    }
    buffer.scrollBar(place, beside: list, framed: area.width < buffer.width && area.height >= 2)
    guard !foot.isEmpty else { return }
    let keys = [(model.keymap.keyName(for: .mark), "shows, hides"), ("esc", "back")]
    buffer.put(OverlayView.answers(keys), x: foot.x, y: foot.bottom - 1, width: foot.width)
  }
}
