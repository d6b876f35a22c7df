/// Where a series has holes: one computation for the dashboard's page and the command line.
extension CoverageTable {
  /// The cells from a series' own first to its own last day, as far as the table shows them.
  ///
  /// Another series may begin earlier or end later, which takes nothing from this one.
  package func ownCells(of series: CoverageSeries) -> Range<Int> {
    func isThere(_ cell: CoverageCell) -> Bool { cell != .missing && cell != .expired }
    let first = series.firstDay.map { $0.daysSinceEpoch - firstDay.daysSinceEpoch }
    let last = series.lastDay.map { $0.daysSinceEpoch - firstDay.daysSinceEpoch }
    let lower = first ?? series.cells.firstIndex(where: isThere) ?? series.cells.count
    let upper = last ?? series.cells.lastIndex(where: isThere) ?? -1
    guard max(0, lower) <= min(series.cells.count - 1, upper) else { return 0..<0 }
    return max(0, lower)..<min(series.cells.count, upper + 1)
  }

  /// The cells of a series the operator should look at: days that are missing, short or put aside.
  package func holes(of series: CoverageSeries) -> [Int] {
    ownCells(of: series).filter { series.cells[$0].isHole }
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
