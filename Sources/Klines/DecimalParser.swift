/// Decimal text to the nearest Double, correctly rounded.
///
/// A mantissa below 2^53 and a power of ten up to 10^22 are both exact in a Double, so one division rounds once and
/// correctly (Clinger 1990, "How to read floating point numbers accurately"); everything else goes to the
/// standard library, which rounds correctly too and does not heed the locale.
struct DecimalParser {
  private let powers: UnsafeMutablePointer<Double>

  private static let maxExactPower = 22

  init() {
    powers = .allocate(capacity: Self.maxExactPower + 1)
    var power = 1.0
    for exponent in 0...Self.maxExactPower {
      powers[exponent] = power
      power *= 10
    }
  }

  func release() { powers.deallocate() }

  /// Reads digits with at most one point, and stops at the first other byte.
  ///
  /// - Parameter cursor: Moved behind the number; the text must end with a byte that no number holds.
  /// - Returns: The value, or nil when there is no digit.
  @inline(__always)
  func plain(_ cursor: inout UnsafePointer<UInt8>) -> Double? {
    let start = cursor
    var mantissa: UInt64 = 0
    var next = cursor
    var digit = next.pointee &- 48
    while digit <= 9 {
      mantissa = mantissa &* 10 &+ UInt64(digit)
      next += 1
      digit = next.pointee &- 48
    }
    var digits = next - start
    var decimals = 0
    if next.pointee == 46 {
      next += 1
      let point = next
      digit = next.pointee &- 48
      while digit <= 9 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        next += 1
        digit = next.pointee &- 48
      }
      decimals = next - point
      digits += decimals
    }
    guard digits > 0 else { return nil }
    cursor = next
    // 19 digits cannot overflow the mantissa.
    if digits <= 19, mantissa <= 1 << 53, decimals <= Self.maxExactPower {
      return Double(mantissa) / powers[decimals]
    }
    return Self.rounded(UnsafeBufferPointer(start: start, count: next - start))
  }

  /// The standard library's reading, for numbers the fast way is not exact for; NaN for what is no number.
  @inline(never)
  static func rounded(_ text: UnsafeBufferPointer<UInt8>) -> Double {
    Double(String(decoding: text, as: UTF8.self)) ?? .nan
  }
}
