/// A colour that makes a lake's dashboard look like no other one's.
package struct AccentColor: Sendable, Equatable {
  /// The red channel, 0…255.
  package let red: UInt8
  /// The green channel, 0…255.
  package let green: UInt8
  /// The blue channel, 0…255.
  package let blue: UInt8

  /// The colours that have a name.
  package static let names = ["red", "orange", "yellow", "green", "blue", "purple"]

  private static let values: [UInt32] = [0xC62828, 0xD9730D, 0xE0B400, 0x2E7D32, 0x1565C0, 0x7B3FA0]

  /// A colour by its name, or by six hexadecimal digits with or without `#`; nil for anything else.
  package init?(_ text: String) {
    let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
    // The number's own reader takes a sign as well.
    let isSpelled = digits.utf8.count == 6 && digits.allSatisfy(\.isHexDigit)
    let spelled = isSpelled ? UInt32(digits, radix: 16) : nil
    guard let value = Self.names.firstIndex(of: text).map({ Self.values[$0] }) ?? spelled else { return nil }
    (red, green, blue) = (UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
  }
}
