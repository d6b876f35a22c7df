import SluiceCore
import Testing

@Suite("Markers")
struct MarkerTests {
  @Test("reads day and month markers of every market and interval")
  func reads() throws {
    for market in Market.allCases {
      for interval in KlineInterval.allCases {
        let marker = try #require(Marker(name: "_SUCCESS__2026-02-14__\(market.rawValue)__\(interval.rawValue)"))
        #expect(marker.market == market && marker.interval == interval)
        #expect(marker.period.description == "2026-02-14")
      }
    }
    let month = try #require(Marker(name: "_SUCCESS__2026-02__um__1h"))
    #expect(month.period.lastDay.description == "2026-02-28")
  }

  @Test("takes 1M for the month, never for the minute")
  func monthAlias() { #expect(Marker(name: "_SUCCESS__2026-02__um__1M")?.interval == .mo1) }

  @Test(
    "refuses impossible dates and forms",
    arguments: [
      "_SUCCESS__2026-02-30__um__1h", "_SUCCESS__2026-13__um__1h", "_SUCCESS__2026-02-14__UM__1h",
      "_SUCCESS__2026-02-14__um__2m", "_SUCCESS__2026-02-14__um", "_SUCCESS__2026-02-14__um__1h__x",
      "_SUCCESS__2026-02-14__um__1h\n", "SUCCESS__2026-02-14__um__1h", "_SUCCESS__2026-2-14__um__1h",
      "_SUCCESS__99999-01-01__um__1h", "",
    ])
  func refuses(name: String) { #expect(Marker(name: name) == nil) }

  @Test("sorts oldest first")
  func order() {
    let names = ["_SUCCESS__2026-02-15__um__1h", "_SUCCESS__2026-02-14__um__1h", "_SUCCESS__2026-02-14__cm__1h"]
    #expect(names.compactMap(Marker.init).sorted().map(\.name) == [names[2], names[1], names[0]])
  }
}
