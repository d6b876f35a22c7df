import SluiceCore
import TerminalUI

/// A profile's markers with what became of them, and the reasons of the one under the cursor.
struct MarkersView {
  let page: MarkersPage
  let model: DashboardModel
  let area: Rect

  func draw(into buffer: inout ScreenBuffer) {
    guard let row = model.selectedRow else { return }
    guard let entries = page.entries, !entries.isEmpty else {
      buffer.put(emptyText(row), x: area.x, y: area.y, width: area.width, style: Style(.muted))
      return
    }
    let room = page.room(in: area)
    if room.head.height >= 2 { drawCounts(y: room.head.y, into: &buffer) }
    let layout = ColumnLayout(columns, width: area.width)
    buffer.tableHeader(layout, x: area.x, y: room.head.bottom - 1, style: Style(.muted))
    page.drawLines(model, in: room.list, into: &buffer) { index, y, buffer in
      drawEntry(entries[index], layout, y: y, into: &buffer)
    }
    if let entry = page.selected { drawDetails(entry, in: room.foot, into: &buffer) }
  }

  private var labels: Labels { model.labels }

  private var columns: [ColumnLayout.Column] {
    [
      ColumnLayout.Column(labels("Marker", "标记"), minimum: 28, ideal: 34, priority: 5, growth: 1),
      ColumnLayout.Column(labels[.state], minimum: 12, ideal: 14, priority: 4),
      ColumnLayout.Column(labels[.files], minimum: 6, ideal: 8, priority: 3, alignment: .right),
      ColumnLayout.Column(labels("Rows", "行数"), minimum: 9, ideal: 12, priority: 2, alignment: .right),
      ColumnLayout.Column(labels("Put aside", "已隔离"), minimum: 9, ideal: 9, priority: 3, alignment: .right),
      ColumnLayout.Column(labels("Ingested", "入库于"), minimum: 11, ideal: 12, priority: 1, alignment: .right),
    ]
  }

  private func emptyText(_ row: ProfileRow) -> String {
    guard row.status.profile.ingest != nil else { return Obstacle.notIngested(row.name).words.text(labels.language) }
    if let problem = page.problem { return labels("Not known: \(problem)", "未知：\(problem)") }
    return page.entries == nil
      ? labels("The markers are being read.", "正在读取标记。")
      : labels("No markers yet: they come with a sync.", "还没有标记：它们随同步到来。")
  }

  private func drawCounts(y: Int, into buffer: inout ScreenBuffer) {
    var line = StyledLine()
    if let problem = page.problem { line.add(labels("Not all is known: \(problem)   ", "不全知道：\(problem)   "), .bad) }
    for state in [MarkerEntry.State.quarantined, .noFiles, .invalid, .pending, .ingested] {
      let count = page.count(of: state)
      guard count > 0 else { continue }
      let look = look(state, glyphs: buffer.glyphs)
      line.add("\(look.glyph) \(TextFormat.grouped(count)) \(look.word)   ", Style(look.role, .bold))
    }
    buffer.put(line, x: area.x, y: y, width: area.width)
  }

  private func look(_ state: MarkerEntry.State, glyphs: Glyphs) -> StateLook {
    switch state {
    case .pending: StateLook(glyph: glyphs.queued, word: labels("pending", "待入库"), role: .warning)
    case .ingested: StateLook(glyph: glyphs.check, word: labels("ingested", "已入库"), role: .good)
    case .quarantined: StateLook(glyph: glyphs.cross, word: labels("put aside", "已隔离"), role: .bad)
    case .noFiles: StateLook(glyph: glyphs.stale, word: labels("no files", "无文件"), role: .warning)
    case .invalid: StateLook(glyph: glyphs.refused, word: labels("not a marker", "不是标记"), role: .bad)
    }
  }

  private func drawEntry(_ entry: MarkerEntry, _ layout: ColumnLayout, y: Int, into buffer: inout ScreenBuffer) {
    let look = look(entry.state, glyphs: buffer.glyphs)
    let texts: [(String, Style)] = [
      (entry.name, .plain),
      ("\(look.glyph) \(look.word)\(entry.accepted.isEmpty ? "" : " *")", Style(look.role)),
      (entry.files == 0 ? "–" : TextFormat.grouped(entry.files), .plain),
      (entry.rows == 0 ? "–" : TextFormat.grouped(entry.rows), .plain),
      (entry.quarantined.isEmpty ? "–" : TextFormat.grouped(entry.quarantined.count), Style(.muted)),
      (entry.ingestedAt.map { Figures.moment($0, now: model.now) } ?? "–", Style(.muted)),
    ]
    for (column, cell) in texts.enumerated() {
      buffer.tableCell(cell.0, column: column, of: layout, x: area.x, y: y, style: cell.1, ellipsis: .middle)
    }
  }

  private func accepted(_ file: AcceptedFile) -> StyledLine {
    var line = StyledLine(file.path.split(separator: "/").last.map(String.init) ?? file.path, Style(.warning, .bold))
    let (day, reason) = (file.acceptedAt.prefix(10), file.reason)
    line.add(labels("  accepted \(day): \(reason)", "  \(day) 接受：\(reason)"))
    return line
  }

  private func drawDetails(_ entry: MarkerEntry, in foot: Rect, into buffer: inout ScreenBuffer) {
    guard foot.height >= 2 else { return }
    buffer.horizontalRule(x: foot.x, y: foot.y, width: foot.width)
    var lines: [StyledLine] = []
    let retry = model.keymap.keyName(for: .retry)
    switch entry.state {
    case .ingested:
      // What was decided comes first: it is what the checksum speaks against.
      for file in entry.accepted.prefix(max(0, foot.height - 2)) { lines.append(accepted(file)) }
      lines.append(
        StyledLine(labels("Verified in the warehouse; \(retry) ingests it again.", "已在仓库中校验；\(retry) 重新入库。"), .muted))
    case .pending:
      lines.append(
        StyledLine(labels("Waits for the next ingest; \(retry) ingests it now.", "等待下次入库；\(retry) 立即入库。"), .muted))
    case .noFiles:
      lines.append(
        StyledLine(
          labels("No data file belongs to it: the sync that brings them closes it.", "没有属于它的数据文件：带来它们的同步会使其完成。"),
          .warning))
    case .invalid:
      lines.append(
        StyledLine(
          labels("Its name has no real date, market or interval; it is left alone.", "名称中没有真实的日期、市场或周期；不予处理。"), .bad))
    case .quarantined:
      for file in entry.quarantined.prefix(foot.height - 2) {
        var line = StyledLine(file.path.split(separator: "/").last.map(String.init) ?? file.path, Style(.bad, .bold))
        line.add("  \(file.reason)")
        lines.append(line)
      }
      let more = entry.quarantined.count - lines.count
      let rest = more > 0 ? labels.more(more) + labels("; ", "；") : ""
      let copy = model.keymap.keyName(for: .copy)
      let keys = labels("\(retry) tries again, \(copy) copies the path.", "\(retry) 重试，\(copy) 复制路径。")
      lines.append(StyledLine(rest + keys, .muted))
    }
    for (index, line) in lines.prefix(foot.height - 1).enumerated() {
      buffer.put(line, x: foot.x, y: foot.y + 1 + index, width: foot.width)
    }
  }
}
