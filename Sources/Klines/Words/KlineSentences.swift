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
    case .unreadableChecksum: "its .CHECKSUM file holds no SHA-256"
    case .wrongChecksum(let declared, let actual):
      "SHA-256 is \(actual.prefix(16))…, its .CHECKSUM file says \(declared.prefix(16))…"
    case .noRows: "holds no rows"
    case .noValidRow(let refused): "holds no valid row (\(TextFormat.grouped(refused)) refused)"
    case .headerInside(let line): "has a header line in the middle, line \(line)"
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
