/// Spans of time as configuration and command line write them: `120s`, `2m`, `26h`, `2d`, `1h30m`.
package enum DurationText {
  /// Reads a span; nil for anything else, for a bare number, and beyond a thousand years.
  package static func parse(_ text: some StringProtocol) -> Duration? {
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
    guard total.isFinite, total <= 1000 * 366 * 86_400 else { return nil }
    return .milliseconds(Int64((total * 1000).rounded()))
  }

  private static let units: [String: Double] = ["ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
}
