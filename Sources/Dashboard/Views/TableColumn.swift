import TerminalUI

/// A column of the table, in the order they stand on the screen.
enum TableColumn: Int, Sendable, CaseIterable {
  case name, glyph, word, bar, percent, rate, timeLeft, synced, size, files, pending, keep

  var label: Label? {
    switch self {
    case .name: .name
    case .glyph: .state
    case .word, .percent: nil
    case .bar: .progress
    case .rate: .rate
    case .timeLeft: .timeLeft
    case .synced: .synced
    case .size: .size
    case .files: .files
    case .pending: .pending
    case .keep: .keep
    }
  }

  var alignment: TextAlignment {
    switch self {
    case .name, .glyph, .word, .bar: .left
    default: .right
    }
  }

  /// The order the column's heading marks when the table is sorted by it.
  var order: SortOrder? {
    switch self {
    case .name: .name
    case .rate: .rate
    case .synced: .age
    case .size: .size
    case .pending: .pending
    default: nil
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
  init(x: Int, width: Int, longestName: Int) {
    let name = min(max(longestName, 8), width >= 110 ? 36 : 20)
    let wanted = TableColumn.allCases.map { Self.wish($0, nameWidth: name) }
    let layout = ColumnLayout(wanted, width: width, gap: width >= 110 ? 2 : 1)
    placed = layout.placed.compactMap { place in
      TableColumn(rawValue: place.index).map { Placed(column: $0, x: x + place.x, width: place.width) }
    }
  }

  /// What a column asks for; who has the lowest priority goes first.
  private static func wish(_ column: TableColumn, nameWidth: Int) -> ColumnLayout.Column {
    let (least, ideal, priority): (Int, Int, Int) =
      switch column {
      case .name: (min(nameWidth, 14), nameWidth, 12)
      case .glyph: (1, 1, 11)
      case .percent: (4, 4, 10)
      case .word: (11, 11, 9)
      case .synced: (6, 6, 8)
      case .rate: (9, 9, 7)
      case .timeLeft: (6, 7, 6)
      case .bar: (6, 16, 5)
      case .size: (8, 8, 4)
      case .pending: (7, 7, 3)
      case .keep: (5, 5, 2)
      case .files: (9, 9, 1)
      }
    return ColumnLayout.Column(
      "", minimum: least, ideal: ideal, priority: priority, growth: column == .bar ? 1 : 0,
      alignment: column.alignment)
  }
}
