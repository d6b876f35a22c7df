/// Text from outside (file names, messages of other programs) made safe to show on a terminal.
package enum SafeText {
  /// The text with everything that could move the cursor, change the reading order or hide itself shown as an escape.
  ///
  /// A line feed becomes `\n`, an escape character `\x1b`, a right-to-left override `\u{202e}`. Applying it twice changes
  /// nothing more: a backslash stays as it is.
  package static func escaped(_ text: String) -> String {
    if isPlainASCII(text) { return text }
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isUnsafe(scalar) { result.append(contentsOf: escape(scalar).unicodeScalars) } else { result.append(scalar) }
    }
    return String(result)
  }

  /// The text in printable ASCII: signs by their likeness, every other character as an escape such as `\u{65e7}`.
  ///
  /// Two names that differ stay different, and what is shown can be typed.
  package static func ascii(_ text: String) -> String {
    if isPlainASCII(text) { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      let likeness = isUnsafe(scalar) ? "?" : Glyphs.asciiFallback(for: scalar)
      result += likeness == "?" && scalar != "?" ? escape(scalar) : likeness
    }
  }

  /// Bytes that need not be UTF-8 (a file name) as safe text; each byte that is not part of a character is shown as `\xff`.
  package static func escaped(bytes: some Sequence<UInt8>) -> String {
    var result = ""
    var decoder = UTF8DecodingBuffer(Array(bytes))
    while let piece = decoder.next() {
      switch piece {
      case .scalar(let scalar): result += isUnsafe(scalar) ? escape(scalar) : String(scalar)
      case .invalid(let byte): result += hexadecimal(byte)
      }
    }
    return result
  }

  /// Whether every byte is printable ASCII, so that bytes, characters and columns are the same thing.
  package static func isPlainASCII(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// Whether a scalar must not reach a terminal as it is.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true  // C0, DEL, C1
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // direction marks and overrides
    case 0x200B, 0x2028, 0x2029, 0x2060...0x2065, 0x206A...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true  // invisible
    case 0xFFFE, 0xFFFF, 0xE0000...0xE0FFF: true  // noncharacters and tags
    case 0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x3164, 0xFFA0: true  // drawn as nothing
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x2800, 0x3000: true  // blanks that are no space
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case _ where scalar.value < 0xA0: hexadecimal(UInt8(truncatingIfNeeded: scalar.value))
    default: "\\u{" + String(scalar.value, radix: 16) + "}"
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return "\\x" + (digits.count < 2 ? "0" : "") + digits
  }
}

/// Walks bytes as UTF-8 and hands out what is not UTF-8 byte by byte, where a plain `String(decoding:)` would lose it.
private struct UTF8DecodingBuffer {
  enum Piece {
    case scalar(Unicode.Scalar)
    case invalid(UInt8)
  }

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Piece? {
    guard position < bytes.count else { return nil }
    let first = bytes[position]
    let length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    if length > 0, position + length <= bytes.count {
      // The standard library's validation knows surrogates and overlong forms; only the length is guessed here.
      if let text = String(validating: bytes[position..<position + length], as: UTF8.self),
        let scalar = text.unicodeScalars.first
      {
        position += length
        return .scalar(scalar)
      }
    }
    position += 1
    return .invalid(first)
  }
}
