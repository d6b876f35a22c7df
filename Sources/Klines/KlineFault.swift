package import SluiceCore

/// Why a file as a whole cannot be taken for klines.
///
/// Facts only; `KlineSentences.swift` makes a sentence of them.
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
  /// The `.CHECKSUM` file is there and cannot be read.
  case checksumUnread(errno: Int32)
  case wrongChecksum(declared: String, actual: String)
  case noRows
  case noValidRow(refused: Int, first: RefusedRow?)
  /// Most rows are no candles of the length the file's name says.
  case otherInterval(expected: KlineInterval, rows: Int, GridReport)
  case headerInside(line: Int)
  /// The header names a column where another one is expected.
  case headerOrder(column: Int, name: String, expected: String)
  case wrongColumnCount(line: Int, found: Int)
  case notANumber(line: Int, column: Int, text: String)
  case lineTooLong(line: Int)
  /// More rows on one day than any interval gives, in a file that is too large to be held.
  case tooManyRows(day: CalendarDay, limit: Int)
}

extension KlineFault {
  /// Whether the file may be good as it is: the system, or who was writing it just then, was at fault.
  package var isPassing: Bool {
    switch self {
    case .unreadable, .changedWhileRead, .checksumUnread: true
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
    case .unreadableChecksum, .checksumUnread, .wrongChecksum: "wrong-checksum"
    case .otherInterval: "other-interval"
    case .noRows, .noValidRow: "no-rows"
    case .headerInside, .headerOrder, .wrongColumnCount, .notANumber, .lineTooLong, .tooManyRows: "not-klines"
    }
  }
}
