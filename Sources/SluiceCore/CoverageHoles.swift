/// Where a series has holes: one computation for the dashboard's page and the command line.
extension CoverageTable {
  /// The cells from a series' own first day to the table's last, as far as the table shows them.
  ///
  /// Another series may begin earlier, which takes nothing from this one; but where others go on, a series that stopped
  /// coming has holes: that day is the one an operator must not miss.
  package func ownCells(of series: CoverageSeries) -> Range<Int> {
    func isThere(_ cell: CoverageCell) -> Bool { cell != .missing && cell != .expired }
    if let expected = series.expected { return expectedCells(of: series, expected) }
    let first = series.firstDay.map { $0.daysSinceEpoch - firstDay.daysSinceEpoch }
    let lower = first ?? series.cells.firstIndex(where: isThere) ?? series.cells.count
    guard lower < series.cells.count else { return 0..<0 }
    return max(0, lower)..<series.cells.count
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
  /// Of a series the configuration expects, only expected days can be missing: the others go on without it once its end
  /// is said, and what is not due yet is no hole.
  package func holes(of series: CoverageSeries) -> [Int] {
    ownCells(of: series).filter { index in
      let cell = series.cells[index]
      guard let expected = series.expected, cell == .missing else { return cell.isHole }
      let day = firstDay.adding(days: index)
      return expected.contains { $0.contains(day) }
    }
  }
}

extension CoverageCell {
  /// Whether the operator should look here, when the day lies within the series.
  package var isHole: Bool {
    switch self {
    case .missing, .short, .quarantined: true
    case .arrived, .ingested, .expired: false
    }
  }
}
