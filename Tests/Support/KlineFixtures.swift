package import Foundation

/// Makes ZIP files and kline CSVs for tests: stored members and deflate members of stored blocks, which need no library.
package enum KlineFixtures {
  /// `Tests/Fixtures/klines`.
  package static var directory: String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/klines").path
  }

  /// Real files of the exchange, relative to `directory`.
  package static let realDays = ["2018-02-08", "2018-02-09", "2021-08-13", "2024-12-31", "2025-01-01", "2025-04-11"].map
  {
    "data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-\($0).zip"
  }
  /// Real monthly files of one-hour candles.
  package static let realMonths = ["2024-12", "2025-01"].map {
    "data/spot/monthly/klines/BTCUSDT/1h/BTCUSDT-1h-\($0).zip"
  }

  /// A member to put into an archive, with every lie a test wants to tell.
  package struct Member {
    package var name: String
    package var content: [UInt8]
    package var isDeflated = true
    package var flags: UInt16 = 0
    package var method: UInt16?
    package var crc: UInt32?
    package var declaredSize: UInt32?
    package var usesZip64 = false
    /// The time the archive gives it, as ZIP files write it: the date in the upper half.
    package var time: UInt32 = 0

    package init(_ name: String, _ content: String) {
      self.name = name
      self.content = Array(content.utf8)
    }
  }

  /// A ZIP file of these members.
  package static func zip(_ members: [Member]) -> Data {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let data = member.isDeflated ? deflated(member.content) : member.content
      let crc = member.crc ?? crc32(member.content)
      let method = member.method ?? (member.isDeflated ? 8 : 0)
      let size = member.declaredSize ?? UInt32(member.content.count)
      let narrow = (packed: member.usesZip64 ? UInt32.max : UInt32(data.count), plain: member.usesZip64 ? .max : size)
      let extra =
        member.usesZip64
        ? bytes(1, 2) + bytes(24, 2) + bytes(UInt64(size), 8) + bytes(UInt64(data.count), 8)
          + bytes(UInt64(body.count), 8) : []
      let offset = member.usesZip64 ? UInt64(UInt32.max) : UInt64(body.count)
      let name = Array(member.name.utf8)
      let common =
        bytes(20, 2) + bytes(UInt64(member.flags), 2) + bytes(UInt64(method), 2) + bytes(UInt64(member.time), 4)
        + bytes(UInt64(crc), 4)
        + bytes(UInt64(narrow.packed), 4) + bytes(UInt64(narrow.plain), 4) + bytes(UInt64(name.count), 2)
        + bytes(UInt64(extra.count), 2)
      body += bytes(0x0403_4b50, 4) + common + name + extra + data
      directory +=
        bytes(0x0201_4b50, 4) + bytes(0x0314, 2) + common + bytes(0, 2) + bytes(0, 2) + bytes(0, 2) + bytes(0, 4)
        + bytes(offset, 4) + name + extra
    }
    return Data(body + directory + end(members, start: body.count, size: directory.count))
  }

  /// An archive named `stem`.zip whose one member holds the text.
  ///
  /// - Parameter day: Days since 1980-01-01, below 31: the member's time.
  package static func archive(_ stem: String, _ csv: String, publishedOn day: Int = 0) -> Data {
    var member = Member(stem + ".csv", csv)
    member.time = UInt32(day == 0 ? 0 : 1 << 5 | day) << 16
    return zip([member])
  }

  /// Candles of one UTC day as CSV lines, with prices that depend on `seed`.
  ///
  /// - Parameters:
  ///   - start: The first open time, in milliseconds.
  ///   - step: The candle's length in milliseconds.
  ///   - unit: 1 for milliseconds, 1000 for microseconds.
  package static func rows(start: Int64, step: Int64, count: Int, seed: Int = 0, unit: Int64 = 1) -> [String] {
    (0..<count).map { index in
      let open = start + Int64(index) * step
      let base = 100 + (index * 7 + seed * 13) % 50
      return "\(open * unit),\(base).10,\(base + 5).25,\(base - 5).75,\(base + 1).5,\(index + seed).125,"
        + "\((open + step) * unit - 1),\(base * 3).00001,\(index + seed),0.1,1.25,0"
    }
  }

  /// The header futures files have.
  package static let header =
    "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore"

  private static func end(_ members: [Member], start: Int, size: Int) -> [UInt8] {
    let count = UInt64(members.count)
    guard members.contains(where: \.usesZip64) else {
      return bytes(0x0605_4b50, 4) + bytes(0, 4) + bytes(count, 2) + bytes(count, 2) + bytes(UInt64(size), 4)
        + bytes(UInt64(start), 4) + bytes(0, 2)
    }
    let record =
      bytes(0x0606_4b50, 4) + bytes(44, 8) + bytes(45, 2) + bytes(45, 2) + bytes(0, 4) + bytes(0, 4)
      + bytes(count, 8) + bytes(count, 8) + bytes(UInt64(size), 8) + bytes(UInt64(start), 8)
    let locator = bytes(0x0706_4b50, 4) + bytes(0, 4) + bytes(UInt64(start + size), 8) + bytes(1, 4)
    let last = bytes(0x0605_4b50, 4) + bytes(0, 4) + bytes(0xffff, 2) + bytes(0xffff, 2) + bytes(0xffff_ffff, 4)
    return record + locator + last + bytes(0xffff_ffff, 4) + bytes(0, 2)
  }

  private static func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
  }

  /// Raw deflate of stored blocks (RFC 1951, 3.2.4).
  private static func deflated(_ content: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = content[...]
    repeat {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      let length = UInt16(block.count)
      result += [rest.isEmpty ? 1 : 0] + bytes(UInt64(length), 2) + bytes(UInt64(~length), 2) + block
    } while !rest.isEmpty
    return result
  }

  private static let crcTable: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
  }

  private static func crc32(_ content: [UInt8]) -> UInt32 {
    ~content.reduce(UInt32.max) { crcTable[Int(($0 ^ UInt32($1)) & 255)] ^ $0 >> 8 }
  }
}
