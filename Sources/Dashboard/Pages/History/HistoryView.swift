import SluiceCore
import TerminalUI

/// Past runs as a table with their figures drawn above, or the files of the run that is open.
struct HistoryView {
  let page: HistoryPage
  let model: DashboardModel
  let area: Rect

  func draw(into buffer: inout ScreenBuffer) {
    guard let runs = page.runs, !runs.all.isEmpty else {
      let labels = model.labels
      let text =
        page.runs == nil ? labels("The history is being read.", "正在读取历史。") : labels("No runs yet.", "还没有运行。")
      buffer.put(text, x: area.x, y: area.y, width: area.width, style: Style(.muted))
      return
    }
    let room = page.room(in: area)
    if let open = page.openRun {
      OpenRunView(page: page, open: open, model: model, area: area).draw(into: &buffer)
      return
    }
    if room.head.height >= 3 { drawTrend(runs.syncs, in: room.head, into: &buffer) }
    let layout = ColumnLayout(columns(area.width), width: area.width, gap: area.width >= 100 ? 2 : 1)
    buffer.tableHeader(layout, x: area.x, y: room.head.bottom - 1, style: Style(.muted))
    let longest = runs.all.reduce(0) { max($0, $1.result.durationSeconds) }
    let largest = runs.all.reduce(0) { max($0, $1.result.bytesTransferred) }
    page.drawLines(model, in: room.list, into: &buffer) { index, y, buffer in
      let run = runs.all[index]
      drawRun(run, layout, y: y, into: &buffer)
      let role = StateLook(run.result.outcome, labels: model.labels, glyphs: buffer.glyphs).role
      let isGood = run.result.outcome == .success
      for (column, share) in [
        (Self.tookBar, run.result.durationSeconds / max(1, longest)),
        (Self.sizeBar, Double(run.result.bytesTransferred) / Double(max(1, largest))),
      ] {
        guard let place = layout.place(of: column) else { continue }
        drawBar(share, x: area.x + place.x, y: y, width: place.width, isGood ? .info : role, into: &buffer)
      }
    }
  }

  /// The columns that draw how long a run took, and how much it brought, to one scale down the whole list.
  private static let (tookBar, sizeBar) = (4, 7)

  private func columns(_ width: Int) -> [ColumnLayout.Column] {
    let labels = model.labels
    // On a narrow pane what happened needs the room: bars that never fit are left out.
    let bar = width >= 140 ? 8 : width
    return [
      ColumnLayout.Column(labels("Started", "开始于"), minimum: 11, ideal: 11, priority: 9),
      ColumnLayout.Column(labels("Run", "运行"), minimum: 7, ideal: 8, priority: 7),
      ColumnLayout.Column(labels("Outcome", "结果"), minimum: 13, ideal: 14, priority: 10),
      ColumnLayout.Column(labels("Took", "用时"), minimum: 7, ideal: 7, priority: 8, alignment: .right),
      ColumnLayout.Column("", minimum: bar, ideal: 14, priority: 1),
      ColumnLayout.Column(labels[.files], minimum: 7, ideal: 8, priority: 5, alignment: .right),
      ColumnLayout.Column(labels[.size], minimum: 8, ideal: 9, priority: 6, alignment: .right),
      ColumnLayout.Column("", minimum: bar, ideal: 14, priority: 1),
      ColumnLayout.Column(labels("Deleted", "已删除"), minimum: 7, ideal: 8, priority: 3, alignment: .right),
      ColumnLayout.Column(labels("By", "由"), minimum: 6, ideal: 15, priority: 2),
      ColumnLayout.Column(labels("What happened", "情况"), minimum: 16, ideal: 20, priority: 4, growth: 1),
    ]
  }

  private func drawRun(_ run: PastRun, _ layout: ColumnLayout, y: Int, into buffer: inout ScreenBuffer) {
    let look = StateLook(run.result.outcome, labels: model.labels, glyphs: buffer.glyphs)
    let result = run.result
    let texts: [(String, Style)] = [
      (Figures.moment(run.record.startedAt, now: model.now), .plain),
      (model.labels.name(of: run.record.task), .plain),
      ("\(look.glyph) \(look.word)", Style(look.role)),
      (TextFormat.span(result.durationSeconds), .plain), ("", .plain),
      (amount(files(run)), .plain),
      (result.bytesTransferred > 0 ? Figures.size(result.bytesTransferred) : "–", .plain), ("", .plain),
      (amount(result.filesDeleted + (result.cleanup?.deletedFiles ?? 0)), .plain),
      ("\(run.record.user), \(run.record.origin)", Style(.muted)),
      (remark(run), Style(result.outcome == .success ? .muted : look.role)),
    ]
    for (column, cell) in texts.enumerated() {
      buffer.tableCell(cell.0, column: column, of: layout, x: area.x, y: y, style: cell.1)
    }
  }

  /// A bar without a track: along a list of them the tracks would be all one sees.
  private func drawBar(
    _ share: Double, x: Int, y: Int, width: Int, _ role: ColorRole, into buffer: inout ScreenBuffer
  ) {
    let steps = buffer.glyphs.barSteps
    guard share > 0, share.isFinite else { return }
    let done = max(1, min(width * steps.count, Int(share * Double(width * steps.count))))
    for column in 0..<width where done > column * steps.count {
      let part = min(steps.count, done - column * steps.count)
      buffer.set(Cell(steps[part - 1], Style(role)), x: x + column, y: y)
    }
  }

  /// Files it brought, into the lake or into the warehouse, or held against the source.
  private func files(_ run: PastRun) -> Int {
    switch run.record.task {
    case .sync, .cleanup: run.result.filesTransferred
    case .ingest: run.result.ingest?.filesIngested ?? 0
    case .verify: run.result.verify?.filesCompared ?? 0
    }
  }

  private func amount(_ count: Int) -> String { count == 0 ? "–" : TextFormat.grouped(count) }

  private func remark(_ run: PastRun) -> String {
    if let problem = run.result.problems.last { return problem.told(model.labels.language).message }
    if run.record.isRehearsal { return RunLine.figures(run, model.labels) }
    return switch run.record.task {
    case .cleanup, .ingest, .verify: RunLine.figures(run, model.labels)
    case .sync: syncRemark(run.result)
    }
  }

  /// What a sync did beside transferring.
  private func syncRemark(_ result: RunResult) -> String {
    let labels = model.labels
    var parts: [String] = []
    if result.retries > 0 { parts.append(labels.count(result.retries, .retry)) }
    if let ingest = result.ingest, ingest.rows > 0 { parts.append(labels.count(ingest.rows, .row)) }
    if let cleanup = result.cleanup, cleanup.deletedDirs > 0 {
      let directories = labels.count(cleanup.deletedDirs, .directory)
      parts.append(labels("\(directories) expired", "\(directories)到期"))
    }
    return parts.joined(separator: labels.comma)
  }

  private func drawTrend(_ syncs: [PastRun], in head: Rect, into buffer: inout ScreenBuffer) {
    guard !syncs.isEmpty else { return }
    let bytes = syncs.reversed().map { Double($0.result.bytesTransferred) }
    let seconds = syncs.reversed().map(\.result.durationSeconds)
    let good = syncs.filter { $0.result.outcome == .success }.count
    let width = min(syncs.count, max(0, head.width - 46), 60)
    let labels = model.labels
    for (row, trend) in [(labels[.size], bytes), (labels("Duration", "用时"), seconds)].enumerated() {
      let y = head.y + row
      buffer.put(trend.0, x: head.x, y: y, width: 9, style: Style(.muted))
      Sparkline(values: trend.1).draw(
        in: &buffer, rect: Rect(x: head.x + 10, y: y, width: width, height: 1), style: Style(.info))
    }
    let total = Figures.size(syncs.reduce(0) { $0 + $1.result.bytesTransferred })
    let mean = TextFormat.span(syncs.reduce(0) { $0 + $1.result.durationSeconds } / Double(syncs.count))
    let count = labels.count(syncs.count, .sync)
    let x = head.x + 11 + width
    buffer.put(
      labels("\(total) in \(count), \(good) good", "\(count)共 \(total)，\(good) 次成功"), x: x, y: head.y,
      width: head.right - x)
    buffer.put(labels("\(mean) on average", "平均 \(mean)"), x: x, y: head.y + 1, width: head.right - x)
  }
}
