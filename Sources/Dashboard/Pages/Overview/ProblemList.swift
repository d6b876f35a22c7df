import FoundationEssentials
import SluiceCore
import TerminalUI

/// What is wrong with a profile, and what to do next.
struct ProblemList {
  let row: ProfileRow
  let labels: Labels
  let now: Date
  /// The key that starts a sync, as it is shown.
  let syncKey: String

  /// At most this many problems; more are in the log.
  private static let shown = 3

  /// What is wrong, first of all that the data is gone, which a run's own problems do not say.
  var problems: [RunProblem] { [lost].compactMap(\.self) + others }

  /// Not while a run goes on: it may be fetching all of it again, and nobody counts meanwhile.
  private var lost: RunProblem? {
    guard row.liveRun == nil, let lost = row.status.lostData else { return nil }
    return .lost(lost, of: row.status.profile.localPath, syncKey: syncKey, labels)
  }

  private var others: [RunProblem] {
    if let run = row.liveRun { return run.lastProblem.map { [$0] } ?? [] }
    if let past = row.status.troubledRun { return past.result.problems.reversed() }
    let errors = row.status.checkpoint?.errors ?? []
    if row.state != .fine, !errors.isEmpty { return errors.map(RunProblem.told) }
    let troubles = row.status.recordProblems + labels.troubles(row.status.markers) + row.status.unread
    return troubles.map(RunProblem.told)
  }

  /// Draws from the top of the area and returns the rows used, a blank line after them included.
  func draw(in area: Rect, into buffer: inout ScreenBuffer) -> Int {
    var y = area.y
    let problems = problems.map { $0.told(labels.language) }
    for problem in problems.prefix(Self.shown) where y < area.bottom {
      buffer.put(buffer.glyphs.failure, x: area.x, y: y, width: 2, style: Style(.bad, .bold))
      y += drawText(problem.message, style: Style(.bad), at: y, in: area, into: &buffer)
      if let advice = problem.advice, y < area.bottom {
        buffer.put(buffer.glyphs.arrowRight, x: area.x, y: y, width: 2, style: Style(.accent))
        y += drawText(advice, style: .plain, at: y, in: area, into: &buffer)
      }
    }
    if problems.count > Self.shown, y < area.bottom {
      let (more, key) = (problems.count - Self.shown, PageID.log.number)
      buffer.put(
        labels("and \(more) more: \(key) opens the log", "另有 \(more) 项：\(key) 打开日志"), x: area.x + 2, y: y,
        width: area.width - 2, style: Style(.muted))
      y += 1
    }
    return y == area.y ? 0 : y - area.y + 1
  }

  private func drawText(
    _ text: String, style: Style, at y: Int, in area: Rect, into buffer: inout ScreenBuffer
  ) -> Int {
    let lines = TextWrap.lines(text, width: max(1, area.width - 2)).prefix(max(0, min(3, area.bottom - y)))
    for (index, line) in lines.enumerated() {
      buffer.put(line, x: area.x + 2, y: y + index, width: area.width - 2, style: style)
    }
    return lines.count
  }
}
