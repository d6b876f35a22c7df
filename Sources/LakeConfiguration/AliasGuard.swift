/// Finds keys that are lists or tables in a file that uses aliases.
///
/// The parser compares keys in full, so such a key made of aliases of aliases would take it for ever; and no key of a
/// configuration is one.
enum AliasGuard {
  /// The line of the first such key, 1 for the first line; nil when the file has no aliases or no such key.
  static func lineOfCollectionKey(in text: String) -> Int? {
    // Nearly every file: no alias without its sign.
    guard text.utf8.contains(UInt8(ascii: "*")) else { return nil }
    let bytes = bare(Array(text.utf8))
    guard hasAlias(bytes) else { return nil }
    var line = 1
    var last: UInt8 = newline
    for (index, byte) in bytes.enumerated() {
      if byte == newline { line += 1 }
      let next = index + 1 < bytes.count ? bytes[index + 1] : newline
      if byte == UInt8(ascii: "?"), isBlank(next), isBlank(last) || openers.contains(last) { return line }
      if byte == UInt8(ascii: ":"), endsCollectionOrAlias(bytes[..<index]) { return line }
      last = byte
    }
    return nil
  }

  private static let newline = UInt8(ascii: "\n")
  private static let openers = Array("[{,-".utf8)

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  private static func hasAlias(_ bytes: [UInt8]) -> Bool {
    zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "*") && !isBlank($1) }
  }

  /// Whether the text before a colon closes a list or table, or is an alias.
  private static func endsCollectionOrAlias(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    while let byte = rest.last, isBlank(byte) { rest.removeLast() }
    if rest.last == UInt8(ascii: "]") || rest.last == UInt8(ascii: "}") { return true }
    guard rest.count < text.count else { return false }
    let word = rest.reversed().prefix { !isBlank($0) && !openers.contains($0) }
    return word.last == UInt8(ascii: "*")
  }

  /// The text with quoted strings and comments blanked out, lines kept.
  private static func bare(_ text: [UInt8]) -> [UInt8] {
    var result = text
    var quote: UInt8?
    var isComment = false
    var isEscaped = false
    var previous = newline
    for (index, byte) in text.enumerated() {
      defer { previous = byte }
      if byte == newline { isComment = false }
      if isComment {
        if byte != newline { result[index] = 32 }
      } else if let open = quote {
        if byte == open, !isEscaped { quote = nil }
        isEscaped = open == UInt8(ascii: "\"") && byte == UInt8(ascii: "\\") && !isEscaped
        if byte != newline { result[index] = UInt8(ascii: "q") }
      } else if byte == UInt8(ascii: "#"), isBlank(previous) {
        isComment = true
        result[index] = 32
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), isBlank(previous) || openers.contains(previous)
      {
        quote = byte
        result[index] = UInt8(ascii: "q")
      }
    }
    return result
  }
}
