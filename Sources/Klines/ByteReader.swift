/// Little-endian fields of a byte buffer, every access checked against its end.
struct ByteReader {
  let bytes: UnsafeRawBufferPointer

  func uint16(at offset: Int) -> UInt16? { load(offset) }
  func uint32(at offset: Int) -> UInt32? { load(offset) }
  func uint64(at offset: Int) -> UInt64? { load(offset) }

  /// The bytes from `offset` on, or nil when they do not all lie inside.
  func slice(at offset: Int, count: Int) -> UnsafeRawBufferPointer? {
    guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }

  private func load<Value: FixedWidthInteger>(_ offset: Int) -> Value? {
    guard let field = slice(at: offset, count: MemoryLayout<Value>.size) else { return nil }
    return Value(littleEndian: field.loadUnaligned(as: Value.self))
  }
}
