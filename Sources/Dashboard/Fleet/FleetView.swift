import FoundationEssentials
import SluiceCore
package import TerminalUI

/// Draws the view of several lakes.
///
/// Pure, and right at any size, as `draw` of a dashboard is.
package func draw(_ model: FleetModel) -> ScreenBuffer {
  var buffer = ScreenBuffer(width: model.width, height: model.height, glyphs: model.isASCII ? .ascii : .unicode)
  FleetView(model: model).draw(into: &buffer)
  if let help = model.help, model.height > 0, model.width > 0 {
    FleetHelp(labels: model.labels, place: help).draw(into: &buffer)
  }
  if model.isASCII { buffer.reduceToASCII() }
  return buffer
}

/// Where the filter that is being typed goes on; nil hides the cursor.
package func cursorPlace(_ model: FleetModel) -> CursorPlace? {
  guard model.entry != nil else { return nil }
  var buffer = ScreenBuffer(width: model.width, height: model.height, glyphs: model.isASCII ? .ascii : .unicode)
  return FleetView(model: model).drawFooter(into: &buffer)
}

/// The table of several lakes, with a line over and one under it.
struct FleetView {
  /// A column of the table.
  private enum Column: Int, CaseIterable {
    case lake, name, state, percent, rate, timeLeft, synced, size, gaps, note
  }

  let model: FleetModel

  /// Lines of profiles that a screen has room for.
  static func rows(_ model: FleetModel) -> Int { max(1, model.height - (isFramed(model) ? 5 : 3)) }

  private static func isFramed(_ model: FleetModel) -> Bool { model.height >= 10 && model.width >= 30 }

  func draw(into buffer: inout ScreenBuffer) {
    guard model.height > 0, model.width > 0 else { return }
    drawHeader(into: &buffer)
    drawFooter(into: &buffer)
    var area = Rect(x: 0, y: 1, width: model.width, height: max(0, model.height - 2))
    if Self.isFramed(model) {
      drawFrame(area, into: &buffer)
      area = area.inset()
    }
    guard area.height >= 2 else { return }
    let rows = Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1)
    let columns = layout(width: max(1, rows.width - 1))
    drawHeading(columns, y: area.y, x: rows.x + 1, into: &buffer)
    var place = model.table
    place.update(count: model.lines.count, height: rows.height)
    for index in place.visible {
      let y = rows.y + index - place.offset
      draw(model.lines[index], columns, x: rows.x + 1, y: y, width: rows.width - 1, into: &buffer)
      guard index == place.selection else { continue }
      buffer.select(Rect(x: rows.x, y: y, width: rows.width, height: 1))
      buffer.put(
        buffer.glyphs.cursor, x: rows.x, y: y, width: 1, style: Style(.selectionText, on: .selectionBackground, .bold))
    }
    if let nothing = model.nothingShown, model.lines.count < rows.height {
      buffer.put(nothing, x: rows.x + 1, y: rows.y + model.lines.count, width: rows.width - 2, style: Style(.muted))
    }
    if Self.isFramed(model) { buffer.scrollBar(place, x: area.right, y: rows.y, height: rows.height) }
  }

  private func drawHeader(into buffer: inout ScreenBuffer) {
    buffer.fill(Rect(x: 0, y: 0, width: model.width, height: 1), Style(.standard, on: .headerBackground))
    var title = StyledLine(" sluice", Style(.heading, on: .headerBackground, .bold))
    if !model.hostName.isEmpty { title.add("  \(model.hostName)", Style(.standard, on: .headerBackground, .bold)) }
    title.add("  \(Figures.clock(model.now))", Style(.muted, on: .headerBackground))
    let counts = counts(buffer.glyphs)
    let room = max(0, model.width - counts.columns - 3)
    buffer.put(title, x: 0, y: 0, width: room)
    buffer.put(counts, x: model.width - 1 - counts.columns, y: 0, width: counts.columns)
  }

  /// How many profiles are in which state, those that need attention first; words where there is room.
  private func counts(_ glyphs: Glyphs) -> StyledLine {
    var line = StyledLine()
    for state in ProfileState.allCases {
      let count = model.lakes.reduce(0) { $0 + $1.rows.count { $0.state == state } }
      guard count > 0 else { continue }
      let look = StateLook(state, labels: model.labels, glyphs: glyphs)
      let text = model.width >= 110 ? "\(look.glyph) \(count) \(look.word)" : "\(look.glyph) \(count)"
      line.add(line.isEmpty ? text : "  \(text)", Style(look.role, on: .headerBackground, .bold))
    }
    return line
  }

  private func drawFrame(_ area: Rect, into buffer: inout ScreenBuffer) {
    var title = "\(model.labels[.lakes]) (\(model.lakes.count))"
    if !model.filter.isEmpty { title += model.labels.matching(model.filter) }
    let visible = model.table.visible
    let isCut = model.lines.count > visible.count
    let note = isCut ? model.labels.span(visible, of: model.lines.count) : ""
    buffer.box(area, title: title, note: note, style: Style(.accent), titleStyle: Style(.accent, .bold))
  }

  private func layout(width: Int) -> ColumnLayout {
    let names = model.lakes.reduce(8) { max($0, CharacterWidth.of($1.name)) }
    let profiles = model.lakes.reduce(8) { $1.rows.reduce($0) { max($0, CharacterWidth.of($1.profile)) } }
    let widths: [(least: Int, ideal: Int, priority: Int)] = Column.allCases.map {
      column -> (least: Int, ideal: Int, priority: Int) in
      switch column {
      case .lake: (min(names, width >= 110 ? 16 : 8), min(names, width >= 110 ? 30 : 16), 10)
      case .name: (min(profiles, width >= 110 ? 24 : 14), min(profiles, width >= 110 ? 32 : 20), 11)
      case .state: (width < 40 ? 1 : 13, width < 40 ? 1 : 13, 9)
      case .percent: (4, 4, 8)
      case .rate: (9, 9, 6)
      case .timeLeft: (6, 7, 5)
      case .synced: (6, 6, 7)
      case .size: (8, 8, 3)
      case .gaps: (5, 5, 2)
      case .note: (16, 40, 4)
      }
    }
    return ColumnLayout(
      widths.enumerated().map { index, entry in
        let column = Column.allCases[index]
        let isText = column == .lake || column == .name || column == .state || column == .note
        return ColumnLayout.Column(
          "", minimum: entry.least, ideal: entry.ideal, priority: entry.priority,
          growth: column == .note ? 1 : 0, alignment: isText ? .left : .right)
      }, width: width, gap: width >= 110 ? 2 : 1)
  }

  private func drawHeading(_ columns: ColumnLayout, y: Int, x: Int, into buffer: inout ScreenBuffer) {
    for placed in columns.placed {
      guard let column = Column(rawValue: placed.index), let label = Self.label(column) else { continue }
      buffer.put(
        model.labels[label], x: x + placed.x, y: y, width: placed.width, style: Style(.muted),
        alignment: columns.columns[placed.index].alignment, ellipsis: .none)
    }
  }

  private static func label(_ column: Column) -> Label? {
    switch column {
    case .lake: .lake
    case .name: .name
    case .state: .state
    case .percent: nil
    case .rate: .rate
    case .timeLeft: .timeLeft
    case .synced: .synced
    case .size: .size
    case .gaps: .gapDays
    case .note: .last
    }
  }

  private func draw(
    _ line: FleetModel.Line, _ columns: ColumnLayout, x: Int, y: Int, width: Int, into buffer: inout ScreenBuffer
  ) {
    switch line {
    case .lake(let index): buffer.put(head(model.lakes[index], buffer.glyphs), x: x, y: y, width: width)
    case .row(let lake, let index):
      let known = model.lakes[lake]
      guard known.rows.indices.contains(index) else { return }
      for placed in columns.placed {
        guard let column = Column(rawValue: placed.index) else { continue }
        let (text, style) = cell(column, known, known.rows[index], buffer.glyphs)
        buffer.put(
          text, x: x + placed.x, y: y, width: placed.width, style: style,
          alignment: columns.columns[placed.index].alignment,
          ellipsis: column == .lake || column == .name ? .middle : .tail)
      }
    }
  }

  /// What is said of a lake as a whole.
  private func head(_ lake: FleetModel.KnownLake, _ glyphs: Glyphs) -> StyledLine {
    var line = StyledLine(lake.name, Style(.heading, .bold))
    if let since = lake.goneSince {
      let moment = "\(model.labels[.gone]) \(Figures.moment(since, now: model.now))"
      line.add("  \(glyphs.failure) \(moment)", Style(.bad, .bold))
      line.add("  \(lake.reason)", .bad)
    } else if let warning = lake.warnings.first {
      let more = lake.warnings.count > 1 ? " (+\(lake.warnings.count - 1) \(model.labels[.moreWarnings]))" : ""
      line.add("  \(glyphs.stale) \(ChineseWords.text(warning, in: model.labels.language))\(more)", .warning)
    } else {
      line.add("  \(model.labels[lake.wasHeard ? .noProfilesYet : .asking])", .muted)
    }
    return line
  }

  private func cell(
    _ column: Column, _ lake: FleetModel.KnownLake, _ row: FleetRow, _ glyphs: Glyphs
  ) -> (String, Style) {
    // What is shown of a lake that is gone is what was heard last.
    let isGone = lake.goneSince != nil
    let look = look(row, glyphs)
    let plain = Style(isGone ? .muted : .standard)
    switch column {
    case .lake: return (lake.name, Style(.muted))
    case .name: return (row.profile, plain)
    case .state:
      if isGone { return ("? \(look.word)", Style(.muted)) }
      return ("\(look.glyph) \(look.word)", Style(look.role, look.role == .good ? [] : .bold))
    case .percent: return (isGone ? "" : Figures.percent(row.fraction), plain)
    case .rate: return (isGone ? "" : Figures.rate(row.bytesPerSecond), plain)
    case .timeLeft: return (isGone ? "" : Figures.timeLeft(row.etaSeconds), plain)
    case .synced: return (model.labels.age(of: row.lastSuccess, now: model.now), plain)
    case .size: return (row.sizeBytes.map(Figures.size) ?? "–", plain)
    case .gaps:
      guard let holes = row.holes else { return ("–", Style(.muted)) }
      return (TextFormat.grouped(holes), holes > 0 && !isGone ? Style(.warning, .bold) : Style(.muted))
    case .note: return (row.note, Style(look.role == .bad && !isGone ? .bad : .muted))
    }
  }

  private func look(_ row: FleetRow, _ glyphs: Glyphs) -> StateLook {
    guard let phase = row.phase else { return StateLook(row.state, labels: model.labels, glyphs: glyphs) }
    if row.isHeld { return StateLook(glyph: glyphs.paused, word: model.labels[.paused], role: .warning) }
    return StateLook(glyph: glyphs.running, word: model.labels[phase.label], role: .running)
  }

  /// Draws the bottom line and returns the place of the cursor while the filter is typed.
  @discardableResult
  func drawFooter(into buffer: inout ScreenBuffer) -> CursorPlace? {
    guard model.height >= 2 else { return nil }
    let area = Rect(x: 0, y: model.height - 1, width: model.width, height: 1)
    let ground = Style(.standard, on: .footerBackground)
    buffer.fill(area, ground)
    if let entry = model.entry {
      let used = buffer.put(
        "\(model.labels[.filter]):", x: 1, y: area.y, width: area.width - 1,
        style: Style(.accent, on: .footerBackground, .bold))
      let problem = model.filterProblem
      let hint = problem ?? model.labels[.entryKeys]
      let hintWidth = CharacterWidth.of(hint)
      let room = max(0, area.width - used - 3)
      let isRoomy = room >= hintWidth + 26
      let x = entry.draw(
        in: &buffer, x: used + 2, y: area.y, width: isRoomy ? room - hintWidth - 2 : room, style: ground)
      if isRoomy {
        buffer.put(
          hint, x: area.width - hintWidth - 1, y: area.y, width: hintWidth,
          style: Style(problem == nil ? .muted : .warning, on: .footerBackground))
      }
      return CursorPlace(x: x, y: area.y)
    }
    if let message = model.message {
      buffer.put(
        "\(buffer.glyphs.stale) \(message)", x: 1, y: area.y, width: area.width - 2,
        style: Style(.warning, on: .footerBackground, .bold))
      return nil
    }
    let keys: [(String, Label)] = [
      ("enter", .openLake), ("/", .filtering), ("r", .askAgain), ("q", .leaving), ("?", .listingKeys),
    ]
    FooterBar(items: keys.map { FooterItem(key: $0.0, label: "\(model.labels[$0.1]) ") }, pinnedCount: 2)
      .draw(in: &buffer, x: 0, y: area.y, width: area.width)
    return nil
  }
}
