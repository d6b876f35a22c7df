/// Spans of time as configuration and command line write them: `120s`, `2m`, `26h`, `2d`, `1h30m`.
package enum DurationText {
  /// Reads a span; nil for anything else, for a bare number, and beyond a thousand years.
  package static func parse(_ text: some StringProtocol) -> Duration? {
    guard let total = seconds(text), total <= 1000 * 366 * 86_400 else { return nil }
    return .milliseconds(Int64((total * 1000).rounded()))
  }

  /// Whether it is written as a span is, however long.
  package static func isSpelled(_ text: some StringProtocol) -> Bool { seconds(text) != nil }

  /// A span as `parse` reads it, without loss: `1h30m`.
  ///
  /// - Parameter seconds: 0 or more.
  package static func text(_ seconds: Int) -> String {
    let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")]
    let text = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
    return text.isEmpty ? "0s" : text
  }

  private static func seconds(_ text: some StringProtocol) -> Double? {
    let whole = String(text.filter { $0 != " " })
    var rest = whole[...]
    guard !rest.isEmpty else { return nil }
    var total = 0.0
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard let value = Double(number), let seconds = Self.units[unit.lowercased()] else { return nil }
      total += value * seconds
    }
    return total.isFinite ? total : nil
  }

  private static let units: [String: Double] = ["ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
}
