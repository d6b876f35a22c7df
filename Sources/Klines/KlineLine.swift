/// One line of a kline file read slowly and carefully: headers, refused rows and everything that is wrong.
struct KlineLine {
  private let fields: [UnsafeBufferPointer<UInt8>]
  /// Whether this line and all that follows are blank.
  let isBlank: Bool
  /// Whether the line is empty and nothing but blank lines follows.
  let isEmptyTail: Bool
  /// Where the next line begins.
  let next: UnsafePointer<UInt8>

  init(from start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
    let rest = UnsafeBufferPointer(start: start, count: end - start)
    let length = rest.firstIndex(of: 10) ?? rest.count
    next = start + min(length + 1, rest.count)
    var line = rest[..<length]
    if line.last == 13 { line.removeLast() }
    fields = line.split(separator: 44, omittingEmptySubsequences: false).map { UnsafeBufferPointer(rebasing: $0) }
    isBlank = rest.allSatisfy { $0 == 10 || $0 == 13 || $0 == 32 || $0 == 9 }
    isEmptyTail = line.isEmpty && isBlank
  }

  /// Whether every one of the twelve fields begins like a word.
  var isHeader: Bool { fields.count == KlineParser.columnCount && isWordy }

  private var isWordy: Bool {
    fields.allSatisfy { $0.first.map(Self.isLetter) ?? false }
  }

  /// What the exchange's headers, and the names its interface gives, call the columns.
  private static let names = [
    ["open_time"], ["open"], ["high"], ["low"], ["close"], ["volume"], ["close_time"],
    ["quote_volume", "quote_asset_volume"], ["count", "number_of_trades"],
    ["taker_buy_volume", "taker_buy_base_asset_volume"], ["taker_buy_quote_volume", "taker_buy_quote_asset_volume"],
    ["ignore"],
  ]

  /// A header's first known name that stands where another column is expected: rows are read by position.
  var misplacedColumn: KlineFault? {
    for (column, field) in fields.enumerated() {
      let name = String(decoding: field, as: UTF8.self).lowercased().replacing(" ", with: "_")
      guard let own = Self.names.firstIndex(where: { $0.contains(name) }), own != column else { continue }
      return .headerOrder(column: column + 1, name: Self.shown(field), expected: Self.names[column][0])
    }
    return nil
  }

  /// What a line that should have been a header or a row is instead.
  func fault(line: Int) -> KlineFault {
    guard fields.count == KlineParser.columnCount else { return .wrongColumnCount(line: line, found: fields.count) }
    if isWordy { return .headerInside(line: line) }
    for (column, field) in fields.enumerated() where Self.reading(field) == .text {
      return .notANumber(line: line, column: column + 1, text: Self.shown(field))
    }
    return .notANumber(line: line, column: 1, text: fields.first.map(Self.shown) ?? "")
  }

  /// Writes the row when all its numbers are finite and fit.
  ///
  /// - Returns: nil when a row was written; else the empty, infinite or oversized number it is refused for.
  /// - Throws: `KlineFault` when the line is no row of klines at all.
  func write(_ row: RowWriter, at target: Int, line: Int) throws(KlineFault) -> RefusedRow.Reason? {
    guard fields.count == KlineParser.columnCount else { throw fault(line: line) }
    // The last column is ignored whatever it holds.
    let meaningful = fields.dropLast()
    guard meaningful.allSatisfy({ Self.reading($0) != .text }) else { throw fault(line: line) }
    if let column = meaningful.firstIndex(where: { Self.reading($0) != .number }) {
      return .notFinite(column: column + 1, text: Self.shown(fields[column]))
    }
    for column in [0, 6, 8] {
      guard let value = Self.whole(fields[column]) else {
        if Self.isWholeNumber(fields[column]) {
          return .tooLarge(column: column + 1, text: Self.shown(fields[column]))
        }
        throw .notANumber(line: line, column: column + 1, text: Self.shown(fields[column]))
      }
      switch column {
      case 0: row.openTime[target] = RowWriter.milliseconds(value)
      case 6: row.closeTime[target] = RowWriter.milliseconds(value)
      default: row.trades[target] = value
      }
    }
    let targets = [
      (1, row.open), (2, row.high), (3, row.low), (4, row.close), (5, row.volume), (7, row.quoteVolume),
      (9, row.takerBuyVolume), (10, row.takerBuyQuoteVolume),
    ]
    for (column, values) in targets {
      // Adding zero turns -0 into 0: SQLite keeps no sign of zero, and no price or volume has one.
      let value = DecimalParser.rounded(fields[column]) + 0
      guard value.isFinite else { return .tooLarge(column: column + 1, text: Self.shown(fields[column])) }
      values[target] = value
    }
    return nil
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
  }

  private enum Reading { case number, notFinite, text }

  /// Whether a field is `[+-]digits[.digits][e[+-]digits]`, nothing or a word for what is not finite, or other text.
  private static func reading(_ field: UnsafeBufferPointer<UInt8>) -> Reading {
    if field.isEmpty { return .notFinite }
    var rest = field[...]
    if rest.first == 45 || rest.first == 43 { rest.removeFirst() }
    if ["nan", "inf", "infinity"].contains(String(decoding: rest, as: UTF8.self).lowercased()) { return .notFinite }
    let whole = rest.prefix(while: isDigit)
    rest = rest.dropFirst(whole.count)
    var digits = whole.count
    if rest.first == 46 {
      let decimals = rest.dropFirst().prefix(while: isDigit)
      digits += decimals.count
      rest = rest.dropFirst(decimals.count + 1)
    }
    guard digits > 0 else { return .text }
    if rest.first == 101 || rest.first == 69 {
      rest.removeFirst()
      if rest.first == 45 || rest.first == 43 { rest.removeFirst() }
      let exponent = rest.prefix(while: isDigit)
      guard !exponent.isEmpty else { return .text }
      rest = rest.dropFirst(exponent.count)
    }
    return rest.isEmpty ? .number : .text
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isWholeNumber(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    let digits = field.first == 45 || field.first == 43 ? field.dropFirst() : field[...]
    return !digits.isEmpty && digits.allSatisfy(isDigit)
  }

  private static func whole(_ field: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard isWholeNumber(field) else { return nil }
    return Int64(String(decoding: field, as: UTF8.self))
  }

  /// The field for a message: short, and without control characters that could disturb a terminal.
  private static func shown(_ field: UnsafeBufferPointer<UInt8>) -> String {
    let text = String(decoding: field.prefix(32), as: UTF8.self)
    return String(text.map { $0.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 } ? $0 : "?" })
  }
}
