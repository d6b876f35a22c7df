import FoundationEssentials
import SluiceCore
import TerminalUI

/// A dry run that ended without a list, as the Preview page tells it: when, why, and what next.
struct FailedDryRun {
  let run: PastRun
  let model: DashboardModel

  private var labels: Labels { model.labels }
  private var time: String { Figures.moment(run.record.startedAt, now: model.now) }
  private var problem: RunProblem? { run.result.problems.last }

  /// The rows it takes above the list of an older dry run: none where the list would have too few.
  static func rowsAboveList(in area: Rect) -> Int { area.height >= 10 ? 2 : area.height >= 6 ? 1 : 0 }

  /// Draws all of it, in place of a list.
  func draw(in area: Rect, into buffer: inout ScreenBuffer) {
    let ago = labels.ago(run.result.endedAt, now: model.now)
    let heading = labels("The dry run of \(time) \(ended.english), \(ago).", "\(time) 的试运行\(ended.chinese)（\(ago)）。")
    var rest = area
    put(heading, mark: buffer.glyphs.failure, Style(.bad, .bold), in: &rest, into: &buffer)
    if let problem { put(problem.message, mark: "", Style(.bad), in: &rest, into: &buffer) }
    if let advice = problem?.advice {
      put(advice, mark: buffer.glyphs.arrowRight, .plain, in: &rest, into: &buffer)
    }
    put(again, mark: "", Style(.muted), in: &rest, into: &buffer)
  }

  /// Draws it in a line or two above the list of an older dry run.
  func drawAboveList(in area: Rect, into buffer: inout ScreenBuffer) {
    guard !area.isEmpty else { return }
    var text = labels("The newer dry run of \(time) \(ended.english)", "\(time) 较新的试运行\(ended.chinese)")
    if let problem { text += labels(": \(problem.message)", "：\(problem.message)") }
    buffer.put(buffer.glyphs.failure, x: area.x, y: area.y, width: 2, style: Style(.bad, .bold))
    buffer.put(text, x: area.x + 2, y: area.y, width: max(0, area.width - 2), style: Style(.bad))
    guard area.height >= 2 else { return }
    buffer.put(buffer.glyphs.arrowRight, x: area.x, y: area.y + 1, width: 2, style: Style(.accent))
    // The key comes first: a long advice is cut.
    let next = [again, problem?.advice].compactMap(\.self).joined(separator: labels(" ", ""))
    buffer.put(next, x: area.x + 2, y: area.y + 1, width: max(0, area.width - 2))
  }

  private var again: String {
    let key = model.keymap.keyName(for: .dryRun)
    return labels("\(key) tries again.", "\(key) 再次尝试。")
  }

  private var ended: Bilingual {
    switch run.result.outcome {
    case .failed: Bilingual("failed", "失败")
    case .refused: Bilingual("was refused", "被拒绝")
    case .interrupted: Bilingual("was interrupted", "被中断")
    case .success, .partial: Bilingual("was not whole", "不完整")
    }
  }

  private func put(_ text: String, mark: String, _ style: Style, in rest: inout Rect, into buffer: inout ScreenBuffer) {
    guard !rest.isEmpty else { return }
    buffer.put(
      mark, x: rest.x, y: rest.y, width: 2, style: Style(mark == buffer.glyphs.failure ? .bad : .accent, .bold))
    let lines = TextWrap.lines(text, width: max(1, rest.width - 2)).prefix(min(3, rest.height))
    for (index, line) in lines.enumerated() {
      buffer.put(line, x: rest.x + 2, y: rest.y + index, width: max(0, rest.width - 2), style: style)
    }
    rest = rest.splitTop(lines.count).rest
  }
}
