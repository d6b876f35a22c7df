import CDeflate
import CZlib

/// The content of a ZIP member from a file, piece by piece: what is too large to be held.
///
/// One thread at a time.
final class MemberStream {
  private let member: ZipMember
  private let file: OpenArchive
  private let input = ByteBuffer()
  private var inflater = z_stream()
  private var isInflating = false
  private var position: Int
  private var crc: UInt32 = 0
  private var written = 0
  private var isOver = false

  private static let pieceSize = 256 << 10

  init(_ member: ZipMember, of file: OpenArchive) throws(KlineFault) {
    self.member = member
    self.file = file
    position = member.data.lowerBound
    input.reset(count: Self.pieceSize)
    guard member.method == .deflate else { return }
    guard sluice_inflate_begin(&inflater) == Z_OK else { throw .unreadable(errno: 12) }
    isInflating = true
  }

  deinit { if isInflating { inflateEnd(&inflater) } }

  /// Fills the buffer as far as there is content.
  ///
  /// - Returns: How many bytes were written; fewer than there is room for only at the end.
  /// - Throws: `KlineFault` when the data is damaged, and at the end when size or CRC are not those declared.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(KlineFault) -> Int {
    var filled = 0
    while filled < buffer.count, !isOver {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = isInflating ? try inflated(into: rest) : try copied(into: rest)
      crc = libdeflate_crc32(crc, rest.baseAddress, count)
      filled += count
      written += count
      guard written <= member.uncompressedSize else { throw .wrongSize(declared: UInt64(member.uncompressedSize)) }
    }
    return filled
  }

  private func inflated(into buffer: UnsafeMutableRawBufferPointer) throws(KlineFault) -> Int {
    if inflater.avail_in == 0 { try refill() }
    inflater.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    inflater.avail_out = UInt32(clamping: buffer.count)
    let room = inflater.avail_out
    let result = inflate(&inflater, Z_NO_FLUSH)
    let count = Int(room - inflater.avail_out)
    switch result {
    case Z_OK: return count
    case Z_STREAM_END:
      try finish(written + count, crc: libdeflate_crc32(crc, buffer.baseAddress, count))
      return count
    // No progress: the data ends before the stream does.
    default: throw .brokenDeflate
    }
  }

  private func refill() throws(KlineFault) {
    let count = try load(min(Self.pieceSize, member.data.upperBound - position))
    inflater.next_in = input.mutableBytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    inflater.avail_in = UInt32(count)
  }

  private func copied(into buffer: UnsafeMutableRawBufferPointer) throws(KlineFault) -> Int {
    let count = try load(min(Self.pieceSize, buffer.count, member.data.upperBound - position))
    if let start = input.bytes.baseAddress { buffer.baseAddress?.copyMemory(from: start, byteCount: count) }
    if position == member.data.upperBound {
      try finish(written + count, crc: libdeflate_crc32(crc, buffer.baseAddress, count))
    }
    return count
  }

  /// Reads the next bytes of the member's data to the start of the input buffer.
  private func load(_ wanted: Int) throws(KlineFault) -> Int {
    try file.read(into: UnsafeMutableRawBufferPointer(rebasing: input.mutableBytes[..<wanted]), at: position)
    position += wanted
    return wanted
  }

  private func finish(_ size: Int, crc: UInt32) throws(KlineFault) {
    isOver = true
    guard size == member.uncompressedSize else { throw .wrongSize(declared: UInt64(member.uncompressedSize)) }
    guard crc == member.crc else { throw .wrongCRC(declared: member.crc, actual: crc) }
  }
}
