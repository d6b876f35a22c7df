import FoundationEssentials
import SluiceCore
import TerminalUI

/// The dialog that asks for a few words.
struct TextDialogView {
  let dialog: TextDialog
  let labels: Labels
  /// What a time of day that is typed is counted from.
  let now: Date

  /// Draws it and returns the place of the cursor.
  func draw(into buffer: inout ScreenBuffer) -> CursorPlace {
    let (title, label, hint, verb) = words
    let area = OverlayView.frame(title: title, width: 64, height: 4, into: &buffer)
    buffer.put(label, x: area.x, y: area.y, width: area.width, style: Style(.accent, .bold))
    let width = CharacterWidth.of(label)
    let x = dialog.field.draw(
      in: &buffer, x: area.x + width + 1, y: area.y, width: max(0, area.width - width - 1))
    let cursor = CursorPlace(x: x, y: area.y)
    guard area.height >= 3 else { return cursor }
    let shown = isWrong ? Notice.wrongSpan.words.text(labels.language) : hint
    buffer.put(shown, x: area.x, y: area.y + 1, width: area.width, style: Style(isWrong ? .warning : .muted))
    buffer.put(
      OverlayView.answers([("enter", verb), ("esc", labels[.goBack])]), x: area.x, y: area.bottom - 1, width: area.width
    )
    return cursor
  }

  /// Whether what is typed does nothing on Enter.
  private var isWrong: Bool {
    guard case .pause = dialog.purpose else { return false }
    return dialog.words != nil && dialog.span(now: now) == nil
  }

  private var words: (title: String, label: String, hint: String, verb: String) {
    switch dialog.purpose {
    case .pause(let runs):
      let whom = runs.count == 1 ? runs[0].profile : labels.count(runs.count, .run)
      let hint = labels(
        "30m, 2h, 1h30m, or until 06:00; then it goes on by itself.", "30m、2h、1h30m，或 until 06:00；之后自动继续。")
      return (labels("Pause \(whom)", "暂停 \(whom)"), labels("For:", "时长："), hint, labels("pause", "暂停"))
    case .saveLog:
      let hint = labels("What the Log page shows; nothing is written over.", "日志页所显示的内容；不会覆盖已有文件。")
      return (labels("Save the log", "保存日志"), labels("File:", "文件："), hint, labels("save", "保存"))
    case .nameFilter(let filter):
      let hint = labels(
        "\(filter) → found by this name under : from now on.", "\(filter) → 此后在 : 中按此名称找到。")
      return (labels("Name the filter", "命名筛选"), labels("Name:", "名称："), hint, labels("keep", "保存"))
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
      title: model.labels[.columns], width: 34, height: columns.count + 2, note: model.labels("seen at once", "即时生效"),
      into: &buffer)
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
    let keys = [
      (model.keymap.keyName(for: .mark), model.labels("shows, hides", "显示或隐藏")), ("esc", model.labels[.goBack]),
    ]
    buffer.put(OverlayView.answers(keys), x: foot.x, y: foot.bottom - 1, width: foot.width)
  }
}
