import FoundationEssentials
import Glibc

/// What a server, or a proxy before it, says of a request it does not fulfil.
enum ServerMessage {
  /// Its words on one line, whole: what to do may stand at their end.
  ///
  /// - Parameter answer: The body of the answer.
  static func words(of answer: String) -> String {
    guard answer.hasPrefix("Code: ") else { return page(answer) }
    var text = Substring(answer)
    if let start = text.firstRange(of: "Exception: ") { text = text[start.upperBound...] }
    // Addresses within the server's program, dozens of lines of them, and its classes' names are for its makers.
    let lines = text.split(separator: "\n").filter { $0.prefixMatch(of: #/\s*\d+\. /#) == nil }
    let words = lines.map { $0.replacing(#/, e\.what\(\) = [\w:]+|,? ?Stack trace\b[^:]*:/#, with: "") }
    return oneLine(words.joined(separator: "\n")[...])
  }

  /// What a person would read of a web page; what is none is given as it is.
  private static func page(_ answer: String) -> String {
    guard answer.lowercased().contains("<html") else { return cut(oneLine(answer[...])) }
    var words = ""
    var isTag = false
    for character in answer {
      switch character {
      case "<": isTag = true
      case ">":
        isTag = false
        words.append(" ")
      default: if !isTag { words.append(character) }
      }
    }
    return cut(oneLine(words[...]))
  }

  private static func oneLine(_ text: Substring) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// What is no server's message may be of any length.
  private static func cut(_ text: String) -> String {
    text.count > pageLimit ? text.prefix(pageLimit) + "…" : text
  }

  private static let pageLimit = 500
}
