import SluiceCore
import TerminalUI

/// What keys do on the page, and how it divides its area.
extension CoveragePage {
  func room(in area: Rect) -> PageRoom {
    if openDay != nil { return PageRoom(area, head: 1) }
    let foot = area.height >= 7 ? 2 : area.height >= 5 ? 1 : 0
    var room = PageRoom(area, head: 2, foot: foot)
    guard shape == .state || shape == .size else { return room }
    // The names of the series stand left of the days, their sums right of them; the list is the days alone.
    let labelWidth = min(max(nameWidth, 14) + 2, max(4, area.width / 3))
    room.list = room.list.splitLeft(labelWidth).rest
    room.list.width -= sumsWidth(area)
    return room
  }

  /// Columns of what each series holds in all, where there is room.
  func sumsWidth(_ area: Rect) -> Int { table?.bytes != nil && area.width >= 90 ? 20 : 0 }

  mutating func fit(_ room: PageRoom) {
    place.update(count: lineCount, height: room.list.height)
    if shape == .state || shape == .size { day.update(count: dayCount, height: room.list.width) }
  }

  mutating func move(_ command: Command) -> Bool {
    guard openDay == nil else {
      place.move(command)
      return true
    }
    // The rows are those of the table, whose cursor moves.
    if shape == .lake { return false }
    if shape.isCalendar { moveMonths(command) } else { place.move(command) }
    return true
  }

  /// Whether its lines are series, or the files of a day.
  private var isList: Bool { openDay != nil || !(shape == .lake || shape.isCalendar) }

  mutating func scroll(by lines: Int) {
    if isList { place.scroll(by: lines) }
  }

  mutating func select(line: Int) {
    if isList, let row = place.row(atLine: line) { place.select(row) }
  }

  /// The same day of another month, as near as there is one.
  private mutating func moveMonths(_ command: Command) {
    let months: Int
    switch command {
    case .up: months = -1
    case .down: months = 1
    case .pageUp: months = -6
    case .pageDown: months = 6
    case .top: return day.home()
    case .bottom: return day.end()
    default: return
    }
    guard let first = table?.firstDay, let fields = selectedDay?.fields else { return }
    let month = fields.year * 12 + fields.month - 1 + months
    let (year, number) = (month / 12, month % 12 + 1)
    let target = CalendarDay(
      year: year, month: number, day: min(fields.day, CalendarDay.length(ofMonth: number, year: year)))
    if let target { day.select(target.daysSinceEpoch - first.daysSinceEpoch) }
  }

  mutating func moveSideways(forward: Bool) -> Bool {
    if openDay != nil { return true }
    if shape == .lake { moveLakeDay(by: forward ? 1 : -1) } else { day.move(by: forward ? 1 : -1) }
    return true
  }

  mutating func open(_ model: DashboardModel) -> PageReaction {
    if openDay != nil { return .zoom }
    guard shape == .lake else { return openSelectedDay() }
    enterLakeRow()
    return .nothing
  }

  mutating func goBack() -> Bool { close() }

  mutating func perform(_ command: Command, _ model: DashboardModel) -> PageReaction {
    switch command {
    case .view:
      if openDay == nil { useNextShape() } else { _ = close() }
    case .earlier, .later:
      let days = command == .earlier ? -30 : 30
      if shape == .lake { moveLakeDay(by: days) } else { day.move(by: days) }
    case .nextHit, .previousHit:
      guard shape != .lake else { return .jump(goToEmptyDay(model, forward: command == .nextHit)) }
      guard table != nil, openDay == nil else { break }
      guard let number = goToHole(forward: command == .nextHit) else { return .jump(.noHoles) }
      return .jump(.hole(number, of: holes.count))
    default: break
    }
    return .nothing
  }

  /// Puts the lake's cursor on the next or previous day of which the profile under the cursor has nothing.
  private mutating func goToEmptyDay(_ model: DashboardModel, forward: Bool) -> Notice {
    let today = CalendarDay(model.now)
    let row = model.selectedRow.map { LakeDays($0, today: today) }
    let empty = (0..<DayUsage.kept).filter { row?.isMissing(today.adding(days: -$0)) ?? false }
    // The next one is a later day, which is fewer days back.
    let next =
      forward ? empty.last { $0 < daysBack } ?? empty.last : empty.first { $0 > daysBack } ?? empty.first
    guard let next else { return .noHoles }
    moveLakeDay(by: daysBack - next)
    return .hole(empty.count - (empty.firstIndex(of: next) ?? 0), of: empty.count)
  }

  func copyText(_ row: ProfileRow) -> String? {
    guard let openDay else { return shape == .lake ? row.name : selectedSeries?.name }
    guard let files = openDay.files?.files, files.indices.contains(openDay.place.selection) else { return nil }
    return files[openDay.place.selection].path
  }

  var footerCommands: [Command] { openDay == nil ? [.view, .open, .nextHit, .previousHit] : [.back] }

  func note(_ labels: Labels) -> String {
    let position = position(labels)
    if openDay != nil { return position }
    return shape == .lake || lineCount == 0 ? "" : labels("series \(position)", "序列 \(position)")
  }
}
