import SluiceCore
import TerminalUI

/// A calendar of what is there: a line a series, a column a day.
struct CoverageView {
  let page: CoveragePage
  let model: DashboardModel
  let area: Rect

  private var isEnabled: Bool { model.selectedRow?.status.profile.isEnabled ?? true }

  func draw(into buffer: inout ScreenBuffer) {
    guard let table = page.table, !table.series.isEmpty, page.dayCount > 0 else {
      buffer.put(emptyText, x: area.x, y: area.y, width: area.width, style: Style(.muted))
      return
    }
    let room = page.room(in: area)
    if page.shape.isCalendar {
      CalendarView(page: page, table: table, labels: model.labels).draw(in: room, into: &buffer)
      drawFoot(in: room.foot, into: &buffer)
      return
    }
    drawShape(in: room, into: &buffer)
    var (series, day) = (page.place, page.day)
    series.update(count: table.series.count, height: room.list.height)
    day.update(count: page.dayCount, height: room.list.width)
    drawCalendar(
      table.firstDay, day, in: Rect(x: room.list.x, y: room.head.y, width: room.list.width, height: 2), into: &buffer)
    for index in series.visible {
      let y = room.list.y + index - series.offset
      drawSeries(
        table.series[index], from: page.starts[index], day, isSelected: index == series.selection, y: y, room,
        row: index, into: &buffer)
      drawSums(index, table, x: room.list.right, y: y, into: &buffer)
    }
    drawFoot(in: room.foot, into: &buffer)
  }

  private var emptyText: String {
    let labels = model.labels
    guard let table = page.table else { return labels("The coverage is being worked out.", "正在统计覆盖情况。") }
    if let unread = table.unread?.first { return labels("Not known: \(unread)", "未知：\(unread)") }
    return isEnabled
      ? labels("No dated directories or markers yet: a sync brings them.", "还没有日期目录或标记：同步会带来。")
      : labels("No dated directories or markers yet; the profile is disabled.", "还没有日期目录或标记；该配置项已停用。")
  }

  /// What is shown, and the key that shows it otherwise, above the names.
  private func drawShape(in room: PageRoom, into buffer: inout ScreenBuffer) {
    let width = room.list.x - area.x - 1
    buffer.put(model.labels[page.shape.label], x: area.x, y: area.y, width: width, style: Style(.heading, .bold))
    let key = "\(model.keymap.keyName(for: .view)) \(model.labels[.otherwise])"
    buffer.put(key, x: area.x, y: area.y + 1, width: width, style: Style(.muted))
  }

  /// What a series holds in all, and its holes.
  private func drawSums(_ row: Int, _ table: CoverageTable, x: Int, y: Int, into buffer: inout ScreenBuffer) {
    guard page.sumsWidth(area) > 0, let bytes = table.bytes, bytes.indices.contains(row) else { return }
    buffer.put(
      Figures.size(bytes[row].reduce(0, +)), x: x, y: y, width: 10, style: Style(.muted), alignment: .right)
    let holes = page.holes(of: row)
    guard holes > 0 else { return }
    buffer.put(
      model.labels.count(holes, .hole), x: x + 10, y: y, width: 10, style: Style(.warning), alignment: .right)
  }

  /// Months above, days of the month below where they fit.
  private func drawCalendar(
    _ firstDay: CalendarDay, _ days: ScrollState, in head: Rect, into buffer: inout ScreenBuffer
  ) {
    for column in days.visible {
      let day = firstDay.adding(days: column)
      let fields = day.fields
      let x = head.x + column - days.offset
      if fields.day == 1 || column == days.offset, head.right - x >= 7 {
        // A month that begins right after the first column would be written over.
        let isCrowded =
          column == days.offset && CalendarDay.length(ofMonth: fields.month, year: fields.year) - fields.day < 7
        if !isCrowded {
          buffer.put(String(day.description.prefix(7)), x: x, y: head.y, width: 7, style: Style(.heading))
        }
      }
      let isMark = fields.day == 1 || fields.day % 10 == 0
      if column == days.selection {
        buffer.put(buffer.glyphs.arrowDown, x: x, y: head.y + 1, width: 1, style: Style(.accent, .bold))
      } else if isMark {
        buffer.put(
          fields.day == 1 ? buffer.glyphs.separator : buffer.glyphs.dot, x: x, y: head.y + 1, width: 1,
          style: Style(.border))
      }
    }
  }

  private func drawSeries(
    _ series: CoverageSeries, from start: Int, _ days: ScrollState, isSelected: Bool, y: Int, _ room: PageRoom,
    row: Int, into buffer: inout ScreenBuffer
  ) {
    let style = isSelected ? Style(.accent, .bold) : .plain
    let labelWidth = room.list.x - area.x
    buffer.put(
      series.name.isEmpty ? model.labels("(no name)", "（无名称）") : series.name, x: area.x, y: y,
      width: max(0, labelWidth - 1), style: style, ellipsis: .middle)
    for column in days.visible where column >= start && series.cells.indices.contains(column) {
      let look = CoverageLook(
        series.cells[column], page.shape, page.drawnShare(row, column), model.labels, glyphs: buffer.glyphs)
      var style = look.style
      if isSelected, column == days.selection { style = Style(.selectionText, on: .selectionBackground, .bold) }
      buffer.set(Cell(look.glyph, style), x: room.list.x + column - days.offset, y: y)
    }
  }

  private func drawFoot(in foot: Rect, into buffer: inout ScreenBuffer) {
    guard !foot.isEmpty, let series = page.selectedSeries, let day = page.selectedDay else { return }
    var line = StyledLine("\(day)", Style(.standard, .bold))
    line.add("  \(series.name)  ")
    if let cell = page.selectedCell {
      let look = CoverageLook(cell, model.labels, glyphs: buffer.glyphs)
      line.add("\(look.glyph) \(look.word)", Style(look.style.foreground, .bold))
    }
    if let bytes = page.bytes(page.seriesIndex, page.day.selection), bytes > 0 {
      line.add("  \(Figures.size(bytes))")
      if let share = page.share(page.seriesIndex, page.day.selection) {
        let look = SizeLook(share: share, glyphs: buffer.glyphs)
        let isOdd = look.style.foreground != .good
        line.add(model.labels.ofTheUsual(share), isOdd ? look.style : Style(.muted))
      }
    }
    line.add("   " + holesText, .muted)
    buffer.put(line, x: foot.x, y: foot.y, width: foot.width)
    guard foot.height >= 2 else { return }
    if page.shape.isBySize {
      buffer.put(SizeLook.legend(buffer.glyphs, model.labels), x: foot.x, y: foot.y + 1, width: foot.width)
      return
    }
    var legend = StyledLine()
    let seldom: [CoverageCell] = page.hasWarehouseOnly ? [.warehouseOnly] : []
    for cell in [.ingested, .arrived, .short, .missing] + seldom + [.quarantined, .expired] {
      let look = CoverageLook(cell, model.labels, glyphs: buffer.glyphs)
      legend.add(look.glyph, look.style)
      legend.add(" \(look.word)  ", .muted)
    }
    buffer.put(legend, x: foot.x, y: foot.y + 1, width: foot.width)
  }

  /// The selected series' own holes, and those of all where it is not the only one that has any.
  private var holesText: String {
    let (own, all) = (page.holesOfSelectedSeries, page.holes.count)
    // Where not all was read nobody can say that nothing is missing.
    let labels = model.labels
    if let unread = page.table?.unread?.first { return labels("not all could be read: \(unread)", "未能全部读取：\(unread)") }
    guard all > 0 else { return labels("no holes", "没有缺口") }
    let (holes, total) = (labels.count(own, .hole), TextFormat.grouped(all))
    let counts = own == all ? holes : labels("\(holes), \(total) in all", "\(holes)，共 \(total) 个")
    let key = model.keymap.keyName(for: .nextHit)
    return labels("\(counts), \(key) goes to the next", "\(counts)，\(key) 到下一个")
  }
}

/// How a cell of the calendar looks.
struct CoverageLook {
  let glyph: String
  let word: String
  let style: Style

  /// - Parameter share: What lies there in parts of the usual; nil where nothing lies or is known.
  init(_ cell: CoverageCell, _ shape: CoverageShape, _ share: Double?, _ labels: Labels, glyphs: Glyphs) {
    let look = CoverageLook(cell, labels, glyphs: glyphs)
    let isSized = shape.isBySize && !cell.isMissing && cell != .quarantined
    let size = isSized ? share.map { SizeLook(share: $0, glyphs: glyphs) } : nil
    (glyph, word, style) = (size?.glyph ?? look.glyph, look.word, size?.style ?? look.style)
  }

  init(_ cell: CoverageCell, _ labels: Labels, glyphs: Glyphs) {
    (glyph, word, style) =
      switch cell {
      case .missing: (glyphs.cellMissing, labels("missing", "缺失"), Style(.bad, .bold))
      case .arrived: (glyphs.cellArrived, labels("arrived", "已到达"), Style(.info))
      case .ingested: (glyphs.cellIngested, labels("ingested", "已入库"), Style(.good))
      case .short: (glyphs.cellShort, labels("short", "不足"), Style(.warning))
      case .quarantined: (glyphs.cellQuarantined, labels("put aside", "已隔离"), Style(.bad, .bold))
      case .expired: (glyphs.cellExpired, labels("expired", "已到期"), Style(.muted))
      case .warehouseOnly: (glyphs.cellWarehouse, labels("warehouse only", "仅在仓库"), Style(.bad))
      }
  }
}

extension Labels {
  /// How much lies on a day, in percent of what usually does, behind its size.
  func ofTheUsual(_ share: Double) -> String {
    let percent = Int((share * 100).rounded())
    return self(", \(percent)% of the usual", "，为通常的 \(percent)%")
  }
}
