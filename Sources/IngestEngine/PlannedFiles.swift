import Klines
import SluiceCore
import Warehouse

/// Files waiting to be read, 24 bytes each: a first ingest may have hundreds of thousands.
struct PlannedFiles {
  private struct Item {
    var directory: UInt32
    var symbol: UInt32
    var firstDay: Int32
    var lastDay: Int32
    var market: UInt8
    var interval: UInt8
    /// The name says `1M` where the exchange's archives say `1mo`.
    var saysCapitalM: Bool
    var isKnown: Bool
  }

  private var items: [Item] = []
  private var directories: [String] = []
  private var symbols: [String] = []
  private var symbolNumbers: [String: UInt32] = [:]

  var count: Int { items.count }

  /// Adds a file; files of one directory should come together.
  ///
  /// - Parameter isKnown: Whether the ledger has an entry of it.
  mutating func append(
    directory: String, fileName: String, archive: KlineArchiveName, market: Market, isKnown: Bool
  ) {
    if directories.last != directory { directories.append(directory) }
    let symbol = symbolNumbers[archive.symbol] ?? UInt32(symbols.count)
    if symbol == symbols.count {
      symbols.append(archive.symbol)
      symbolNumbers[archive.symbol] = symbol
    }
    items.append(
      Item(
        directory: UInt32(directories.count - 1), symbol: symbol,
        firstDay: Int32(archive.period.firstDay.daysSinceEpoch), lastDay: Int32(archive.period.lastDay.daysSinceEpoch),
        market: UInt8(Market.allCases.firstIndex(of: market) ?? 0),
        interval: UInt8(KlineInterval.allCases.firstIndex(of: archive.interval) ?? 0),
        saysCapitalM: fileName != archive.fileName, isKnown: isKnown))
  }

  /// Oldest first, a month behind its days; within a period by market, interval and symbol.
  ///
  /// A month that comes last is held against its days once, instead of once for each of them.
  mutating func sort() {
    items.sort {
      ($0.lastDay, -$0.firstDay, $0.market, $0.interval, $0.symbol, $0.directory)
        < ($1.lastDay, -$1.firstDay, $1.market, $1.interval, $1.symbol, $1.directory)
    }
  }

  /// The series the files are of.
  var series: Set<KlineSeries> {
    let pairs = Set(items.map { UInt16($0.market) << 8 | UInt16($0.interval) })
    return Set(
      pairs.map {
        KlineSeries(market: Market.allCases[Int($0 >> 8)], interval: KlineInterval.allCases[Int($0 & 255)])
      })
  }

  /// Whether the ledger has an entry of the file.
  func isKnown(_ index: Int) -> Bool { items[index].isKnown }

  /// A file's path relative to the profile, its market and what its name says.
  subscript(index: Int) -> LedgerKey {
    let item = items[index]
    let first = CalendarDay(daysSinceEpoch: Int(item.firstDay))
    let fields = first.fields
    // A month has at least 28 days, so one day alone is always the day form.
    let period = item.firstDay == item.lastDay ? Period.day(first) : .month(year: fields.year, month: fields.month)
    let interval = KlineInterval.allCases[Int(item.interval)]
    let archive = KlineArchiveName(symbol: symbols[Int(item.symbol)], interval: interval, period: period)
    let name = item.saysCapitalM ? "\(archive.symbol)-1M-\(period).zip" : archive.fileName
    let directory = directories[Int(item.directory)]
    return LedgerKey(
      path: directory.isEmpty ? name : directory + "/" + name, market: Market.allCases[Int(item.market)],
      archive: archive)
  }
}
