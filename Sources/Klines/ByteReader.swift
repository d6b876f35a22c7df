/// Little-endian fields of a stretch of a file, every access checked against its ends.
struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  /// Where in the file the stretch begins; offsets are the file's.
  var base = 0

  /// The stretch's end, in the file.
  var end: Int { base + bytes.count }

  func uint16(at offset: Int) -> UInt16? { load(offset) }
  func uint32(at offset: Int) -> UInt32? { load(offset) }
  func uint64(at offset: Int) -> UInt64? { load(offset) }

  /// The bytes from `offset` on, or nil when they do not all lie inside.
  func slice(at offset: Int, count: Int) -> UnsafeRawBufferPointer? {
    guard offset >= base, count >= 0, offset <= end, count <= end - offset else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[offset - base..<offset - base + count])
  }

  private func load<Value: FixedWidthInteger>(_ offset: Int) -> Value? {
    guard let field = slice(at: offset, count: MemoryLayout<Value>.size) else { return nil }
    return Value(littleEndian: field.loadUnaligned(as: Value.self))
  }
}
