/// Splits a line of options into words as a POSIX shell would, without a shell: quotes and backslashes, and nothing
/// else; `$`, `*`, `~` and `;` stay what they are
/// (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02).
enum ArgumentWords {
  /// Why a line cannot be split.
  enum Failure: Error, Equatable {
    case unterminatedQuote(Character)
    case trailingBackslash
  }

  static func split(_ line: String) throws(Failure) -> [String] {
    var words: [String] = []
    var word: String?
    var rest = line[...]
    while let character = rest.popFirst() {
      switch character {
      case " ", "\t", "\n", "\r\n":
        if let finished = word { words.append(finished) }
        word = nil
      case "'", "\"": word = (word ?? "") + (try quoted(character, &rest))
      case "\\":
        guard let next = rest.popFirst() else { throw .trailingBackslash }
        // A backslash before the end of a line joins the two lines.
        if next != "\n" { word = (word ?? "") + String(next) }
      default: word = (word ?? "") + String(character)
      }
    }
    if let finished = word { words.append(finished) }
    return words
  }

  private static func quoted(_ quote: Character, _ rest: inout Substring) throws(Failure) -> String {
    var text = ""
    while let character = rest.popFirst() {
      if character == quote { return text }
      guard character == "\\", quote == "\"", let next = rest.first else {
        text.append(character)
        continue
      }
      guard "$`\"\\\n".contains(next) else {
        text.append(character)
        continue
      }
      rest.removeFirst()
      if next != "\n" { text.append(next) }
    }
    throw .unterminatedQuote(quote)
  }
}
