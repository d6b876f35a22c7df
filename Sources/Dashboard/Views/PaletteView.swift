import SluiceCore
import TerminalUI

/// A list of deeds with their keys; of what cannot be done now it says why.
struct PaletteView {
  let model: DashboardModel
  let palette: Palette

  /// Lines of room for the list: the screen without frame, margins, what is typed, and the reason below.
  static func listHeight(_ model: DashboardModel, _ palette: Palette) -> Int {
    max(1, min(palette.entries.count, model.height - 8))
  }

  func draw(into buffer: inout ScreenBuffer) -> CursorPlace {
    let area = OverlayView.frame(
      title: title, width: min(84, buffer.width - 4), height: Self.listHeight(model, palette) + 4, note: note,
      into: &buffer)
    let (head, below) = area.splitTop(area.height >= 5 ? 2 : 1)
    let (list, foot) = below.splitBottom(below.height >= 4 ? 2 : 0)
    let label = "\(model.labels[.search]):"
    let used = buffer.put(label, x: head.x, y: head.y, width: head.width, style: Style(.accent, .bold))
    let x = palette.query.draw(
      in: &buffer, x: head.x + used + 1, y: head.y, width: head.width - used - 1,
      placeholder: model.labels("a few letters", "几个字母"))
    drawList(list, into: &buffer)
    drawFoot(foot, into: &buffer)
    return CursorPlace(x: x, y: head.y)
  }

  private var title: String {
    switch palette.subject {
    case .everything: model.labels[.palette]
    case .profile(let name): name
    case .copies(let name): "\(model.labels[.copies]): \(name)"
    }
  }

  /// What actions of the whole list would be done with.
  private var note: String {
    guard palette.subject == .everything else { return "" }
    let targets = palette.targets
    return targets.count == 1 ? targets[0] : targets.isEmpty ? "" : model.labels.profiles(targets.count)
  }

  private func drawList(_ list: Rect, into buffer: inout ScreenBuffer) {
    guard !palette.hits.isEmpty else {
      buffer.put(
        model.labels("Nothing is called so.", "没有这样的名称。"), x: list.x, y: list.y, width: list.width, style: Style(.muted)
      )
      return
    }
    var place = palette.place
    place.update(count: palette.hits.count, height: list.height)
    for index in place.visible {
      let y = list.y + index - place.offset
      draw(palette.hits[index], y: y, in: list, into: &buffer)
      if index == place.selection { buffer.select(Rect(x: list.x, y: y, width: list.width, height: 1)) }
    }
    buffer.scrollBar(place, beside: list, framed: list.width + 4 <= buffer.width)
  }

  private func draw(_ hit: Palette.Hit, y: Int, in list: Rect, into buffer: inout ScreenBuffer) {
    let entry = palette.entries[hit.entry]
    let obstacle = model.reasonAgainst(entry.deed, of: palette)
    let titleWidth = min(palette.titleWidth, list.width * 2 / 5)
    let keyWidth = 7
    let plain: Style = obstacle == nil ? .plain : Style(.muted)
    buffer.put(entry.title, x: list.x, y: y, width: titleWidth, style: plain)
    if hit.places.last ?? 0 < titleWidth - 1 { mark(hit.places, of: entry.title, y: y, in: list, into: &buffer) }
    let x = list.x + titleWidth + 2
    let room = list.right - keyWidth - x
    if room > 0 {
      buffer.put(
        obstacle?.words.text(model.labels.language) ?? entry.detail, x: x, y: y, width: room, style: Style(.muted))
    }
    buffer.put(
      entry.key, x: list.right - keyWidth, y: y, width: keyWidth,
      style: Style(obstacle == nil ? .accent : .muted, .bold),
      alignment: .right)
  }

  private func mark(_ places: [Int], of title: String, y: Int, in list: Rect, into buffer: inout ScreenBuffer) {
    guard !places.isEmpty, SafeText.isPlainASCII(title) else { return }
    for place in places {
      buffer.restyle(Rect(x: list.x + place, y: y, width: 1, height: 1)) {
        Style(.accent, on: $0.background, $0.attributes.union([.bold, .underline]))
      }
    }
  }

  private func drawFoot(_ foot: Rect, into buffer: inout ScreenBuffer) {
    guard !foot.isEmpty else { return }
    if let entry = palette.selected, let obstacle = model.reasonAgainst(entry.deed, of: palette) {
      let why = obstacle.words.text(model.labels.language)
      buffer.put(why, x: foot.x, y: foot.bottom - 1, width: foot.width, style: Style(.warning))
      return
    }
    buffer.put(
      OverlayView.answers([("enter", verb), ("esc", model.labels[.goBack])]), x: foot.x, y: foot.bottom - 1,
      width: foot.width)
  }

  private var verb: String {
    switch palette.selected?.deed {
    case .copy: model.labels("copies", "复制")
    default: model.labels("does it", "执行")
    }
  }
}
