import FoundationEssentials
import SluiceCore
import TerminalUI

/// The selected profile on one page: what runs, where it comes from, how it has been, what is wrong and what next.
struct OverviewView {
  let page: OverviewPage
  let model: DashboardModel
  let area: Rect

  func draw(into buffer: inout ScreenBuffer) {
    guard let row = model.selectedRow else { return }
    var rest = area
    if let run = row.liveRun {
      let hasGraph = rest.height >= LiveRunView.rows + Self.factRows + RateGraph.leastRows + 1 && row.rates != nil
      let used = LiveRunView(model: model, row: row, run: run, area: rest, hasGraph: hasGraph).draw(into: &buffer)
      rest = rest.splitTop(used).rest
      if hasGraph, let rates = row.rates {
        let height = min(12, max(RateGraph.leastRows, rest.height / 4))
        let (graph, below) = rest.splitTop(height)
        RateGraph(labels: model.labels, rates: rates, run: run, now: model.now, area: graph).draw(into: &buffer)
        rest = below.splitTop(1).rest
      }
    }
    let problems = ProblemList(
      row: row, labels: model.labels, now: model.now, syncKey: model.keymap.keyName(for: .sync))
    rest = rest.splitTop(problems.draw(in: rest, into: &buffer)).rest
    rest = rest.splitTop(drawTrouble(row, in: rest, into: &buffer)).rest
    guard !rest.isEmpty else { return }
    if area.width >= 100 {
      let (left, right) = rest.splitLeft(max(66, area.width / 2))
      var first = BlockStack()
      addFacts(row, to: &first)
      addSinceLastGood(row, to: &first)
      addDays(row, to: &first)
      addTrend(to: &first)
      first.draw(in: Rect(x: left.x, y: left.y, width: left.width - 2, height: left.height), into: &buffer)
      var second = BlockStack()
      addRuns(row, to: &second)
      addBrought(to: &second)
      addLogEnd(row, to: &second)
      second.draw(in: right, into: &buffer)
    } else {
      var blocks = BlockStack()
      addFacts(row, to: &blocks)
      addSinceLastGood(row, to: &blocks)
      addRuns(row, to: &blocks)
      addDays(row, to: &blocks)
      addBrought(to: &blocks)
      addTrend(to: &blocks)
      addLogEnd(row, to: &blocks)
      blocks.draw(in: rest, into: &buffer)
    }
  }

  /// Rows that the facts take as a rule.
  private static let factRows = 10

  private func addFacts(_ row: ProfileRow, to blocks: inout BlockStack) {
    let list = facts(row)
    let rows = list.facts.reduce(0) { $0 + $1.lines.count }
    blocks.add(least: rows, most: rows) { area, buffer in _ = list.draw(in: area, into: &buffer) }
  }

  /// What is not there since the last good sync, where the newest one did not end well.
  private func addSinceLastGood(_ row: ProfileRow, to blocks: inout BlockStack) {
    guard let difference = SinceLastGood(page.runs) else { return }
    let now = model.now
    let labels = model.labels
    blocks.add(least: min(3, difference.rows), most: min(12, difference.rows)) { area, buffer in
      difference.draw(in: area, now: now, labels: labels, into: &buffer)
    }
  }

  private func addRuns(_ row: ProfileRow, to blocks: inout BlockStack) {
    let rows = max(1, page.runs?.all.count ?? 1) + 1
    blocks.add(least: min(rows, area.width < 100 ? 2 : 7), most: rows) { area, buffer in
      drawRuns(row, in: area, into: &buffer)
    }
  }

  private func addDays(_ row: ProfileRow, to blocks: inout BlockStack) {
    guard let days = row.status.usage?.days, days.count >= 3 else { return }
    let today = CalendarDay(model.now)
    let cutoff = row.status.profile.retentionDays.map { RetentionPlan.cutoff(retentionDays: $0, today: today) }
    blocks.add(least: DayGraph.leastRows, most: DayGraph.mostRows) { area, buffer in
      DayGraph(labels: model.labels, days: days, cutoff: cutoff).draw(in: area, into: &buffer)
    }
  }

  private func addBrought(to blocks: inout BlockStack) {
    guard let brought = page.brought else { return }
    let list = BroughtList(brought: brought, labels: model.labels, now: model.now)
    blocks.add(least: min(4, list.rows), most: list.rows) { area, buffer in list.draw(in: area, into: &buffer) }
  }

  private func addTrend(to blocks: inout BlockStack) {
    guard page.runs?.syncs.count ?? 0 >= 3 else { return }
    blocks.add(least: 4, most: 7) { area, buffer in drawTrend(in: area, into: &buffer) }
  }

  /// Whether the log whose end is known is that of what went wrong.
  private func isLogOfTrouble(_ row: ProfileRow) -> Bool {
    page.logEndRun != nil && page.logEndRun == row.status.troubledRun?.record.id
  }

  /// How the log ends of what went wrong, where there is room beside everything else; returns the rows used.
  private func drawTrouble(_ row: ProfileRow, in area: Rect, into buffer: inout ScreenBuffer) -> Int {
    let count = min(8, page.logEnd.count, area.height - Self.factRows - 2)
    guard row.liveRun == nil, isLogOfTrouble(row), count >= 2 else { return 0 }
    drawLogEnd(model.labels("Its log ends", "其日志结尾"), in: area.splitTop(count + 1).top, into: &buffer)
    return count + 2
  }

  private func addLogEnd(_ row: ProfileRow, to blocks: inout BlockStack) {
    guard row.liveRun == nil, !isLogOfTrouble(row), page.logEnd.count >= 2,
      page.logEndRun == row.status.lastRun?.record.id
    else { return }
    blocks.add(least: 5, most: page.logEnd.count + 1) { area, buffer in
      drawLogEnd(model.labels("The last log ends", "上次日志结尾"), in: area, into: &buffer)
    }
  }

  private func drawLogEnd(_ title: String, in area: Rect, into buffer: inout ScreenBuffer) {
    var heading = StyledLine(title, Style(.heading, .bold))
    let key = PageID.log.number
    heading.add(model.labels("  \(key) opens all of it", "  \(key) 打开全部"), .muted)
    buffer.put(heading, x: area.x, y: area.y, width: area.width)
    for (index, line) in page.logEnd.suffix(max(0, area.height - 1)).enumerated() {
      var text = StyledLine(Figures.moment(line.time, now: model.now) + "  ", .muted)
      text.add(line.text, LogView.style(line.level))
      buffer.put(text, x: area.x, y: area.y + 1 + index, width: area.width)
    }
  }

  private func facts(_ row: ProfileRow) -> FactList {
    let profile = row.status.profile
    var list = FactList()
    guard row.status.isConfigured else {
      let key = model.keymap.keyName(for: .stop)
      list.add("", model.labels("Not in the configuration any more:", "配置中已没有该项："), .warning)
      list.add("", model.labels("its run goes on, and \(key) stops it.", "其运行仍在进行，\(key) 停止它。"), .warning)
      return list
    }
    list.add(model.labels[.source], source(profile))
    list.add(model.labels[.local], profile.localPath)
    list.add(model.labels[.lastSync], lastSync(row))
    if row.status.lastSync?.isIncomplete == true {
      list.add(model.labels[.lastSuccess], model.labels.ago(row.lastSuccess, now: model.now), .warning)
    }
    if let known = row.status.acknowledgement(now: model.now) {
      list.add(model.labels[.acknowledgedUntil], acknowledged(known))
    }
    if let outlook = row.status.outlook(now: model.now), let schedule = profile.schedule {
      list.add(model.labels[.nextRun], nextRun(outlook, schedule))
    } else if let interval = SyncInterval(page.runs) {
      list.add(model.labels[.interval], interval.line(model.labels, now: model.now, isRunning: row.isRunning))
    }
    list.add(model.labels[.data], data(row))
    if let future = row.status.usage?.futureDays { list.add("", StyledLine(model.labels.told(future), .warning)) }
    if let empty = row.status.usage?.emptyFiles, empty.count > 0 {
      list.add("", StyledLine(model.labels.told(empty), .warning))
    }
    if profile.ingest != nil { list.add(model.labels[.warehouse], warehouse(row)) }
    if let skipped = row.status.coverage?.skipped.flatMap(model.labels.told) {
      list.add("", StyledLine(skipped, .warning))
    }
    if let grids = row.status.coverage?.odd.flatMap(model.labels.grids) { list.add("", StyledLine(grids, .warning)) }
    if let verified = model.labels.told(row.status.verification, now: model.now) {
      list.add(model.labels[.verified], verified, row.status.verification.findings > 0 ? .bad : .standard)
    }
    list.add(model.labels[.retention], retention(row))
    if let next = nextCleanup(row) { list.add(model.labels[.next], next) }
    if area.height >= 20, let disk { list.add(model.labels[.disk], disk) }
    return list
  }

  private func source(_ profile: Profile) -> StyledLine {
    var line = StyledLine(profile.source.address)
    if let port = profile.source.port, port != 22 { line.add(model.labels("  port \(port)", "  端口 \(port)"), .muted) }
    if let limit = profile.bandwidthTimetable?.text ?? profile.bandwidthLimit.map({ TextFormat.limit($0) }) {
      line.add(model.labels("  limit \(limit)", "  限速 \(limit)"), .muted)
    }
    return line
  }

  private func lastSync(_ row: ProfileRow) -> StyledLine {
    if let problem = row.status.checkpointProblem { return StyledLine(problem, .warning) }
    guard let ending = row.status.lastSync else { return StyledLine(model.labels[.never], .muted) }
    let look = StateLook(
      ending.outcome, labels: model.labels, glyphs: model.settings.isASCII ? .ascii : .unicode)
    var line = StyledLine("\(look.glyph) \(look.word)", Style(look.role, .bold))
    let standing = row.standing(model.labels, now: model.now)
    let isStanding = standing != nil && ending.outcome == row.status.recentSyncs?.outcomes.last
    if let standing, isStanding { line.add(" \(standing)", Style(look.role, .bold)) }
    line.add((isStanding ? model.labels.comma : " ") + model.labels.ago(ending.date, now: model.now))
    if let last = ending.date, !isStanding { line.add("  \(TextFormat.local(last))", .muted) }
    if !ending.isIncomplete, row.status.isStale(now: model.now) {
      line.add("  \(model.labels[.stale])", Style(.warning, .bold))
    }
    return line
  }

  private func nextRun(_ outlook: ScheduleOutlook, _ schedule: SyncSchedule) -> StyledLine {
    var line = StyledLine()
    if let missed = outlook.missedSince {
      line.add(model.labels.due(outlook, now: model.now), Style(.warning, .bold))
      let time = TextFormat.local(missed)
      line.add(model.labels("  due \(time)", "  应于 \(time)"), .warning)
    } else {
      line.add(model.labels.due(outlook, now: model.now))
      if let next = outlook.next, !outlook.isDue { line.add("  \(TextFormat.local(next))", .muted) }
    }
    line.add("  \(schedule.times.text)", .muted)
    return line
  }

  private func acknowledged(_ known: Acknowledgement) -> StyledLine {
    var line = StyledLine(known.reason)
    let (state, end, user) = (known.failure.state, TextFormat.local(known.until), known.user)
    let shown = model.labels(state.rawValue, model.labels[state.label])
    line.add(model.labels("  \(shown), until \(end), said \(user)", "  \(shown)，至 \(end)，由 \(user) 说明"), .muted)
    return line
  }

  private func data(_ row: ProfileRow) -> StyledLine {
    let lost = row.status.lostData.flatMap {
      $0.isDiskMissing ? model.labels.told($0, of: row.status.profile.localPath) : nil
    }
    if let problem = row.status.usageProblem ?? lost { return StyledLine(problem, .bad) }
    guard let usage = row.status.usage else {
      let key = model.keymap.keyName(for: .refresh)
      let uncounted = model.labels("not counted yet; \(key) counts", "尚未统计；\(key) 统计")
      return StyledLine(row.status.isScanning ? model.labels("being counted", "正在统计") : uncounted, .muted)
    }
    let (bytes, files) = (ByteCount(usage.sizeBytes), model.labels.files(usage.files))
    var line = StyledLine(model.labels("\(bytes) in \(files)", "\(bytes)，\(files)"))
    if let first = usage.earliestDay, let last = usage.latestDay {
      line.add(model.labels("  \(first) to \(last)", "  \(first) 至 \(last)"), .muted)
    }
    return line
  }

  private func warehouse(_ row: ProfileRow) -> StyledLine {
    let counts = row.status.markers
    if let problem = counts.directoryProblem { return StyledLine(problem, .bad) }
    let labels = model.labels
    let markers = labels.count(counts.ingested, .marker)
    var line = StyledLine(labels("\(markers) ingested", "\(markers)已入库"))
    if let day = counts.newestIngestedDay { line.add(labels(", newest \(day)", "，最新 \(day)")) }
    let (pending, ingest) = (counts.pending, model.keymap.keyName(for: .ingest))
    if pending > 0 {
      line.add(labels("  \(pending) pending (\(ingest) ingests)", "  \(pending) 个待入库（\(ingest) 入库）"), .warning)
    }
    if counts.quarantinedFiles > 0 {
      let (files, page) = (labels.files(counts.quarantinedFiles), PageID.markers.number)
      line.add(
        labels("  \(files) put aside (\(page) shows why)", "  \(files)已隔离（\(page) 说明原因）"), Style(.bad, .bold))
    }
    return line
  }

  private func retention(_ row: ProfileRow) -> StyledLine {
    guard let days = row.status.profile.retentionDays else {
      return StyledLine(model.labels("kept for ever", "永久保留"))
    }
    var line = StyledLine(model.labels.count(days, .day))
    let cutoff = RetentionPlan.cutoff(retentionDays: days, today: CalendarDay(model.now))
    line.add(model.labels(", the first day kept is \(cutoff)", "，保留的第一天为 \(cutoff)"), .muted)
    return line
  }

  /// What the lake takes, how it grows, and when its disk is full at that pace; the latter two only where nearly all of
  /// its data tells how much comes a day.
  private var disk: StyledLine? {
    let growth = LakeGrowth(model.rows, freeBytes: model.summary?.freeBytes)
    guard growth.taken > 0 else { return nil }
    let labels = model.labels
    let taken = Figures.size(growth.taken)
    var line = StyledLine(labels("lake \(taken)", "数据湖 \(taken)"))
    guard let forecast = growth.forecast else { return line }
    guard forecast.bytesPerDay > 0 else {
      line.add(labels(", as much expires as comes", "，到期与新增相当"), .muted)
      return line
    }
    let growing = Figures.roughSize(forecast.bytesPerDay)
    line.add(labels(", +\(growing) a day", "，每天 +\(growing)"))
    if let days = forecast.daysToFull {
      let day = CalendarDay(model.now).adding(days: days)
      line.add("\(labels.comma)\(labels[.fullAbout]) \(day)", days <= 30 ? .warning : .standard)
    } else {
      line.add(labels(", not full in two years", "，两年内不会写满"), .muted)
    }
    return line
  }

  private func nextCleanup(_ row: ProfileRow) -> StyledLine? {
    guard row.status.profile.retentionDays != nil, let plan = row.status.nextRetention else { return nil }
    let labels = model.labels
    var line = StyledLine()
    if plan.expired.isEmpty {
      line.add(labels("nothing is past its retention", "没有超出保留期的内容"), .muted)
    } else {
      line.add(
        "\(labels.count(plan.expired.count, .directory))\(labels.comma)\(Figures.size(plan.expiredBytes))", .warning)
      let key = model.keymap.keyName(for: .cleanup)
      line.add(labels("  \(key) shows them", "  \(key) 显示"), .muted)
    }
    let held = plan.heldByMarkers.count
    if held > 0 { line.add(labels("  \(held) held by markers", "  \(held) 个因标记保留"), .muted) }
    return line
  }

  /// How much each sync brought, where there is room to see it.
  private func drawTrend(in area: Rect, into buffer: inout ScreenBuffer) {
    guard area.height >= 5, let syncs = page.runs?.syncs, syncs.count >= 3 else { return }
    let bytes = syncs.reversed().map { Double($0.result.bytesTransferred) }
    let most = Figures.size(Int64(bytes.max() ?? 0))
    let count = model.labels.count(min(syncs.count, area.width), .sync)
    var line = StyledLine(model.labels("Brought by the last \(count)", "最近 \(count)传来"), Style(.heading, .bold))
    line.add(model.labels("  at most \(most)", "  最多 \(most)"), .muted)
    buffer.put(line, x: area.x, y: area.y, width: area.width)
    let graph = Rect(x: area.x, y: area.y + 1, width: area.width, height: min(6, area.height - 1))
    let shown = min(bytes.count, graph.width)
    Sparkline(values: bytes).draw(
      in: &buffer, rect: Rect(x: graph.x, y: graph.y, width: shown, height: graph.height), style: Style(.info))
  }

  private func drawRuns(_ row: ProfileRow, in area: Rect, into buffer: inout ScreenBuffer) {
    guard area.height >= 2 else { return }
    buffer.put(model.labels[.lastRuns], x: area.x, y: area.y, width: area.width, style: Style(.heading, .bold))
    guard let runs = page.runs?.all, !runs.isEmpty else {
      let (sync, dryRun) = (model.keymap.keyName(for: .sync), model.keymap.keyName(for: .dryRun))
      let isIdle = !row.isRunning && row.status.profile.isEnabled && area.width >= 46
      let none =
        isIdle
        ? model.labels(
          "none yet; \(sync) starts a sync, \(dryRun) shows what comes", "尚无；\(sync) 启动同步，\(dryRun) 显示将传来什么")
        : model.labels("none yet", "尚无")
      let text = page.runs == nil ? model.labels("being read", "正在读取") : none
      buffer.put(text, x: area.x, y: area.y + 1, width: area.width, style: Style(.muted))
      return
    }
    for (index, run) in runs.prefix(area.height - 1).enumerated() {
      let line = RunLine(model: model, width: area.width).line(run, glyphs: buffer.glyphs)
      buffer.put(line, x: area.x, y: area.y + 1 + index, width: area.width)
    }
  }
}
