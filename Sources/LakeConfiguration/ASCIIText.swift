/// What a configuration's texts nearly always are, told without the tables of Unicode.
///
/// Asking those for each character of a thousand profiles takes longer than all the rest of reading them.
enum ASCIIText {
  static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// Whether a text holds nothing but ASCII letters, digits and these bytes.
  static func isPlain(_ text: some StringProtocol, and others: StaticString) -> Bool {
    text.utf8.allSatisfy { byte in
      isLetterOrDigit(byte) || others.withUTF8Buffer { $0.contains(byte) }
    }
  }

  /// The words between blanks.
  static func words(_ text: String) -> [Substring] {
    guard text.utf8.allSatisfy({ $0 < 128 }) else { return text.split(whereSeparator: \.isWhitespace) }
    return text.utf8.split(whereSeparator: isBlank).map(Substring.init)
  }

  /// The parts of a path; a slash is a byte, whatever follows it.
  static func parts(ofPath path: String) -> [Substring] {
    path.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init)
  }

  /// Whether a path needs no look at its parts: printable ASCII, none of them empty or with a dot in front.
  static func isCleanPath(_ path: String, isAbsolute: Bool) -> Bool {
    let slash = UInt8(ascii: "/")
    var last = isAbsolute ? 0 : slash
    for byte in path.utf8 {
      guard byte > 31, byte < 127, last != 0 || byte == slash else { return false }
      if last == slash, byte == slash || byte == UInt8(ascii: ".") { return false }
      last = byte
    }
    return last != slash && last != 0
  }

  /// Whether a text holds a character of Unicode's category Cc, which is C0, DEL and C1.
  static func hasControlCharacter(_ text: String) -> Bool {
    text.utf8.contains { $0 < 32 || $0 == 127 } || text.unicodeScalars.contains { (128...159).contains($0.value) }
  }
}
