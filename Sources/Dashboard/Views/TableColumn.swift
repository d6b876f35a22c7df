import SluiceCore
import TerminalUI

/// A column of the table, in the order they stand on the screen.
enum TableColumn: Int, Sendable, CaseIterable {
  case name, state, strip, bar, percent, rate, timeLeft, synced, due, size, files, pending, gaps, keep, note

  var label: Label? {
    switch self {
    case .name: .name
    case .state: .state
    case .strip: .runs
    case .percent: nil
    case .bar: .progress
    case .rate: .rate
    case .timeLeft: .timeLeft
    case .synced: .synced
    case .due: .due
    case .size: .size
    case .files: .files
    case .pending: .pending
    case .gaps: .gapDays
    case .keep: .keep
    case .note: .last
    }
  }

  /// Those that can be left out; a row without its name and its state would say nothing.
  static let choosable = allCases.filter { $0 != .name && $0 != .state }

  /// What it is called where the choice of columns is kept.
  var name: String { String(describing: self) }

  var alignment: TextAlignment {
    switch self {
    case .name, .state, .bar, .note: .left
    default: .right
    }
  }

  /// Whether the column's head shows that the table is sorted so.
  func isHead(of order: SortOrder) -> Bool {
    self.order == order && ![.note, .strip, .bar, .percent, .timeLeft].contains(self)
  }

  /// What a press on the column's head sorts by.
  var order: SortOrder {
    switch self {
    case .name: .name
    case .state, .strip, .note: .attention
    case .bar, .percent, .rate, .timeLeft: .rate
    case .synced: .age
    case .due: .due
    case .size: .size
    case .files: .files
    case .pending: .pending
    case .gaps: .gaps
    case .keep: .retention
    }
  }
}

/// The table's columns for the room there is.
struct TableColumns {
  /// A column on the screen.
  struct Placed {
    var column: TableColumn
    var x: Int
    var width: Int
  }

  let placed: [Placed]

  /// Chooses the columns that fit.
  ///
  /// - Parameters:
  ///   - x: The first column of the screen.
  ///   - width: Columns there are.
  ///   - longestName: Columns the longest name takes.
  ///   - hasSchedule: Whether any profile has one; without, its column would be empty.
  ///   - leastName: Columns the name's column has at least, at any cost but that of the screen's width: cut, names shown as
  ///     escapes would look alike.
  ///   - isIdle: Whether no run goes on, so that the bar needs no more room than it must have.
  ///   - hidden: Columns that the operator does not want.
  init(
    x: Int, width: Int, longestName: Int, leastName: Int = 0, hasSchedule: Bool = false, isIdle: Bool = false,
    hidden: Set<TableColumn> = []
  ) {
    let isWide = width >= 110
    let name = min(max(longestName, 8, leastName), max(isWide ? 36 : 20, min(leastName, width / 2)))
    let columns = TableColumn.allCases.filter { ($0 != .due || hasSchedule) && !hidden.contains($0) }
    func layout(leastName: Int) -> ColumnLayout {
      let wanted = columns.map {
        Self.request($0, nameWidth: name, leastName: leastName, isNarrow: width < 40, isIdle: isIdle)
      }
      return ColumnLayout(wanted, width: width, gap: isWide ? 2 : 1)
    }
    // Names are whole before any other column is wider than it must be, and before the last columns are there at all.
    let least = min(name, max(isWide ? 24 : 14, leastName))
    let layout = layout(leastName: min(name, least + layout(leastName: least).spare))
    placed = layout.placed.map { Placed(column: columns[$0.index], x: x + $0.x, width: $0.width) }
  }

  /// The columns of the dashboard's table: a cell at its left is for the cursor, the next for the mark.
  init(_ model: DashboardModel, _ layout: DashboardLayout) {
    self.init(
      x: layout.rows.x + 2, width: max(1, layout.rows.width - 2), longestName: model.longestName,
      leastName: model.longestEscapedName, hasSchedule: model.hasSchedule,
      isIdle: !model.rows.indices.contains { model.rows[$0].isRunning },
      hidden: model.hiddenColumns)
  }

  /// The widths a column asks for; the lowest priority goes first when there is no room.
  private static func request(
    _ column: TableColumn, nameWidth: Int, leastName: Int, isNarrow: Bool, isIdle: Bool
  ) -> ColumnLayout.Column {
    let (least, ideal, priority): (Int, Int, Int) =
      switch column {
      case .name: (leastName, nameWidth, 14)
      // Without room for the word the glyph alone has to do; half a word would be worse.
      case .state: isNarrow ? (1, 1, 13) : (13, 13, 13)
      case .percent: (4, 4, 12)
      case .synced: (6, 6, 11)
      case .rate: (9, 9, 10)
      case .timeLeft: (6, 7, 9)
      case .bar: (8, isIdle ? 8 : 20, 8)
      case .size: (8, 8, 7)
      case .due: (9, 9, 6)
      case .pending: (7, 7, 6)
      case .gaps: (5, 5, 5)
      case .strip: (6, RecentSyncs.kept, 4)
      case .keep: (5, 5, 3)
      case .files: (9, 9, 2)
      case .note: (32, 48, 1)
      }
    return ColumnLayout.Column(
      "", minimum: least, ideal: ideal, priority: priority,
      growth: column == .note ? 3 : column == .bar && !isIdle ? 1 : 0,
      alignment: column.alignment)
  }
}
