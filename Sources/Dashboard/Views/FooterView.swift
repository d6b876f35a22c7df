import TerminalUI

/// The bottom line: what is being typed, what there is to say, or the keys that work now.
struct FooterView {
  let model: DashboardModel
  let area: Rect

  /// Draws the line and returns the place of the cursor while something is typed.
  @discardableResult
  func draw(into buffer: inout ScreenBuffer) -> CursorPlace? {
    guard !area.isEmpty else { return nil }
    let ground = Style(.standard, on: .footerBackground)
    if let entry = model.entry { return draw(entry, ground, into: &buffer) }
    if let message = model.message, model.overlay == nil {
      buffer.fill(area, ground)
      let (glyph, role): (String, ColorRole) =
        switch message.tone {
        case .news: (buffer.glyphs.bullet, .info)
        case .good: (buffer.glyphs.check, .good)
        case .bad: (buffer.glyphs.stale, .warning)
        }
      let text = "\(glyph) \(message.text)"
      // The way out and the way to all keys stay in sight beside what there is to say, unless it needs the room.
      let keys = FooterBar(items: footerItems([.quit, .help]), pinnedCount: 2)
      let width = CharacterWidth.of(text)
      let hasRoom = width + keys.columns + 2 <= area.width
      // A sentence that is cut all the same loses no more by them.
      let isCut = width + 2 > area.width && area.width >= 60
      let keyWidth = hasRoom || isCut ? keys.columns : 0
      buffer.put(
        text, x: area.x + 1, y: area.y, width: area.width - 2 - keyWidth,
        style: Style(role, on: .footerBackground, .bold))
      if keyWidth > 0 { keys.draw(in: &buffer, x: area.right - keyWidth, y: area.y, width: keyWidth) }
    } else {
      FooterBar(items: frozen + items, pinnedCount: 2).draw(in: &buffer, x: area.x, y: area.y, width: area.width)
    }
    return nil
  }

  private func draw(_ entry: Entry, _ ground: Style, into buffer: inout ScreenBuffer) -> CursorPlace {
    buffer.fill(area, ground)
    let used = buffer.put(
      Self.label(entry, model), x: area.x + 1, y: area.y, width: area.width - 1,
      style: Style(.accent, on: .footerBackground, .bold))
    let problem = entry.purpose == .table ? model.profileFilter.problemWords.first?.text(model.labels.language) : nil
    let hint = problem ?? model.labels[.entryKeys]
    let hintWidth = CharacterWidth.of(hint)
    let room = area.width - used - 3
    let isRoomy = room >= hintWidth + 26
    let x = entry.field.draw(
      in: &buffer, x: area.x + used + 2, y: area.y, width: isRoomy ? room - hintWidth - 2 : room, style: ground)
    if isRoomy {
      buffer.put(
        hint, x: area.right - hintWidth - 1, y: area.y, width: hintWidth,
        style: Style(problem == nil ? .muted : .warning, on: .footerBackground))
    }
    return CursorPlace(x: x, y: area.y)
  }

  static func label(_ entry: Entry, _ model: DashboardModel) -> String {
    switch entry.purpose {
    case .table: "\(model.labels[.filter]):"
    case .page(let id): model.pages[id.index].queryLabel(model.labels)
    }
  }

  /// The keys of where the operator is; those that belong to the page come first.
  private var items: [FooterItem] {
    var commands: [Command] = []
    if model.focus == .pane { commands = model.page.footerCommands + [.back, .zoom] }
    commands += [.sync, .stop, .pause, .bandwidth, .dryRun, .cleanup, .ingest]
    commands += [
      .otherHalf, .filter, .palette, .sort, .hosts, .acknowledge, .retryFailed, .mark, .refresh, .freeze, .said, .theme,
    ]
    commands += [.quit, .help]
    var seen: Set<Command> = []
    let once = commands.filter { seen.insert($0).inserted }
    // What does nothing now is left out; pressed all the same, it says why.
    return footerItems(once.filter { model.reasonAgainst($0) == nil })
  }

  /// That the screen stands still must be seen whatever else is.
  private var frozen: [FooterItem] {
    guard model.held != nil else { return [] }
    return [FooterItem(key: model.keymap.keyName(for: .freeze), label: "\(model.labels[.frozen]) ")]
  }

  private func footerItems(_ commands: [Command]) -> [FooterItem] {
    model.keymap.footerItems(commands).map { item in
      var spaced = item
      spaced.label += " "
      return spaced
    }
  }
}
