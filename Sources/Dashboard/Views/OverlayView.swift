import SluiceCore
import TerminalUI

/// The dialog over the screen.
struct OverlayView {
  let model: DashboardModel

  /// Draws the dialog and returns the place of the cursor where something is typed.
  @discardableResult
  func draw(into buffer: inout ScreenBuffer) -> CursorPlace? {
    switch model.overlay {
    case nil: return nil
    case .help(let page): return HelpView(model: model, page: page).draw(into: &buffer)
    case .palette(let palette): return PaletteView(model: model, palette: palette).draw(into: &buffer)
    case .said(let list): SaidView(model: model, list: list).draw(into: &buffer)
    case .commands(let list): CommandListView(model: model, list: list).draw(into: &buffer)
    case .question(let question): draw(question, into: &buffer)
    case .cleanup(let dialog): return CleanupView(model: model, dialog: dialog).draw(into: &buffer)
    case .forcedSync(let dialog): return ForcedSyncView(model: model, dialog: dialog).draw(into: &buffer)
    case .bandwidth(let dialog): return draw(dialog, into: &buffer)
    case .acknowledge(let dialog): return draw(dialog, into: &buffer)
    case .themes(let chooser): draw(chooser, into: &buffer)
    case .columns(let chooser): ColumnChooserView(model: model, chooser: chooser).draw(into: &buffer)
    case .asked(let dialog):
      return TextDialogView(dialog: dialog, labels: model.labels, now: model.clock).draw(into: &buffer)
    case .text(let shown): ShownTextView(shown: shown, labels: model.labels).draw(into: &buffer)
    }
    return nil
  }

  /// Whether something is typed into the dialog.
  var takesText: Bool {
    switch model.overlay {
    case .help, .palette, .bandwidth, .forcedSync, .acknowledge, .asked: true
    case .cleanup(let dialog): dialog.wordToType(model.settings.guardLimits) != nil
    case nil, .question, .said, .commands, .themes, .columns, .text: false
    }
  }

  /// Whether what lies below steps back, because the answer matters.
  var isGrave: Bool {
    switch model.overlay {
    case .question, .cleanup, .forcedSync: true
    case nil, .help, .palette, .said, .commands, .bandwidth, .acknowledge, .themes, .columns, .asked,
      .text:
      false
    }
  }

  /// Clears room for a dialog in the middle of the screen, frames it, and returns the room inside.
  static func frame(
    title: String, width: Int, height: Int, role: ColorRole = .accent, note: String = "",
    into buffer: inout ScreenBuffer
  ) -> Rect {
    let outerWidth = min(buffer.width, width + 4)
    let outerHeight = min(buffer.height, height + 2)
    let area = Rect(
      x: (buffer.width - outerWidth) / 2, y: (buffer.height - outerHeight) / 2, width: outerWidth, height: outerHeight)
    // A blank column on each side keeps what lies below from touching the frame.
    buffer.fill(Rect(x: area.x - 1, y: area.y, width: area.width + 2, height: area.height))
    // Without room for a frame the words alone are worth more.
    guard area.height >= 4, area.width >= 12 else { return area }
    buffer.box(area, title: title, note: note, style: Style(role), titleStyle: Style(role, .bold))
    return area.inset(horizontal: 2, vertical: 1)
  }

  private func draw(_ question: Question, into buffer: inout ScreenBuffer) {
    let (title, text, role): (String, String, ColorRole) = words(question)
    let width = min(64, max(8, buffer.width - 6))
    let lines = TextWrap.lines(text, width: width)
    let area = Self.frame(title: title, width: width, height: lines.count + 2, role: role, into: &buffer)
    for (index, line) in lines.enumerated() where index < area.height {
      buffer.put(line, x: area.x, y: area.y + index, width: area.width)
    }
    let quit = model.keymap.keyName(for: .quit)
    let yes = question == .quit ? model.labels("\(quit) or y", "\(quit) 或 y") : "y"
    let answer = Self.answers([(yes, verb(question)), ("esc", model.labels[.goBack])])
    buffer.put(answer, x: area.x, y: area.bottom - 1, width: area.width)
  }

  private func verb(_ question: Question) -> String {
    switch question {
    case .stop: model.labels("stop", "停止")
    case .withdraw: model.labels("take back", "撤回")
    case .apply: model.labels("sync", "同步")
    case .retry: model.labels("sync all", "全部同步")
    case .quit: model.labels("quit", "退出")
    }
  }

  /// The keys that answer, as the footer shows keys.
  static func answers(_ keys: [(key: String, label: String)]) -> StyledLine {
    var line = StyledLine()
    for key in keys {
      line.add(key.key, Style(.accent, .bold))
      line.add(" \(key.label)   ")
    }
    return line
  }

  private static func runs(_ names: [String]) -> String {
    names.count == 1 ? "the run of \(names[0])" : "the runs of \(names.joined(separator: ", "))"
  }

  private func words(_ question: Question) -> (String, String, ColorRole) {
    switch question {
    case .stop(let runs):
      let names = runs.map(\.profile)
      let text = model.labels(
        "Stop \(Self.runs(names))? What has arrived is kept; the next sync goes on from there.",
        "停止 \(Chinese.all(names)) 的运行？已到达的内容会保留，下次同步从那里继续。")
      return (model.labels("Stop", "停止"), text, .warning)
    case .withdraw(let names):
      let reasons = names.compactMap { model.row(named: $0)?.status.acknowledgement?.reason }
      let was = names.count == 1 ? reasons.first.map { " (\($0))" } ?? "" : ""
      let text = model.labels(
        "Take back that this is known\(was)? Then the failure of \(names.joined(separator: ", ")) shows again.",
        "不再视为已知\(was)？\(Chinese.all(names)) 的失败将重新显示。")
      return (model.labels("Known", "已知"), text, .warning)
    case .apply(let request):
      return (
        model.labels("Apply", "应用"), model.page(PreviewPage.self).confirmation(of: request, model.labels), .accent
      )
    case .retry(let requests):
      let names = requests.map(\.profile).joined(separator: ", ")
      let text = model.labels(
        "Sync \(TextFormat.counted(requests.count, "profile")) that did not end well? \(names)",
        "同步未正常结束的 \(TextFormat.grouped(requests.count)) 个配置项？\(names)")
      return (model.labels("Retry", "重试"), text, .accent)
    case .quit:
      let running = model.rows.filter { $0.liveRun != nil }.count
      let waiting = model.launches.waiting.count
      let goingOn = model.labels(
        "\(TextFormat.counted(running, "run goes", "runs go")) on without the dashboard.", "\(running) 个运行将在面板之外继续。")
      let notBegun = model.labels(
        "\(TextFormat.counted(waiting, "queued run has", "queued runs have")) not begun and will not.",
        "\(waiting) 个排队的运行尚未开始，也不会开始。")
      let parts = (running > 0 ? [goingOn] : []) + (waiting > 0 ? [notBegun] : [])
      // All may have ended while the question was open.
      let none = model.labels("No run goes on any more.", "已没有运行在进行。")
      return (model.labels("Quit", "退出"), parts.isEmpty ? none : parts.joined(separator: " "), .accent)
    }
  }

  private func draw(_ dialog: BandwidthDialog, into buffer: inout ScreenBuffer) -> CursorPlace {
    let runs = dialog.runs.count
    let whom =
      runs == 1 ? dialog.runs[0].profile : model.labels(Figures.count(runs, "run"), "\(runs) 个运行")
    let area = Self.frame(title: model.labels("Limit \(whom)", "限速 \(whom)"), width: 62, height: 4, into: &buffer)
    let label = "KB/s:"
    buffer.put(label, x: area.x, y: area.y, width: area.width, style: Style(.accent, .bold))
    let x = dialog.field.draw(
      in: &buffer, x: area.x + label.count + 1, y: area.y, width: max(0, area.width - label.count - 1),
      placeholder: model.labels("no limit", "不限速"))
    let cursor = CursorPlace(x: x, y: area.y)
    guard area.height >= 3 else { return cursor }
    let most = TextFormat.grouped(BandwidthLimit.range.upperBound)
    let (hint, isWrong) =
      switch dialog.limit(now: model.clock) {
      case .success:
        (
          model.labels(
            "This run; or `2M for 30m`, `2M until 06:00`; 0 lifts it.", "仅限此运行；或 `2M for 30m`、`2M until 06:00`；0 解除。"),
          false
        )
      case .failure(.noRate):
        (model.labels("A rate, please: 500 (KB/s), 2M, off, auto.", "请输入速率：500（KB/s）、2M、off、auto。"), true)
      case .failure(.noSpan):
        (model.labels("Please write `for 30m` or `until 06:00` behind it.", "其后请写 `for 30m` 或 `until 06:00`。"), true)
      case .failure(.tooGreat):
        (model.labels("At most \(most) KB/s; 0 lifts the limit.", "至多 \(most) KB/s；0 解除限速。"), true)
      }
    buffer.put(hint, x: area.x, y: area.y + 1, width: area.width, style: Style(isWrong ? .warning : .muted))
    buffer.put(
      Self.answers([("enter", model.labels("set", "设定")), ("esc", model.labels[.goBack])]), x: area.x,
      y: area.bottom - 1, width: area.width)
    return cursor
  }

  private func draw(_ dialog: AcknowledgeDialog, into buffer: inout ScreenBuffer) -> CursorPlace {
    let names = dialog.failures.keys.sorted()
    let whom = names.count == 1 ? names[0] : model.labels.profiles(names.count)
    let area = Self.frame(title: model.labels("Known: \(whom)", "已知：\(whom)"), width: 64, height: 5, into: &buffer)
    let label = model.labels("Because:", "原因：")
    buffer.put(label, x: area.x, y: area.y, width: area.width, style: Style(.accent, .bold))
    let x = dialog.reason.draw(
      in: &buffer, x: area.x + CharacterWidth.of(label) + 1, y: area.y,
      width: max(0, area.width - CharacterWidth.of(label) - 1), placeholder: model.labels("the reason", "填写原因"))
    let cursor = CursorPlace(x: x, y: area.y)
    guard area.height >= 4 else { return cursor }
    let hint = model.labels(
      "Holds for a week, or until it fails in another way; check still names it.", "有效一周，或直到以其他方式失败；check 仍会列出。")
    for (index, line) in TextWrap.lines(hint, width: area.width).prefix(area.height - 2).enumerated() {
      buffer.put(line, x: area.x, y: area.y + 1 + index, width: area.width, style: Style(.muted))
    }
    buffer.put(
      Self.answers([("enter", model.labels("keep", "保存")), ("esc", model.labels[.goBack])]), x: area.x,
      y: area.bottom - 1, width: area.width)
    return cursor
  }

  private func draw(_ chooser: ThemeChooser, into buffer: inout ScreenBuffer) {
    let width = min(40, max(26, chooser.names.reduce(0) { max($0, CharacterWidth.of($1) + 2) }))
    let area = Self.frame(
      title: model.labels[.themes], width: width, height: min(chooser.names.count, 14) + 2,
      note: model.labels("seen at once", "即时预览"),
      into: &buffer)
    let (list, foot) = area.splitBottom(area.height >= 4 ? 2 : 0)
    var place = chooser.place
    place.update(count: chooser.names.count, height: list.height)
    for index in place.visible {
      let y = list.y + index - place.offset
      let mark = chooser.names[index] == chooser.original ? buffer.glyphs.bullet : " "
      buffer.put("\(mark) \(chooser.names[index])", x: list.x, y: y, width: list.width)
      if index == place.selection { buffer.select(Rect(x: list.x, y: y, width: list.width, height: 1)) }
    }
    buffer.scrollBar(place, beside: list, framed: area.width < buffer.width && area.height >= 2)
    if !foot.isEmpty {
      buffer.put(
        Self.answers([("enter", model.labels("keep", "保存")), ("esc", model.labels[.goBack])]), x: foot.x,
        y: foot.bottom - 1, width: foot.width)
    }
  }
}
