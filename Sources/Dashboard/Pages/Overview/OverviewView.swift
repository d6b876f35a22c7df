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
      let used = LiveRunView(model: model, row: row, run: run, area: rest).draw(into: &buffer)
      rest = rest.splitTop(used).rest
    }
    rest = rest.splitTop(ProblemList(row: row, now: model.now).draw(in: rest, into: &buffer)).rest
    guard !rest.isEmpty else { return }
    if area.width >= 100 {
      let (left, right) = rest.splitLeft(max(66, area.width / 2))
      let column = Rect(x: left.x, y: left.y, width: left.width - 2, height: left.height)
      let used = facts(row).draw(in: column, into: &buffer)
      drawRuns(row, in: right, into: &buffer)
      drawTrend(in: column.splitTop(used + 1).rest, into: &buffer)
    } else {
      let used = facts(row).draw(in: rest, into: &buffer)
      let below = rest.splitTop(used + 1).rest
      if below.height >= 2 { drawRuns(row, in: below, into: &buffer) }
    }
  }

  private func facts(_ row: ProfileRow) -> FactList {
    let profile = row.status.profile
    var list = FactList()
    guard row.status.isConfigured else {
      let key = model.keymap.keyName(for: .stop)
      list.add("", "Not in the configuration any more:", .warning)
      list.add("", "its run goes on, and \(key) stops it.", .warning)
      return list
    }
    list.add(model.labels[.source], source(profile))
    list.add(model.labels[.local], profile.localPath)
    list.add(model.labels[.lastSync], lastSync(row))
    if row.status.lastSync?.isIncomplete == true {
      list.add(model.labels[.lastSuccess], Figures.ago(row.lastSuccess, now: model.now), .warning)
    }
    if let known = row.status.acknowledgement(now: model.now) {
      list.add(model.labels[.acknowledgedUntil], acknowledged(known))
    }
    if let outlook = row.status.outlook(now: model.now), let schedule = profile.schedule {
      list.add(model.labels[.nextRun], nextRun(outlook, schedule))
    } else if let interval = SyncInterval(page.runs) {
      list.add(model.labels[.interval], interval.line(now: model.now))
    }
    list.add(model.labels[.data], data(row))
    if let future = row.status.usage?.futureDays { list.add("", StyledLine(future.sentence, .warning)) }
    if let empty = row.status.usage?.emptyFiles, empty.count > 0 {
      list.add("", StyledLine("data files that hold nothing: \(empty.sentence)", .warning))
    }
    if profile.ingest != nil { list.add(model.labels[.warehouse], warehouse(row)) }
    if let skipped = row.status.coverage?.skipped?.sentence { list.add("", StyledLine(skipped, .warning)) }
    if let grids = row.status.coverage?.odd?.gridsSentence { list.add("", StyledLine(grids, .warning)) }
    if let verified = row.status.verification.sentence(now: model.now) {
      list.add(model.labels[.verified], verified, row.status.verification.findings > 0 ? .bad : .standard)
    }
    list.add(model.labels[.retention], retention(row))
    if let next = nextCleanup(row) { list.add(model.labels[.next], next) }
    return list
  }

  private func source(_ profile: Profile) -> StyledLine {
    var line = StyledLine(profile.source.address)
    if let port = profile.source.port, port != 22 { line.add("  port \(port)", .muted) }
    if let limit = profile.bandwidthTimetable?.text ?? profile.bandwidthLimit.map({ TextFormat.limit($0) }) {
      line.add("  limit \(limit)", .muted)
    }
    return line
  }

  private func lastSync(_ row: ProfileRow) -> StyledLine {
    if let problem = row.status.checkpointProblem { return StyledLine(problem, .warning) }
    guard let ending = row.status.lastSync else { return StyledLine(model.labels[.never], .muted) }
    let look = StateLook(
      ending.outcome, labels: model.labels, glyphs: model.settings.isASCII ? .ascii : .unicode)
    var line = StyledLine("\(look.glyph) \(look.word)", Style(look.role, .bold))
    line.add(" \(Figures.ago(ending.date, now: model.now))")
    if let last = ending.date { line.add("  \(TextFormat.local(last))", .muted) }
    if !ending.isIncomplete, row.status.isStale(now: model.now) {
      line.add("  stale", Style(.warning, .bold))
    }
    return line
  }

  private func nextRun(_ outlook: ScheduleOutlook, _ schedule: SyncSchedule) -> StyledLine {
    var line = StyledLine()
    if let missed = outlook.missedSince {
      line.add(Figures.due(outlook, now: model.now), Style(.warning, .bold))
      line.add("  due \(TextFormat.local(missed))", .warning)
    } else {
      line.add(Figures.due(outlook, now: model.now))
      if let next = outlook.next, !outlook.isDue { line.add("  \(TextFormat.local(next))", .muted) }
    }
    line.add("  \(schedule.times.text)", .muted)
    return line
  }

  private func acknowledged(_ known: Acknowledgement) -> StyledLine {
    var line = StyledLine(known.reason)
    line.add("  \(known.failure.state.rawValue), until \(TextFormat.local(known.until)), said \(known.user)", .muted)
    return line
  }

  private func data(_ row: ProfileRow) -> StyledLine {
    let lost = row.status.lostData.flatMap { $0.isDiskMissing ? $0.sentence(of: row.status.profile.localPath) : nil }
    if let problem = row.status.usageProblem ?? lost { return StyledLine(problem, .bad) }
    guard let usage = row.status.usage else {
      return StyledLine(row.status.isScanning ? "being counted" : "not counted yet; r counts", .muted)
    }
    var line = StyledLine("\(ByteCount(usage.sizeBytes)) in \(Figures.count(usage.files, "file"))")
    if let first = usage.earliestDay, let last = usage.latestDay {
      line.add("  \(first) to \(last)", .muted)
    }
    return line
  }

  private func warehouse(_ row: ProfileRow) -> StyledLine {
    let counts = row.status.markers
    if let problem = counts.directoryProblem { return StyledLine(problem, .bad) }
    var line = StyledLine("\(Figures.count(counts.ingested, "marker")) ingested")
    if let day = counts.newestIngestedDay { line.add(", newest \(day)") }
    if counts.pending > 0 { line.add("  \(counts.pending) pending (i ingests)", .warning) }
    if counts.quarantinedFiles > 0 {
      line.add("  \(Figures.count(counts.quarantinedFiles, "file")) put aside (5 shows why)", Style(.bad, .bold))
    }
    return line
  }

  private func retention(_ row: ProfileRow) -> StyledLine {
    guard let days = row.status.profile.retentionDays else { return StyledLine("kept for ever") }
    var line = StyledLine(Figures.count(days, "day"))
    let cutoff = RetentionPlan.cutoff(retentionDays: days, today: CalendarDay(model.now))
    line.add(", the first day kept is \(cutoff)", .muted)
    return line
  }

  private func nextCleanup(_ row: ProfileRow) -> StyledLine? {
    guard row.status.profile.retentionDays != nil, let plan = row.status.nextRetention else { return nil }
    var line = StyledLine()
    if plan.expired.isEmpty {
      line.add("nothing is past its retention", .muted)
    } else {
      line.add("\(Figures.count(plan.expired.count, "directory")), \(Figures.size(plan.expiredBytes))", .warning)
      line.add("  \(model.keymap.keyName(for: .cleanup)) shows them", .muted)
    }
    if !plan.heldByMarkers.isEmpty { line.add("  \(plan.heldByMarkers.count) held by markers", .muted) }
    return line
  }

  /// How much each sync brought, where there is room to see it.
  private func drawTrend(in area: Rect, into buffer: inout ScreenBuffer) {
    guard area.height >= 5, let syncs = page.runs?.syncs, syncs.count >= 3 else { return }
    let bytes = syncs.reversed().map { Double($0.result.bytesTransferred) }
    let most = Figures.size(Int64(bytes.max() ?? 0))
    let count = Figures.count(min(syncs.count, area.width), "sync")
    var line = StyledLine("Brought by the last \(count)", Style(.heading, .bold))
    line.add("  at most \(most)", .muted)
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
      let hint =
        row.isRunning || !row.status.profile.isEnabled || area.width < 46 ? "" : "; s starts a sync, d shows what comes"
      let text = page.runs == nil ? "being read" : "none yet\(hint)"
      buffer.put(text, x: area.x, y: area.y + 1, width: area.width, style: Style(.muted))
      return
    }
    for (index, run) in runs.prefix(area.height - 1).enumerated() {
      let line = RunLine(model: model, width: area.width).line(run, glyphs: buffer.glyphs)
      buffer.put(line, x: area.x, y: area.y + 1 + index, width: area.width)
    }
  }
}
