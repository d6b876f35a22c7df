import CDeflate

/// Takes members of ordinary size out of ZIP files that are in memory, one after the other.
///
/// Owns a decompressor and its output buffer; one thread at a time.
package final class ZipExtractor {
  private let decompressor: OpaquePointer?
  private let output = ByteBuffer()

  /// An extractor with an empty output buffer.
  package init() {
    decompressor = libdeflate_alloc_decompressor()
  }

  deinit { libdeflate_free_decompressor(decompressor) }

  /// Gives the bytes of the member of that name to `body`, followed by one zero byte in memory.
  ///
  /// - Throws: `KlineFault` when the archive is no ZIP file, has no such member, or the member's data, size or CRC is
  ///   wrong; what `body` throws.
  package func withContent<Result>(
    named name: String, of archive: UnsafeRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) throws(KlineFault) -> Result
  ) throws(KlineFault) -> Result {
    try withContent(of: ZipMember(named: name, in: archive), in: archive, body)
  }

  /// Gives the member's bytes to `body`, followed by one zero byte in memory so that C number parsing ends there.
  ///
  /// - Parameters:
  ///   - member: Found in this archive.
  ///   - archive: The whole ZIP file.
  /// - Throws: `KlineFault` when the member's data, size or CRC is wrong; what `body` throws.
  func withContent<Result>(
    of member: ZipMember, in archive: UnsafeRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) throws(KlineFault) -> Result
  ) throws(KlineFault) -> Result {
    let compressed = UnsafeRawBufferPointer(rebasing: archive[member.data])
    output.reset(count: member.uncompressedSize)
    switch member.method {
    case .stored: output.mutableBytes.copyMemory(from: compressed)
    case .deflate: try inflate(member, compressed)
    }
    let crc = libdeflate_crc32(0, output.bytes.baseAddress, output.count)
    guard crc == member.crc else { throw .wrongCRC(declared: member.crc, actual: crc) }
    return try body(output.bytes)
  }

  private func inflate(_ member: ZipMember, _ compressed: UnsafeRawBufferPointer) throws(KlineFault) {
    guard let decompressor else { throw .unreadable(errno: 12) }
    let result = libdeflate_deflate_decompress(
      decompressor, compressed.baseAddress, compressed.count, output.mutableBytes.baseAddress,
      output.count, nil)
    switch result {
    case LIBDEFLATE_SUCCESS:
      // A null length pointer makes the library insist on exactly the declared size.
      return
    case LIBDEFLATE_SHORT_OUTPUT, LIBDEFLATE_INSUFFICIENT_SPACE:
      throw .wrongSize(declared: UInt64(member.uncompressedSize))
    default: throw .brokenDeflate
    }
  }
}
