import SluiceCore
import TerminalUI

/// The files of one day of one series, the largest first.
struct DayFilesView {
  let page: CoveragePage
  let open: CoveragePage.OpenDay
  let model: DashboardModel
  let area: Rect

  func draw(into buffer: inout ScreenBuffer) {
    let room = page.room(in: area)
    var line = StyledLine("\(model.keymap.keyName(for: .back)) \(model.labels[.goesBack])   ", .accent)
    line.add("\(open.day)", Style(.standard, .bold))
    line.add("  \(open.series)")
    if let files = open.files {
      line.add("  \(model.labels.files(files.count))\(model.labels.comma)\(Figures.size(files.bytes))", .muted)
      let shown = TextFormat.grouped(files.files.count)
      if files.count > files.files.count {
        line.add(model.labels(", the largest \(shown)", "，最大的 \(shown) 个"), .muted)
      }
      if let problem = files.problem { line.add("  \(problem)", .bad) }
    }
    buffer.put(line, x: room.head.x, y: room.head.y, width: room.head.width)
    guard let files = open.files?.files, !files.isEmpty else {
      let labels = model.labels
      let text =
        open.files == nil
        ? labels("The files are being looked for.", "正在查找文件。")
        : labels("No file of this day lies in the lake.", "数据湖中没有这一天的文件。")
      buffer.put(text, x: area.x, y: room.list.y, width: area.width, style: Style(.muted))
      return
    }
    page.drawLines(model, in: room.list, into: &buffer) { index, y, buffer in
      buffer.put(files[index].path, x: area.x, y: y, width: max(0, area.width - 12), ellipsis: .head)
      buffer.put(
        Figures.size(files[index].bytes), x: area.right - 11, y: y, width: 11, style: Style(.muted), alignment: .right)
    }
  }
}
