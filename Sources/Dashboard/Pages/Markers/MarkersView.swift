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
    let layout = ColumnLayout(Self.columns, width: area.width)
    buffer.tableHeader(layout, x: area.x, y: room.head.bottom - 1, style: Style(.muted))
    page.drawLines(model, in: room.list, into: &buffer) { index, y, buffer in
      drawEntry(entries[index], layout, y: y, into: &buffer)
    }
    if let entry = page.selected { drawDetails(entry, in: room.foot, into: &buffer) }
  }

  private static let columns = [
    ColumnLayout.Column("Marker", minimum: 28, ideal: 34, priority: 5, growth: 1),
    ColumnLayout.Column("State", minimum: 12, ideal: 14, priority: 4),
    ColumnLayout.Column("Files", minimum: 6, ideal: 8, priority: 3, alignment: .right),
    ColumnLayout.Column("Rows", minimum: 9, ideal: 12, priority: 2, alignment: .right),
    ColumnLayout.Column("Put aside", minimum: 9, ideal: 9, priority: 3, alignment: .right),
    ColumnLayout.Column("Ingested", minimum: 11, ideal: 12, priority: 1, alignment: .right),
  ]

  private func emptyText(_ row: ProfileRow) -> String {
    guard row.status.profile.ingest != nil else { return "\(row.name) has no ingest: in its configuration." }
    if let problem = page.problem { return "Not known: \(problem)" }
    return page.entries == nil ? "The markers are being read." : "No markers yet: they come with a sync."
  }

  private func drawCounts(y: Int, into buffer: inout ScreenBuffer) {
    var line = StyledLine()
    if let problem = page.problem { line.add("Not all is known: \(problem)   ", .bad) }
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
    case .pending: StateLook(glyph: glyphs.queued, word: "pending", role: .warning)
    case .ingested: StateLook(glyph: glyphs.check, word: "ingested", role: .good)
    case .quarantined: StateLook(glyph: glyphs.cross, word: "put aside", role: .bad)
    case .noFiles: StateLook(glyph: glyphs.stale, word: "no files", role: .warning)
    case .invalid: StateLook(glyph: glyphs.refused, word: "not a marker", role: .bad)
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
    line.add("  accepted \(file.acceptedAt.prefix(10)): \(file.reason)")
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
      lines.append(StyledLine("Verified in the warehouse; \(retry) ingests it again.", .muted))
    case .pending: lines.append(StyledLine("Waits for the next ingest; \(retry) ingests it now.", .muted))
    case .noFiles:
      lines.append(StyledLine("No data file belongs to it: the sync that brings them closes it.", .warning))
    case .invalid: lines.append(StyledLine("Its name has no real date, market or interval; it is left alone.", .bad))
    case .quarantined:
      for file in entry.quarantined.prefix(foot.height - 2) {
        var line = StyledLine(file.path.split(separator: "/").last.map(String.init) ?? file.path, Style(.bad, .bold))
        line.add("  \(file.reason)")
        lines.append(line)
      }
      let more = entry.quarantined.count - lines.count
      let rest = more > 0 ? "and \(more) more; " : ""
      lines.append(StyledLine("\(rest)\(retry) tries again, y copies the path.", .muted))
    }
    for (index, line) in lines.prefix(foot.height - 1).enumerated() {
      buffer.put(line, x: foot.x, y: foot.y + 1 + index, width: foot.width)
    }
  }
}
