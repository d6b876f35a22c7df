/// Finds a text in many others without regard to case, fast enough to be asked at every letter typed.
struct TextSearch: Sendable, Equatable {
  private let wanted: String
  /// The wanted text in lower case when it is ASCII, the common case by far.
  private let bytes: [UInt8]?

  /// A search for a text; an empty one is found everywhere.
  init(_ text: String) {
    wanted = text.lowercased()
    bytes = wanted.utf8.allSatisfy { $0 < 0x80 } ? Array(wanted.utf8) : nil
  }

  /// Whether the text is found.
  func matches(_ text: String) -> Bool {
    guard let bytes else { return text.lowercased().contains(wanted) }
    guard let first = bytes.first else { return true }
    var text = text
    return text.withUTF8 { buffer in
      guard buffer.count >= bytes.count else { return false }
      for start in 0...(buffer.count - bytes.count) where Self.lower(buffer[start]) == first {
        if bytes.indices.dropFirst().allSatisfy({ Self.lower(buffer[start + $0]) == bytes[$0] }) { return true }
      }
      return false
    }
  }

  /// Every place of the text in another one, from the left, none over another.
  func places(in text: String) -> [Range<String.Index>] {
    guard !wanted.isEmpty else { return [] }
    var places: [Range<String.Index>] = []
    var start = text.startIndex
    while start < text.endIndex {
      guard let end = end(of: text[start...]) else {
        start = text.index(after: start)
        continue
      }
      places.append(start..<end)
      start = end
    }
    return places
  }

  /// Where the wanted text ends when another one begins with it.
  private func end(of text: Substring) -> String.Index? {
    var rest = wanted[...]
    var index = text.startIndex
    while let letter = rest.first {
      guard index < text.endIndex, text[index].lowercased() == String(letter) else { return nil }
      rest.removeFirst()
      index = text.index(after: index)
    }
    return index
  }

  private static func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }
}
