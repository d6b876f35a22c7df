/// A sentence in English and in Chinese, with holes for the same values in both.
///
/// What the engine says is said once, in English, and kept so in records, journals and logs. A person's language is put in
/// its place where it is shown: the English form finds the values in what was said, and the Chinese one takes them over.
///
/// `{name}` is a hole for any text, `{n}`, `{n2}` for a count, `{name~}` for text that has Chinese words of its own;
/// `[file|files]` is one of several words. A brace or bracket that is meant stands twice.
package struct SentencePair: Sendable {
  /// A part of the English form.
  enum Part: Sendable, Equatable {
    case text([UInt8])
    case hole(String, isCount: Bool, isTold: Bool)
    case choice([[UInt8]])
  }

  /// The English form, as it is written.
  package let english: String
  /// The Chinese form, as it is written.
  package let chinese: String
  let parts: [Part]
  private let chineseParts: [Part]
  /// How much of the English form is fixed: of two forms that fit, the one that says more itself is meant.
  let weight: Int

  /// A pair of these two forms.
  package init(_ english: String, _ chinese: String) {
    self.english = english
    self.chinese = chinese
    parts = Self.parsed(english)
    chineseParts = Self.parsed(chinese)
    weight = parts.reduce(0) { sum, part in
      switch part {
      case .text(let text): sum + text.count
      case .choice(let words): sum + (words.map(\.count).min() ?? 0)
      case .hole(_, let isCount, _): sum + (isCount ? 1 : 0)
      }
    }
  }

  /// With what the English form begins and ends, where that is fixed: it tells most forms apart at once.
  var ends: (first: UInt8?, last: UInt8?) {
    func fixed(_ part: Part?) -> [UInt8]? { if case .text(let text) = part { text } else { nil } }
    return (fixed(parts.first)?.first, fixed(parts.last)?.last)
  }

  /// The names of the English form's holes.
  package var holes: Set<String> { Self.names(parts) }
  /// The names of the Chinese form's holes.
  package var chineseHoles: Set<String> { Self.names(chineseParts) }

  /// The values in a sentence of this form; nil when it is of another one.
  func values(in sentence: [UInt8]) -> [String: String]? {
    var values: [String: String] = [:]
    guard fits(sentence, at: 0, from: 0, &values) else { return nil }
    // What a sentence begins with is a name, and no other sentence.
    if case .hole(let name, isCount: false, isTold: false) = parts.first, values[name]?.contains(": ") == true {
      return nil
    }
    return values
  }

  /// The names of the holes whose values have Chinese words of their own.
  var told: Set<String> {
    Set(parts.compactMap { if case .hole(let name, _, isTold: true) = $0 { name } else { nil } })
  }

  /// The Chinese sentence with these values.
  func filled(_ values: [String: String]) -> String {
    chineseParts.map { part in
      switch part {
      case .text(let text): String(decoding: text, as: UTF8.self)
      case .hole(let name, _, _): values[name] ?? ""
      case .choice(let words): String(decoding: words.first ?? [], as: UTF8.self)
      }
    }.joined()
  }

  /// Whether the rest of a sentence has the rest of the form; a hole takes as little as it can.
  private func fits(_ text: [UInt8], at start: Int, from index: Int, _ values: inout [String: String]) -> Bool {
    guard index < parts.count else { return start == text.count }
    switch parts[index] {
    case .text(let fixed):
      return Self.has(text, fixed, at: start) && fits(text, at: start + fixed.count, from: index + 1, &values)
    case .choice(let words):
      return words.contains { word in
        Self.has(text, word, at: start) && fits(text, at: start + word.count, from: index + 1, &values)
      }
    case .hole(let name, isCount: true, _):
      var end = start
      while end < text.count, Self.isCount(text[end]) { end += 1 }
      // A comma behind a count is the sentence's.
      while end > start, text[end - 1] == 0x2C { end -= 1 }
      guard end > start else { return false }
      values[name] = String(decoding: text[start..<end], as: UTF8.self)
      return fits(text, at: end, from: index + 1, &values)
    case .hole(let name, isCount: false, _):
      var end = index + 1 < parts.count ? start : text.count
      while end <= text.count {
        if fits(text, at: end, from: index + 1, &values) {
          values[name] = String(decoding: text[start..<end], as: UTF8.self)
          return true
        }
        end += 1
      }
      return false
    }
  }

  private static func isCount(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || byte == 0x2C }

  private static func has(_ text: [UInt8], _ part: [UInt8], at start: Int) -> Bool {
    guard start + part.count <= text.count else { return false }
    for offset in part.indices where text[start + offset] != part[offset] { return false }
    return true
  }

  private static func names(_ parts: [Part]) -> Set<String> {
    Set(parts.compactMap { if case .hole(let name, _, _) = $0 { name } else { nil } })
  }

  private static func parsed(_ form: String) -> [Part] {
    var parts: [Part] = []
    var text = ""
    var rest = form[...]
    func isTwice(_ sign: Character) -> Bool { rest.dropFirst().first == sign }
    func take(until end: Character) -> String {
      let inside = rest.dropFirst().prefix { $0 != end }
      rest = rest.dropFirst(inside.count + 2)
      return String(inside)
    }
    func closeText() {
      if !text.isEmpty { parts.append(.text(Array(text.utf8))) }
      text = ""
    }
    while let sign = rest.first {
      if "{}[]".contains(sign), isTwice(sign) {
        text.append(sign)
        rest = rest.dropFirst(2)
      } else if sign == "{" {
        closeText()
        let name = take(until: "}")
        let isTold = name.hasSuffix("~")
        let isCount = name.first == "n" && name.dropFirst().allSatisfy(\.isNumber)
        parts.append(.hole(isTold ? String(name.dropLast()) : name, isCount: isCount, isTold: isTold))
      } else if sign == "[" {
        closeText()
        parts.append(
          .choice(take(until: "]").split(separator: "|", omittingEmptySubsequences: false).map { Array($0.utf8) }))
      } else {
        text.append(sign)
        rest = rest.dropFirst()
      }
    }
    closeText()
    return parts
  }
}

extension SentencePair {
  /// Pairs as a text has them: the English form, the Chinese one below it, a blank line between two pairs.
  static func pairs(_ text: String) -> [SentencePair] {
    text.split(separator: "\n\n").compactMap { block in
      let lines = block.split(separator: "\n")
      return lines.count == 2 ? SentencePair(String(lines[0]), String(lines[1])) : nil
    }
  }
}
