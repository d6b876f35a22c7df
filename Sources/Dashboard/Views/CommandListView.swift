import SluiceCore
import TerminalUI

/// The programs a run has started, each by what for; the one under the cursor is shown whole.
struct CommandListView {
  let model: DashboardModel
  let list: CommandList

  func draw(into buffer: inout ScreenBuffer) {
    let commands = list.commands ?? []
    let width = max(8, buffer.width - 6)
    let text = TextWrap.filled(list.selected?.line ?? "", width: width)
    let area = OverlayView.frame(
      title: "\(model.labels[.commands]): \(list.profile)", width: width,
      height: min(buffer.height - 2, max(1, commands.count) + text.count + 3), note: list.run.text, into: &buffer)
    guard list.commands != nil else {
      let text = model.labels("The run's journal is being read.", "正在读取该运行的日志。")
      buffer.put(text, x: area.x, y: area.y, width: area.width, style: Style(.muted))
      return
    }
    let (head, below) = area.splitTop(min(commands.count, max(1, area.height / 3)))
    var place = list.place
    place.update(count: commands.count, height: head.height)
    for index in place.visible {
      let y = head.y + index - place.offset
      buffer.put(commands[index].purpose, x: head.x, y: y, width: head.width)
      if index == place.selection { buffer.select(Rect(x: head.x, y: y, width: head.width, height: 1)) }
    }
    let (body, foot) = below.splitBottom(below.height >= 3 ? 2 : 0)
    for (index, line) in text.prefix(max(0, body.height - 1)).enumerated() {
      buffer.put(line, x: body.x, y: body.y + 1 + index, width: body.width, ellipsis: .none)
    }
    guard !foot.isEmpty else { return }
    let keys = [
      (model.keymap.keyName(for: .copy), model.labels("copies it whole", "完整复制")), ("esc", model.labels[.goBack]),
    ]
    buffer.put(OverlayView.answers(keys), x: foot.x, y: foot.bottom - 1, width: foot.width)
  }
}
