import SluiceCore
import TerminalUI

/// One series as a calendar: a line a month, a cell a day, and what each month holds.
struct CalendarView {
  let page: CoveragePage
  let table: CoverageTable
  let labels: Labels

  /// Columns of a month's name.
  private static let label = 9
  /// Columns of what a month holds.
  private static let sums = 22

  func draw(in room: PageRoom, into buffer: inout ScreenBuffer) {
    guard let series = page.selectedSeries, let cursor = page.selectedDay, !series.cells.isEmpty else { return }
    let area = room.list
    let wide = [3, 2].first { Self.label + 31 * $0 + Self.sums <= area.width } ?? 1
    drawHead(series, wide, in: room.head, into: &buffer)
    let first = Self.number(table.firstDay)
    let last = Self.number(table.firstDay.adding(days: series.cells.count - 1))
    let months = ScrollState(
      count: last - first + 1, height: max(1, area.height), selection: Self.number(cursor) - first)
    for index in months.visible {
      let line = Rect(x: area.x, y: area.y + index - months.offset, width: area.width, height: 1)
      drawMonth(first + index, series, wide, cursor, line, into: &buffer)
    }
  }

  private static func number(_ day: CalendarDay) -> Int { day.fields.year * 12 + day.fields.month - 1 }

  private func drawHead(_ series: CoverageSeries, _ wide: Int, in head: Rect, into buffer: inout ScreenBuffer) {
    var line = StyledLine(labels[page.shape.label], Style(.heading, .bold))
    line.add("  \(series.name.isEmpty ? labels("(no name)", "（无名称）") : series.name)", Style(.accent, .bold))
    if let bytes = table.bytes, bytes.indices.contains(page.seriesIndex) {
      line.add("  \(Figures.size(bytes[page.seriesIndex].reduce(0, +)))", .standard)
      let usual = page.usual[page.seriesIndex]
      let size = Figures.size(usual)
      if usual > 0 { line.add(labels("  usually \(size) a day", "  通常每天 \(size)"), .muted) }
    }
    buffer.put(line, x: head.x, y: head.y, width: head.width)
    for day in 1...31 where wide > 1 ? day % 5 == 0 || day == 1 : day % 10 == 0 || day == 1 {
      buffer.put(
        String(day), x: head.x + Self.label + (day - 1) * wide, y: head.y + 1, width: 2, style: Style(.muted))
    }
  }

  private func drawMonth(
    _ number: Int, _ series: CoverageSeries, _ wide: Int, _ cursor: CalendarDay, _ line: Rect,
    into buffer: inout ScreenBuffer
  ) {
    let (year, month) = (number / 12, number % 12 + 1)
    guard let first = CalendarDay(year: year, month: month, day: 1) else { return }
    let isChosen = number == Self.number(cursor)
    buffer.put(
      String(first.description.prefix(7)), x: line.x, y: line.y, width: Self.label,
      style: isChosen ? Style(.accent, .bold) : Style(.heading))
    var (bytes, holes): (Int64, Int) = (0, 0)
    let own = Set(table.holes(of: series))
    let start = page.starts.indices.contains(page.seriesIndex) ? page.starts[page.seriesIndex] : 0
    for day in 0..<CalendarDay.length(ofMonth: month, year: year) {
      let index = first.daysSinceEpoch + day - table.firstDay.daysSinceEpoch
      guard series.cells.indices.contains(index) else { continue }
      bytes += page.bytes(page.seriesIndex, index) ?? 0
      if own.contains(index) { holes += 1 }
      guard index >= start else { continue }
      let look = CoverageLook(
        series.cells[index], page.shape, page.drawnShare(page.seriesIndex, index), labels, glyphs: buffer.glyphs)
      let isCursor = cursor.daysSinceEpoch == first.daysSinceEpoch + day
      let style = isCursor ? Style(.selectionText, on: .selectionBackground, .bold) : look.style
      // A cell is as wide as there is room, so that a month fills its line.
      for column in 0..<max(1, wide - 1) {
        buffer.set(Cell(look.glyph, style), x: line.x + Self.label + day * wide + column, y: line.y)
      }
    }
    let x = line.x + Self.label + 31 * wide
    guard x + Self.sums <= line.right else { return }
    if bytes > 0 {
      buffer.put(Figures.size(bytes), x: x, y: line.y, width: 10, style: Style(.muted), alignment: .right)
    }
    if holes > 0 {
      let text = labels.count(holes, .hole)
      buffer.put(text, x: x + 10, y: line.y, width: 10, style: Style(.warning), alignment: .right)
    }
  }
}
