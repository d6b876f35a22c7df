import Foundation
import Testing

/// Sentences that stand in both languages side by side, read out of the sources.
struct BilingualPair: Sendable, CustomTestStringConvertible {
  let place: String
  let english: String
  let chinese: String
  var testDescription: String { "\(place): \(english)" }

  /// Every pair of two written texts behind one of the names that take such pairs.
  static func all(in text: String, place: String) -> [BilingualPair] {
    var pairs: [BilingualPair] = []
    for match in text.matches(of: /\b(?:Bilingual|labels|words|self)\(\s*(?=")/) {
      var reader = LiteralReader(rest: text[match.range.upperBound...])
      guard let english = reader.literal(), reader.comma(), let chinese = reader.literal() else { continue }
      pairs.append(BilingualPair(place: place, english: english, chinese: chinese))
    }
    return pairs
  }

  /// What is put into a text: the names of values, without those of functions and types that write them.
  static func values(in text: String) -> Set<String> {
    var values: Set<String> = []
    var rest = text[...]
    while let start = rest.firstRange(of: "\\(") {
      let (inside, after) = LiteralReader.expression(rest[start.upperBound...])
      rest = after
      values.formUnion(names(in: inside))
    }
    return values.subtracting(["words", "isReversed"])
  }

  /// Names in an expression that are no function, label, member or type, and not in a text.
  private static func names(in expression: Substring) -> Set<String> {
    var names: Set<String> = []
    var (word, before, isText) = ("", Character(" "), false)
    for character in expression + " " {
      if !isText, character.isLetter || character.isNumber || character == "_" {
        word.append(character)
        continue
      }
      if let first = word.first, first.isLowercase, before != ".", before != "$", character != "(", character != ":" {
        names.insert(word)
      }
      (word, before) = ("", character)
      if character == "\"" { isText.toggle() }
    }
    return names
  }
}

/// Reads string literals, interpolations with literals in them included, joined by `+`.
private struct LiteralReader {
  var rest: Substring

  mutating func literal() -> String? {
    var whole = ""
    repeat {
      skipBlanks()
      guard rest.first == "\"" else { return nil }
      rest = rest.dropFirst()
      while let character = rest.first, character != "\"" {
        guard character == "\\" else {
          whole.append(character)
          rest = rest.dropFirst()
          continue
        }
        if rest.hasPrefix("\\(") {
          let (inside, after) = Self.expression(rest.dropFirst(2))
          whole += "\\(\(inside))"
          rest = after
        } else {
          whole += rest.prefix(2)
          rest = rest.dropFirst(2)
        }
      }
      rest = rest.dropFirst()
    } while plus()
    return whole
  }

  /// The inside of an interpolation, and what follows its closing bracket.
  static func expression(_ text: Substring) -> (inside: Substring, after: Substring) {
    var depth = 1
    var isText = false
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      if character == "\"" { isText.toggle() }
      if !isText, character == "(" { depth += 1 }
      if !isText, character == ")" { depth -= 1 }
      if depth == 0 { return (text[..<index], text[text.index(after: index)...]) }
      index = text.index(after: index)
    }
    return (text, "")
  }

  mutating func comma() -> Bool { take(",") }

  private mutating func plus() -> Bool { take("+") }

  private mutating func take(_ character: Character) -> Bool {
    skipBlanks()
    guard rest.first == character else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func skipBlanks() { rest = rest.drop(while: \.isWhitespace) }
}

@Suite("Sentences in two languages")
struct BilingualTests {
  private static let pairs = ["Sources/Dashboard", "Sources/sluice"].flatMap { SourceTree.files(below: $0) }
    .flatMap { BilingualPair.all(in: $0.lines.joined(separator: "\n"), place: $0.path) }

  @Test("are found, more than a hundred and thirty of them")
  func found() { #expect(Self.pairs.count > 130) }

  @Test("have the same values in both", arguments: pairs)
  func values(_ pair: BilingualPair) {
    #expect(BilingualPair.values(in: pair.english) == BilingualPair.values(in: pair.chinese))
  }

  @Test("have Chinese in the second", arguments: pairs)
  func chinese(_ pair: BilingualPair) {
    // A text of values alone has no language.
    let words = pair.english.replacing(/\\\(.*\)/, with: "").contains(/[A-Za-z]{2}/)
    #expect(!words || pair.chinese.contains(/\p{Han}/), "\(pair.chinese)")
    #expect(!pair.english.contains(/\p{Han}/), "\(pair.english)")
  }

  @Test("are read with what is in them")
  func reading() {
    let text = #"labels("Of \(Figures.count(files, "file")) in \(span)", "\(span) 内 \(files) 个") Bilingual("a", b)"#
    let pairs = BilingualPair.all(in: text, place: "x")
    #expect(pairs.map(\.chinese) == [#"\(span) 内 \(files) 个"#])
    #expect(pairs.map { BilingualPair.values(in: $0.english) } == [["files", "span"]])
    #expect(
      BilingualPair.values(in: #"\(TextFormat.grouped(names.count)) of \(past.record.profile)"#) == ["names", "past"])
  }
}
