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
    var line = StyledLine("\(look.glyph) \(run.record.task.name)", Style(look.role, .bold))
    let step = run.isRepairing ? "fetching again what differs" : run.progress.phase.sentence
    line.add(" \(glyphs.dot) \(step)", Style(look.role))
    if run.isSuspended {
      line.add(" \(glyphs.dot) suspended (kill -CONT \(run.record.processID) lets it go on)", Style(.warning, .bold))
    } else if run.progress.isPaused {
      let end = run.progress.pausedUntil.map { " \(TextFormat.until($0, now: model.lastRefresh))" } ?? ""
      line.add(" \(glyphs.dot) paused\(end) (p goes on)", Style(.warning, .bold))
    }
    let elapsed = model.lastRefresh.timeIntervalSince(run.record.startedAt)
    line.add("  for \(elapsed < 60 ? "less than a minute" : TextFormat.age(elapsed))", .muted)
    line.add(", started by \(run.record.user) (\(run.record.origin))", .muted)
    if let end = run.progress.endsBy {
      line.add(", ends \(TextFormat.until(end, now: model.lastRefresh).replacing("until", with: "by"))", .muted)
    }
    if run.progress.attempt > 1 { line.add("  try \(run.progress.attempt)", .warning) }
    return line
  }

  private func drawBar(y: Int, into buffer: inout ScreenBuffer) {
    guard let fraction = row.amounts.fraction else {
      buffer.put("the total is not known yet", x: area.x, y: y, width: area.width, style: Style(.muted))
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
    if !left.isEmpty { line.add("  \(left) left") }
    let used = buffer.put(line, x: area.x + width, y: y, width: area.width - width)
    guard graphWidth > 0, used + width + graphWidth + 3 < area.width else { return }
    let place = Rect(x: area.right - graphWidth, y: y, width: graphWidth, height: 1)
    Sparkline(values: graph).draw(in: &buffer, rect: place, style: Style(.running))
  }

  private var amounts: StyledLine {
    let figures = row.amounts
    if let ingest = figures.ingest {
      var line = StyledLine("\(TextFormat.grouped(ingest.filesDone)) of \(Figures.count(ingest.filesTotal, "file"))")
      line.add(", \(Figures.count(ingest.rows, "row"))", .standard)
      if let marker = ingest.marker { line.add("  \(marker)", .muted) }
      return line
    }
    var line = StyledLine(Figures.size(figures.bytesDone))
    if let total = figures.bytesTotal { line.add(" of \(Figures.size(total))") }
    line.add(", \(TextFormat.grouped(figures.filesDone))", .standard)
    if let total = figures.filesTotal { line.add(" of \(TextFormat.grouped(total))", .standard) }
    line.add(" files", .standard)
    if let lanes = run.progress.lanes { line.add("  \(lanes) \(model.labels[.lanes])", .running) }
    if let limit { line.add("  limit \(limit)", .warning) }
    if figures.wireBytes > 0 { line.add("  \(Figures.roughSize(figures.wireBytes)) on the wire", .muted) }
    return line
  }

  /// The limit in force, and its end; nil without.
  private var limit: String? {
    let end = run.progress.limitUntil.map { " \(TextFormat.until($0, now: model.lastRefresh))" }
    guard run.progress.bandwidthLimit != nil || end != nil else { return nil }
    return TextFormat.limit(run.progress.bandwidthLimit) + (end ?? "")
  }

  private var file: StyledLine? { row.figures.currentFile.map { StyledLine($0, .muted) } }
}

extension RunPhase {
  /// The step as a person would say it.
  var sentence: String {
    switch self {
    case .starting: "starting"
    case .markers: "fetching markers"
    case .planning: "listing what there is to do"
    case .verifying: "comparing with the source"
    case .transferring: "transferring"
    case .waiting: "waiting before the next try"
    case .publishing: "publishing markers"
    case .checkpoint: "writing the checkpoint"
    case .ingesting: "ingesting into the warehouse"
    case .cleaning: "cleaning up"
    case .finishing: "finishing"
    case .ended: "ended"
    }
  }
}
