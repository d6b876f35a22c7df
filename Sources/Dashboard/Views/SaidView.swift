import SluiceCore
import TerminalUI

/// What was said and done in this session, with its times; the line under the cursor is shown whole below.
struct SaidView {
  let model: DashboardModel
  let list: SaidList

  /// Lines for the whole text of the one under the cursor.
  private static let footHeight = 4

  static func listHeight(_ model: DashboardModel) -> Int { max(1, model.height - 4 - footHeight) }

  func draw(into buffer: inout ScreenBuffer) {
    let entries = model.said.entries
    let area = OverlayView.frame(
      title: model.labels[.messages], width: buffer.width - 4, height: buffer.height - 2,
      note: entries.isEmpty ? "" : position(of: entries.count), into: &buffer)
    let (lines, foot) = area.splitBottom(area.height >= 8 ? Self.footHeight : 0)
    guard !entries.isEmpty else {
      let text = model.labels("Nothing was said yet.", "还没有消息。")
      buffer.put(text, x: area.x, y: area.y, width: area.width, style: Style(.muted))
      return
    }
    var place = list.place
    place.update(count: entries.count, height: lines.height)
    for index in place.visible {
      let y = lines.y + index - place.offset
      draw(entries[index], y: y, in: lines, into: &buffer)
      if index == place.selection { buffer.select(Rect(x: lines.x, y: y, width: lines.width, height: 1)) }
    }
    buffer.scrollBar(place, beside: lines, framed: area.width < buffer.width)
    drawFoot(entries[place.selection].text, in: foot, into: &buffer)
  }

  private func position(of count: Int) -> String {
    let number = list.place.selection + 1
    return model.labels("\(number) of \(count)", "第 \(number) 条，共 \(count) 条")
  }

  private func draw(_ entry: SaidLog.Entry, y: Int, in lines: Rect, into buffer: inout ScreenBuffer) {
    let time = String(TextFormat.local(entry.time).suffix(8))
    buffer.put(time, x: lines.x, y: y, width: min(8, lines.width), style: Style(.muted))
    let (glyph, role): (String, ColorRole) =
      switch entry.tone {
      case nil: ("$", .accent)
      case .news: (buffer.glyphs.bullet, .info)
      case .good: (buffer.glyphs.check, .good)
      case .bad: (buffer.glyphs.stale, .warning)
      }
    buffer.put(glyph, x: lines.x + 9, y: y, width: 1, style: Style(role, .bold))
    buffer.put(
      entry.text, x: lines.x + 11, y: y, width: max(0, lines.width - 11),
      style: entry.tone == .bad ? Style(.warning) : .plain)
  }

  private func drawFoot(_ text: String, in foot: Rect, into buffer: inout ScreenBuffer) {
    guard !foot.isEmpty else { return }
    for (index, line) in TextWrap.lines(text, width: foot.width).prefix(foot.height - 2).enumerated() {
      buffer.put(line, x: foot.x, y: foot.y + 1 + index, width: foot.width, style: Style(.muted))
    }
    buffer.put(
      OverlayView.answers([
        (model.keymap.keyName(for: .copy), model.labels("copy", "复制")), ("esc", model.labels[.goBack]),
      ]), x: foot.x, y: foot.bottom - 1,
      width: foot.width)
  }
}
