import SluiceCore
import TerminalUI

/// Asks before a cleanup: everything that goes, by name, and what that frees.
struct CleanupView {
  let model: DashboardModel
  let dialog: CleanupDialog

  func draw(into buffer: inout ScreenBuffer) -> CursorPlace? {
    guard dialog.isPlanned else {
      let area = OverlayView.frame(title: title, width: 44, height: 3, into: &buffer)
      let working = model.labels("Working out what is past its retention", "正在计算超出保留期的内容")
      buffer.put(working, x: area.x, y: area.y, width: area.width)
      buffer.put(
        OverlayView.answers([("esc", model.labels[.goBack])]), x: area.x, y: area.bottom - 1, width: area.width)
      return nil
    }
    let limits = model.settings.guardLimits
    let going = dialog.directories(limits)
    let word = dialog.wordToType(limits)
    let leftOut = dialog.leftOut(limits)
    let extra = (word == nil ? 0 : 2) + (leftOut.isEmpty ? 0 : 1)
    let area = OverlayView.frame(
      title: title, width: min(76, max(8, buffer.width - 6)), height: min(going.count, 14) + 5 + extra, role: .bad,
      into: &buffer)
    let (head, below) = area.splitTop(area.height >= 7 ? 3 : 1)
    let (list, foot) = below.splitBottom(min(2 + extra, max(1, below.height - 1)))
    drawHead(going.map(\.directory), in: head, into: &buffer)
    var place = dialog.place
    place.update(count: going.count, height: list.height)
    for index in place.visible {
      draw(going[index].directory, of: going[index].profile, y: list.y + index - place.offset, in: list, into: &buffer)
    }
    buffer.scrollBar(place, beside: list, framed: area.width < buffer.width)
    return drawFoot(word: word, leftOut: leftOut, in: foot, into: &buffer)
  }

  private var title: String { model.labels("Cleanup", "清理") }

  private var keepKey: (String, String) { ("esc", model.labels("keep everything", "全部保留")) }

  /// Why a plain yes will not do: the guard counts directories, however little is in them.
  private var guarded: String {
    let plan = dialog.profiles.first.flatMap { dialog.plans[$0] }
    let (going, present) = (plan?.expired.count ?? 0, plan?.presentCount() ?? 0)
    let percent = model.settings.guardLimits.maxDeletePercent
    let goingText = TextFormat.grouped(going)
    return model.labels(
      "\(goingText) of \(Figures.count(present, "dated directory")): more than the guard's \(percent)%.",
      "\(TextFormat.grouped(present)) 个日期目录中的 \(goingText) 个：超出保护限额 \(percent)%。")
  }

  private func drawHead(_ going: [ExpiredDirectory], in head: Rect, into buffer: inout ScreenBuffer) {
    let files = going.reduce(0) { $0 + $1.files }
    let bytes = going.reduce(0) { $0 + $1.bytes }
    let delete = model.labels(
      "Delete \(Figures.count(going.count, "directory"))", "删除 \(TextFormat.grouped(going.count)) 个目录")
    var line = StyledLine(delete, Style(.bad, .bold))
    let comma = model.labels.comma
    line.add("\(comma)\(model.labels.files(files))\(comma)\(Figures.size(bytes))")
    buffer.put(line, x: head.x, y: head.y, width: head.width)
    guard head.height >= 2, dialog.profiles.count == 1, let name = dialog.profiles.first,
      let cutoff = dialog.plans[name]?.cutoff
    else { return }
    let whose = model.labels("of \(name), dated before \(cutoff)", "\(name)，日期早于 \(cutoff)")
    buffer.put(whose, x: head.x, y: head.y + 1, width: head.width, style: Style(.muted))
  }

  private func draw(
    _ directory: ExpiredDirectory, of profile: String, y: Int, in list: Rect, into buffer: inout ScreenBuffer
  ) {
    let width = list.width - 1
    let name = dialog.profiles.count == 1 ? directory.name : "\(profile)/\(directory.name)"
    buffer.put(name, x: list.x, y: y, width: max(0, width - 24), ellipsis: .middle)
    let detail =
      RunLine.padded(model.labels.files(directory.files), 12, isRight: true)
      + RunLine.padded(Figures.size(directory.bytes), 10, isRight: true)
    buffer.put(detail, x: list.x + width - 22, y: y, width: 22, style: Style(.muted), alignment: .right)
  }

  private func drawFoot(
    word: String?, leftOut: [String], in foot: Rect, into buffer: inout ScreenBuffer
  ) -> CursorPlace? {
    var y = foot.bottom - 1
    guard y >= foot.y else { return nil }
    guard let word else {
      buffer.put(
        OverlayView.answers([("y", model.labels("delete", "删除")), keepKey]), x: foot.x, y: y, width: foot.width)
      if !leftOut.isEmpty, y > foot.y {
        y -= 1
        let text = model.labels(
          "Left out, more than the guard allows: \(leftOut.joined(separator: ", "))",
          "未包括，超出保护限额：\(Chinese.all(leftOut))")
        buffer.put(text, x: foot.x, y: y, width: foot.width, style: Style(.warning))
      }
      return nil
    }
    buffer.put(
      OverlayView.answers([("enter", model.labels("delete", "删除")), keepKey]), x: foot.x, y: y, width: foot.width)
    let cursor = buffer.put(
      typedName: word, dialog.typed, model.labels, x: foot.x, y: y - 1, width: foot.width)
    guard y - 2 >= foot.y else { return cursor }
    let text = model.message?.text ?? guarded
    buffer.put(text, x: foot.x, y: y - 2, width: foot.width, style: Style(.warning))
    return cursor
  }
}
