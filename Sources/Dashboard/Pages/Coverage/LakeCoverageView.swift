import SluiceCore
import TerminalUI

/// The whole lake day by day: a line a profile, in the table's order, a cell a day, by what usually lies on one.
struct LakeCoverageView {
  let page: CoveragePage
  let model: DashboardModel
  let area: Rect

  func draw(into buffer: inout ScreenBuffer) {
    let room = page.room(in: area)
    let today = CalendarDay(model.now)
    let label = min(model.longestName + 2, max(6, area.width / 3))
    let sums = area.width >= 100 ? 24 : 0
    let width = max(1, area.width - label - sums)
    let wide = [3, 2].first { DayUsage.kept * $0 <= width } ?? 1
    let count = min(DayUsage.kept, width / wide)
    let back = min(page.daysBack, count - 1)
    let days = Rect(x: area.x + label, y: room.head.y, width: count * wide, height: room.head.height)
    drawHead(today, days, wide, back, label, in: room.head, into: &buffer)
    let list = room.list
    let place = ScrollState(
      count: model.visible.count, height: max(1, list.height), selection: model.table.selection)
    for index in place.visible {
      let row = model.rows[model.visible[index]]
      let y = list.y + index - place.offset
      let isChosen = index == place.selection
      buffer.put(
        row.name, x: area.x, y: y, width: label - 1, style: isChosen ? Style(.accent, .bold) : .plain,
        ellipsis: .middle)
      let known = LakeDays(row, today: today)
      drawDays(
        known, row, Rect(x: days.x, y: y, width: days.width, height: 1), wide, isChosen ? back : nil, today,
        into: &buffer)
      if sums > 0 { drawSums(row, x: days.right, y: y, into: &buffer) }
    }
    buffer.scrollBar(place, beside: list, framed: model.isFramed)
    drawFoot(today.adding(days: -back), in: room.foot, into: &buffer)
  }

  private func drawHead(
    _ today: CalendarDay, _ days: Rect, _ wide: Int, _ back: Int, _ label: Int, in head: Rect,
    into buffer: inout ScreenBuffer
  ) {
    buffer.put(model.labels[.wholeLake], x: head.x, y: head.y, width: label - 1, style: Style(.heading, .bold))
    let count = days.width / wide
    for column in 0..<count {
      let day = today.adding(days: column - count + 1)
      let x = days.x + column * wide
      let isCrowded = column == 0 && day.fields.day > 20
      if day.fields.day == 1 || column == 0, !isCrowded, days.right - x >= 7 {
        buffer.put(String(day.description.prefix(7)), x: x, y: head.y, width: 7, style: Style(.heading))
      }
      if count - 1 - column == back {
        buffer.put(buffer.glyphs.arrowDown, x: x, y: head.y + 1, width: 1, style: Style(.accent, .bold))
      } else if day.fields.day == 1 || day.fields.day % 10 == 0 {
        let mark = day.fields.day == 1 ? buffer.glyphs.separator : buffer.glyphs.dot
        buffer.put(mark, x: x, y: head.y + 1, width: 1, style: Style(.border))
      }
    }
  }

  private func drawDays(
    _ known: LakeDays, _ row: ProfileRow, _ line: Rect, _ wide: Int, _ cursor: Int?, _ today: CalendarDay,
    into buffer: inout ScreenBuffer
  ) {
    let count = line.width / wide
    if known.isEmpty {
      let labels = model.labels
      let text =
        row.status.usage == nil
        ? labels("not counted yet", "尚未统计") : labels("not in dated directories", "不在日期目录中")
      buffer.put(text, x: line.x, y: line.y, width: line.width, style: Style(.muted))
    }
    for column in 0..<count {
      let day = today.adding(days: column - count + 1)
      guard let look = look(known, day, buffer.glyphs) else {
        if count - 1 - column == cursor, !known.isEmpty { select(line.x + column * wide, line.y, wide, into: &buffer) }
        continue
      }
      for part in 0..<max(1, wide - 1) {
        buffer.set(Cell(look.glyph, look.style), x: line.x + column * wide + part, y: line.y)
      }
      if count - 1 - column == cursor { select(line.x + column * wide, line.y, wide, into: &buffer) }
    }
  }

  private func select(_ x: Int, _ y: Int, _ wide: Int, into buffer: inout ScreenBuffer) {
    buffer.select(Rect(x: x, y: y, width: max(1, wide - 1), height: 1))
  }

  private func look(_ known: LakeDays, _ day: CalendarDay, _ glyphs: Glyphs) -> (glyph: String, style: Style)? {
    if known.isMissing(day) { return (glyphs.cellMissing, Style(.bad, .bold)) }
    if known.isAwaited(day) { return (glyphs.cellMissing, Style(.warning)) }
    guard let bytes = known.days[day]?.bytes, bytes > 0, known.usual > 0 else { return nil }
    let look = SizeLook(share: Double(bytes) / Double(known.usual), glyphs: glyphs)
    return (look.glyph, look.style)
  }

  private func drawSums(_ row: ProfileRow, x: Int, y: Int, into buffer: inout ScreenBuffer) {
    if let bytes = row.status.usage?.sizeBytes {
      buffer.put(Figures.size(bytes), x: x, y: y, width: 10, style: Style(.muted), alignment: .right)
    }
    guard let counts = row.status.coverage, counts.holes > 0 else { return }
    buffer.put(
      model.labels.count(counts.holes, .hole), x: x + 11, y: y, width: 13, style: Style(.warning), alignment: .right)
  }

  private func drawFoot(_ day: CalendarDay, in foot: Rect, into buffer: inout ScreenBuffer) {
    guard !foot.isEmpty, let row = model.selectedRow else { return }
    let known = LakeDays(row, today: CalendarDay(model.now))
    let labels = model.labels
    var line = StyledLine("\(day)", Style(.standard, .bold))
    line.add("  \(row.name)  ")
    if let usage = known.days[day], usage.files > 0 {
      let (bytes, files) = (Figures.size(usage.bytes), labels.files(usage.files))
      line.add(labels("\(bytes) in \(files)", "\(bytes)，\(files)"))
      if known.usual > 0 { line.add(labels.ofTheUsual(Double(usage.bytes) / Double(known.usual)), .muted) }
    } else if known.isMissing(day) {
      line.add(labels("missing", "缺失"), Style(.bad, .bold))
    } else if known.isAwaited(day) {
      line.add(labels("nothing yet", "尚无数据"), .warning)
    } else {
      line.add(labels("nothing", "没有数据"), .muted)
    }
    let key = model.keymap.keyName(for: .open)
    line.add(labels("   \(key) shows its series", "   \(key) 显示其序列"), .muted)
    buffer.put(line, x: foot.x, y: foot.y, width: foot.width)
    guard foot.height >= 2 else { return }
    var legend = SizeLook.legend(buffer.glyphs, model.labels)
    legend.add(buffer.glyphs.cellMissing, Style(.bad, .bold))
    legend.add(" " + labels("missing", "缺失"), .muted)
    buffer.put(legend, x: foot.x, y: foot.y + 1, width: foot.width)
  }
}
