import Glibc

/// CSV text of a kline file → columns.
///
/// Twelve columns: open time, open, high, low, close, volume, close time, quote volume, trades, taker buy volume, taker
/// buy quote volume, ignore. A header is known by its content; LF and CRLF, and a byte-order mark, are all fine. Times
/// in microseconds (spot since 2025) are known by their magnitude and stored as milliseconds.
///
/// Owns its tables; one thread at a time.
package final class KlineParser {
  private let decimals = DecimalParser()
  static let columnCount = 12
  /// Millisecond times reach this in the year 5138, microsecond times did in 1973.
  static let microsecondFloor: Int64 = 100_000_000_000_000

  /// A parser with its tables of powers of ten.
  package init() {}

  deinit { decimals.release() }

  /// Adds a file's rows at the end of the columns, unchecked but for being numbers.
  ///
  /// - Parameters:
  ///   - text: The CSV's bytes, followed in memory by one zero byte that does not count.
  ///   - columns: Gets the rows; after a fault it may hold some of them.
  /// - Returns: Rows refused because a field is empty, NaN, infinite or beyond its type, and the lines of the others.
  /// - Throws: `KlineFault` when the text as a whole is not klines.
  package func parse(_ text: UnsafeRawBufferPointer, into columns: KlineColumns) throws(KlineFault) -> KlineTextState {
    var state = KlineTextState()
    try parse(text, &state, isLast: true, into: columns)
    return state
  }

  /// Adds the rows of a piece of a file's text; every piece but the last ends with a whole line.
  func parse(
    _ text: UnsafeRawBufferPointer, _ state: inout KlineTextState, isLast: Bool, into columns: KlineColumns
  ) throws(KlineFault) {
    if let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) {
      let end = base + text.count
      let start = try begin(base, end, &state)
      try rows(from: start, to: end, &state, into: columns)
    }
    if isLast, state.rows == 0, state.refused.count == 0 { throw .noRows }
  }

  /// Skips what may stand before the first row; a piece after blank lines must be blank too.
  private func begin(
    _ base: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ state: inout KlineTextState
  ) throws(KlineFault) -> UnsafePointer<UInt8> {
    if let blank = state.blankLine {
      guard KlineLine(from: base, end: end).isBlank else { throw .wrongColumnCount(line: blank, found: 1) }
      return end
    }
    guard state.line == 1 else { return base }
    var cursor = base
    if end - base >= 3, base[0] == 0xef, base[1] == 0xbb, base[2] == 0xbf { cursor += 3 }
    if cursor < end, KlineLine.isLetter(cursor.pointee) {
      let header = KlineLine(from: cursor, end: end)
      guard header.isHeader else { throw header.fault(line: state.line) }
      if let fault = header.misplacedColumn { throw fault }
      cursor = header.next
      state.line += 1
    }
    return cursor
  }

  private func rows(
    from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>, _ state: inout KlineTextState,
    into columns: KlineColumns
  ) throws(KlineFault) {
    var cursor = start
    state.firstLine = state.line
    columns.reserve(Self.lineCount(cursor, end))
    let row = RowWriter(columns)
    let first = columns.count
    var target = first
    while cursor < end {
      if row.write(&cursor, end, at: target, decimals) {
        target += 1
      } else {
        // Something unusual: the careful reader decides whether it is a row, a refused row or no kline at all.
        let careful = KlineLine(from: cursor, end: end)
        if careful.isEmptyTail {
          state.blankLine = state.line
          break
        }
        if let reason = try careful.write(row, at: target, line: state.line) {
          state.refused.add(line: state.line, reason)
        } else {
          target += 1
        }
        cursor = careful.next
      }
      state.line += 1
    }
    state.rows += target - first
    columns.extend(to: target)
  }

  /// Upper bound of the rows in the text, so that the hot loop needs no check for room.
  private static func lineCount(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int {
    var count = 1
    var cursor = start
    while cursor < end, let found = memchr(cursor, 10, end - cursor) {
      count += 1
      cursor = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) + 1
    }
    return count
  }
}

/// How far a file's text was read.
package struct KlineTextState: Sendable {
  /// The number of the next line.
  var line = 1
  /// The line of the first row of the piece that was read last.
  var firstLine = 1
  var rows = 0
  /// Rows refused because a field is empty, NaN, infinite or beyond its type.
  var refused = RefusedRows()
  /// The first of blank lines, after which nothing may follow.
  var blankLine: Int?

  /// Nothing read yet.
  package init() {}

  /// How many rows were refused.
  package var refusedCount: Int { refused.count }

  /// The lines of the rows of the piece that was read last.
  var lines: LineNumbers { LineNumbers(first: firstLine, skipped: refused.first.map(\.line)) }
}

/// The columns' memory while rows are written, and the fast reading of a usual line.
struct RowWriter {
  let openTime, closeTime, trades: UnsafeMutablePointer<Int64>
  let open, high, low, close: UnsafeMutablePointer<Double>
  let volume, quoteVolume, takerBuyVolume, takerBuyQuoteVolume: UnsafeMutablePointer<Double>

  init(_ columns: KlineColumns) {
    openTime = columns[.openTime]
    closeTime = columns[.closeTime]
    trades = columns[.trades]
    open = columns[.open]
    high = columns[.high]
    low = columns[.low]
    close = columns[.close]
    volume = columns[.volume]
    quoteVolume = columns[.quoteVolume]
    takerBuyVolume = columns[.takerBuyVolume]
    takerBuyQuoteVolume = columns[.takerBuyQuoteVolume]
  }

  /// Reads one line of twelve plain numbers.
  ///
  /// - Returns: Whether it was one; if not, `cursor` has not moved.
  @inline(__always)
  func write(
    _ cursor: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, at row: Int, _ decimals: DecimalParser
  ) -> Bool {
    var next = cursor
    guard let opened = Self.whole(&next), Self.comma(&next),
      let first = decimals.plain(&next), Self.comma(&next), let highest = decimals.plain(&next), Self.comma(&next),
      let lowest = decimals.plain(&next), Self.comma(&next), let last = decimals.plain(&next), Self.comma(&next),
      let traded = decimals.plain(&next), Self.comma(&next), let closed = Self.whole(&next), Self.comma(&next),
      let quoted = decimals.plain(&next), Self.comma(&next), let count = Self.whole(&next), Self.comma(&next),
      let bought = decimals.plain(&next), Self.comma(&next), let boughtQuote = decimals.plain(&next),
      Self.comma(&next), Self.lineEnd(&next, end)
    else { return false }
    openTime[row] = Self.milliseconds(opened)
    open[row] = first
    high[row] = highest
    low[row] = lowest
    close[row] = last
    volume[row] = traded
    closeTime[row] = Self.milliseconds(closed)
    quoteVolume[row] = quoted
    trades[row] = count
    takerBuyVolume[row] = bought
    takerBuyQuoteVolume[row] = boughtQuote
    cursor = next
    return true
  }

  /// Milliseconds of a time that may be microseconds; rounds down, as the last microsecond of a candle must.
  @inline(__always)
  static func milliseconds(_ time: Int64) -> Int64 { time >= KlineParser.microsecondFloor ? time / 1000 : time }

  @inline(__always)
  private static func whole(_ cursor: inout UnsafePointer<UInt8>) -> Int64? {
    let start = cursor
    var value: Int64 = 0
    var digit = cursor.pointee &- 48
    while digit <= 9 {
      value = value &* 10 &+ Int64(digit)
      cursor += 1
      digit = cursor.pointee &- 48
    }
    let digits = cursor - start
    return digits > 0 && digits <= 18 ? value : nil
  }

  @inline(__always)
  private static func comma(_ cursor: inout UnsafePointer<UInt8>) -> Bool {
    guard cursor.pointee == 44 else { return false }
    cursor += 1
    return true
  }

  /// Skips the last field, which means nothing, and the end of the line.
  @inline(__always)
  private static func lineEnd(_ cursor: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    while cursor.pointee != 10 {
      if cursor.pointee == 44 { return false }
      if cursor >= end { return true }
      cursor += 1
    }
    cursor += 1
    return true
  }
}
