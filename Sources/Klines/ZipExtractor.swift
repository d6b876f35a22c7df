import CDeflate

/// Takes the kline member out of ZIP files, one after the other.
///
/// Owns a decompressor and its output buffer; one thread at a time.
package final class ZipExtractor {
  private let decompressor: OpaquePointer?
  private let output = ByteBuffer()

  package init() {
    decompressor = libdeflate_alloc_decompressor()
  }

  deinit { libdeflate_free_decompressor(decompressor) }

  /// Gives the member's bytes to `body`, followed by one zero byte in memory so that C number parsing ends there.
  ///
  /// - Parameters:
  ///   - name: The member's name.
  ///   - archive: The whole ZIP file.
  /// - Throws: `KlineFault` for everything that is wrong with the archive, the member's CRC included; what `body` throws.
  package func withMember<Result>(
    named name: String, of archive: UnsafeRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) throws(KlineFault) -> Result
  ) throws(KlineFault) -> Result {
    let member = try ZipMember(named: name, in: archive)
    output.reset(count: member.uncompressedSize)
    switch member.method {
    case .stored: output.mutableBytes.copyMemory(from: member.compressed)
    case .deflate: try inflate(member)
    }
    let crc = libdeflate_crc32(0, output.bytes.baseAddress, output.count)
    guard crc == member.crc else { throw .wrongCRC(declared: member.crc, actual: crc) }
    return try body(output.bytes)
  }

  private func inflate(_ member: ZipMember) throws(KlineFault) {
    guard let decompressor else { throw .unreadable(errno: 12) }
    let result = libdeflate_deflate_decompress(
      decompressor, member.compressed.baseAddress, member.compressed.count, output.mutableBytes.baseAddress,
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
