/// What texts need beyond the standard library, so that nothing of Foundation but its essentials is linked in.
extension StringProtocol {
  /// The text without white space and line ends at either end.
  package var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }

  /// The text with spaces after it, or cut, so that it has so many characters.
  ///
  /// - Parameter width: In characters, 0 or more.
  package func padded(to width: Int) -> String {
    String(prefix(width)) + String(repeating: " ", count: Swift.max(0, width - count))
  }

  /// The text as part of a URL: all but ASCII letters, digits and `-._~` as the bytes of its UTF-8 in hexadecimal.
  package var percentEncoded: String {
    let digits = Array("0123456789ABCDEF")
    return utf8.reduce(into: "") { encoded, byte in
      let scalar = Unicode.Scalar(byte)
      if scalar.isASCII, Character(scalar).isLetter || Character(scalar).isNumber || "-._~".contains(Character(scalar))
      {
        encoded.append(Character(scalar))
      } else {
        encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }

  /// Where another text stands in this one for the last time.
  package func lastRange(of other: String) -> Range<Index>? { ranges(of: other).last }
}
