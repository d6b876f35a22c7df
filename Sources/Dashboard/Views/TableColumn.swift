import TerminalUI

/// A column of the table.
enum TableColumn: Int, Sendable, CaseIterable {
  // In the order they stand on the screen.
  case name, glyph, word, bar, percent, rate, timeLeft, synced, size, files, pending, keep

  /// A column at its place.
  struct Placed: Sendable, Equatable {
    var column: TableColumn
    var x: Int
    var width: Int
  }

  /// Who stays when room is short: the first.
  private static let priority: [TableColumn] = [
    .name, .glyph, .percent, .word, .synced, .rate, .timeLeft, .bar, .size, .pending, .keep, .files,
  ]

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

  private var leastWidth: Int {
    switch self {
    case .name: 8
    case .glyph: 1
    case .word: 11
    case .bar: 8
    case .percent: 4
    case .rate: 9
    case .timeLeft, .synced: 6
    case .size: 8
    case .files: 9
    case .pending: 7
    case .keep: 5
    }
  }

  /// Blanks before the column.
  private func gap(_ isWide: Bool) -> Int {
    switch self {
    case .name: 0
    case .word, .percent: 1
    default: isWide ? 2 : 1
    }
  }

  /// Chooses the columns that fit and gives the rest to the name and the bar.
  ///
  /// - Parameters:
  ///   - x: The first column of the screen.
  ///   - width: Columns there are.
  ///   - longestName: Columns the longest name takes.
  static func place(x: Int, width: Int, longestName: Int) -> [Placed] {
    let isWide = width >= 110
    var chosen: Set<TableColumn> = []
    var used = 0
    let nameWidth = min(max(longestName, 8), isWide ? 40 : 24)
    for column in priority {
      // The name asks for its full width once the essentials are there.
      let needed = column == .bar ? column.leastWidth + max(0, min(nameWidth, 16) - 8) : column.leastWidth
      let cost = needed + column.gap(isWide)
      guard used + cost <= width || column == .name else { continue }
      used += column.leastWidth + column.gap(isWide)
      chosen.insert(column)
    }
    var spare = max(0, width - used)
    var widths: [TableColumn: Int] = [:]
    for column in chosen { widths[column] = column.leastWidth }
    widths[.name] = min(width, 8 + min(spare, nameWidth - 8))
    spare -= max(0, (widths[.name] ?? 0) - 8)
    if chosen.contains(.bar) { widths[.bar] = 8 + max(0, min(spare, 32)) }
    var place = x
    return allCases.compactMap { column in
      guard let width = widths[column] else { return nil }
      place += column.gap(isWide)
      defer { place += width }
      return Placed(column: column, x: place, width: width)
    }
  }
}
