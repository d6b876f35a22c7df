import SluiceCore
import TerminalUI

/// What a profile holds day by day, with a cursor on one day of one series.
struct CoveragePage: ListPage {
  static let title = PageTitle(
    english: "Coverage", chinese: "覆盖", description: "Coverage: what is there, day by day")
  static let commands: [Command] = [.view, .nextHit, .previousHit, .earlier, .later]
  static let isOfRuns = false

  /// A cell's place: row and column of the table.
  struct Hole: Sendable, Equatable, Comparable {
    var series: Int
    var day: Int

    static func < (left: Hole, right: Hole) -> Bool { (left.series, left.day) < (right.series, right.day) }
  }

  /// The files of a day that is open.
  struct OpenDay: Sendable, Equatable {
    let series: String
    let day: CalendarDay
    /// nil until they have come.
    var files: DayFiles?
    var place = ScrollState()
  }

  /// How it is shown; it stays when another profile is looked at.
  private(set) var shape = CoverageShape.state
  /// The day of the whole lake under the cursor, in days before today.
  private(set) var daysBack = 0
  private(set) var openDay: OpenDay?
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
  /// What usually lies on a day of each series; 0 where nothing is known.
  private(set) var usual: [Int64] = []
  /// The series under the cursor.
  private var seriesPlace = ScrollState()
  /// The day under the cursor.
  var day = ScrollState()

  var subjects: [LakeQuestion.Subject] { [.coverage] }

  /// The place in the list that is shown: of files while a day is open.
  var place: ScrollState {
    get { openDay?.place ?? seriesPlace }
    set { if openDay == nil { seriesPlace = newValue } else { openDay?.place = newValue } }
  }

  mutating func clear() {
    let (shape, daysBack) = (shape, daysBack)
    self = Self()
    (self.shape, self.daysBack) = (shape, daysBack)
  }

  mutating func take(_ answer: LakeAnswer, to subject: LakeQuestion.Subject) {
    switch (answer, subject) {
    case (.coverage(let newer), _): take(newer)
    case (.dayFiles(let files), .dayFiles(let series, let day)) where series == openDay?.series && day == openDay?.day:
      openDay?.files = files
      openDay?.place.choose(0, of: files.files.count)
    default: break
    }
  }

  /// Takes the table; the cursor keeps its series and day, or starts at the newest day.
  private mutating func take(_ newer: CoverageTable) {
    let marked = (selectedSeries?.name, selectedDay)
    table = newer
    dayCount = newer.series.reduce(0) { max($0, $1.cells.count) }
    hasWarehouseOnly = newer.series.contains { $0.cells.contains(.warehouseOnly) }
    nameWidth = newer.series.reduce(0) { max($0, CharacterWidth.of($1.name)) }
    usual = (newer.bytes ?? []).map { SizeLook.usual($0) }
    starts = newer.series.map { $0.cells.firstIndex { $0 != .missing } ?? 0 }
    holes = newer.series.indices.flatMap { series in
      newer.holes(of: newer.series[series]).map { Hole(series: series, day: $0) }
    }
    let row = marked.0.flatMap { name in newer.series.firstIndex { $0.name == name } } ?? 0
    seriesPlace.choose(row, of: newer.series.count)
    let column = marked.1.map { $0.daysSinceEpoch - newer.firstDay.daysSinceEpoch } ?? (dayCount - 1)
    day.choose(column, of: dayCount)
  }

  var lineCount: Int { openDay.map { $0.files?.files.count ?? 0 } ?? table?.series.count ?? 0 }

  func draw(_ model: DashboardModel, in area: Rect, into buffer: inout ScreenBuffer) {
    if let openDay {
      DayFilesView(page: self, open: openDay, model: model, area: area).draw(into: &buffer)
    } else if shape == .lake {
      LakeCoverageView(page: self, model: model, area: area).draw(into: &buffer)
    } else {
      CoverageView(page: self, model: model, area: area).draw(into: &buffer)
    }
  }

  /// The row of the series under the cursor.
  var seriesIndex: Int { seriesPlace.selection }

  var selectedSeries: CoverageSeries? {
    guard let table, table.series.indices.contains(seriesIndex) else { return nil }
    return table.series[seriesIndex]
  }

  /// What lies on a day of a series; nil where nobody counted it.
  func bytes(_ series: Int, _ day: Int) -> Int64? {
    guard let bytes = table?.bytes, bytes.indices.contains(series), bytes[series].indices.contains(day) else {
      return nil
    }
    return bytes[series][day]
  }

  /// What lies on a day, in parts of what usually does; nil where there is nothing, or nothing to compare with.
  func share(_ series: Int, _ day: Int) -> Double? {
    guard let bytes = bytes(series, day), bytes > 0, usual.indices.contains(series), usual[series] > 0 else {
      return nil
    }
    return Double(bytes) / Double(usual[series])
  }

  /// The same where days are drawn by size; nil where they are not.
  func drawnShare(_ series: Int, _ day: Int) -> Double? { shape.isBySize ? share(series, day) : nil }

  var selectedDay: CalendarDay? { table.map { $0.firstDay.adding(days: day.selection) } }

  var selectedCell: CoverageCell? {
    guard let cells = selectedSeries?.cells, cells.indices.contains(day.selection) else { return nil }
    return cells[day.selection]
  }

  /// How many of the holes are in the series under the cursor.
  var holesOfSelectedSeries: Int { holes(of: seriesIndex) }

  /// How many of them are in a series.
  func holes(of series: Int) -> Int {
    let first = Self.firstIndex(in: holes, notBefore: Hole(series: series, day: 0))
    return Self.firstIndex(in: holes, notBefore: Hole(series: series + 1, day: 0)) - first
  }

  mutating func useNextShape() { shape = shape.next }

  mutating func close() -> Bool {
    if openDay != nil {
      openDay = nil
    } else if shape == .lake {
      shape = .state
    } else {
      return false
    }
    return true
  }

  mutating func openSelectedDay() -> PageReaction {
    guard let series = selectedSeries, let day = selectedDay else { return .zoom }
    openDay = OpenDay(series: series.name, day: day)
    return .ask([.dayFiles(series: series.name, day)])
  }

  mutating func enterLakeRow() { shape = .state }

  mutating func moveLakeDay(by days: Int) {
    daysBack = max(0, min(DayUsage.kept - 1, daysBack - days))
  }

  /// Puts the cursor on the next or previous hole, going round at the ends.
  ///
  /// - Returns: The hole's number from 1, or nil when there is none.
  mutating func goToHole(forward: Bool) -> Int? {
    guard !holes.isEmpty else { return nil }
    let here = Hole(series: seriesIndex, day: day.selection)
    let following = Self.firstIndex(in: holes, after: here)
    let preceding = Self.firstIndex(in: holes, notBefore: here) - 1
    let index = forward ? following % holes.count : (preceding + holes.count) % holes.count
    seriesPlace.select(holes[index].series)
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
