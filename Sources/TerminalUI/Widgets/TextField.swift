/// A line of text being typed: filters, numbers, confirmations.
package struct TextField: Sendable, Hashable {
  /// What a key did to the field.
  package enum Outcome: Sendable, Hashable { case changed, moved, submitted, cancelled, ignored }

  private var characters: [Character] = []
  /// Where the next character goes, 0…number of characters.
  package private(set) var cursor = 0
  /// The longest text taken, in characters.
  package let limit: Int

  /// Whether the text is only an offer: the first character typed replaces it, any other key takes it over.
  private var isOffered: Bool

  /// A field with a text in it, the cursor at its end.
  ///
  /// - Parameters:
  ///   - limit: The longest text taken, in characters, 1 or more.
  ///   - isOffered: Whether typing replaces the text instead of adding to it.
  package init(_ text: String = "", limit: Int = 256, isOffered: Bool = false) {
    self.limit = max(1, limit)
    self.isOffered = isOffered
    insert(text)
  }

  /// What has been typed so far.
  package var text: String { String(characters) }
  /// Whether nothing is in the field.
  package var isEmpty: Bool { characters.isEmpty }

  /// Replaces the text; the cursor goes to its end.
  package mutating func replace(with text: String) {
    characters = []
    cursor = 0
    insert(text)
  }

  /// Puts text at the cursor, such as a paste; control characters are left out and what exceeds the limit is cut.
  package mutating func insert(_ text: String) {
    let usable = text.filter { !$0.unicodeScalars.contains(where: SafeText.isUnsafe) }
    let taken = Array(usable.prefix(limit - characters.count))
    characters.insert(contentsOf: taken, at: cursor)
    cursor += taken.count
  }

  /// Takes a key as a line editor does.
  package mutating func handle(_ key: Key) -> Outcome {
    if isOffered, case .character = key { replace(with: "") }
    isOffered = false
    switch key {
    case .enter: return .submitted
    case .escape: return .cancelled
    case .left: return move(to: cursor - 1)
    case .right: return move(to: cursor + 1)
    case .home, .control("a"): return move(to: 0)
    case .end, .control("e"): return move(to: characters.count)
    case .backspace, .control("h"): return remove(max(0, cursor - 1)..<cursor)
    case .delete, .control("d"): return remove(cursor..<min(characters.count, cursor + 1))
    case .control("u"): return remove(0..<cursor)
    case .control("k"): return remove(cursor..<characters.count)
    case .control("w"): return remove(wordStart..<cursor)
    case .character(let character):
      let before = characters.count
      insert(String(character))
      return characters.count == before ? .ignored : .changed
    default: return .ignored
    }
  }

  /// Draws the text, scrolled so that the cursor shows, and returns the column of the cursor.
  @discardableResult
  package func draw(
    in buffer: inout ScreenBuffer, x: Int, y: Int, width: Int, style: Style = .plain, placeholder: String = ""
  ) -> Int {
    guard width > 0 else { return x }
    buffer.fill(Rect(x: x, y: y, width: width, height: 1), style)
    if characters.isEmpty {
      buffer.put(placeholder, x: x, y: y, width: width, style: Style(.muted, on: style.background))
      return x
    }
    // One column stays free for the cursor behind the last character.
    var start = cursor
    var used = 0
    while start > 0 {
      let columns = CharacterWidth.of(buffer.drawable(String(characters[start - 1])))
      if used + columns > width - 1 { break }
      used += columns
      start -= 1
    }
    buffer.put(String(characters[start...]), x: x, y: y, width: width, style: style, ellipsis: .none)
    return x + used
  }

  private var wordStart: Int {
    var position = cursor
    while position > 0, characters[position - 1] == " " { position -= 1 }
    while position > 0, characters[position - 1] != " " { position -= 1 }
    return position
  }

  private mutating func move(to position: Int) -> Outcome {
    cursor = min(max(0, position), characters.count)
    return .moved
  }

  private mutating func remove(_ range: Range<Int>) -> Outcome {
    guard !range.isEmpty else { return .ignored }
    characters.removeSubrange(range)
    cursor = range.lowerBound
    return .changed
  }
}
