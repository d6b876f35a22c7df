import FoundationEssentials
import SluiceCore
import TerminalUI

extension OpenRunRoom {
  /// The room for a run.
  init(_ area: Rect, _ open: OpenRun, _ runs: PastRuns?) {
    let told = open.run.result.problems.reduce(0) { $0 + ($1.advice == nil ? 1 : 2) }
    let problems = told + (SinceLastGood(runs, from: open.run.record.id).map { min(4, $0.rows) } ?? 0)
    self.init(area, hasCurve: open.story?.curve.isEmpty == false, problems: problems)
  }
}

/// A past run on one page: its steps, its rate, what was at the cursor, its problems and its files.
struct OpenRunView {
  let page: HistoryPage
  let open: OpenRun
  let model: DashboardModel
  let area: Rect

  func draw(into buffer: inout ScreenBuffer) {
    let room = OpenRunRoom(area, open, page.runs)
    drawHeading(in: room.heading, into: &buffer)
    if let story = open.story {
      let graph = PastRateGraph(labels: model.labels, open: open, story: story, now: model.now)
      drawSteps(story.timeline, in: room.steps, into: &buffer)
      drawTotals(story.timeline, in: room.totals, into: &buffer)
      if story.curve.isEmpty {
        drawNoCurve(in: room.plot, into: &buffer)
      } else {
        graph.draw(in: room.plot, times: room.times, into: &buffer)
      }
      MomentView(labels: model.labels, open: open, story: story).draw(in: room.moment, log: room.log, into: &buffer)
    } else if !room.steps.isEmpty {
      buffer.put(
        model.labels("The run is being read.", "正在读取该运行。"), x: area.x, y: room.steps.y, width: area.width,
        style: Style(.muted))
    }
    drawProblems(in: room.problems, into: &buffer)
    drawFiles(room, into: &buffer)
  }

  private func drawHeading(in line: Rect, into buffer: inout ScreenBuffer) {
    var keys = StyledLine()
    for (command, label) in [(Command.earlier, Label.runBefore), (.later, .runAfter), (.back, .goesBack)]
    where model.reasonAgainst(command) == nil {
      keys.add("  \(model.keymap.keyName(for: command)) ", .accent)
      keys.add(model.labels[label], .muted)
    }
    let room = line.width >= 100 ? keys.columns : 0
    let text = RunLine(model: model, width: line.width - room).line(open.run, glyphs: buffer.glyphs)
    buffer.put(text, x: line.x, y: line.y, width: line.width - room)
    guard room > 0 else { return }
    buffer.put(" ", x: line.right - room - 1, y: line.y, width: room + 1)
    buffer.put(keys, x: line.right - room, y: line.y, width: room)
  }

  /// The steps along the same axis as the rate: a line in a step's colour, with its name where it fits.
  private func drawSteps(_ timeline: RunTimeline, in line: Rect, into buffer: inout ScreenBuffer) {
    guard !line.isEmpty else { return }
    buffer.put(
      model.labels[.phases], x: line.x, y: line.y, width: OpenRunRoom.gutter - 1, style: Style(.muted),
      alignment: .right)
    let x = line.x + OpenRunRoom.gutter
    let columns = line.width - OpenRunRoom.gutter
    for (index, step) in timeline.steps.enumerated() {
      let first = open.column(of: step.from)
      let end = index + 1 < timeline.steps.count ? open.column(of: timeline.steps[index + 1].from) : columns
      guard end > first else { continue }
      let style = Style(step.phase.role, .bold)
      let rule = buffer.glyphs.border.horizontal
      for column in first..<min(end, columns) { buffer.set(Cell(rule, style), x: x + column, y: line.y) }
      buffer.set(Cell(buffer.glyphs.separator, style), x: x + first, y: line.y)
      let name = " \(step.phase.step.text(model.labels.language)) "
      let label = name + "\(TextFormat.span(step.seconds)) "
      let text = [label, name].first { CharacterWidth.of($0) + 2 <= end - first }
      if let text { buffer.put(text, x: x + first + 1, y: line.y, width: end - first - 1, style: style) }
    }
  }

  private func drawTotals(_ timeline: RunTimeline, in line: Rect, into buffer: inout ScreenBuffer) {
    guard !line.isEmpty else { return }
    var text = StyledLine()
    for phase in RunPhase.allCases {
      let steps = timeline.steps.filter { $0.phase == phase }
      let seconds = steps.reduce(0) { $0 + $1.seconds }
      guard seconds >= 0.5 else { continue }
      text.add("\(phase.step.text(model.labels.language)) ", Style(phase.role))
      let count = steps.count
      let times = count > 1 ? model.labels(" in \(count)", "（\(count) 次）") : ""
      text.add("\(TextFormat.span(seconds))\(times)  ", .muted)
    }
    buffer.put(text, x: line.x + OpenRunRoom.gutter, y: line.y, width: line.width - OpenRunRoom.gutter)
  }

  private func drawNoCurve(in line: Rect, into buffer: inout ScreenBuffer) {
    let result = open.run.result
    let hasMoved = result.bytesTransferred > 0 || result.wireBytes > 0 || result.ingest?.rows ?? 0 > 0
    let text =
      hasMoved
      ? model.labels(
        "Its rate was not kept: it ran by an earlier sluice, or its disk was full.",
        "没有保留速率：运行于较早版本的 sluice，或磁盘已满。")
      : model.labels("It moved nothing to draw.", "没有可绘制的传输。")
    buffer.put(text, x: line.x, y: line.y, width: line.width, style: Style(.muted))
  }

  private func drawProblems(in area: Rect, into buffer: inout ScreenBuffer) {
    var y = area.y
    for problem in open.run.result.problems.map({ $0.told(model.labels.language) }) {
      for (text, glyph, role) in [
        (problem.message, buffer.glyphs.failure, ColorRole.bad),
        (problem.advice ?? "", buffer.glyphs.arrowRight, .accent),
      ] where !text.isEmpty && y < area.bottom {
        buffer.put(glyph, x: area.x, y: y, width: 2, style: Style(role, .bold))
        buffer.put(
          text, x: area.x + 2, y: y, width: area.width - 2, style: Style(role == .bad ? .bad : .standard))
        y += 1
      }
    }
    guard y < area.bottom, let difference = SinceLastGood(page.runs, from: open.run.record.id) else { return }
    difference.draw(
      in: Rect(x: area.x, y: y, width: area.width, height: area.bottom - y), now: model.now, labels: model.labels,
      into: &buffer)
  }

  private func drawFiles(_ room: OpenRunRoom, into buffer: inout ScreenBuffer) {
    guard let changes = open.changes, !changes.isEmpty else {
      let labels = model.labels
      let text =
        open.changes == nil
        ? labels("The list is being read.", "正在读取列表。") : labels("This run changed no file.", "该运行没有改变文件。")
      let line = room.filesHeading.isEmpty ? room.files : room.filesHeading
      buffer.put(text, x: area.x, y: line.y, width: line.isEmpty ? 0 : area.width, style: Style(.muted))
      return
    }
    if !room.filesHeading.isEmpty {
      var line = StyledLine(model.labels[.files], Style(.heading, .bold))
      line.add("  " + open.sums(model.labels), .muted)
      buffer.put(line, x: area.x, y: room.filesHeading.y, width: area.width)
    }
    page.drawLines(model, in: room.files, into: &buffer) { index, y, buffer in
      drawChange(changes[index], y: y, into: &buffer)
    }
  }

  private func drawChange(_ change: FileChange, y: Int, into buffer: inout ScreenBuffer) {
    let look = ChangeLook(change.kind)
    let width = area.width
    buffer.put(look.sign, x: area.x, y: y, width: 2, style: Style(look.role, .bold))
    buffer.put(
      change.path, x: area.x + 2, y: y, width: max(0, width - 30), style: Style(look.nameRole), ellipsis: .head)
    let sent = Figures.size(change.wireBytes)
    let wire = change.wireBytes > 0 ? model.labels("\(sent) sent  ", "实传 \(sent)  ") : ""
    let isSized = change.kind == .create || change.kind == .update
    let detail = isSized ? Figures.size(change.bytes) : look.word.text(model.labels.language)
    buffer.put(
      wire + RunLine.padded(detail, 8, isRight: true),
      x: area.x + width - 27, y: y, width: 27, style: Style(.muted), alignment: .right)
  }
}

extension RunPhase {
  /// The colour a step is drawn in.
  var role: ColorRole {
    switch self {
    case .transferring: .running
    case .planning, .verifying, .markers: .info
    case .ingesting, .publishing: .good
    case .waiting: .bad
    case .cleaning: .warning
    case .starting, .checkpoint, .finishing, .ended: .muted
    }
  }
}
