import TerminalUI

/// The keys of the view of several lakes, over it.
struct FleetHelp {
  /// A key, and what it does.
  struct Row: Sendable, Equatable {
    let keys: String
    let does: Bilingual
  }

  /// All keys that work there.
  static let rows: [Row] = [
    Row(keys: "enter", does: Bilingual("open the lake's dashboard on this profile", "打开该数据湖的界面，光标在此配置项")),
    Row(keys: "/", does: Bilingual("filter: words, state:failed, gaps>0, lake:NAME, !word", "筛选，词语同单个数据湖的界面，另可用湖名")),
    Row(keys: "esc", does: Bilingual("show all again", "重新显示全部")),
    Row(keys: "r", does: Bilingual("read the lake again, or log in to its host again", "重新读取该数据湖，或重新登录其主机")),
    Row(keys: "j k down up", does: Bilingual("next line, line before", "下一行、上一行")),
    Row(keys: "pgdn pgup", does: Bilingual("a page on, a page back", "下一页、上一页")),
    Row(keys: "g G home end", does: Bilingual("first line, last line", "首行、末行")),
    Row(keys: "ctrl-l", does: Bilingual("draw the screen anew", "重绘屏幕")),
    Row(keys: "ctrl-z", does: Bilingual("suspend", "挂起到后台")),
    Row(keys: "?", does: Bilingual("these keys", "这些按键")),
    Row(keys: "q ctrl-c", does: Bilingual("quit; runs go on", "退出；运行会继续")),
  ]

  let labels: Labels
  let place: ScrollState

  /// Lines of room for the list on a screen of a height.
  static func height(_ height: Int) -> Int { max(1, min(rows.count, height - 4)) }

  func draw(into buffer: inout ScreenBuffer) {
    let area = OverlayView.frame(
      title: labels[.help], width: min(70, buffer.width - 4), height: min(Self.rows.count, buffer.height - 4),
      note: labels("esc closes", "esc 关闭"), into: &buffer)
    var place = place
    place.update(count: Self.rows.count, height: area.height)
    let keyWidth = min(16, area.width / 3)
    for index in place.visible {
      let (row, y) = (Self.rows[index], area.y + index - place.offset)
      buffer.put(row.keys, x: area.x, y: y, width: max(0, keyWidth - 1), style: Style(.accent, .bold))
      buffer.put(
        row.does.text(labels.language), x: area.x + keyWidth, y: y, width: max(0, area.width - keyWidth - 1))
      if place.isScrollable, index == place.selection {
        buffer.select(Rect(x: area.x, y: y, width: area.width, height: 1))
      }
    }
    buffer.scrollBar(place, beside: area, framed: area.width < buffer.width)
  }
}
