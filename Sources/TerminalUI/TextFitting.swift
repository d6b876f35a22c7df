/// Cutting text to a number of columns.
package enum TextFitting {
  /// A character as one cell (or two) shows it.
  struct Character {
    var text: String
    var columns: Int
  }

  /// Walks a text cell by cell: a spacing scalar with the marks that follow it.
  ///
  /// Joiners and variation selectors are left out: terminals disagree on the width of what they build. At most four
  /// marks stay with a character, which is what one ncurses cell holds.
  struct Characters: Sequence, IteratorProtocol {
    private var scalars: String.UnicodeScalarView.Iterator
    private var pending: Unicode.Scalar?

    init(_ safeText: String) {
      scalars = safeText.unicodeScalars.makeIterator()
      pending = scalars.next()
    }

    mutating func next() -> TextFitting.Character? {
      guard var base = pending else { return nil }
      var columns = CharacterWidth.of(base)
      // Marks with nothing to stand on get a blank, or they would join the cell to their left.
      while columns == 0, Self.isDropped(base) {
        guard let following = scalars.next() else {
          pending = nil
          return nil
        }
        base = following
        columns = CharacterWidth.of(base)
      }
      var text = columns == 0 ? " " : ""
      text.unicodeScalars.append(base)
      var marks = columns == 0 ? 1 : 0
      pending = scalars.next()
      while let mark = pending, CharacterWidth.of(mark) == 0 {
        if marks < 4, !Self.isDropped(mark) {
          text.unicodeScalars.append(mark)
          marks += 1
        }
        pending = scalars.next()
      }
      return TextFitting.Character(text: text, columns: Swift.max(1, columns))
    }

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x200C, 0x200D, 0xFE00...0xFE0F: true
      default: false
      }
    }
  }

  /// The text made safe and cut to a number of columns, and the columns it takes.
  package static func fit(
    _ text: String, width: Int, ellipsis: Ellipsis = .tail, mark: String = "…"
  ) -> (text: String, columns: Int) {
    if SafeText.isPlainASCII(text), text.utf8.count <= width { return (text, text.utf8.count) }
    let characters = Array(Characters(SafeText.escaped(text)))
    let total = characters.reduce(0) { $0 + $1.columns }
    if total <= width { return joined(characters[...]) }
    guard width > 0 else { return ("", 0) }
    let room = width - 1
    switch ellipsis {
    case .none: return joined(prefix(of: characters, columns: width))
    case .tail:
      let kept = joined(prefix(of: characters, columns: room))
      return (kept.text + mark, kept.columns + 1)
    case .head:
      let kept = joined(suffix(of: characters, columns: room))
      return (mark + kept.text, kept.columns + 1)
    case .middle:
      let end = joined(suffix(of: characters, columns: room / 2))
      let start = joined(prefix(of: characters, columns: room - end.columns))
      return (start.text + mark + end.text, start.columns + 1 + end.columns)
    }
  }

  private static func joined(_ characters: ArraySlice<Character>) -> (text: String, columns: Int) {
    var text = ""
    var columns = 0
    for character in characters {
      text += character.text
      columns += character.columns
    }
    return (text, columns)
  }

  private static func prefix(of characters: [Character], columns: Int) -> ArraySlice<Character> {
    var used = 0
    var end = 0
    while end < characters.count, used + characters[end].columns <= columns {
      used += characters[end].columns
      end += 1
    }
    return characters[..<end]
  }

  private static func suffix(of characters: [Character], columns: Int) -> ArraySlice<Character> {
    var used = 0
    var start = characters.count
    while start > 0, used + characters[start - 1].columns <= columns {
      used += characters[start - 1].columns
      start -= 1
    }
    return characters[start...]
  }
}
