import FoundationEssentials
import SluiceCore
import TerminalUI

/// A live run's rate from its start on: an area over an axis, the limit as a line, and what held it up as marks.
struct RateGraph {
  /// Rows it takes at least: what it is, two of the area, axis and times.
  static let leastRows = 5

  let labels: Labels
  let rates: RunRates
  let run: LiveRun
  let now: Date
  let area: Rect

  /// Columns of the scale at the left.
  private static let gutter = 10

  func draw(into buffer: inout ScreenBuffer) {
    let plot = Rect(
      x: area.x + Self.gutter, y: area.y + 1, width: area.width - Self.gutter, height: area.height - 3)
    guard plot.width >= 10, plot.height >= 2 else { return }
    let (samples, step) = rates.fitted(plot.width)
    let most = samples.reduce(0) { max($0, $1.rate ?? 0) }
    let limit = run.progress.bandwidthLimit.map { Double($0) * 1024 }
    // A limit that is far above would press the area to the ground.
    let isLimitNear = limit.map { $0 <= 4 * max(most, 1) } ?? false
    let scale = GraphScale.bytes(max(most, isLimitNear ? limit ?? 0 : 0))
    buffer.put(heading(most: most, limit: limit), x: area.x, y: area.y, width: area.width)
    drawScale(scale, plot, into: &buffer)
    let place = Rect(x: plot.x, y: plot.y, width: samples.count, height: plot.height)
    Sparkline(values: samples.map { $0.rate ?? 0 }, maximum: scale)
      .draw(in: &buffer, rect: place, style: Style(run.isHeld ? .warning : .running))
    if let limit, isLimitNear { drawLimit(limit / scale, plot, into: &buffer) }
    drawAxis(samples, step, plot, into: &buffer)
  }

  private func heading(most: Double, limit: Double?) -> StyledLine {
    var line = StyledLine(labels("Rate over the run", "运行期间的速率"), Style(.heading, .bold))
    let rate = Figures.rate(most)
    if most >= 1 { line.add(labels("  at most \(rate)", "  最高 \(rate)"), .muted) }
    if let limit = limit.map(Figures.rate) { line.add(labels("  limit \(limit)", "  限速 \(limit)"), .warning) }
    return line
  }

  private func drawScale(_ scale: Double, _ plot: Rect, into buffer: inout ScreenBuffer) {
    let width = Self.gutter - 1
    let style = Style(.muted)
    buffer.put(Figures.rate(scale), x: area.x, y: plot.y, width: width, style: style, alignment: .right)
    if plot.height >= 5 {
      buffer.put(
        Figures.rate(scale / 2), x: area.x, y: plot.y + plot.height / 2, width: width, style: style, alignment: .right)
    }
    buffer.put("0", x: area.x, y: plot.bottom, width: width, style: style, alignment: .right)
  }

  private func drawLimit(_ share: Double, _ plot: Rect, into buffer: inout ScreenBuffer) {
    let row = max(0, min(plot.height - 1, Int((share * Double(plot.height)).rounded(.up)) - 1))
    let y = plot.bottom - 1 - row
    // In ASCII a dash is a height of the area.
    let text = buffer.glyphs.isASCII ? "_" : buffer.glyphs.border.horizontal
    for x in plot.x..<plot.right where buffer[x, y].text == " " {
      buffer.set(Cell(text, Style(.warning)), x: x, y: y)
    }
  }

  /// The axis with its marks, and below it the times it reaches from and to.
  private func drawAxis(
    _ samples: [RunRates.Sample], _ step: Double, _ plot: Rect, into buffer: inout ScreenBuffer
  ) {
    let glyphs = buffer.glyphs
    for x in plot.x..<plot.right {
      buffer.set(Cell(glyphs.border.horizontal, Style(.border)), x: x, y: plot.bottom)
    }
    for (index, sample) in samples.enumerated() {
      if sample.rate == nil { buffer.set(Cell(glyphs.dot, Style(.muted)), x: plot.x + index, y: plot.bottom) }
      guard let mark = mark(sample.mark, glyphs) else { continue }
      buffer.set(Cell(mark.glyph, Style(mark.role, .bold)), x: plot.x + index, y: plot.bottom)
    }
    var line = StyledLine(Figures.moment(rates.start, now: now), .muted)
    for mark in RunRates.Mark.allCases where samples.contains(where: { $0.mark == mark }) {
      guard let look = self.mark(mark, glyphs) else { continue }
      line.add("  \(look.glyph) \(look.word)", Style(look.role))
    }
    if samples.contains(where: { $0.rate == nil }) {
      line.add("  \(glyphs.dot) " + labels("not watched", "未观察"), .muted)
    }
    line.add("  " + labels.column(step), .muted)
    buffer.put(line, x: plot.x, y: plot.bottom + 1, width: plot.width)
  }

  private func mark(_ mark: RunRates.Mark, _ glyphs: Glyphs) -> MarkLook? {
    switch mark {
    case .none: nil
    case .paused: MarkLook(.paused, labels, glyphs)
    case .stalled: MarkLook(.stalled, labels, glyphs)
    case .waiting: MarkLook(.waiting, labels, glyphs)
    }
  }
}

extension Labels {
  /// What a column of a graph stands for.
  func column(_ seconds: Double) -> String {
    let span = TextFormat.span(seconds)
    return self("a column is \(span)", "每列 \(span)")
  }
}
