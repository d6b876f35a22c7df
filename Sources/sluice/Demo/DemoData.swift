import FoundationEssentials
import Glibc
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine

/// What the demo's collector host holds: dated directories of opaque parts, and a few real kline archives.
struct DemoData {
  /// Days the demo's profile keeps.
  static let retentionDays = 21
  /// Days since the lake was synced: what is younger is only at the source.
  private static let daysBehind = 9
  private static let daysAtSource = 25
  private static let series = [
    "binance_BTC-USDT", "binance_ETH-USDT", "gate_io_IRON-USDT", "gate_io_VIRTUAL-USDT", "kucoin_SOL-USDT",
    "okx_BTC-USDT",
  ]

  let sourceDirectory: String
  let lakeDirectory: String
  let today: CalendarDay

  /// Makes the source's trees and what an earlier month left in the lake.
  ///
  /// - Throws: When a file cannot be written.
  func make() throws {
    for (index, name) in Self.series.enumerated() {
      // A collector that was down for a day, so that Coverage has a hole to find.
      for age in 0..<Self.daysAtSource where !(index == 2 && age == 12) {
        let directory = "\(name)_\(today.adding(days: -age).compact)"
        try makeDay("\(sourceDirectory)/cex_tickers/\(directory)", seed: index * 100 + age, age: age)
        // The lake was synced before: the day at the cut-off stays, what is older goes.
        if age >= Self.daysBehind {
          try makeDay("\(lakeDirectory)/cex_ticks/\(directory)", seed: index * 100 + age, age: age)
        }
      }
      // That sync came while the last day was still being written.
      let unfinished = "\(lakeDirectory)/cex_ticks/\(name)_\(today.adding(days: -Self.daysBehind).compact)"
      truncate("\(unfinished)/part_00003.parquet", 12_000)
    }
    try copyKlines()
    try FileManager.default.createDirectory(atPath: sourceDirectory + "/dex_candles", withIntermediateDirectories: true)
  }

  /// A directory of parts: Parquet's magic and a footer's length around bytes that no compressor can shrink.
  private func makeDay(_ path: String, seed: Int, age: Int) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    var generator = SplitMix64(seed: UInt64(seed))
    for part in 1...3 {
      // What is still to come is large enough to be watched, what is there already takes little room.
      let size = (age < Self.daysBehind ? 180_000 : 25_000) + Int(generator.next() % 60_000)
      let words = (0..<size / 8).map { _ in generator.next() }
      let bytes = Data("PAR1".utf8) + words.withUnsafeBytes { Data($0) } + Data([64, 0, 0, 0]) + Data("PAR1".utf8)
      let file = "\(path)/part_0000\(part).parquet"
      try bytes.write(to: URL(fileURLWithPath: file))
      // The same file on both sides has the same time, as after a sync.
      try FileManager.default.setAttributes([.modificationDate: today.start], ofItemAtPath: file)
    }
  }

  private func copyKlines() throws {
    let target = sourceDirectory + "/klines"
    let installed = InstalledFiles()
    guard let shipped = installed.directory("klines") else {
      throw CommandFailure(.noDemoFiles(installed.places.map { $0 + "/klines" }))
    }
    try FileManager.default.copyItem(atPath: shipped, toPath: target)
    for name in ["2018-07-04__spot__1m", "2025-01-01__spot__1m", "2025-04-11__spot__1m", "2025-01__spot__1h"] {
      try Data().write(to: URL(fileURLWithPath: "\(target)/\(Marker.prefix)\(name)"))
    }
  }
}
