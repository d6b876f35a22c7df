import SluiceCore
import TerminalUI

/// What a profile holds day by day, with a cursor on one day of one series.
struct CoveragePage: ListPage {
  static let title = PageTitle(
    english: "Coverage", chinese: "覆盖", description: "Coverage: what is there, day by day")
  static let commands: [Command] = [.nextHit, .previousHit, .earlier, .later]
  static let isOfRuns = false

  /// A cell's place: row and column of the table.
  struct Hole: Sendable, Equatable, Comparable {
    var series: Int
    var day: Int

    static func < (left: Hole, right: Hole) -> Bool { (left.series, left.day) < (right.series, right.day) }
  }

  /// nil until it has come.
  private(set) var table: CoverageTable?
  /// Every hole, by series and then day: worked out once, so that a jump is a search and not a scan.
  private(set) var holes: [Hole] = []
  /// The first day each series has; what is missing before it is no hole.
  private(set) var starts: [Int] = []
  /// Whether a day is in the warehouse only, which the legend then explains.
  private(set) var hasWarehouseOnly = false
  /// Columns of the longest series.
  private(set) var dayCount = 0
  /// Columns the longest name takes.
  private(set) var nameWidth = 0
  /// The series under the cursor.
  var place = ScrollState()
  /// The day under the cursor.
  var day = ScrollState()

  var subjects: [LakeQuestion.Subject] { [.coverage] }

  mutating func take(_ answer: LakeAnswer, to subject: LakeQuestion.Subject) {
    if case .coverage(let newer) = answer { take(newer) }
  }

  /// Takes the table; the cursor keeps its series and day, or starts at the newest day.
  private mutating func take(_ newer: CoverageTable) {
    let marked = (selectedSeries?.name, selectedDay)
    table = newer
    dayCount = newer.series.reduce(0) { max($0, $1.cells.count) }
    hasWarehouseOnly = newer.series.contains { $0.cells.contains(.warehouseOnly) }
    nameWidth = newer.series.reduce(0) { max($0, CharacterWidth.of($1.name)) }
    starts = newer.series.map { $0.cells.firstIndex { $0 != .missing } ?? 0 }
    holes = newer.series.indices.flatMap { series in
      newer.holes(of: newer.series[series]).map { Hole(series: series, day: $0) }
    }
    let row = marked.0.flatMap { name in newer.series.firstIndex { $0.name == name } } ?? 0
    place.choose(row, of: newer.series.count)
    let column = marked.1.map { $0.daysSinceEpoch - newer.firstDay.daysSinceEpoch } ?? (dayCount - 1)
    day.choose(column, of: dayCount)
  }

  var lineCount: Int { table?.series.count ?? 0 }

  /// The names of the series stand left of the days; the list is the days alone.
  func room(in area: Rect) -> PageRoom {
    var room = PageRoom(area, head: 2, foot: area.height >= 7 ? 2 : area.height >= 5 ? 1 : 0)
    let labelWidth = min(nameWidth + 2, max(4, area.width / 3))
    room.list = room.list.splitLeft(labelWidth).rest
    return room
  }

  mutating func fit(_ room: PageRoom) {
    place.update(count: lineCount, height: room.list.height)
    day.update(count: dayCount, height: room.list.width)
  }

  mutating func moveSideways(forward: Bool) -> Bool {
    day.move(by: forward ? 1 : -1)
    return true
  }

  mutating func perform(_ command: Command, _ model: DashboardModel) -> PageReaction {
    switch command {
    case .earlier: day.move(by: -30)
    case .later: day.move(by: 30)
    case .nextHit, .previousHit:
      guard table != nil else { break }
      guard let number = goToHole(forward: command == .nextHit) else {
        return .jump(.noHoles)
      }
      return .jump(.hole(number, of: holes.count))
    default: break
    }
    return .nothing
  }

  func copyText(_ row: ProfileRow) -> String? { selectedSeries?.name }

  var footerCommands: [Command] { [.nextHit, .previousHit] }

  var note: String { lineCount == 0 ? "" : "series \(position)" }

  func draw(_ model: DashboardModel, in area: Rect, into buffer: inout ScreenBuffer) {
    CoverageView(page: self, model: model, area: area).draw(into: &buffer)
  }

  var selectedSeries: CoverageSeries? {
    guard let table, table.series.indices.contains(place.selection) else { return nil }
    return table.series[place.selection]
  }

  var selectedDay: CalendarDay? { table.map { $0.firstDay.adding(days: day.selection) } }

  var selectedCell: CoverageCell? {
    guard let cells = selectedSeries?.cells, cells.indices.contains(day.selection) else { return nil }
    return cells[day.selection]
  }

  /// How many of the holes are in the series under the cursor.
  var holesOfSelectedSeries: Int {
    let first = Self.firstIndex(in: holes, notBefore: Hole(series: place.selection, day: 0))
    return Self.firstIndex(in: holes, notBefore: Hole(series: place.selection + 1, day: 0)) - first
  }

  /// Puts the cursor on the next or previous hole, going round at the ends.
  ///
  /// - Returns: The hole's number from 1, or nil when there is none.
  mutating func goToHole(forward: Bool) -> Int? {
    guard !holes.isEmpty else { return nil }
    let here = Hole(series: place.selection, day: day.selection)
    let following = Self.firstIndex(in: holes, after: here)
    let preceding = Self.firstIndex(in: holes, notBefore: here) - 1
    let index = forward ? following % holes.count : (preceding + holes.count) % holes.count
    place.select(holes[index].series)
    day.select(holes[index].day)
    return index + 1
  }

  private static func firstIndex(in holes: [Hole], after place: Hole) -> Int {
    partition(holes) { $0 <= place }
  }

  private static func firstIndex(in holes: [Hole], notBefore place: Hole) -> Int {
    partition(holes) { $0 < place }
  }

  /// The number of leading holes for which `isBefore` holds, by bisection.
  private static func partition(_ holes: [Hole], _ isBefore: (Hole) -> Bool) -> Int {
    var low = 0
    var high = holes.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(holes[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
