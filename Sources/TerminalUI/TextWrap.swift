/// Breaking text into lines of a width.
package enum TextWrap {
  /// The lines of a text, none wider than the width.
  ///
  /// Line feeds end a line; breaks fall between words, inside a word only when it is longer than a line; wide characters
  /// stay whole (a width of 1 cannot show them and leaves them out).
  /// - Parameters:
  ///   - width: columns, at least 1.
  ///   - indent: columns in front of every line of a paragraph but its first.
  package static func lines(_ text: String, width: Int, indent: Int = 0) -> [String] {
    let width = max(1, width)
    let indent = min(max(0, indent), width - 1)
    var result: [String] = []
    // "\r\n" is one character in Swift.
    for paragraph in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
      var wrapper = Wrapper(width: width, indent: indent)
      for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
        wrapper.add(SafeText.escaped(String(word)))
      }
      result += wrapper.finished()
    }
    return result
  }

  /// The lines of a text broken where a line is full, whatever stands there: a terminal joins full lines again.
  ///
  /// - Parameter width: columns, at least 1.
  package static func filled(_ text: String, width: Int) -> [String] {
    var lines = [""]
    var columns = 0
    for character in TextFitting.Characters(SafeText.escaped(text)) {
      if columns + character.columns > max(1, width) {
        lines.append("")
        columns = 0
      }
      lines[lines.count - 1] += character.text
      columns += character.columns
    }
    return lines
  }

  private struct Wrapper {
    let width: Int
    let indent: Int
    var lines: [String] = []
    var line = ""
    var columns = 0
    var isFirstWord = true

    mutating func add(_ word: String) {
      let length = CharacterWidth.of(word)
      if !isFirstWord {
        if columns + 1 + length <= width {
          line += " "
          columns += 1
        } else {
          breakLine()
        }
      }
      isFirstWord = false
      if columns + length <= width {
        line += word
        columns += length
        return
      }
      for character in TextFitting.Characters(word) {
        if columns + character.columns > width { breakLine() }
        guard columns + character.columns <= width else { continue }
        line += character.text
        columns += character.columns
      }
    }

    mutating func breakLine() {
      guard columns > (lines.isEmpty ? 0 : indent) else { return }
      lines.append(line)
      line = String(repeating: " ", count: indent)
      columns = indent
    }

    mutating func finished() -> [String] {
      lines.append(line)
      return lines
    }
  }
}
