import FoundationEssentials
import SluiceCore
import TerminalUI

/// The table: a line for every profile.
struct TableView {
  let model: DashboardModel
  let layout: DashboardLayout

  func draw(into buffer: inout ScreenBuffer) {
    guard !layout.table.isEmpty else { return }
    if layout.isFramed { drawFrame(into: &buffer) }
    let columns = TableColumns(model, layout).placed
    if layout.heading.height > 0 { drawHeading(columns, into: &buffer) }
    guard !model.visible.isEmpty else {
      drawNothing(into: &buffer)
      return
    }
    for index in shown.visible {
      let y = layout.rows.y + index - shown.offset
      switch model.lines[index] {
      case .profile(let row):
        drawRow(model.rows[row], isSelected: index == shown.selection, y: y, columns, into: &buffer)
      case .host(let group):
        let line = HostLine(model: model, group: group).line(buffer.glyphs)
        buffer.put(line, x: layout.rows.x + 1, y: y, width: layout.rows.width - 1)
      }
    }
    if layout.isFramed {
      buffer.scrollBar(shown, x: layout.table.right - 1, y: layout.rows.y, height: layout.rows.height)
    }
  }

  /// The scroll state, brought in line with the room there is.
  private var shown: ScrollState {
    var state = model.table
    state.update(count: model.lines.count, height: layout.rows.height)
    return state
  }

  private func drawFrame(into buffer: inout ScreenBuffer) {
    let isActive = model.focus == .table
    var notes: [String] = []
    if let held = model.held { notes.append("\(model.labels[.frozen]) \(Figures.moment(held.since, now: held.since))") }
    if !model.marked.isEmpty {
      let hidden = model.hiddenMarks.count
      let marked = model.marked.count
      let note = model.labels("\(marked) marked", "已标记 \(marked) 项")
      notes.append(note + (hidden > 0 ? model.labels(", \(hidden) hidden", "，其中 \(hidden) 项隐藏") : ""))
    }
    if model.choice.isSorted {
      let order = model.sort.words
      let note = model.labels("by \(order.english)", "按\(order.chinese)")
      notes.append(note + (model.isSortReversed ? model.labels(", turned round", "，逆序") : ""))
    }
    if model.isGrouped { notes.append(model.labels[.byHost]) }
    if model.lines.count > layout.rows.height {
      notes.append(model.labels.span(shown.visible, of: model.lines.count))
    }
    var title = model.labels[.profiles]
    if !model.filter.isEmpty { title += model.labels.matching(model.filter) }
    buffer.box(
      layout.table, title: title, note: notes.joined(separator: " \(buffer.glyphs.dot) "),
      style: Style(isActive ? .accent : .border), titleStyle: Style(isActive ? .accent : .heading, .bold))
  }

  private func drawHeading(_ columns: [TableColumns.Placed], into buffer: inout ScreenBuffer) {
    for placed in columns {
      guard let label = placed.column.label else { continue }
      var text = model.labels[label]
      let isSorted = model.choice.isSorted && placed.column.isHead(of: model.sort)
      if isSorted { text += model.isSortReversed ? buffer.glyphs.arrowUp : buffer.glyphs.arrowDown }
      buffer.put(
        text, x: placed.x, y: layout.heading.y, width: placed.width,
        style: Style(isSorted ? .accent : .muted, isSorted ? .bold : []), alignment: placed.column.alignment,
        ellipsis: .none)
    }
  }

  private func drawNothing(into buffer: inout ScreenBuffer) {
    let (labels, filter) = (model.labels, model.filter)
    let text =
      model.rows.isEmpty
      ? labels("No profiles yet: the configuration is being read.", "还没有配置项：正在读取配置。")
      : model.profileFilter.problemWords.first?.text(labels.language)
        ?? labels("No profile matches \"\(filter)\". Esc clears the filter.", "没有符合“\(filter)”的配置项。Esc 清除筛选。")
    buffer.put(
      text, x: layout.rows.x + 1, y: layout.rows.y, width: layout.rows.width - 2, style: Style(.muted))
  }

  private func drawRow(
    _ row: ProfileRow, isSelected: Bool, y: Int, _ columns: [TableColumns.Placed], into buffer: inout ScreenBuffer
  ) {
    let look = StateLook(row, launches: model.launches, labels: model.labels, glyphs: buffer.glyphs)
    let cells = RowCells(
      model: model, row: row, look: look, isHighlighted: isSelected && model.focus == .table)
    for placed in columns { cells.draw(placed, y: y, into: &buffer) }
    if row.liveRun == nil { drawNote(row, look, y: y, columns, into: &buffer) }
    if model.marked.contains(row.name) {
      buffer.put(buffer.glyphs.mark, x: layout.rows.x + 1, y: y, width: 1, style: Style(.accent, .bold))
    }
    guard isSelected else { return }
    if model.focus == .table {
      // The bar keeps its own look: in the selection's colours full and empty would be hard to tell apart.
      let bar = row.liveRun == nil ? nil : columns.first { $0.column == .bar }
      let right = layout.rows.right
      let (before, after) = (bar?.x ?? right, bar.map { $0.x + $0.width } ?? right)
      buffer.select(Rect(x: layout.rows.x, y: y, width: before - layout.rows.x, height: 1))
      buffer.select(Rect(x: after, y: y, width: right - after, height: 1))
    }
    buffer.put(buffer.glyphs.cursor, x: layout.rows.x, y: y, width: 1, style: cursorStyle)
  }

  private var cursorStyle: Style {
    model.focus == .table ? Style(.selectionText, on: .selectionBackground, .bold) : Style(.accent, .bold)
  }

  /// Uses the columns of a run for what the last one did, where none is going.
  private func drawNote(
    _ row: ProfileRow, _ look: StateLook, y: Int, _ columns: [TableColumns.Placed], into buffer: inout ScreenBuffer
  ) {
    guard !columns.contains(where: { $0.column == .note }) else { return }
    let free = columns.filter { [.bar, .percent, .rate, .timeLeft].contains($0.column) }
    guard let first = free.first, let last = free.last else { return }
    let width = last.x + last.width - first.x
    guard width >= 12 else { return }
    buffer.put(
      RowNote.text(row, in: model), x: first.x, y: y, width: width,
      style: Style(look.role == .bad ? .bad : .muted))
  }
}

extension Labels {
  /// What stands behind a title while a filter is in force.
  func matching(_ filter: String) -> String { self(" matching \"\(filter)\"", "，符合“\(filter)”") }
}
