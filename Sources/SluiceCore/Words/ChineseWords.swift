import Synchronization

/// What is said in English, in Chinese: the catalogue of all sentences that the program says, wherever they come from.
package enum ChineseWords {
  /// A sentence, a line or several sentences in Chinese; nil when not all of it is known.
  ///
  /// - Parameter english: As it was said; what stands around it (blanks, a sign, the profile's name) is kept.
  package static func text(_ english: String) -> String? {
    let blanks = english.prefix { $0 == " " }
    guard blanks.count < english.count, english.utf8.count <= lengthLimit else { return nil }
    let text = String(english.dropFirst(blanks.count))
    // A screen says the same again and again.
    let told = remembered.withLock { $0[text] } ?? whole(text, depth: 0)
    remembered.withLock { known in
      if known.count >= 500 { known = [:] }
      known[text] = .some(told)
    }
    return told.map { blanks + $0 }
  }

  /// What was looked up lately; nil for what is not known.
  private static let remembered = Mutex<[String: String?]>([:])

  /// A part of a sentence in a language: a task's name, an outcome, figures; as it is where it is not known.
  package static func part(_ english: String, in language: Lake.Language) -> String {
    language == .chinese ? value(english, depth: 0) : english
  }

  /// The same of a whole text.
  package static func text(_ english: String, in language: Lake.Language) -> String {
    language == .chinese ? text(english) ?? english : english
  }

  /// All sentences, in the order of the files.
  package static let sentences: [SentencePair] =
    [
      link, transfers, lake, files, runs, markers, warehouse, configuration, values, options, commands, questions,
      status,
      output,
    ].flatMap(SentencePair.pairs)

  /// Parts of sentences, which alone would say nothing.
  package static let clauses: [SentencePair] = [reasons, parts].flatMap(SentencePair.pairs)

  /// All texts that hold pairs, for the test that every block of them is one.
  package static let texts = [
    link, transfers, lake, files, runs, markers, warehouse, configuration, values, options, commands, questions, status,
    output,
    reasons, parts,
  ]

  /// Sentences within sentences are few levels deep; what goes on and on is no sentence.
  private static let depthLimit = 6

  /// What is longer than any sentence, or divided into more parts, is looked at no further, in bytes and parts.
  private static let (lengthLimit, partLimit) = (4000, 16)

  private static func whole(_ text: String, depth: Int) -> String? {
    guard depth < depthLimit else { return nil }
    for sign in ["✗ ", "✓ ", "! ", "· ", "→ "] where text.hasPrefix(sign) {
      return whole(String(text.dropFirst(sign.count)), depth: depth + 1).map { sign + $0 }
    }
    if let (left, right) = parted(text, " → ") {
      // What is to be typed stands there as it is.
      return whole(left, depth: depth + 1).map { "\($0) → \(whole(right, depth: depth + 1) ?? right)" }
    }
    // A form with a hole at its end would take what follows for a value.
    return inTurn(text, ". ", keeping: ".", between: "", depth: depth)
      ?? inTurn(text, "? ", keeping: "?", between: "", depth: depth)
      ?? inTurn(text, "; ", keeping: "", between: "；", depth: depth) ?? best(text, among: allSentences, depth: depth)
      ?? divided(text, depth: depth)
  }

  /// A value that has Chinese words of its own where they are known, and stays as it is where not.
  private static func value(_ text: String, depth: Int) -> String {
    let bare = text.trimmed
    guard !bare.isEmpty, depth < depthLimit else { return text }
    return best(bare, among: allClauses, depth: depth) ?? whole(bare, depth: depth) ?? text
  }

  /// A list of names: only what is said around them has other words, never a name that reads like one.
  private static func list(_ text: String, depth: Int) -> String {
    guard depth < depthLimit else { return text }
    if let told = inTurn(text, "), ", keeping: ")", between: "，", among: forms, depth: depth) { return told }
    return best(text, among: forms, depth: depth) ?? text
  }

  /// A pair with what tells at once that a text is of another form.
  private struct Form {
    let pair: SentencePair
    let weight: Int
    let first: UInt8?
    let last: UInt8?

    init(_ pair: SentencePair) {
      self.pair = pair
      weight = pair.weight
      (first, last) = pair.ends
    }
  }

  private static let allSentences = sentences.map(Form.init)
  private static let allClauses = clauses.map(Form.init)
  /// Clauses with holes.
  private static let forms = clauses.filter { !$0.holes.isEmpty }.map(Form.init)

  /// By the form that says most itself.
  private static func best(_ text: String, among pairs: [Form], depth: Int) -> String? {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last else { return nil }
    var found: (pair: SentencePair, values: [String: String])?
    for form in pairs where form.weight > found?.pair.weight ?? -1 {
      guard form.first == nil || form.first == first, form.last == nil || form.last == last else { continue }
      if let values = form.pair.values(in: bytes) { found = (form.pair, values) }
    }
    guard let (pair, values) = found else { return nil }
    let told = pair.told
    var shown = values
    for (name, text) in values where told.contains(name) {
      shown[name] = name == "names" ? list(text, depth: depth + 1) : value(text, depth: depth + 1)
    }
    return pair.filled(shown)
  }

  /// What is made of several: figures behind one another, or a name before a sentence.
  private static func divided(_ text: String, depth: Int) -> String? {
    if text.hasSuffix("."), let told = whole(String(text.dropLast()), depth: depth + 1) { return told + "。" }
    return inTurn(text, ", ", keeping: "", between: "，", depth: depth) ?? named(text, depth: depth)
  }

  /// A sentence behind the name it is about.
  private static func named(_ text: String, depth: Int) -> String? {
    guard depth < depthLimit, let (name, rest) = parted(text, ": "), !name.isEmpty else { return nil }
    return whole(rest, depth: depth + 1).map { "\(name)：\($0)" }
  }

  /// One sentence behind another, divided where both are known.
  private static func inTurn(
    _ text: String, _ separator: String, keeping end: String, between: String, among pairs: [Form]? = nil,
    depth: Int
  ) -> String? {
    guard depth < depthLimit else { return nil }
    var (from, tried) = (text.startIndex, 0)
    while tried < partLimit, let place = text[from...].firstRange(of: separator) {
      let left = String(text[..<place.lowerBound] + end)
      let rest = String(text[place.upperBound...])
      if let pairs, let first = best(left, among: pairs, depth: depth) {
        return first + between + list(rest, depth: depth + 1)
      } else if pairs == nil, let first = best(left, among: allSentences, depth: depth) ?? prefixed(left, depth: depth),
        let second = whole(rest, depth: depth + 1)
      {
        return first + between + second
      }
      from = place.upperBound
      tried += 1
    }
    return nil
  }

  /// A sentence behind one name, as the first of several.
  private static func prefixed(_ text: String, depth: Int) -> String? {
    parted(text, ": ").flatMap { name, rest in
      best(rest, among: allSentences, depth: depth).map { "\(name)：\($0)" }
    }
  }

  private static func parted(_ text: String, _ separator: String) -> (String, String)? {
    text.firstRange(of: separator).map { (String(text[..<$0.lowerBound]), String(text[$0.upperBound...])) }
  }
}
