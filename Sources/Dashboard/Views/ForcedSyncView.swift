import SluiceCore
import TerminalUI

/// Asks before a sync that the guard holds back: what it would do, why it is held back, and for the profile's name.
struct ForcedSyncView {
  let model: DashboardModel
  let dialog: ForcedSyncDialog

  func draw(into buffer: inout ScreenBuffer) -> CursorPlace? {
    let name = dialog.request.profile
    let width = min(70, max(8, buffer.width - 6))
    let question = model.page(PreviewPage.self).confirmation(of: dialog.request, model.labels)
    let plan = TextWrap.lines(question, width: width)
    let reasons = dialog.reasons.flatMap { TextWrap.lines($0, width: width) }
    let area = OverlayView.frame(
      title: model.labels("Apply", "应用"), width: width, height: plan.count + reasons.count + 4, role: .bad,
      into: &buffer)
    let (text, foot) = area.splitBottom(min(2, area.height))
    // With little room the guard's reasons are worth more than what was on the screen before.
    let shown = text.height > plan.count + reasons.count ? plan + [""] + reasons : reasons
    for (index, line) in shown.prefix(text.height).enumerated() {
      let isReason = shown.count == reasons.count || index > plan.count
      buffer.put(line, x: text.x, y: text.y + index, width: text.width, style: isReason ? Style(.warning) : .plain)
    }
    return drawFoot(name, in: foot, into: &buffer)
  }

  private func drawFoot(_ name: String, in foot: Rect, into buffer: inout ScreenBuffer) -> CursorPlace? {
    guard foot.height >= 2 else { return nil }
    let keys = OverlayView.answers([
      ("enter", model.labels("sync all the same", "仍然同步")), ("esc", model.labels[.goBack]),
    ])
    buffer.put(keys, x: foot.x, y: foot.y + 1, width: foot.width)
    if let message = model.message, message.tone == .bad {
      let used = keys.columns
      buffer.put(
        message.text, x: foot.x + used, y: foot.y + 1, width: max(0, foot.width - used), style: Style(.warning))
    }
    return buffer.put(typedName: name, dialog.typed, model.labels, x: foot.x, y: foot.y, width: foot.width)
  }
}

extension ScreenBuffer {
  /// Draws the line a profile's name is typed on, and returns where the typing goes on.
  mutating func put(
    typedName name: String, _ field: TextField, _ labels: Labels, x: Int, y: Int, width: Int
  ) -> CursorPlace {
    let used = put(labels("Type \(name):", "请输入 \(name)："), x: x, y: y, width: width, style: Style(.accent, .bold))
    let cursor = field.draw(in: &self, x: x + used + 1, y: y, width: max(0, width - used - 1))
    return CursorPlace(x: cursor, y: y)
  }
}
