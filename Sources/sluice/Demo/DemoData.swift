import Foundation
import SluiceCore
import SluiceEngine

/// What the demo's collector host holds: dated directories of opaque parts, and a few real kline archives.
struct DemoData {
  /// Days the demo's profile keeps.
  static let retentionDays = 5
  static let series = ["gate_io_VIRTUAL-USDT", "gate_io_IRON-USDT", "binance_BTC-USDT"]

  let sourceDirectory: String
  let lakeDirectory: String
  let today: CalendarDay

  /// Makes the source's trees and what an earlier month left in the lake.
  ///
  /// - Throws: When a file cannot be written.
  func make() throws {
    for (index, name) in Self.series.enumerated() {
      for age in 0..<9 {
        try makeDay(
          "\(sourceDirectory)/cex_tickers/\(name)_\(day(age).compact)", seed: index * 100 + age,
          megabytes: 1 + (age + index) % 4)
      }
      // The lake was synced before: the day at the cut-off stays, what is older goes.
      for age in [Self.retentionDays, Self.retentionDays + 1, Self.retentionDays + 2] {
        try makeDay(
          "\(lakeDirectory)/cex_ticks/\(name)_\(day(age).compact)", seed: index * 100 + age,
          megabytes: 1 + (age + index) % 4)
      }
    }
    try copyKlines()
    try FileManager.default.createDirectory(atPath: sourceDirectory + "/dex_candles", withIntermediateDirectories: true)
  }

  private func day(_ age: Int) -> CalendarDay { today.adding(days: -age) }

  /// A directory of parts: Parquet's magic around bytes that no compressor can shrink, as the collector's would be.
  private func makeDay(_ path: String, seed: Int, megabytes: Int) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    var generator = SplitMix(state: UInt64(seed))
    for part in 1...3 {
      let size = megabytes * 350_000 + Int(generator.next() % 40_000)
      var bytes = Array("PAR1".utf8)
      bytes.reserveCapacity(size + 16)
      while bytes.count < size { withUnsafeBytes(of: generator.next()) { bytes += $0 } }
      bytes += Array("PAR1".utf8)
      let file = "\(path)/part_0000\(part).parquet"
      try Data(bytes).write(to: URL(fileURLWithPath: file))
      // The same file on both sides has the same time, as after a sync.
      try FileManager.default.setAttributes([.modificationDate: today.start], ofItemAtPath: file)
    }
  }

  private func copyKlines() throws {
    let target = sourceDirectory + "/klines"
    guard let shipped = Bundle.module.resourcePath.map({ $0 + "/klines" }) else {
      throw RunFault.file(operation: "find", path: "the demo's klines", errorNumber: ENOENT)
    }
    try FileManager.default.copyItem(atPath: shipped, toPath: target)
    for name in ["2018-07-04__spot__1m", "2025-01-01__spot__1m", "2025-04-11__spot__1m", "2025-01__spot__1h"] {
      try Data().write(to: URL(fileURLWithPath: "\(target)/\(Marker.prefix)\(name)"))
    }
  }
}

/// A small generator with a seed (SplitMix64, https://prng.di.unimi.it/splitmix64.c): the same demo every time.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
