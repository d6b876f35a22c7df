import Foundation
import SluiceCore
import TerminalUI

/// What a sync would do: its sums, and every entry under its directory.
struct PreviewPageView {
  let model: DashboardModel
  let area: Rect

  func draw(into buffer: inout ScreenBuffer) {
    guard let slot = model.preview, slot.profile == model.selectedName, let page = slot.page else {
      drawNothing(into: &buffer)
      return
    }
    let room = PageRoom(model, area)
    drawSums(page, in: room.head, into: &buffer)
    guard !page.rows.isEmpty else {
      let text = page.filter.isEmpty ? "Source and lake agree: nothing to do." : "Nothing matches \"\(page.filter)\"."
      buffer.put(text, x: area.x, y: room.list.y, width: area.width, style: Style(page.filter.isEmpty ? .good : .muted))
      return
    }
    var place = page.place
    place.update(count: page.rows.count, height: room.list.height)
    for index in place.visible {
      drawRow(
        page, page.rows[index], isSelected: index == place.selection && model.focus == .pane,
        y: room.list.y + index - place.offset, into: &buffer)
    }
    buffer.scrollBar(place, beside: room.list, framed: model.isFramed)
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

  private func drawSums(_ page: PreviewPage, in head: Rect, into buffer: inout ScreenBuffer) {
    var line = StyledLine("+\(TextFormat.grouped(page.created)) new", Style(.good, .bold))
    line.add("  ~\(TextFormat.grouped(page.updated)) changed", Style(.info, .bold))
    let deletions = page.summary.deletions
    line.add("  -\(TextFormat.grouped(deletions)) deleted", Style(deletions > 0 ? .bad : .muted, .bold))
    let expired = page.expired.count
    line.add("  x\(TextFormat.grouped(expired)) expire", Style(expired > 0 ? .warning : .muted, .bold))
    let used = buffer.put(line, x: head.x, y: head.y, width: head.width)
    guard head.height >= 2 else { return }
    if let moment = page.moment {
      let isOld = isOvertaken(since: moment)
      let made = isOld ? "old: a run has ended since" : "made \(Figures.ago(moment, now: model.now))"
      buffer.put(
        made, x: head.x + used + 2, y: head.y, width: max(0, head.width - used - 2),
        style: isOld ? Style(.warning, .bold) : Style(.muted), alignment: .right)
    }
    buffer.put(verdict(page, glyphs: buffer.glyphs), x: head.x, y: head.y + 1, width: head.width)
    if head.height >= 3 { buffer.horizontalRule(x: head.x, y: head.y + 2, width: head.width) }
  }

  /// Whether a run that did more than look has ended after the plan was made.
  private func isOvertaken(since moment: Date) -> Bool {
    guard let last = model.selectedRow?.status.lastRun, !last.record.isRehearsal else { return false }
    return last.result.endedAt > moment
  }

  private func verdict(_ page: PreviewPage, glyphs: Glyphs) -> StyledLine {
    var line = StyledLine("\(Figures.size(page.summary.bytes)) in \(Figures.count(page.summary.files, "file")) to come")
    if !page.expired.isEmpty { line.add(", \(Figures.size(page.summary.retention?.expiredBytes ?? 0)) freed") }
    let reserve = model.settings.guardLimits.minFree
    let free = Figures.size(page.summary.freeBytes ?? 0)
    switch page.fits(reserve: reserve) {
    case true?: line.add("   \(glyphs.check) fits, \(free) free", .good)
    case false?: line.add("   \(glyphs.cross) does not fit: \(free) free, \(reserve) of it stay", Style(.bad, .bold))
    case nil: break
    }
    if !page.filter.isEmpty { line.add("   matching \"\(page.filter)\"", .accent) }
    return line
  }

  private func drawRow(
    _ page: PreviewPage, _ row: PreviewPage.Row, isSelected: Bool, y: Int, into buffer: inout ScreenBuffer
  ) {
    let width = area.width
    switch row {
    case .group(let index):
      let group = page.groups[index]
      let isFolded = page.folded.contains(index) && page.filter.isEmpty
      put(
        fold(isFolded, buffer.glyphs), group.directory + "/", sums(group), heading: true, y: y, into: &buffer)
    case .expiryHeading:
      let cutoff = page.summary.retention?.cutoff.map { ", older than \($0)" } ?? ""
      put(
        fold(page.isExpiryFolded && page.filter.isEmpty, buffer.glyphs), "Retention will delete\(cutoff)",
        StyledLine("x\(page.expired.count)  \(Figures.size(page.summary.retention?.expiredBytes ?? 0))", .warning),
        heading: true, y: y, into: &buffer)
    case .change(let index):
      let change = page.changes[index]
      let look = ChangeLook(change.kind)
      let isSized = change.kind == .create || change.kind == .update
      put(
        Entry(
          sign: look.sign, role: look.role,
          name: change.path.split(separator: "/").last.map(String.init) ?? change.path,
          nameRole: look.nameRole, detail: isSized ? Figures.size(change.bytes) : look.word), y: y, into: &buffer)
    case .expired(let index):
      let directory = page.expired[index]
      let detail = "\(Figures.count(directory.files, "file"))  \(Figures.size(directory.bytes))"
      put(Entry(sign: "x", role: .warning, name: directory.name, detail: detail), y: y, into: &buffer)
    }
    if isSelected { buffer.select(Rect(x: area.x, y: y, width: width, height: 1)) }
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

  private func sums(_ group: PreviewPage.Group) -> StyledLine {
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

/// How an entry of a plan or a file list looks: a sign first, a colour second.
struct ChangeLook {
  let sign: String
  let word: String
  let role: ColorRole

  init(_ kind: FileChange.Kind) {
    (sign, word, role) =
      switch kind {
      case .create: ("+", "new", .good)
      case .update: ("~", "changed", .info)
      case .delete: ("-", "deleted", .bad)
      case .directory: ("/", "directory", .muted)
      case .link: ("@", "link", .muted)
      case .attributes: ("=", "times", .muted)
      }
  }

  var nameRole: ColorRole { role == .muted ? .muted : .standard }
}

extension ScreenBuffer {
  /// Shows a line as the one under the cursor.
  mutating func select(_ line: Rect) {
    restyle(line) { Style(.selectionText, on: .selectionBackground, $0.attributes) }
  }
}
