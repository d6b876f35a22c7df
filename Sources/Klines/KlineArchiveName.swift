package import SluiceCore

/// The file name of a kline archive: `BTCUSDT-1m-2024-01-01.zip`, `BTCUSD_PERP-1h-2024-01.zip`.
///
/// Read from the right, because a symbol may hold digits, underscores, any script and even a hyphen.
package struct KlineArchiveName: Sendable, Hashable {
  /// The traded pair as the exchange spells it, such as `BTCUSDT`; never empty, without control characters.
  package let symbol: String
  /// The length of the archive's candles.
  package let interval: KlineInterval
  /// The UTC day or month whose candles the archive holds.
  package let period: Period

  /// Puts a name together from its parts.
  package init(symbol: String, interval: KlineInterval, period: Period) {
    self.symbol = symbol
    self.interval = interval
    self.period = period
  }

  /// Reads a file name without directories; nil for every name that is not a kline archive's.
  ///
  /// `1M` in a name is the month (`1mo`), never the minute. Hidden files are refused: rsync's temporary files are such.
  package init?(fileName: some StringProtocol) {
    let suffix = ".zip"
    guard fileName.hasSuffix(suffix), !fileName.hasPrefix("."), !fileName.utf8.contains(47) else { return nil }
    let stem = fileName.dropLast(suffix.count)
    // The day form has two hyphens more than the month form: try the longer first.
    for width in [10, 7] where stem.utf8.count > width + 3 {
      // Dates are ASCII: a suffix of so many characters is one of so many bytes, or no date.
      guard let period = Period(text: stem.suffix(width)) else { continue }
      let rest = stem.dropLast(width)
      guard rest.hasSuffix("-") else { continue }
      let named = rest.dropLast()
      guard let hyphen = named.lastIndex(of: "-"),
        let interval = KlineInterval(name: named[named.index(after: hyphen)...])
      else { continue }
      let symbol = named[..<hyphen]
      guard !symbol.isEmpty, symbol.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }) else { return nil }
      self.init(symbol: String(symbol), interval: interval, period: period)
      return
    }
    return nil
  }

  /// The name as the exchange spells it.
  package var fileName: String { "\(symbol)-\(interval.rawValue)-\(period).zip" }

  /// The day or month that a name or path speaks of, whatever else is wrong with it: the last `2020-08`, `2020-8` or
  /// `2020-08-03` in it.
  package static func period(in text: some StringProtocol) -> Period? {
    let bytes = Array(text.utf8)
    for start in bytes.indices.reversed() where start == 0 || !isDigit(bytes[start - 1]) {
      guard let (year, month, next) = numbers(bytes, from: start, count: 4) else { continue }
      let day = numbers(bytes, from: next - month.count, count: month.count)?.second
      let fields = [year, month] + (day.map { [$0] } ?? [])
      let padded = fields.map { $0.count == 1 ? [48] + $0 : $0 }
      if let period = Period(text: String(decoding: Array(padded.joined(separator: [45])), as: UTF8.self)) {
        return period
      }
    }
    return nil
  }

  /// A number of so many digits, and one of one or two after a hyphen; where the second ends.
  private static func numbers(
    _ bytes: [UInt8], from start: Int, count: Int
  ) -> (first: [UInt8], second: [UInt8], end: Int)? {
    let first = bytes[start...].prefix(while: isDigit)
    guard first.count == count, first.endIndex < bytes.count, bytes[first.endIndex] == 45 else { return nil }
    let second = bytes[(first.endIndex + 1)...].prefix(while: isDigit)
    guard (1...2).contains(second.count) else { return nil }
    return (Array(first), Array(second), second.endIndex)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
