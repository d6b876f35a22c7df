import SluiceCore
import Testing

@Suite("The holes of a series")
struct CoverageHolesTests {
  /// One series over the first days of 2025, a letter a day.
  private struct Row: CustomTestStringConvertible {
    var cells: String
    var own: ClosedRange<Int>?
    var holes: [Int]

    var testDescription: String { cells }
  }

  private static let letters: [Character: CoverageCell] = [
    ".": .missing, "a": .arrived, "I": .ingested, "s": .short, "q": .quarantined, "x": .expired,
  ]

  @Test(
    "only series of candles are ones that an ingest brings into the warehouse",
    arguments: [("um BTCUSDT 1h", true), ("spot 1INCHUSDT 1mo", true), ("gate_io_X-USDT", false), ("a b c", false)])
  func klines(_ name: String, _ holds: Bool) { #expect(CoverageSeries(name: name, cells: []).holdsKlines == holds) }

  @Test(
    "lie between its own first day and the newest day of all",
    arguments: [
      Row(cells: "...a.a...", holes: [4, 6, 7, 8]), Row(cells: "xxxI.I", holes: [4]), Row(cells: "aaa", holes: []),
      Row(cells: "....", holes: []), Row(cells: "xx..", holes: []), Row(cells: ".s.q.", holes: [1, 2, 3, 4]),
      // Days outside the table tell that the series goes on there.
      Row(cells: "..a..", own: -10...20, holes: [0, 1, 3, 4]), Row(cells: "..a..", own: 2...3, holes: [3, 4]),
      Row(cells: ".....", own: -10...2, holes: [0, 1, 2, 3, 4]), Row(cells: "...", own: 5...9, holes: []),
      Row(cells: "...", own: -9 ... -5, holes: [0, 1, 2]), Row(cells: "", holes: []),
    ])
  private func holes(_ row: Row) throws {
    let first = try #require(CalendarDay(iso: "2025-01-01"))
    let series = CoverageSeries(
      name: "s", cells: row.cells.compactMap { Self.letters[$0] },
      firstDay: row.own.map { first.adding(days: $0.lowerBound) },
      lastDay: row.own.map { first.adding(days: $0.upperBound) })
    #expect(CoverageTable(firstDay: first, series: [series]).holes(of: series) == row.holes)
  }
}
