import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("The coverage page")
struct CoveragePageTests {
  @Test("counts the holes the command line prints; a series that stopped coming has holes")
  func holes() throws {
    let table = CoverageTable(
      firstDay: try #require(CalendarDay(iso: "2025-01-01")),
      series: [
        CoverageSeries(name: "ended", cells: [.ingested, .missing, .ingested, .missing, .missing]),
        CoverageSeries(name: "young", cells: [.missing, .missing, .missing, .short, .ingested]),
        CoverageSeries(name: "expired", cells: [.expired, .expired, .missing, .missing, .missing]),
      ])
    var page = CoveragePage()
    page.take(.coverage(table), to: .coverage)
    #expect(page.holes.map { [$0.series, $0.day] } == [[0, 1], [0, 3], [0, 4], [1, 3]])
    #expect(page.holes.count == table.series.reduce(0) { $0 + table.holes(of: $1).count })
    #expect(page.starts == [0, 3, 0])
    // Beside the name of a series stands its own number, whatever the others have.
    #expect(page.holesOfSelectedSeries == 3)
    page.place.select(1)
    #expect(page.holesOfSelectedSeries == 1)
    page.place.select(2)
    #expect(page.holesOfSelectedSeries == 0)
  }
}
