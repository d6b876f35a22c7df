import SluiceCore
import TerminalUI

/// Bytes and files of the last weeks' days, with the edge that retention draws.
struct DayGraph {
  /// Rows it takes at least: what it is, two of bytes, one of files, the days.
  static let leastRows = 5
  /// More rows than these say no more.
  static let mostRows = 12

  let labels: Labels
  let days: [DayUsage]
  /// The first day that is kept; nil when all are.
  let cutoff: CalendarDay?

  /// Days between the first and the last that is shown, those that hold nothing included.
  private func filled(_ count: Int) -> [DayUsage] {
    guard let last = days.last?.day, let first = days.first?.day else { return [] }
    let known = Dictionary(days.map { ($0.day, $0) }) { first, _ in first }
    let start = max(first.daysSinceEpoch, last.daysSinceEpoch - count + 1)
    return (start...last.daysSinceEpoch).map {
      let day = CalendarDay(daysSinceEpoch: $0)
      return known[day] ?? DayUsage(day: day)
    }
  }

  private static let gutter = 10

  func draw(in area: Rect, into buffer: inout ScreenBuffer) {
    let width = area.width - Self.gutter
    guard area.height >= Self.leastRows, width >= 20 else { return }
    let shown = filled(width)
    guard !shown.isEmpty else { return }
    // Two columns a day are easier to see, where there is room.
    let wide = shown.count * 2 <= width ? 2 : 1
    let height = min(area.height, Self.mostRows) - 3
    let bytes = Rect(x: area.x + Self.gutter, y: area.y + 1, width: shown.count * wide, height: height)
    let files = Rect(x: bytes.x, y: bytes.bottom, width: bytes.width, height: 1)
    buffer.put(heading(shown), x: area.x, y: area.y, width: area.width)
    let most = shown.reduce(0) { max($0, $1.bytes) }
    label(Figures.size(most), area, y: bytes.y, into: &buffer)
    label(labels[.files].lowercased(), area, y: files.y, into: &buffer)
    func columns(_ value: (DayUsage) -> Double) -> [Double] {
      shown.flatMap { Array(repeating: value($0), count: wide) }
    }
    Sparkline(values: columns { Double($0.bytes) }).draw(in: &buffer, rect: bytes, style: Style(.info))
    Sparkline(values: columns { Double($0.files) }).draw(in: &buffer, rect: files, style: Style(.muted))
    drawDays(shown, wide, y: files.bottom, area, into: &buffer)
    // What goes with the next cleanup looks like that.
    let leaving = shown.prefix { day in cutoff.map { day.day < $0 } ?? false }.count * wide
    if leaving > 0 {
      buffer.restyle(Rect(x: bytes.x, y: bytes.y, width: leaving, height: bytes.height)) { _ in Style(.warning) }
    }
  }

  private func heading(_ shown: [DayUsage]) -> StyledLine {
    var line = StyledLine(labels("Held by day", "每日存量"), Style(.heading, .bold))
    let bytes = Figures.size(Self.median(shown.map(\.bytes)))
    let files = labels.files(Self.median(shown.map(\.files)))
    line.add(labels("  usually \(bytes) in \(files)", "  通常 \(bytes)，\(files)"), .muted)
    let empty = shown.filter { $0.files == 0 }.count
    let days = labels.count(empty, .day)
    if empty > 0 { line.add(labels("  nothing on \(days)", "  \(days)没有数据"), .warning) }
    return line
  }

  private func label(_ text: String, _ area: Rect, y: Int, into buffer: inout ScreenBuffer) {
    buffer.put(text, x: area.x, y: y, width: Self.gutter - 1, style: Style(.muted), alignment: .right)
  }

  /// The first and the last day at their ends, and the edge between them where it lies there.
  private func drawDays(
    _ shown: [DayUsage], _ wide: Int, y: Int, _ area: Rect, into buffer: inout ScreenBuffer
  ) {
    guard let first = shown.first?.day, let last = shown.last?.day else { return }
    let x = area.x + Self.gutter
    var line = StyledLine(Self.short(first), .muted)
    if let cutoff, first <= cutoff, cutoff <= last {
      let edge = (cutoff.daysSinceEpoch - first.daysSinceEpoch) * wide
      if edge > line.columns { line.add(String(repeating: " ", count: edge - line.columns)) }
      if edge == 0 {
        line.add(labels(", kept from here", "，由此起保留"), .muted)
      } else {
        let day = Self.short(cutoff)
        line.add("\(buffer.glyphs.arrowUp) " + labels("kept from \(day)", "自 \(day) 起保留"), .warning)
      }
    }
    let end = Self.short(last)
    let room = shown.count * wide - line.columns - end.utf8.count
    if room > 0 { line.add(String(repeating: " ", count: room) + end, .muted) }
    buffer.put(line, x: x, y: y, width: area.right - x)
  }

  private static func short(_ day: CalendarDay) -> String { String(day.description.dropFirst(5)) }

  private static func median<Value: Comparable>(_ values: [Value]) -> Value { values.sorted()[values.count / 2] }
}
