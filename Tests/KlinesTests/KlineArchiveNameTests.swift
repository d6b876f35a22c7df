import Klines
import SluiceCore
import Testing

@Suite struct KlineArchiveNameTests {
  @Test(
    "reads symbol, interval and period from the right",
    arguments: [
      ("BTCUSDT-1m-2024-01-01.zip", "BTCUSDT", KlineInterval.m1, "2024-01-01"),
      ("BTCUSDT-1mo-2024-01.zip", "BTCUSDT", .mo1, "2024-01"),
      ("BTCUSDT-1M-2024-01.zip", "BTCUSDT", .mo1, "2024-01"),
      ("BTCUSD_PERP-1h-2023-10-27.zip", "BTCUSD_PERP", .h1, "2023-10-27"),
      ("BTCUSDT_240628-1s-2024-06-28.zip", "BTCUSDT_240628", .s1, "2024-06-28"),
      ("1000SATSFDUSD-12h-2024-02.zip", "1000SATSFDUSD", .h12, "2024-02"),
      ("0GUSDT-3d-2025-10-01.zip", "0GUSDT", .d3, "2025-10-01"),
      ("币安人生USDT-1w-2026-01-05.zip", "币安人生USDT", .w1, "2026-01-05"),
      ("BTC-USDT-5m-2024-01-01.zip", "BTC-USDT", .m5, "2024-01-01"),
      ("A-1h-1m-2024-01-01.zip", "A-1h", .m1, "2024-01-01"),
    ])
  func reads(name: String, symbol: String, interval: KlineInterval, period: String) {
    let archive = KlineArchiveName(fileName: name)
    #expect(archive?.symbol == symbol)
    #expect(archive?.interval == interval)
    #expect(archive?.period.description == period)
  }

  @Test("reads every interval the exchange has", arguments: KlineInterval.allCases)
  func everyInterval(interval: KlineInterval) {
    let name = "BTCUSDT-\(interval.rawValue)-2024-01-01.zip"
    #expect(KlineArchiveName(fileName: name)?.interval == interval)
    #expect(KlineArchiveName(fileName: name)?.fileName == name)
  }

  @Test(
    "refuses what is no kline archive",
    arguments: [
      "BTCUSDT.zip", "random.txt", "BTCUSDT-aggTrades-2024-01-01.zip", "BTCUSDT-trades-2024-01.zip",
      "BTCUSDT-1m-2026-13-45.zip", "BTCUSDT-1m-2026-02-30.zip", "BTCUSDT-1m-2026-01-16-x.zip",
      "BTCUSDT-2m-2024-01-01.zip",
      "ADABKRW-1d-2020-8.zip", ".BTCUSDT-1m-2024-01-01.zip", "-1m-2024-01-01.zip", "BTCUSDT-1m-2024-01-01.zip.CHECKSUM",
      "BTCUSDT-1m-2024-01-01.ZIP", "BTC\u{7}USDT-1m-2024-01-01.zip", "", ".zip", "a/BTCUSDT-1m-2024-01-01.zip",
    ])
  func refuses(name: String) {
    #expect(KlineArchiveName(fileName: name) == nil)
  }

  @Test(
    "takes the market from whole path components",
    arguments: [
      ("data/futures/um/daily/klines/BTCUSDT/1m", KlineArchivePath.market(.um)),
      ("data/futures/cm/monthly/klines/BTCUSD_PERP/1h", .market(.cm)),
      ("data/spot/daily/klines/BTCUSDT/1m", .market(.spot)),
      ("um/BTCUSDT", .market(.um)), ("spot/copy/futures/um/x", .market(.um)),
      ("", .unnamed), ("klines/UMUSDT/1m", .unnamed), ("column/spotted", .unnamed),
      ("data/futures/um/daily/markPriceKlines/BTCUSDT/1m", .excluded),
      ("data/futures/um/daily/indexPriceKlines/BTCUSDT/1m", .excluded),
      ("data/futures/um/daily/premiumIndexKlines/BTCUSDT/1m", .excluded),
      ("data/futures/um/daily/aggTrades/BTCUSDT", .excluded),
      ("data/spot/daily/klines/BTCUSDT/1m/.rsync-partial", .excluded), ("data/.~tmp~/x", .excluded),
      ("_ingested", .excluded), (".sluice/x", .excluded),
    ])
  func markets(directory: String, expected: KlineArchivePath) {
    #expect(KlineArchivePath(directory: directory) == expected)
  }
}
