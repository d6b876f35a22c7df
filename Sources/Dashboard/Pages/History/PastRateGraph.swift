import FoundationEssentials
import SluiceCore
import TerminalUI

/// A past run's rate over its whole time, with what held it up as marks, limits as lines, and the cursor.
struct PastRateGraph {
  let labels: Labels
  let open: OpenRun
  let story: RunStory
  let now: Date

  /// Draws the area and its axis; below, where there is room, the first and last time and what the marks mean.
  func draw(in area: Rect, times: Rect, into buffer: inout ScreenBuffer) {
    let (upper, axis) = area.splitBottom(1)
    let plot = Rect(
      x: area.x + OpenRunRoom.gutter, y: upper.y, width: area.width - OpenRunRoom.gutter, height: upper.height)
    guard plot.width >= 10, plot.height >= 1 else { return }
    let rates = (0..<plot.width).map { column in
      story.curve.rate(from: Double(column) * open.step, to: Double(column + 1) * open.step)
    }
    let most = rates.reduce(0) { max($0, $1 ?? 0) }
    let scale = GraphScale.bytes(most)
    drawScale(scale, plot, axis, into: &buffer)
    Sparkline(values: rates.map { $0 ?? 0 }, maximum: scale).draw(in: &buffer, rect: plot, style: Style(.running))
    if story.curve.unit == .bytes { drawLimits(scale, plot, into: &buffer) }
    drawAxis(Rect(x: plot.x, y: axis.y, width: plot.width, height: 1), into: &buffer)
    let cursor = Rect(x: plot.x + open.column, y: plot.y, width: 1, height: plot.height + axis.height)
    buffer.restyle(cursor) { Style(.selectionText, on: .selectionBackground, $0.attributes) }
    drawTimes(most, in: times, into: &buffer)
  }

  /// A rate in the curve's unit.
  static func text(_ perSecond: Double, _ unit: RunCurve.Unit, _ labels: Labels) -> String {
    guard unit == .rows else { return perSecond >= 1 ? Figures.rate(perSecond) : "0 B/s" }
    return labels.count(rows(perSecond), .row) + "/s"
  }

  private static func rows(_ perSecond: Double) -> Int { Int(min(perSecond, 1e15).rounded()) }

  private func drawScale(_ scale: Double, _ plot: Rect, _ axis: Rect, into buffer: inout ScreenBuffer) {
    let (x, width) = (plot.x - OpenRunRoom.gutter, OpenRunRoom.gutter - 1)
    let text = story.curve.unit == .rows ? TextFormat.grouped(Self.rows(scale)) + "/s" : Figures.rate(scale)
    buffer.put(text, x: x, y: plot.y, width: width, style: Style(.muted), alignment: .right)
    buffer.put("0", x: x, y: axis.y, width: width, style: Style(.muted), alignment: .right)
  }

  /// Limits that somebody set, as far as the area reaches up to them.
  private func drawLimits(_ scale: Double, _ plot: Rect, into buffer: inout ScreenBuffer) {
    let text = buffer.glyphs.isASCII ? "_" : buffer.glyphs.border.horizontal
    for column in 0..<plot.width {
      guard let limit = story.timeline.limit(at: (Double(column) + 0.5) * open.step) else { continue }
      let share = Double(limit) * 1024 / scale
      guard share <= 1 else { continue }
      let row = max(0, min(plot.height - 1, Int((share * Double(plot.height)).rounded(.up)) - 1))
      let (x, y) = (plot.x + column, plot.bottom - 1 - row)
      if buffer[x, y].text == " " { buffer.set(Cell(text, Style(.warning)), x: x, y: y) }
    }
  }

  private func drawAxis(_ axis: Rect, into buffer: inout ScreenBuffer) {
    let glyphs = buffer.glyphs
    for x in axis.x..<axis.right {
      buffer.set(Cell(glyphs.border.horizontal, Style(.border)), x: x, y: axis.y)
    }
    for mark in story.timeline.marks.sorted(by: { $0.kind < $1.kind }) {
      let look = MarkLook(mark.kind, labels, glyphs)
      for column in open.column(of: mark.from)...max(open.column(of: mark.from), open.column(of: mark.to)) {
        buffer.set(Cell(look.glyph, Style(look.role, .bold)), x: axis.x + column, y: axis.y)
      }
    }
  }

  private func drawTimes(_ most: Double, in line: Rect, into buffer: inout ScreenBuffer) {
    guard !line.isEmpty else { return }
    let start = story.timeline.start
    var text = StyledLine(Figures.moment(start, now: now), .muted)
    let rate = Self.text(most, story.curve.unit, labels)
    text.add(labels("  at most \(rate)", "  最高 \(rate)"), .muted)
    for kind in RunTimeline.Mark.Kind.allCases where story.timeline.marks.contains(where: { $0.kind == kind }) {
      let look = MarkLook(kind, labels, buffer.glyphs)
      text.add("  \(look.glyph) \(look.word)", Style(look.role))
    }
    text.add("  " + labels.column(max(1, open.step)), .muted)
    let x = line.x + OpenRunRoom.gutter
    let used = buffer.put(text, x: x, y: line.y, width: line.right - x)
    let end = TextFormat.local(start.addingTimeInterval(open.seconds)).suffix(8)
    guard x + used + 10 <= line.right else { return }
    buffer.put(String(end), x: line.right - 8, y: line.y, width: 8, style: Style(.muted))
  }
}

/// How something that held a run up looks: always a glyph and a word.
struct MarkLook {
  let glyph: String
  let word: String
  let role: ColorRole

  init(_ kind: RunTimeline.Mark.Kind, _ labels: Labels, _ glyphs: Glyphs) {
    (glyph, word, role) =
      switch kind {
      case .limit: (glyphs.arrowDown, labels("limit", "限速"), .warning)
      case .paused: (glyphs.paused, labels[.paused], .warning)
      case .stalled: (glyphs.stale, labels("no bytes", "没有数据"), .warning)
      case .waiting: (glyphs.failure, labels("next try", "下次尝试"), .bad)
      case .problem: (glyphs.interrupted, labels("problem", "问题"), .bad)
      }
  }
}

/// What was at the cursor: the time, the step, the rate, what had come, the file in hand, and what the log said by then.
struct MomentView {
  let labels: Labels
  let open: OpenRun
  let story: RunStory

  func draw(in line: Rect, log: Rect, into buffer: inout ScreenBuffer) {
    guard !line.isEmpty else { return }
    buffer.put(moment(buffer.glyphs), x: line.x, y: line.y, width: line.width)
    let lines = story.said(by: end, count: log.height)
    for (index, said) in lines.enumerated() {
      let isNow = said.time >= story.timeline.start.addingTimeInterval(start)
      var text = StyledLine("\(TextFormat.local(said.time).suffix(8)) ", .muted)
      let role: ColorRole = said.level == .error ? .bad : said.level == .warning ? .warning : .standard
      text.add(said.text, isNow ? Style(role, .bold) : Style(role == .standard ? .muted : role))
      buffer.put(text, x: log.x, y: log.y + index, width: log.width)
    }
  }

  /// The cursor's column, or, where it stands on a mark, from there on.
  private var start: Double { Double(open.column) * open.step }
  private var end: Double { min(open.seconds, start + open.step) }

  private func moment(_ glyphs: Glyphs) -> StyledLine {
    let second = open.second
    let clock = TextFormat.local(story.timeline.start.addingTimeInterval(second))
    var line = StyledLine("\(glyphs.arrowRight) \(clock.suffix(8))", Style(.accent, .bold))
    let span = TextFormat.span(second)
    line.add(labels("  after \(span)", "  开始后 \(span)"), .muted)
    if let step = story.timeline.step(at: second) {
      line.add("  \(step.phase.step.text(labels.language))", Style(step.phase.role))
    }
    if let rate = story.curve.rate(from: start, to: start + open.step) {
      line.add("  \(PastRateGraph.text(rate, story.curve.unit, labels))", Style(.standard, .bold))
    }
    if let mark = open.mark(from: start, to: end) { add(mark, to: &line, glyphs) }
    guard let sample = story.curve.sample(at: end) else { return line }
    var amounts: [String] = []
    if sample.bytes > 0 { amounts.append(Figures.size(sample.bytes)) }
    if sample.files > 0 { amounts.append(labels.files(sample.files)) }
    if sample.rows > 0 { amounts.append(labels.count(sample.rows, .row)) }
    line.add("  " + amounts.joined(separator: labels.comma))
    if let file = sample.file { line.add("  \(file)", .muted) }
    return line
  }

  private func add(_ mark: RunTimeline.Mark, to line: inout StyledLine, _ glyphs: Glyphs) {
    let look = MarkLook(mark.kind, labels, glyphs)
    var text = "  \(look.glyph) \(look.word)"
    if mark.kind == .limit { text += mark.limit == 0 ? labels(" lifted", "解除") : " \(labels.limit(mark.limit))" }
    let span = TextFormat.span(mark.seconds)
    if mark.seconds >= 1 { text += labels(" for \(span)", "，持续 \(span)") }
    line.add(text, Style(look.role, .bold))
  }
}
