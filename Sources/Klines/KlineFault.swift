package import SluiceCore

/// Why a file as a whole cannot be taken for klines.
///
/// Facts only; `reason` is the one place that makes a sentence of them.
package enum KlineFault: Error, Sendable, Hashable {
  case unreadable(errno: Int32)
  case changedWhileRead
  case notAZip
  case truncatedZip
  case multiDiskZip
  case encryptedMember
  case noMember(expected: String)
  case unsupportedMethod(Int)
  case tooLarge(bytes: UInt64, limit: UInt64)
  case zipBomb(compressed: UInt64, uncompressed: UInt64)
  case brokenDeflate
  case wrongSize(declared: UInt64)
  case wrongCRC(declared: UInt32, actual: UInt32)
  case unreadableChecksum
  case wrongChecksum(declared: String, actual: String)
  case noRows
  case noValidRow(refused: Int)
  case headerInside(line: Int)
  case wrongColumnCount(line: Int, found: Int)
  case notANumber(line: Int, column: Int, text: String)
  case lineTooLong(line: Int)
  /// More rows on one day than any interval gives, in a file that is too large to be held.
  case tooManyRows(day: CalendarDay, limit: Int)
}

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
      "ZIP member is too large: \(bytes) bytes uncompressed, the limit is \(limit)"
    case .zipBomb(let compressed, let uncompressed):
      "ZIP member claims \(uncompressed) bytes out of \(compressed): more than any kline file reaches"
    case .brokenDeflate: "ZIP member's compressed data is damaged"
    case .wrongSize(let declared): "ZIP member does not have the \(declared) bytes it declares"
    case .wrongCRC(let declared, let actual):
      "CRC of the ZIP member is \(Self.hex(actual)), declared \(Self.hex(declared))"
    case .unreadableChecksum: "its .CHECKSUM file holds no SHA-256"
    case .wrongChecksum(let declared, let actual):
      "SHA-256 is \(actual.prefix(16))…, its .CHECKSUM file says \(declared.prefix(16))…"
    case .noRows: "holds no rows"
    case .noValidRow(let refused): "holds no valid row (\(refused) refused)"
    case .headerInside(let line): "has a header line in the middle, line \(line)"
    case .wrongColumnCount(let line, let found): "has \(found) columns in line \(line), expected 12"
    case .notANumber(let line, let column, let text):
      "has text where a number belongs, line \(line) column \(column): \(text)"
    case .lineTooLong(let line): "has a line \(line) that is longer than any row"
    case .tooManyRows(let day, let limit): "has more than \(limit) rows of \(day)"
    }
  }

  /// Whether the file may be good as it is: the system, or who was writing it just then, was at fault.
  package var isPassing: Bool {
    switch self {
    case .unreadable, .changedWhileRead: true
    default: false
    }
  }

  /// A short stable word for machines.
  package var code: String {
    switch self {
    case .unreadable: "unreadable"
    case .changedWhileRead: "changed-while-read"
    case .notAZip, .truncatedZip, .multiDiskZip, .brokenDeflate, .wrongSize: "broken-zip"
    case .encryptedMember: "encrypted"
    case .noMember: "no-member"
    case .unsupportedMethod: "unsupported-method"
    case .tooLarge, .zipBomb: "zip-bomb"
    case .wrongCRC: "wrong-crc"
    case .unreadableChecksum, .wrongChecksum: "wrong-checksum"
    case .noRows, .noValidRow: "no-rows"
    case .headerInside, .wrongColumnCount, .notANumber, .lineTooLong, .tooManyRows: "not-klines"
    }
  }

  private static func hex(_ value: UInt32) -> String { String(value, radix: 16) }
}
