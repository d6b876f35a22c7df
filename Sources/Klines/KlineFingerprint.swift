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
}

extension KlineColumns {
  /// The fingerprint of one row.
  package func fingerprint(_ row: Int) -> UInt64 {
    KlineFingerprint.of(
      closeTime: self[.closeTime][row], trades: self[.trades][row], values: Value.allCases.map { self[$0][row] })
  }
}
