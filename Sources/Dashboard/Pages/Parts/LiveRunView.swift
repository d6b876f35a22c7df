import FoundationEssentials
import SluiceCore
import TerminalUI

/// What a profile's live run is doing, with its bar.
struct LiveRunView {
  let model: DashboardModel
  let row: ProfileRow
  let run: LiveRun
  let area: Rect
  /// Whether its rate is drawn over the whole run below.
  var hasGraph = false

  /// Rows it takes, a blank line after them included.
  static let rows = 5

  /// Draws from the top of the area and returns the rows used, a blank line after them included.
  func draw(into buffer: inout ScreenBuffer) -> Int {
    let lines = [headline(glyphs: buffer.glyphs), nil, amounts, file].prefix(area.height)
    for (index, line) in lines.enumerated() {
      if let line { buffer.put(line, x: area.x, y: area.y + index, width: area.width) }
    }
    if area.height >= 2 { drawBar(y: area.y + 1, into: &buffer) }
    return Self.rows
  }

  private func headline(glyphs: Glyphs) -> StyledLine {
    let look = StateLook(run, labels: model.labels, glyphs: glyphs)
    var line = StyledLine("\(look.glyph) \(labels.name(of: run.record.task))", Style(look.role, .bold))
    let step =
      run.isRepairing
      ? labels("fetching again what differs", "正在重新传输不同的内容") : run.progress.phase.words.text(labels.language)
    line.add(" \(glyphs.dot) \(step)", Style(look.role))
    if run.isSuspended {
      let process = run.record.processID
      let text = labels("suspended (kill -CONT \(process) lets it go on)", "已挂起（kill -CONT \(process) 让它继续）")
      line.add(" \(glyphs.dot) \(text)", Style(.warning, .bold))
    } else if run.progress.isPaused {
      let end = run.progress.pausedUntil.map { " " + labels.until($0, now: model.lastRefresh) } ?? ""
      let key = model.keymap.keyName(for: .pause)
      line.add(
        " \(glyphs.dot) " + labels("paused\(end) (\(key) goes on)", "已暂停\(end)（\(key) 继续）"), Style(.warning, .bold))
    }
    line.add(since)
    let attempt = run.progress.attempt
    if attempt > 1 { line.add(labels("  try \(attempt)", "  第 \(attempt) 次尝试"), .warning) }
    return line
  }

  /// For how long it has gone on, who started it, and when it is to be over.
  private var since: StyledLine {
    let elapsed = model.lastRefresh.timeIntervalSince(run.record.startedAt)
    let span = elapsed < 60 ? labels("less than a minute", "不到一分钟") : TextFormat.age(elapsed)
    var line = StyledLine(labels("  for \(span)", "  已进行 \(span)"), .muted)
    let (user, origin) = (run.record.user, run.record.origin)
    line.add(labels(", started by \(user) (\(origin))", "，由 \(user) 启动（\(origin)）"), .muted)
    if let end = run.progress.endsBy.map({ labels.by($0, now: model.lastRefresh) }) {
      line.add(labels(", ends \(end)", "，\(end) 结束"), .muted)
    }
    return line
  }

  private var labels: Labels { model.labels }

  private func drawBar(y: Int, into buffer: inout ScreenBuffer) {
    guard let fraction = row.amounts.fraction else {
      buffer.put(
        labels("the total is not known yet", "总量尚未知"), x: area.x, y: y, width: area.width, style: Style(.muted))
      return
    }
    let graph = row.throughput.samples
    let graphWidth = area.width >= 100 && !hasGraph ? min(30, graph.count) : 0
    let width = max(0, min(60, area.width - 30 - graphWidth))
    let shown = Double(Figures.wholePercent(fraction)) / 100
    ProgressBar(fraction: shown, filled: run.isHeld ? .warning : .barFilled)
      .draw(in: &buffer, x: area.x, y: y, width: width)
    var line = StyledLine(
      RunLine.padded(Figures.percent(fraction), 5, isRight: true))
    let rate = Figures.rate(row.figures.bytesPerSecond)
    if !rate.isEmpty { line.add("  \(rate)", Style(.running, .bold)) }
    let left = Figures.timeLeft(row.figures.etaSeconds)
    if !left.isEmpty { line.add(labels("  \(left) left", "  还需 \(left)")) }
    let used = buffer.put(line, x: area.x + width, y: y, width: area.width - width)
    guard graphWidth > 0, used + width + graphWidth + 3 < area.width else { return }
    let place = Rect(x: area.right - graphWidth, y: y, width: graphWidth, height: 1)
    Sparkline(values: graph).draw(in: &buffer, rect: place, style: Style(.running))
  }

  private var amounts: StyledLine {
    let figures = row.amounts
    if let ingest = figures.ingest {
      let (done, total) = (TextFormat.grouped(ingest.filesDone), labels.files(ingest.filesTotal))
      var line = StyledLine(labels("\(done) of \(total)", "\(done)/\(total)"))
      line.add("\(labels.comma)\(labels.count(ingest.rows, .row))", .standard)
      if let marker = ingest.marker { line.add("  \(marker)", .muted) }
      return line
    }
    let (bytes, files) = (Figures.size(figures.bytesDone), TextFormat.grouped(figures.filesDone))
    let (bytesTotal, filesTotal) = (figures.bytesTotal.map(Figures.size), figures.filesTotal.map(TextFormat.grouped))
    var line = StyledLine(bytesTotal.map { labels("\(bytes) of \($0)", "\(bytes)/\($0)") } ?? bytes)
    line.add(labels.comma, .standard)
    line.add(filesTotal.map { labels("\(files) of \($0)", "\(files)/\($0)") } ?? files, .standard)
    line.add(labels(" files", " 个文件"), .standard)
    if let lanes = run.progress.lanes { line.add("  \(lanes) \(model.labels[.lanes])", .running) }
    if let limit { line.add(labels("  limit \(limit)", "  限速 \(limit)"), .warning) }
    let wire = Figures.roughSize(figures.wireBytes)
    if figures.wireBytes > 0 { line.add(labels("  \(wire) on the wire", "  线路上 \(wire)"), .muted) }
    return line
  }

  /// The limit in force, and its end; nil without.
  private var limit: String? {
    let end = run.progress.limitUntil.map { " " + labels.until($0, now: model.lastRefresh) }
    guard run.progress.bandwidthLimit != nil || end != nil else { return nil }
    return labels.limit(run.progress.bandwidthLimit) + (end ?? "")
  }

  private var file: StyledLine? { row.figures.currentFile.map { StyledLine($0, .muted) } }
}
