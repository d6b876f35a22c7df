import FoundationEssentials
import SluiceCore
import TerminalUI

/// What came last time, by series, the largest first.
struct BroughtList {
  let brought: BroughtFiles
  let labels: Labels
  let now: Date

  /// Rows that show all of it.
  var rows: Int { brought.series.count + 1 }

  func draw(in area: Rect, into buffer: inout ScreenBuffer) {
    guard area.height >= 2, area.width >= 36 else { return }
    var heading = StyledLine(labels("Came last time", "上次传来"), Style(.heading, .bold))
    heading.add("  \(Figures.moment(brought.startedAt, now: now))", .muted)
    heading.add("  \(labels.files(brought.files))\(labels.comma)\(Figures.size(brought.bytes))", .muted)
    let series = TextFormat.grouped(brought.seriesCount)
    if brought.seriesCount > 1 { heading.add(labels(" in \(series) series", "，共 \(series) 个序列"), .muted) }
    buffer.put(heading, x: area.x, y: area.y, width: area.width)
    let isCut = brought.seriesCount > area.height - 1
    let shown = brought.series.prefix(isCut ? area.height - 2 : area.height - 1)
    let figures = 24
    let bar = area.width >= 70 ? 14 : 0
    let longest = shown.reduce(0) { max($0, CharacterWidth.of($1.name)) }
    let name = max(8, min(longest, area.width - figures - bar - 2))
    let most = max(1, brought.series.first?.bytes ?? 1)
    for (index, series) in shown.enumerated() {
      let y = area.y + 1 + index
      buffer.put(series.name, x: area.x, y: y, width: name, ellipsis: .middle)
      if bar > 0 {
        ProgressBar(fraction: Double(series.bytes) / Double(most), filled: .barFilled)
          .draw(in: &buffer, x: area.x + name + 2, y: y, width: bar)
      }
      let x = area.x + name + (bar > 0 ? bar + 2 : 0)
      buffer.put(Figures.size(series.bytes), x: x, y: y, width: 10, alignment: .right)
      buffer.put(
        labels.files(series.files), x: x + 10, y: y, width: figures - 10, style: Style(.muted),
        alignment: .right)
    }
    guard isCut else { return }
    let more = brought.seriesCount - shown.count
    buffer.put(
      labels.more(more), x: area.x, y: area.y + 1 + shown.count, width: area.width, style: Style(.muted))
  }
}
