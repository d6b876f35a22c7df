/// A number over all of a row's values, to see whether two files agree about a candle without comparing column by column.
///
/// Wraps around, like every sum here; a warehouse can compute the same from its columns.
package enum KlineFingerprint {
  /// What the bits of each column of doubles are multiplied by, in the order of `KlineColumns.Value`.
  package static let valueFactors: [UInt64] = [1, 3, 5, 7, 11, 13, 17, 19]
  /// What the close time is multiplied by.
  package static let closeTimeFactor: UInt64 = 23
  /// What the number of trades is multiplied by.
  package static let tradesFactor: UInt64 = 29

  /// The fingerprint of these values, in the order of `KlineColumns.Value`.
  package static func of(closeTime: Int64, trades: Int64, values: [Double]) -> UInt64 {
    zip(values, valueFactors).reduce(
      UInt64(bitPattern: closeTime) &* closeTimeFactor &+ UInt64(bitPattern: trades) &* tradesFactor
    ) { $0 &+ $1.0.bitPattern &* $1.1 }
  }

  /// What a row's fingerprint is multiplied by where those of many rows are added up: odd, and another one at each time.
  package static func weight(openTime: Int64) -> UInt64 { UInt64(bitPattern: openTime) &<< 1 | 1 }
}

extension KlineColumns {
  /// The fingerprint of one row.
  package func fingerprint(_ row: Int) -> UInt64 {
    KlineFingerprint.of(
      closeTime: self[.closeTime][row], trades: self[.trades][row], values: Value.allCases.map { self[$0][row] })
  }

  /// The sum over the fingerprints of rows, each by its weight; column by column, as they lie in memory.
  func content(of rows: Range<Int>) -> UInt64 {
    let times = self[.openTime]
    var sum: UInt64 = 0
    let wholes: [(Whole, UInt64)] = [
      (.closeTime, KlineFingerprint.closeTimeFactor), (.trades, KlineFingerprint.tradesFactor),
    ]
    for (column, factor) in wholes {
      let values = self[column]
      var own: UInt64 = 0
      for row in rows {
        own &+= UInt64(bitPattern: values[row]) &* KlineFingerprint.weight(openTime: times[row])
      }
      sum &+= own &* factor
    }
    for (column, factor) in zip(Value.allCases, KlineFingerprint.valueFactors) {
      let values = self[column]
      var own: UInt64 = 0
      for row in rows { own &+= values[row].bitPattern &* KlineFingerprint.weight(openTime: times[row]) }
      sum &+= own &* factor
    }
    return sum
  }
}
