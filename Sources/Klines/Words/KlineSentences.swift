import SluiceCore

/// Every sentence of this module.
extension KlineFault {
  /// What is wrong with the file, as a sentence without a full stop.
  package var reason: String {
    switch self {
    case .unreadable(let errno): "cannot be read: \(SystemError.text(errno))"
    case .changedWhileRead: "changed while it was being read"
    case .notAZip: "is not a ZIP file"
    case .truncatedZip: "ZIP file is cut off or damaged"
    case .multiDiskZip: "ZIP file spans several disks"
    case .encryptedMember: "ZIP member is encrypted"
    case .noMember(let expected): "ZIP file has no member named \(expected)"
    case .unsupportedMethod(let method):
      "ZIP member uses compression method \(method); only stored and deflate are read"
    case .tooLarge(let bytes, let limit):
      "ZIP member is too large: \(Self.bytes(bytes)) uncompressed, the limit is \(Self.bytes(limit))"
    case .zipBomb(let compressed, let uncompressed):
      "ZIP member claims \(Self.bytes(uncompressed)) out of \(Self.bytes(compressed)): more than any kline file reaches"
    case .brokenDeflate: "ZIP member's compressed data is damaged"
    case .wrongSize(let declared): "ZIP member does not have the \(Self.bytes(declared)) it declares"
    case .wrongCRC(let declared, let actual):
      "CRC of the ZIP member is \(Self.hex(actual)), declared \(Self.hex(declared))"
    case .checksumUnread(let errno): "its .CHECKSUM file cannot be read: \(SystemError.text(errno))"
    case .unreadableChecksum: "its .CHECKSUM file holds no SHA-256"
    case .wrongChecksum(let declared, let actual):
      "SHA-256 is \(actual.prefix(16))…, its .CHECKSUM file says \(declared.prefix(16))…"
    case .noRows: "holds no rows"
    case .noValidRow(let refused, let first):
      "holds no valid row (\(TextFormat.grouped(refused)) refused\(first.map { ", \($0.sentence)" } ?? ""))"
    case .otherInterval(let expected, let rows, let grid):
      "does not hold \(expected.rawValue) candles: \(grid.sentence(of: rows))"
    case .headerInside(let line): "has a header line in the middle, line \(line)"
    case .headerOrder(let column, let name, let expected):
      "has a header that names column \(column) \(name), expected \(expected)"
    case .wrongColumnCount(let line, let found):
      "has \(TextFormat.counted(found, "column")) in line \(line), expected 12"
    case .notANumber(let line, let column, let text):
      "has text where a number belongs, line \(line) column \(column): \(text)"
    case .lineTooLong(let line): "has a line \(line) that is longer than any row"
    case .tooManyRows(let day, let limit): "has more than \(TextFormat.counted(limit, "row")) of \(day)"
    }
  }

  private static func bytes(_ count: UInt64) -> String { TextFormat.counted(Int(clamping: count), "byte") }
  private static func hex(_ value: UInt32) -> String { String(value, radix: 16) }
}

extension GridReport {
  /// `of 1,440 rows 1,440 have another length (1m) and 1,416 open off the grid, first at 2024-01-01 00:01`.
  fileprivate func sentence(of rows: Int) -> String {
    var found: [String] = []
    if otherLength > 0, let lengths {
      let have = TextFormat.counted(otherLength, "has", "have")
      found.append("\(have) another length (\(Self.text(lengths)))")
    }
    if offGrid > 0, let firstOffGrid {
      let open = TextFormat.counted(offGrid, "opens", "open")
      found.append("\(open) off the grid, first at \(TextFormat.moment(firstOffGrid))")
    }
    return "of \(TextFormat.counted(rows, "row")) \(found.joined(separator: " and "))"
  }

  /// `1h 5s`: nothing is left out, for what differs may be little.
  private static func exact(_ length: Int64) -> String {
    var (rest, parts) = (length, [String]())
    for (unit, name) in [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s"), (1, " ms")]
      as [(Int64, String)]
    {
      if rest >= unit { parts.append("\(rest / unit)\(name)") }
      rest %= unit
    }
    return parts.isEmpty ? "0 ms" : parts.joined(separator: " ")
  }

  /// `1m`, or `15s to 28m 15s`.
  package static func text(_ lengths: ClosedRange<Int64>) -> String {
    let ends = [lengths.lowerBound, lengths.upperBound].map { length in
      KlineInterval.allCases.first { $0.milliseconds == length }?.rawValue
        ?? exact(length)
    }
    return ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
  }
}

extension RefusedRow {
  /// `line 7: high 99 lies below close 105`, without a full stop.
  package var sentence: String { "line \(line): \(reason.sentence)" }
}

extension RefusedRow.Reason {
  private static let columns = [
    "open time", "open", "high", "low", "close", "volume", "close time", "quote volume", "number of trades",
    "taker buy volume", "taker buy quote volume",
  ]

  fileprivate var sentence: String {
    switch self {
    case .notFinite(let column, let text): "the \(Self.name(column)) is \(text.isEmpty ? "empty" : text)"
    case .tooLarge(let column, let text): "the \(Self.name(column)) is beyond its type: \(text)"
    case .inSeconds(let time): "the open time \(time) is in seconds"
    case .inNanoseconds(let microseconds):
      "the open time is in nanoseconds (\(TextFormat.moment(microseconds / 1000)))"
    case .otherPeriod(let time, let period): "it opens at \(TextFormat.moment(time)), which is not in \(period)"
    case .otherLength(let length, let expected):
      "its candle is \(GridReport.text(length...length)) long, those of the file \(expected.rawValue)"
    case .closesEarly(let open, let close):
      "it closes at \(TextFormat.moment(close)), before it opens at \(TextFormat.moment(open))"
    case .notOver(let time): "it closes at \(TextFormat.moment(time)), which this machine's clock has not reached"
    case .prices(let open, let high, let low, let close):
      "open \(Self.text(open)), high \(Self.text(high)), low \(Self.text(low)), close \(Self.text(close)) "
        + "cannot be one candle"
    case .quantity(let column, let value): "the \(Self.name(column)) is \(Self.text(value))"
    case .part(let column, let value, let whole):
      "the \(Self.name(column)) \(Self.text(value)) is more than the whole volume \(Self.text(whole))"
    }
  }

  private static func name(_ column: Int) -> String {
    columns.indices.contains(column - 1) ? columns[column - 1] : "column \(column)"
  }

  /// `99`, `0.5`: whole numbers without a fraction.
  private static func text(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? String(value)
  }
}
