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
      line.add("  \(Figures.count(files.count, "file")), \(Figures.size(files.bytes))", .muted)
      if files.count > files.files.count { line.add(", the largest \(TextFormat.grouped(files.files.count))", .muted) }
      if let problem = files.problem { line.add("  \(problem)", .bad) }
    }
    buffer.put(line, x: room.head.x, y: room.head.y, width: room.head.width)
    guard let files = open.files?.files, !files.isEmpty else {
      let text = open.files == nil ? "The files are being looked for." : "No file of this day lies in the lake."
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
