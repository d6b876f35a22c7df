/// Round numbers for the upper end of an axis, so that it seldom moves.
enum GraphScale {
  /// The smallest round count of bytes that is not below a value: 1, 2 or 5 times a power of ten, in units of 1024.
  static func bytes(_ value: Double) -> Double {
    guard value.isFinite, value > 1 else { return 1 }
    var unit = 1.0
    while value / unit > 500, unit < 1e18 { unit *= 1024 }
    let steps: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500]
    return (steps.first { $0 * unit >= value } ?? value / unit) * unit
  }
}
