/// A colour of the sRGB space, 0…255 a channel.
package struct RGB: Sendable, Hashable {
  /// The red channel, 0…255.
  package var red: UInt8
  /// The green channel, 0…255.
  package var green: UInt8
  /// The blue channel, 0…255.
  package var blue: UInt8

  /// A colour by its three channels, 0…255 each.
  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Six hexadecimal digits, with or without `#`; nil for anything else.
  package init?(hex text: String) {
    let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
    guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
      return nil
    }
    self.init(UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
  }

  /// The darkest colour.
  package static let black = RGB(0, 0, 0)
  /// The brightest colour.
  package static let white = RGB(255, 255, 255)

  /// How bright it is, 0…1: the relative luminance of WCAG 2.
  package var luminance: Double {
    let (r, g, b) = linear
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }

  /// The contrast ratio of WCAG 2, 1…21: 4.5 is needed to read text, 3 to see a shape.
  package func contrast(to other: RGB) -> Double {
    let one = luminance
    let two = other.luminance
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }

  /// The colour between this one (0) and another (1).
  package func blended(towards other: RGB, by share: Double) -> RGB {
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8(max(0, min(255, (Double(from) + (Double(to) - Double(from)) * share).rounded())))
    }
    return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  /// How far two colours are apart for the eye: the CIE 1976 difference; about 15 is easily told apart.
  package func difference(from other: RGB) -> Double {
    let one = lab
    let two = other.lab
    let (l, a, b) = (one.l - two.l, one.a - two.a, one.b - two.b)
    return (l * l + a * a + b * b).squareRoot()
  }

  private var linear: (Double, Double, Double) {
    (Self.linearTable[Int(red)], Self.linearTable[Int(green)], Self.linearTable[Int(blue)])
  }

  private var lab: (l: Double, a: Double, b: Double) {
    let (r, g, b) = linear
    let x = Self.labCurve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
    let y = Self.labCurve(0.2126 * r + 0.7152 * g + 0.0722 * b)
    let z = Self.labCurve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))
  }

  private static func labCurve(_ t: Double) -> Double {
    t > 0.008856 ? Power.root(t, 3) : 7.787 * t + 16.0 / 116
  }

  private static let linearTable: [Double] = (0...255).map { step in
    let value = Double(step) / 255
    // value^2.4 = (value^12)^(1/5)
    let base = (value + 0.055) / 1.055
    let sixth = base * base * base * base * base * base
    return value <= 0.04045 ? value / 12.92 : Power.root(sixth * sixth, 5)
  }
}

/// Roots without the C mathematics library, which this module does not import.
private enum Power {
  /// The n-th root of a number in 0…2, by Newton's method.
  static func root(_ number: Double, _ n: Int) -> Double {
    guard number > 0 else { return 0 }
    var guess = 1.0
    for _ in 0..<200 {
      var power = 1.0
      for _ in 1..<n { power *= guess }
      let next = (Double(n - 1) * guess + number / power) / Double(n)
      if (next - guess).magnitude < 1e-12 { return next }
      guess = next
    }
    return guess
  }
}
