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

  @Test("says of what could not be read that it is not known, and never that there is nothing and no hole")
  func unread() throws {
    let day = try #require(CalendarDay(iso: "2025-01-01"))
    for series in [[], [CoverageSeries(name: "a_B", cells: [.ingested])]] {
      var table = CoverageTable(firstDay: day, series: series)
      table.unread = ["the disk is not mounted"]
      var model = KeyTests.model(on: "klines", width: 120, height: 36)
      _ = Sample.press(&model, "6", "tab")
      _ = update(&model, .lake(.answer(LakeQuestion(.coverage, of: "klines"), .coverage(table))))
      let text = draw(model).text
      #expect(text.contains("the disk is not mounted"), "\(text)")
      #expect(!text.contains("No dated directories") && !text.contains("no holes"), "\(text)")
    }
  }

  @Test("markers of which not all is known say why, and not that there are none")
  func markers() {
    for list in [[], Sample.markers] {
      var model = KeyTests.model(on: "klines", width: 160, height: 36)
      _ = Sample.press(&model, "5", "tab")
      let answer = LakeAnswer.markers(list, problem: "The ingest ledger cannot be used")
      _ = update(&model, .lake(.answer(LakeQuestion(.markers, of: "klines"), answer)))
      let text = draw(model).text
      #expect(text.contains("The ingest ledger cannot be used") && !text.contains("No markers yet"), "\(text)")
    }
  }
}
