import SluiceCore
import TerminalUI

/// A run's log, line by line, what is bad marked.
struct LogView {
  let page: LogPage
  let model: DashboardModel
  let area: Rect

  /// Columns of the time and the mark before a line's text.
  private static let margin = 11

  func draw(into buffer: inout ScreenBuffer) {
    guard !page.lines.isEmpty else {
      let labels = model.labels
      let text =
        page.run == nil
        ? labels("No log yet: it begins with the first run.", "还没有日志：从第一次运行开始。")
        : page.level > .debug
          ? labels("Nothing in this log is that serious.", "此日志中没有这样严重的内容。")
          : labels("The log is empty so far.", "日志目前为空。")
      buffer.put(text, x: area.x, y: area.y, width: area.width, style: Style(.muted))
      return
    }
    if page.isWrapping { drawWrapped(into: &buffer) } else { drawCut(into: &buffer) }
  }

  private func drawCut(into buffer: inout ScreenBuffer) {
    var place = page.place
    place.update(count: page.lines.count, height: area.height)
    for index in place.visible {
      let y = area.y + index - place.offset
      drawMargin(page.lines[index], y: y, into: &buffer)
      buffer.put(
        page.lines[index].text, x: area.x + Self.margin, y: y, width: max(0, area.width - Self.margin),
        style: Self.style(page.lines[index].level))
      markHits(page.lines[index].text, y: y, into: &buffer)
      if index == place.selection, model.focus == .pane, !page.isFollowing {
        buffer.select(Rect(x: area.x, y: y, width: area.width, height: 1))
      }
    }
    buffer.scrollBar(place, beside: area, framed: model.isFramed)
  }

  /// Draws upwards from the line under the cursor, so that its end is in sight however long it is.
  private func drawWrapped(into buffer: inout ScreenBuffer) {
    let width = max(1, area.width - Self.margin)
    var index = min(page.place.selection, page.lines.count - 1)
    // Near the beginning there is nothing above to fill the page with: start at the top instead.
    var above = 0
    var first = index
    while first >= 0, above < area.height {
      above += TextWrap.lines(page.lines[first].text, width: width).count
      first -= 1
    }
    var y = area.y + min(above, area.height)
    while index >= 0, y > area.y {
      let pieces = TextWrap.lines(page.lines[index].text, width: width)
      y -= pieces.count
      for (row, piece) in pieces.enumerated() where y + row >= area.y {
        if row == 0 { drawMargin(page.lines[index], y: y, into: &buffer) }
        buffer.put(
          piece, x: area.x + Self.margin, y: y + row, width: width, style: Self.style(page.lines[index].level))
        markHits(piece, y: y + row, into: &buffer)
      }
      index -= 1
    }
  }

  private func drawMargin(_ line: LogLine, y: Int, into buffer: inout ScreenBuffer) {
    let time = String(TextFormat.local(line.time).suffix(8))
    buffer.put(time, x: area.x, y: y, width: min(8, area.width), style: Style(.muted))
    let mark: (String, ColorRole)? =
      switch line.level {
      case .debug, .info: nil
      case .warning: (buffer.glyphs.stale, .warning)
      case .error: (buffer.glyphs.failure, .bad)
      }
    guard let mark, area.width > 9 else { return }
    buffer.put(mark.0, x: area.x + 9, y: y, width: 1, style: Style(mark.1, .bold))
  }

  static func style(_ level: LogLevel) -> Style {
    switch level {
    case .debug: Style(.muted)
    case .info: .plain
    case .warning: Style(.warning)
    case .error: Style(.bad, .bold)
    }
  }

  /// Marks every place of a piece of a line where the searched text is; one broken over two pieces is marked in none.
  private func markHits(_ text: String, y: Int, into buffer: inout ScreenBuffer) {
    guard !page.search.isEmpty else { return }
    let shown = buffer.drawable(text)
    for place in TextSearch(page.search).places(in: shown) {
      let before = CharacterWidth.of(String(shown[..<place.lowerBound]))
      let width = min(CharacterWidth.of(String(shown[place])), area.width - Self.margin - before)
      guard width > 0 else { return }
      buffer.restyle(Rect(x: area.x + Self.margin + before, y: y, width: width, height: 1)) {
        Style($0.foreground, on: $0.background, $0.attributes.union([.underline, .bold, .reverse]))
      }
    }
  }
}
