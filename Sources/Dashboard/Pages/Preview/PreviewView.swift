import FoundationEssentials
import SluiceCore
import TerminalUI

/// What a sync would do: its sums, and every entry under its directory.
struct PreviewView {
  let page: PreviewPage
  let model: DashboardModel
  let area: Rect

  func draw(into buffer: inout ScreenBuffer) {
    guard let listing = page.listing else {
      drawNothing(into: &buffer)
      return
    }
    let room = page.room(in: area)
    drawSums(listing, in: room.head, into: &buffer)
    guard !listing.rows.isEmpty else {
      let text =
        listing.filter.isEmpty ? "Source and lake agree: nothing to do." : "Nothing matches \"\(listing.filter)\"."
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
        "The preview comes when the source has been listed.", x: area.x, y: area.y + used, width: area.width,
        style: Style(.muted))
      return
    }
    buffer.put("No dry run of \(row.name) yet.", x: area.x, y: area.y, width: area.width)
    guard area.height >= 2 else { return }
    buffer.put(
      "\(dryRun) lists what a sync would bring, change and delete; nothing is touched.",
      x: area.x, y: area.y + 1, width: area.width, style: Style(.muted))
  }

  private func drawSums(_ listing: PreviewListing, in head: Rect, into buffer: inout ScreenBuffer) {
    var line = StyledLine("+\(TextFormat.grouped(listing.created)) new", Style(.good, .bold))
    line.add("  ~\(TextFormat.grouped(listing.updated)) changed", Style(.info, .bold))
    let deletions = listing.summary.deletions
    line.add("  -\(TextFormat.grouped(deletions)) deleted", Style(deletions > 0 ? .bad : .muted, .bold))
    let expired = listing.expired.count
    line.add("  x\(TextFormat.grouped(expired)) expire", Style(expired > 0 ? .warning : .muted, .bold))
    let used = buffer.put(line, x: head.x, y: head.y, width: head.width)
    guard head.height >= 2 else { return }
    if let moment = listing.moment {
      let isOld = isOvertaken(since: moment)
      let made = isOld ? "old: a run has ended since" : "made \(Figures.ago(moment, now: model.now))"
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
    var line = StyledLine(
      "\(Figures.size(listing.summary.bytes)) in \(Figures.count(listing.summary.files, "file")) to come")
    if !listing.expired.isEmpty { line.add(", \(Figures.size(listing.summary.retention?.expiredBytes ?? 0)) freed") }
    if !listing.summary.heldBack.isEmpty {
      line.add("   \(glyphs.refused) held back by the guard", Style(.bad, .bold))
    } else if let fit = listing.summary.fit {
      let free = Figures.size(fit.free.bytes)
      if fit.fits {
        line.add("   \(glyphs.check) fits, \(free) free", .good)
      } else {
        line.add("   \(glyphs.cross) does not fit: \(free) free, \(fit.reserve) of it stay", Style(.bad, .bold))
      }
    }
    if !listing.filter.isEmpty { line.add("   matching \"\(listing.filter)\"", .accent) }
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
      let cutoff = listing.summary.retention?.cutoff.map { ", older than \($0)" } ?? ""
      put(
        fold(listing.isExpiryFolded && listing.filter.isEmpty, buffer.glyphs), "Retention will delete\(cutoff)",
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
          nameRole: look.nameRole, detail: isSized ? Figures.size(change.bytes) : look.word), y: y, into: &buffer)
    case .expired(let index):
      let directory = listing.expired[index]
      let detail = "\(Figures.count(directory.files, "file"))  \(Figures.size(directory.bytes))"
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
      line.add(RunLine.padded("times", 8, isRight: true), .muted)
    }
    if group.members.isEmpty { line.add("directory only", .muted) }
    if group.bytes > 0 { line.add(RunLine.padded(Figures.size(group.bytes), 8, isRight: true), .standard) }
    return line
  }
}
