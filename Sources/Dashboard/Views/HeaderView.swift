import SluiceCore
import TerminalUI

/// The top of the screen: which lake, how it is, and how fast it fills.
struct HeaderView {
  let model: DashboardModel
  let area: Rect
  private let totals: LakeTotals

  init(model: DashboardModel, area: Rect) {
    self.model = model
    self.area = area
    totals = LakeTotals(model.rows)
  }

  func draw(into buffer: inout ScreenBuffer) {
    guard !area.isEmpty else { return }
    let ground = Style(.standard, on: .headerBackground)
    buffer.fill(Rect(x: area.x, y: area.y, width: area.width, height: 1), ground)
    drawTitle(into: &buffer)
    guard area.height > 1 else { return }
    drawSpaceAndRate(y: area.y + 1, into: &buffer)
    guard area.height > 2, let warning = model.summary?.warnings.first else { return }
    let more = (model.summary?.warnings.count ?? 0) - 1
    let told = ChineseWords.text(warning, in: model.labels.language)
    let text = "\(buffer.glyphs.stale) \(told)" + (more > 0 ? " (+\(more) \(model.labels[.moreWarnings]))" : "")
    buffer.put(text, x: area.x + 1, y: area.y + 2, width: area.width - 2, style: Style(.warning, .bold))
  }

  private func drawTitle(into buffer: inout ScreenBuffer) {
    let counts = counts(buffer.glyphs)
    let used = room(for: counts)
    var x = area.right - 1 - used
    for count in counts {
      x += buffer.put(count.line, x: x, y: area.y, width: area.right - 1 - x)
    }
    buffer.put(title(buffer.glyphs), x: area.x, y: area.y, width: max(0, area.width - used - 3))
  }

  /// The program, the machine and its time where there is room for them, and the lake.
  private func title(_ glyphs: Glyphs) -> StyledLine {
    let host = StyledLine("  \(model.settings.hostName)", Style(.standard, on: .headerBackground, .bold))
    let time = StyledLine("  \(Figures.clock(model.now))", Style(.muted, on: .headerBackground))
    var both = model.settings.hostName.isEmpty ? StyledLine() : host
    both.add(time)
    var title = StyledLine(" sluice", Style(.heading, on: .headerBackground, .bold))
    let counts = figures(glyphs).reduce(0) { $0 + CharacterWidth.of($1.text) + 2 }
    // Beyond the half the counts have their words.
    let room = min(area.width - counts - 2, area.width / 2) - title.columns
    if let line = [both, time].first(where: { area.width >= Self.widthWithClock && $0.columns <= room }) {
      title.add(line)
    }
    title.add("  " + (model.summary?.rootDirectory ?? ""), Style(.standard, on: .headerBackground))
    return title
  }

  /// Columns from which on the machine and its time are shown.
  private static let widthWithClock = 60

  /// The states that occur with their looks and their counts, those that need attention first.
  private func figures(_ glyphs: Glyphs) -> [(state: ProfileState, look: StateLook, text: String)] {
    ProfileState.allCases.filter { totals.count(of: $0) > 0 }.map { state in
      let look = StateLook(state, labels: model.labels, glyphs: glyphs)
      return (state, look, "\(look.glyph) \(totals.count(of: state))")
    }
  }

  /// Columns the counts get beside the program's name.
  private func room(for counts: [(state: ProfileState, line: StyledLine)]) -> Int {
    min(counts.reduce(0) { $0 + $1.line.columns }, max(0, area.width - 11))
  }

  /// The state whose count is at a column of the first line; nil where there is none.
  func state(atColumn column: Int) -> ProfileState? {
    let counts = counts(model.settings.isASCII ? .ascii : .unicode)
    var x = area.right - 1 - room(for: counts)
    for count in counts {
      // The blanks between two of them belong to neither.
      let gap = count.state == counts.first?.state ? 0 : 2
      if (x + gap..<max(x + gap, min(x + count.line.columns, area.right - 1))).contains(column) { return count.state }
      x += count.line.columns
    }
    return nil
  }

  /// States that occur, those that need attention first; words go where there is room, from the gravest on.
  private func counts(_ glyphs: Glyphs) -> [(state: ProfileState, line: StyledLine)] {
    let figures = figures(glyphs)
    let width = area.width - min(title(glyphs).columns, area.width / 2) - 4
    var spare = width - figures.reduce(0) { $0 + CharacterWidth.of($1.text) + 2 }
    return figures.enumerated().map { index, entry in
      let (state, look, figure) = entry
      var line = StyledLine()
      if index > 0 { line.add("  ", Style(.standard, on: .headerBackground)) }
      line.add(figure, Style(look.role, on: .headerBackground, .bold))
      let needed = CharacterWidth.of(look.word) + 1
      spare -= needed
      if spare >= 0 { line.add(" \(look.word)", Style(look.role, on: .headerBackground)) }
      return (state, line)
    }
  }

  private func drawSpaceAndRate(y: Int, into buffer: inout ScreenBuffer) {
    let rate = rateLine
    let rateWidth = rate.columns
    buffer.put(rate, x: area.right - 1 - rateWidth, y: y, width: rateWidth)
    let graphWidth = area.width >= 120 ? 30 : area.width >= 70 ? 12 : 0
    let samples = Array(model.throughput.samples.suffix(graphWidth))
    var scaleWidth = 0
    if graphWidth > 0, !samples.isEmpty {
      // Round numbers move seldom, so that what is drawn stays what it is.
      let scale = GraphScale.bytes(samples.max() ?? 0)
      let place = Rect(x: area.right - 2 - rateWidth - graphWidth, y: y, width: graphWidth, height: 1)
      Sparkline(values: samples, maximum: scale).draw(in: &buffer, rect: place, style: Style(.running))
      let span = TextFormat.span(Double(graphWidth) * Throughput.pace)
      let text = "\(span) \(model.labels[.highest]) \(Figures.rate(scale))"
      if area.width >= 100 {
        scaleWidth = CharacterWidth.of(text) + 1
        buffer.put(text, x: place.x - scaleWidth, y: y, width: scaleWidth - 1, style: Style(.muted))
      }
    }
    let room = area.width - rateWidth - graphWidth - scaleWidth - 5
    drawSpace(y: y, width: room, into: &buffer)
  }

  private var rateLine: StyledLine {
    guard totals.running > 0 else { return StyledLine(model.labels[.idle], .muted) }
    let text = Figures.rate(totals.bytesPerSecond)
    return StyledLine(text.isEmpty ? "0 B/s" : text, Style(.running, .bold))
  }

  private func drawSpace(y: Int, width: Int, into buffer: inout ScreenBuffer) {
    guard let summary = model.summary, let free = summary.freeBytes else { return }
    let left = Figures.size(free)
    var text = model.labels("\(left) free", "可用 \(left)")
    let coming = totals.bytesToCome
    let doesFit = coming <= max(0, free - model.settings.guardLimits.minFree.bytes)
    var x = area.x + 1
    if let total = summary.totalBytes, total > 0 {
      let size = Figures.size(total)
      text += model.labels(" of \(size)", "，共 \(size)")
      let gauge = width >= 70 ? 20 : width >= 45 ? 10 : 0
      if gauge > 0 {
        let used = Double(total - free) / Double(total)
        let role: ColorRole = !doesFit || used >= 0.95 ? .bad : used >= 0.85 ? .warning : .barFilled
        ProgressBar(fraction: used, pending: Double(coming) / Double(total), filled: role)
          .draw(in: &buffer, x: x, y: y, width: gauge)
        x += gauge + 1
      }
    }
    var line = StyledLine(text)
    if coming > 0 {
      let note = model.labels[doesFit ? .toCome : .toComeUnfitting]
      line.add(
        "\(model.labels.comma)\(Figures.roughSize(coming)) \(note)",
        Style(doesFit ? .muted : .bad, doesFit ? [] : .bold))
    }
    let room = width - (x - area.x)
    if let forecast, line.columns + forecast.columns <= room { line.add(forecast) }
    buffer.put(line, x: x, y: y, width: max(0, room))
  }

  /// When the disk is full at the pace of the last weeks, where the data tells it and it is within a year.
  private var forecast: StyledLine? {
    guard let days = model.growth?.forecast?.daysToFull, days <= 365 else { return nil }
    let day = CalendarDay(model.now).adding(days: days)
    return StyledLine("\(model.labels.comma)\(model.labels[.fullAbout]) \(day)", days <= 30 ? .warning : .muted)
  }
}
