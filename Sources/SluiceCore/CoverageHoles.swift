/// Where a series has holes: one computation for the dashboard's page and the command line.
extension CoverageTable {
  /// Whether a day is one of the table's.
  package func shows(_ day: CalendarDay) -> Bool {
    let index = day.daysSinceEpoch - firstDay.daysSinceEpoch
    return index >= 0 && index < series.first?.cells.count ?? 0
  }

  /// The cells from a series' own first day to the table's last, as far as the table shows them.
  ///
  /// Another series may begin earlier, which takes nothing from this one; but where others go on, a series that stopped
  /// coming has holes: that day is the one an operator must not miss.
  package func ownCells(of series: CoverageSeries) -> Range<Int> {
    func isThere(_ cell: CoverageCell) -> Bool { cell != .missing && cell != .expired }
    if let expected = series.expected { return expectedCells(of: series, expected) }
    let first = series.firstDay.map { $0.daysSinceEpoch - firstDay.daysSinceEpoch }
    let lower = first ?? series.cells.firstIndex(where: isThere) ?? series.cells.count
    // Days are to come, however far the table was asked to reach.
    let upper = newestDay.map { min(series.cells.count, $0.daysSinceEpoch - firstDay.daysSinceEpoch + 1) }
    let end = upper ?? series.cells.count
    return max(0, lower) < end ? max(0, lower)..<end : 0..<0
  }

  /// From the first day a series was expected on, or came, to the last.
  private func expectedCells(of series: CoverageSeries, _ expected: [ExpectedDays]) -> Range<Int> {
    let firsts = expected.map(\.first) + [series.firstDay].compactMap { $0 }
    let lasts = expected.map(\.last) + [series.lastDay].compactMap { $0 }
    guard let first = firsts.min(), let last = lasts.max() else { return 0..<0 }
    let lower = max(0, first.daysSinceEpoch - firstDay.daysSinceEpoch)
    let upper = min(series.cells.count, last.daysSinceEpoch - firstDay.daysSinceEpoch + 1)
    return lower < upper ? lower..<upper : 0..<0
  }

  /// The cells of a series the operator should look at: days that are missing, short or put aside.
  ///
  /// What is present is what lies in the lake: a day whose archive is gone is missing although the warehouse has its rows,
  /// unless the profile deletes with its source.
  /// Of a series the configuration expects, only expected days can be missing: the others go on without it once its end
  /// is said, and what is not due yet is no hole.
  package func holes(of series: CoverageSeries) -> [Int] {
    ownCells(of: series).filter { index in
      let cell = series.cells[index]
      if cell == .warehouseOnly { return followsDeletions != true }
      guard let expected = series.expected, cell == .missing else { return cell.isHole }
      let day = firstDay.adding(days: index)
      return expected.contains { $0.contains(day) }
    }
  }
}

extension CoverageCell {
  /// Whether the lake holds nothing of the day, whatever the warehouse has.
  package var isMissing: Bool { self == .missing || self == .warehouseOnly }

  /// Whether the operator should look here, when the day lies within the series.
  package var isHole: Bool {
    switch self {
    case .missing, .short, .quarantined, .warehouseOnly: true
    case .arrived, .ingested, .expired: false
    }
  }
}
