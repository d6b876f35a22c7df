import TerminalUI

/// All keys, made from the keymap and searched by typing.
struct HelpView {
  let model: DashboardModel
  let page: HelpPage

  /// A line of the help.
  enum Line { case heading(String), row(HelpRow) }

  static func lines(_ model: DashboardModel, _ page: HelpPage) -> [Line] {
    var lines: [Line] = []
    var group: String?
    for row in model.keymap.helpRows(matching: page.query.text) {
      if row.group != group {
        lines.append(.heading(row.group))
        group = row.group
      }
      lines.append(.row(row))
    }
    return lines
  }

  /// Lines of room for the list: the screen without the dialog's frame, its margins and the search.
  static func listHeight(_ model: DashboardModel) -> Int { max(1, model.height - 6) }

  func draw(into buffer: inout ScreenBuffer) -> CursorPlace {
    let lines = Self.lines(model, page)
    let area = OverlayView.frame(
      title: model.labels[.help], width: min(86, buffer.width - 4), height: buffer.height - 4,
      note: model.labels("enter does it, esc closes", "enter 执行，esc 关闭"), into: &buffer)
    let (head, list) = area.splitTop(area.height >= 4 ? 2 : 1)
    let label = "\(model.labels[.search]):"
    let used = buffer.put(label, x: head.x, y: head.y, width: head.width, style: Style(.accent, .bold))
    let x = page.query.draw(
      in: &buffer, x: head.x + used + 1, y: head.y, width: head.width - used - 1,
      placeholder: model.labels("type to search", "输入以搜索"))
    var place = page.place
    place.update(count: lines.count, height: list.height)
    if lines.isEmpty {
      buffer.put(
        model.labels("No key does that.", "没有这样的按键。"), x: list.x, y: list.y, width: list.width, style: Style(.muted))
    }
    for index in place.visible {
      let y = list.y + index - place.offset
      draw(lines[index], y: y, in: list, into: &buffer)
      if index == place.selection { buffer.select(Rect(x: list.x, y: y, width: list.width, height: 1)) }
    }
    buffer.scrollBar(place, beside: list, framed: area.width < buffer.width)
    return CursorPlace(x: x, y: head.y)
  }

  private func draw(_ line: Line, y: Int, in list: Rect, into buffer: inout ScreenBuffer) {
    switch line {
    case .heading(let text): buffer.put(text, x: list.x, y: y, width: list.width - 1, style: Style(.heading, .bold))
    case .row(let row):
      let keyWidth = min(16, list.width / 3)
      buffer.put(row.keys, x: list.x + 2, y: y, width: max(0, keyWidth - 3), style: Style(.accent, .bold))
      buffer.put(row.description, x: list.x + keyWidth, y: y, width: max(0, list.width - keyWidth - 1))
    }
  }
}
