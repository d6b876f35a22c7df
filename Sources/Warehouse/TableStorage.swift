/// How a server keeps a table's rows, as its `system.tables` tells.
struct TableStorage: Equatable {
  /// The engine's name.
  var engine: String
  /// What rows are sorted by, piece by piece; rows that agree in all of it are merged into one.
  var sortingKey: [String]
  /// What the engine was made with, quotes taken off.
  var arguments: [String]
  /// What rows are parted by, as the server writes it; empty for nothing.
  var partitionKey: String
  /// When rows go, or their columns lose their values, by themselves, as the statement that made the table has it.
  private let definition: String
  /// Whether the server says what that is: old ones do not where a key names a column `interval`.
  let tellsArguments: Bool

  /// - Parameters:
  ///   - full: The engine with its arguments and everything behind them.
  ///   - sortingKey: As the server writes it, `market, symbol, open_time`.
  ///   - partitionKey: As the server writes it.
  ///   - definition: The statement that makes the table, as the server writes it; empty where it knows no TTL.
  init(engine: String, full: String, sortingKey: String, partitionKey: String = "", definition: String = "") {
    self.engine = engine
    self.partitionKey = partitionKey
    self.definition = definition
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

  /// The rule by which rows are deleted, or a column loses its values, without anybody asking; nil where none is.
  ///
  /// - Parameter columns: Those whose values matter.
  func expiry(of columns: [String]) -> (column: String?, rule: String)? {
    let parts = definition.split(separator: " ENGINE = ", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    for piece in Self.pieces(Self.inside(parts[0].drop { $0 != "(" })) {
      guard let (column, rule) = Self.halves(piece[...], " TTL ") else { continue }
      let name = String(column.prefix { $0 != " " })
      if columns.contains(name) { return (name, String(rule)) }
    }
    guard let behind = Self.halves(parts[1], " TTL ")?.1 else { return nil }
    let rules = Self.pieces(Self.halves(behind, " SETTINGS ")?.0 ?? behind)
    // Moving rows to another disk, or packing them tighter, leaves them there.
    return rules.first { !$0.contains(#/ (TO (DISK|VOLUME)|RECOMPRESS) /#) }.map { (nil, $0) }
  }

  /// The first of the rules that a row must keep to be taken; nil where there is none, or the server knows none.
  var constraint: String? {
    let columns = definition.split(separator: " ENGINE = ", maxSplits: 1).first ?? ""
    let pieces = Self.pieces(Self.inside(columns.drop { $0 != "(" }))
    return pieces.first { $0.hasPrefix("CONSTRAINT ") }.map { String($0.dropFirst(11).prefix { $0 != " " }) }
  }

  private static func halves(_ text: Substring, _ mark: String) -> (Substring, Substring)? {
    text.firstRange(of: mark).map { (text[..<$0.lowerBound], text[$0.upperBound...]) }
  }

  /// The names in an expression of a server's, those of functions left out.
  static func columns(in expression: String) -> [String] {
    bare(expression).matches(of: #/[A-Za-z_]\w*\b(?!\s*\()/#).map { String($0.output) }
  }

  /// Whether an expression gives another value at another time or for another row of the same values.
  static func isVolatile(_ expression: String) -> Bool {
    bare(expression).matches(of: #/([A-Za-z_]\w*)\s*\(/#).contains { match in
      let name = match.1.lowercased()
      return volatileFunctions.contains { name.hasPrefix($0) }
    }
  }

  private static let volatileFunctions = [
    "now", "today", "yesterday", "rand", "generate", "rownumber", "blocknumber", "hostname", "fuzz",
  ]

  /// Without text and quotes.
  private static func bare(_ expression: String) -> String {
    expression.replacing(#/'[^']*'/#, with: "").replacing("`", with: "")
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
