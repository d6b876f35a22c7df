/// How a server keeps a table's rows, as its `system.tables` tells.
struct TableStorage: Equatable {
  /// The engine's name.
  var engine: String
  /// What rows are sorted by, piece by piece; rows that agree in all of it are merged into one.
  var sortingKey: [String]
  /// What the engine was made with, quotes taken off.
  var arguments: [String]
  /// Whether the server says what that is: old ones do not where a key names a column `interval`.
  let tellsArguments: Bool

  /// - Parameters:
  ///   - full: The engine with its arguments and everything behind them.
  ///   - sortingKey: As the server writes it, `market, symbol, open_time`.
  init(engine: String, full: String, sortingKey: String) {
    self.engine = engine
    tellsArguments = !full.isEmpty
    self.sortingKey = Self.pieces(sortingKey)
    let rest = full.dropFirst(engine.count)
    arguments = rest.hasPrefix("(") ? Self.pieces(Self.inside(rest)).map(Self.unquoted) : []
  }

  /// The column whose greatest value wins among rows of one key; nil where the row inserted last does.
  var versionColumn: String? {
    // A replicated table is first told its path and its replica's name.
    let own =
      engine.hasPrefix("Replicated") ? Array(arguments.drop { $0.contains("/") || $0.contains("{") }) : arguments
    return own.first
  }

  /// Splits at the commas that stand in no parentheses and no quotes.
  private static func pieces(_ text: some StringProtocol) -> [String] {
    var (pieces, depth, isQuoted) = ([""], 0, false)
    for character in text {
      if character == "'" { isQuoted.toggle() }
      if !isQuoted, character == "(" { depth += 1 }
      if !isQuoted, character == ")" { depth -= 1 }
      if character == ",", depth == 0, !isQuoted {
        pieces.append("")
      } else {
        pieces[pieces.count - 1].append(character)
      }
    }
    return pieces.map { piece in
      var piece = piece[...]
      while piece.first == " " { piece.removeFirst() }
      while piece.last == " " { piece.removeLast() }
      return String(piece).replacing("`", with: "")
    }.filter { !$0.isEmpty }
  }

  /// What stands between a text's first parenthesis and the one that closes it.
  private static func inside(_ text: Substring) -> Substring {
    var depth = 0
    for index in text.indices {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      if depth == 0 { return text[text.index(after: text.startIndex)..<index] }
    }
    return text.dropFirst()
  }

  private static func unquoted(_ text: String) -> String {
    text.count >= 2 && text.hasPrefix("'") && text.hasSuffix("'") ? String(text.dropFirst().dropLast()) : text
  }
}
