/// Where a series has holes: one computation for the dashboard's page and the command line.
extension CoverageTable {
  /// The cells from a series' own first day to the table's last, as far as the table shows them.
  ///
  /// Another series may begin earlier, which takes nothing from this one; but where others go on, a series that stopped
  /// coming has holes: that day is the one an operator must not miss.
  package func ownCells(of series: CoverageSeries) -> Range<Int> {
    func isThere(_ cell: CoverageCell) -> Bool { cell != .missing && cell != .expired }
    let first = series.firstDay.map { $0.daysSinceEpoch - firstDay.daysSinceEpoch }
    let lower = first ?? series.cells.firstIndex(where: isThere) ?? series.cells.count
    guard lower < series.cells.count else { return 0..<0 }
    return max(0, lower)..<series.cells.count
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
