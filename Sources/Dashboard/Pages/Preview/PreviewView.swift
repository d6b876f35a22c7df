import FoundationEssentials
import SluiceCore
import TerminalUI

/// What a sync would do: its sums, and every entry under its directory.
struct PreviewView {
  let page: PreviewPage
  let model: DashboardModel
  let area: Rect

  private var labels: Labels { model.labels }

  func draw(into buffer: inout ScreenBuffer) {
    guard let listing = page.listing else {
      drawNothing(into: &buffer)
      return
    }
    let room = page.room(in: area)
    var head = room.head
    if let run = page.failedDryRun {
      let (above, below) = head.splitTop(FailedDryRun.rowsAboveList(in: area))
      FailedDryRun(run: run, model: model).drawAboveList(in: above, into: &buffer)
      head = below
    }
    drawSums(listing, in: head, into: &buffer)
    guard !listing.rows.isEmpty else {
      let filter = listing.filter
      let text =
        filter.isEmpty
        ? labels("Source and lake agree: nothing to do.", "来源与数据湖一致：无需操作。")
        : labels("Nothing matches \"\(filter)\".", "没有符合“\(filter)”的内容。")
      let role: ColorRole = listing.filter.isEmpty ? .good : .muted
      buffer.put(text, x: area.x, y: room.list.y, width: area.width, style: Style(role))
      return
    }
    page.drawLines(model, in: room.list, into: &buffer) { index, y, buffer in
      drawRow(listing, listing.rows[index], y: y, into: &buffer)
    }
  }

  private func drawNothing(into buffer: inout ScreenBuffer) {
    guard let row = model.selectedRow else { return }
    let dryRun = model.keymap.keyName(for: .dryRun)
    let run = row.liveRun.flatMap { $0.record.task.previewsSync ? $0 : nil }
    if run != nil || model.launches.holds(row.name, isRehearsal: true) {
      let used = run.map { LiveRunView(model: model, row: row, run: $0, area: area).draw(into: &buffer) } ?? 0
      buffer.put(
        labels("The preview comes when the source has been listed.", "列出来源之后显示预览。"), x: area.x, y: area.y + used,
        width: area.width, style: Style(.muted))
      return
    }
    if let failed = page.failedDryRun {
      FailedDryRun(run: failed, model: model).draw(in: area, into: &buffer)
      return
    }
    let name = row.name
    buffer.put(labels("No dry run of \(name) yet.", "\(name) 还没有试运行。"), x: area.x, y: area.y, width: area.width)
    guard area.height >= 2 else { return }
    buffer.put(
      labels(
        "\(dryRun) lists what a sync would bring, change and delete; nothing is touched.",
        "\(dryRun) 列出同步会传来、改变和删除什么；不改动任何内容。"),
      x: area.x, y: area.y + 1, width: area.width, style: Style(.muted))
  }

  private func drawSums(_ listing: PreviewListing, in head: Rect, into buffer: inout ScreenBuffer) {
    let words = (labels("new", "新增"), labels("changed", "改变"), labels("deleted", "删除"), labels("expire", "到期"))
    var line = StyledLine("+\(TextFormat.grouped(listing.created)) \(words.0)", Style(.good, .bold))
    line.add("  ~\(TextFormat.grouped(listing.updated)) \(words.1)", Style(.info, .bold))
    let deletions = listing.summary.deletions
    line.add("  -\(TextFormat.grouped(deletions)) \(words.2)", Style(deletions > 0 ? .bad : .muted, .bold))
    let expired = listing.expired.count
    line.add("  x\(TextFormat.grouped(expired)) \(words.3)", Style(expired > 0 ? .warning : .muted, .bold))
    let used = buffer.put(line, x: head.x, y: head.y, width: head.width)
    guard head.height >= 2 else { return }
    if let moment = listing.moment {
      let isOld = isOvertaken(since: moment)
      let age = labels.ago(moment, now: model.now)
      let made = isOld ? labels("old: a run has ended since", "已旧：其后有运行结束") : labels("made \(age)", "\(age)生成")
      buffer.put(
        made, x: head.x + used + 2, y: head.y, width: max(0, head.width - used - 2),
        style: isOld ? Style(.warning, .bold) : Style(.muted), alignment: .right)
    }
    buffer.put(verdict(listing, glyphs: buffer.glyphs), x: head.x, y: head.y + 1, width: head.width)
    if head.height >= 3 { buffer.horizontalRule(x: head.x, y: head.y + 2, width: head.width) }
  }

  /// Whether a run that did more than look has ended after the plan was made.
  private func isOvertaken(since moment: Date) -> Bool {
    guard let last = model.selectedRow?.status.lastRun, !last.record.isRehearsal else { return false }
    return last.result.endedAt > moment
  }

  private func verdict(_ listing: PreviewListing, glyphs: Glyphs) -> StyledLine {
    let (bytes, files) = (Figures.size(listing.summary.bytes), labels.files(listing.summary.files))
    var line = StyledLine(labels("\(bytes) in \(files) to come", "将传来 \(files)，\(bytes)"))
    let freed = Figures.size(listing.summary.retention?.expiredBytes ?? 0)
    if !listing.expired.isEmpty { line.add(labels(", \(freed) freed", "，释放 \(freed)")) }
    if !listing.summary.heldBack.isEmpty {
      line.add("   \(glyphs.refused) " + labels("held back by the guard", "被保护限额阻止"), Style(.bad, .bold))
    } else if let fit = listing.summary.fit {
      let (free, kept) = (Figures.size(fit.free.bytes), fit.reserve)
      if fit.fits {
        line.add("   \(glyphs.check) " + labels("fits, \(free) free", "放得下，可用 \(free)"), .good)
      } else {
        let text = labels("does not fit: \(free) free, \(kept) of it stay", "放不下：可用 \(free)，其中保留 \(kept)")
        line.add("   \(glyphs.cross) " + text, Style(.bad, .bold))
      }
    }
    let filter = listing.filter
    if !filter.isEmpty { line.add(labels("   matching \"\(filter)\"", "   符合“\(filter)”"), .accent) }
    return line
  }

  private func drawRow(
    _ listing: PreviewListing, _ row: PreviewListing.Row, y: Int, into buffer: inout ScreenBuffer
  ) {
    switch row {
    case .group(let index):
      let group = listing.groups[index]
      let isFolded = listing.folded.contains(index) && listing.filter.isEmpty
      put(
        fold(isFolded, buffer.glyphs), group.directory + "/", sums(group), heading: true, y: y, into: &buffer)
    case .expiryHeading:
      let cutoff = listing.summary.retention?.cutoff.map { labels(", older than \($0)", "，早于 \($0)") } ?? ""
      put(
        fold(listing.isExpiryFolded && listing.filter.isEmpty, buffer.glyphs),
        labels("Retention will delete\(cutoff)", "保留期将删除\(cutoff)"),
        StyledLine(
          "x\(listing.expired.count)  \(Figures.size(listing.summary.retention?.expiredBytes ?? 0))", .warning),
        heading: true, y: y, into: &buffer)
    case .change(let index):
      let change = listing.changes[index]
      let look = ChangeLook(change.kind)
      let isSized = change.kind == .create || change.kind == .update
      put(
        Entry(
          sign: look.sign, role: look.role,
          name: change.path.split(separator: "/").last.map(String.init) ?? change.path,
          nameRole: look.nameRole, detail: isSized ? Figures.size(change.bytes) : look.word.text(labels.language)),
        y: y, into: &buffer)
    case .expired(let index):
      let directory = listing.expired[index]
      let detail = "\(labels.files(directory.files))  \(Figures.size(directory.bytes))"
      put(Entry(sign: "x", role: .warning, name: directory.name, detail: detail), y: y, into: &buffer)
    }
  }

  /// A line below a heading.
  private struct Entry {
    var sign: String
    var role: ColorRole
    var name: String
    var nameRole = ColorRole.standard
    var detail: String
  }

  private func put(_ entry: Entry, y: Int, into buffer: inout ScreenBuffer) {
    buffer.put("  \(entry.sign)", x: area.x, y: y, width: 4, style: Style(entry.role, .bold))
    // On a narrow screen the name is worth more than its size.
    let detailWidth = area.width >= 36 ? max(9, CharacterWidth.of(entry.detail)) : 0
    buffer.put(
      entry.name, x: area.x + 4, y: y, width: max(0, area.width - 5 - detailWidth), style: Style(entry.nameRole),
      ellipsis: .middle)
    buffer.put(
      entry.detail, x: area.right - detailWidth, y: y, width: detailWidth, style: Style(.muted), alignment: .right)
  }

  private func fold(_ isFolded: Bool, _ glyphs: Glyphs) -> String {
    if glyphs.isASCII { return isFolded ? ">" : "v" }
    return isFolded ? "▸" : "▾"
  }

  private func put(
    _ fold: String, _ text: String, _ sums: StyledLine, heading: Bool, y: Int, into buffer: inout ScreenBuffer
  ) {
    let width = area.width
    let sumsWidth = min(sums.columns, width / 2)
    buffer.put(fold, x: area.x, y: y, width: 2, style: Style(.muted))
    buffer.put(
      text, x: area.x + 2, y: y, width: max(0, width - 3 - sumsWidth), style: Style(.heading, .bold), ellipsis: .middle)
    buffer.put(sums, x: area.x + width - sumsWidth, y: y, width: sumsWidth)
  }

  private func sums(_ group: PreviewListing.Group) -> StyledLine {
    var line = StyledLine()
    if group.created > 0 { line.add("+\(TextFormat.grouped(group.created))  ", .good) }
    if group.updated > 0 { line.add("~\(TextFormat.grouped(group.updated))  ", .info) }
    if group.deleted > 0 { line.add("-\(TextFormat.grouped(group.deleted))  ", .bad) }
    if group.touched > 0, group.isQuiet {
      line.add("=\(TextFormat.grouped(group.touched))  ", .muted)
      line.add(RunLine.padded(labels("times", "时间"), 8, isRight: true), .muted)
    }
    if group.members.isEmpty { line.add(labels("directory only", "仅目录"), .muted) }
    if group.bytes > 0 { line.add(RunLine.padded(Figures.size(group.bytes), 8, isRight: true), .standard) }
    return line
  }
}
