/// Rates as rsync's `--bwlimit` takes them.
package enum BandwidthLimit {
  /// The limits there may be, in KB/s of 1024 bytes; 0 is none.
  package static let range = 0...100_000_000

  /// Reads a limit as an operator writes it: a rate, or `off`.
  ///
  /// - Returns: KB/s of 1024 bytes within `range`, 0 for none; nil when the text is no limit.
  package static func limit(_ text: String) -> Int? {
    if text.lowercased() == "off" { return 0 }
    return kilobytesPerSecond(text).flatMap { range.contains($0) ? $0 : nil }
  }

  /// Whether the text is a rate, and a greater one than any limit may be.
  static func isBeyondRange(_ text: String) -> Bool {
    if let rate = kilobytesPerSecond(text) { return !range.contains(rate) }
    return !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// Reads `10000`, `1.5m`, `800K`, `2MB`, `1GiB`: KB/s unless a unit is given, steps of 1024 (1000 with a final `B`).
  ///
  /// - Returns: KB/s of 1024 bytes, 1 or more; 0 means no limit; nil when the text is no rate.
  package static func kilobytesPerSecond(_ text: String) -> Int? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let value = Double(number), value.isFinite else { return nil }
    let unit = text.dropFirst(number.count).lowercased()
    guard let factor = factor(unit) else { return nil }
    let rate = value * factor / 1024
    guard rate <= 1e12 else { return nil }
    // A limit below one step would otherwise read as none at all.
    return rate > 0 ? max(1, Int(rate.rounded())) : 0
  }

  /// Bytes one of the unit stands for; rsync(1) on `--max-size` says what the suffixes mean.
  private static func factor(_ unit: String) -> Double? {
    guard let first = unit.first else { return 1024 }
    if unit == "b" { return 1 }
    guard let power = "kmgtp".firstIndex(of: first).map({ "kmgtp".distance(from: "kmgtp".startIndex, to: $0) + 1 })
    else { return nil }
    let step: Double
    switch unit.dropFirst() {
    case "", "ib": step = 1024
    case "b": step = 1000
    default: return nil
    }
    return (0..<power).reduce(1) { product, _ in product * step }
  }
}
