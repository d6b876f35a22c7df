/// Renames a repeated key in the text, so that the parser goes on and the tree still shows where it stood.
enum DuplicateKeyMark {
  /// A private-use character: YAML allows it in a key, and no key of ours has it.
  private static let sign: Character = "\u{E000}"

  /// The text with the key at this place marked; nil when there is no such place.
  ///
  /// - Parameters:
  ///   - line: 1 for the first.
  ///   - column: 1 for the first, counted in Unicode scalars as libyaml does.
  static func mark(_ text: String, line: Int, column: Int) -> String? {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.indices.contains(line - 1) else { return nil }
    let scalars = lines[line - 1].unicodeScalars
    guard column >= 1, var place = scalars.index(scalars.startIndex, offsetBy: column - 1, limitedBy: scalars.endIndex),
      place < scalars.endIndex
    else { return nil }
    if scalars[place] == "\"" || scalars[place] == "'" { place = scalars.index(after: place) }
    // The line makes the marked key unique even when it is given three times.
    let mark = "\(sign)\(line)-\(column)\(sign)"
    guard !lines[line - 1].contains(mark) else { return nil }
    lines[line - 1] = String(scalars[..<place]) + mark + String(scalars[place...])
    return lines.joined(separator: "\n")
  }

  /// The key's own name when it is a marked one.
  static func unmarked(_ key: String) -> String? {
    guard key.first == sign else { return nil }
    let parts = key.split(separator: sign, maxSplits: 1)
    return parts.count == 2 ? String(parts[1]) : nil
  }
}
