/// A declaration that other modules see, with the comment above it.
struct Declaration {
  /// The line it begins on, from 1.
  let line: Int
  /// Its first line, without the indentation.
  let text: Substring
  /// The doc comment's lines, without indentation and slashes; empty when there is none.
  let comment: [Substring]
  let canThrow: Bool

  /// Whether a comment begins with a sentence that says what it is.
  var isDocumented: Bool { isKnownRequirement || comment.first.map { !$0.isEmpty && !$0.hasPrefix("- ") } ?? false }
  /// Whether its comment says what it throws, if it throws.
  var saysWhatItThrows: Bool { isKnownRequirement || !canThrow || comment.contains { $0.hasPrefix("- Throws:") } }

  /// Whether one of the standard library's protocols already says what it is for.
  private var isKnownRequirement: Bool { Self.requirements.contains { text.contains($0) } }

  private static let requirements = [
    "func == (", "func < (", "func hash(into ", "func encode(to ", "init(from decoder", "init(rawValue: ",
    "let rawValue:",
    "var description:", "var debugDescription:", "enum CodingKeys",
  ]
}

extension Declaration {
  /// All declarations of a file that are `package` or `public`, and the members of such protocols and extensions.
  ///
  /// Reads lines as `swift format` leaves them: two blanks a level, a closing brace under the beginning of its block.
  static func all(in lines: [Substring]) -> [Declaration] {
    var found: [Declaration] = []
    // Indentation of the protocol or extension whose members need no word of their own to be seen.
    var open: Int?
    for (index, line) in lines.enumerated() {
      let text = line.drop { $0 == " " }
      let indent = line.count - text.count
      if indent == open, text.hasPrefix("}") { open = nil }
      let words = words(of: text)
      guard let kind = words.last, isSeen(words) || (indent - 2 == open && !isHidden(words)) else { continue }
      if kind == "protocol" || kind == "extension", !text.hasSuffix("}") { open = indent }
      guard kind != "extension" else { continue }
      found.append(
        Declaration(
          line: index + 1, text: text, comment: comment(above: index, in: lines),
          canThrow: canThrow(lines[index...], kind: kind)))
    }
    return found
  }

  private static func isSeen(_ words: [Substring]) -> Bool { words.contains("package") || words.contains("public") }
  private static func isHidden(_ words: [Substring]) -> Bool { words.contains { hiding.contains($0) } }

  /// The modifiers of a declaration and the word for its kind; empty for every other line.
  private static func words(of text: Substring) -> [Substring] {
    var words: [Substring] = []
    for word in text.split(separator: " ") where !word.hasPrefix("@") {
      // `private(set)` and `nonisolated(unsafe)`, `init?(` and `subscript(`.
      let bare = word.prefix { $0.isLetter }
      if word.hasSuffix("(set)") { continue }
      words.append(bare)
      if kinds.contains(bare), !(bare == "class" && text.contains(/\bclass (?:func|var)\b/)) { return words }
      guard modifiers.contains(bare) || hiding.contains(bare) else { return [] }
    }
    return []
  }

  private static func comment(above index: Int, in lines: [Substring]) -> [Substring] {
    let above = lines[..<index].map { $0.drop { $0 == " " } }.reversed().drop { $0.hasPrefix("@") }
    return above.prefix { $0.hasPrefix("///") }.map { $0.dropFirst(3).drop { $0 == " " } }.reversed()
  }

  /// Whether `throws` stands between the arguments and the body, or behind a property's `get`.
  private static func canThrow(_ lines: ArraySlice<Substring>, kind: Substring) -> Bool {
    guard ["func", "init", "subscript"].contains(kind) else {
      return kind == "var" && lines.prefix(2).contains { $0.contains(/\bget (?:async )?throws\b/) }
    }
    var depth = 0
    let text = lines.prefix(30).joined(separator: "\n")
    for index in text.indices {
      if text[index] == "(" { depth += 1 }
      guard text[index] == ")" else { continue }
      depth -= 1
      guard depth == 0 else { continue }
      return text[index...].dropFirst().prefix { $0 != "\n" && $0 != "{" && $0 != ">" }.contains(/\bthrows\b/)
    }
    return false
  }

  private static let kinds: Set<Substring> = [
    "struct", "class", "enum", "actor", "protocol", "extension", "func", "var", "let", "typealias", "associatedtype",
    "init", "subscript",
  ]
  private static let modifiers: Set<Substring> = [
    "package", "public", "static", "class", "final", "mutating", "nonmutating", "override", "convenience", "required",
    "lazy", "weak", "unowned", "indirect", "borrowing", "consuming", "dynamic", "nonisolated", "prefix", "infix",
    "postfix", "sending",
  ]
  private static let hiding: Set<Substring> = ["private", "fileprivate", "internal"]
}
