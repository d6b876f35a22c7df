import Glibc
import SluiceCore

/// Holds a file against what it says of itself: the ZIP directory and its members' sizes and CRCs, and the SHA-256 of
/// the `.CHECKSUM` beside it.
///
/// Any ZIP file, of any size: what is too large to be held is read in pieces. Owns its buffers; one thread at a time.
/// Blocks in its calls.
package final class ArchiveCheck {
  private let input = ByteBuffer()
  private let piece = ByteBuffer()
  private let extractor = ZipExtractor()

  /// Files up to this size are read at once, and members inflated at once.
  private static let heldLimit = 8 << 20
  private static let pieceSize = 256 << 10
  /// No list of members is longer: it would have a million of them.
  private static let directoryLimit = 256 << 20

  /// A check with empty buffers.
  package init() {}

  /// Checks a file.
  ///
  /// - Parameters:
  ///   - descriptor: Open for reading; is closed.
  ///   - isZip: Whether it has to be a ZIP file.
  ///   - checksum: The content of its `.CHECKSUM` file; nil when there is none.
  /// - Throws: `KlineFault` with the first thing that is wrong.
  package func check(
    taking descriptor: Int32, isZip: Bool, checksum: (some Collection<UInt8>)?
  ) throws(KlineFault) {
    let file = try OpenArchive(taking: descriptor)
    let size = Int(file.stamp.size)
    if size <= Self.heldLimit {
      input.reset(count: size)
      try file.read(into: input.mutableBytes, at: 0)
      guard file.isUnchanged else { throw .changedWhileRead }
      // The members first: what is wrong with them says more than a sum.
      if isZip { try checkMembers(size: size, endingWith: ByteReader(bytes: input.bytes), in: file) }
      if let checksum { try compare(SHA256Digest(of: input.bytes), with: checksum) }
    } else {
      if isZip { try checkMembers(of: file, size: size) }
      if let checksum { try compare(digest(file, size: size), with: checksum) }
    }
    guard file.isUnchanged else { throw .changedWhileRead }
  }

  private func compare(_ actual: SHA256Digest, with checksum: some Collection<UInt8>) throws(KlineFault) {
    guard let declared = SHA256Digest(checksumFile: checksum) else { throw .unreadableChecksum }
    guard declared == actual else { throw .wrongChecksum(declared: declared.hex, actual: actual.hex) }
  }

  /// Reads the whole file without holding it.
  private func digest(_ file: OpenArchive, size: Int) throws(KlineFault) -> SHA256Digest {
    var sum = SHA256Sum()
    for offset in stride(from: 0, to: size, by: Self.pieceSize) {
      piece.reset(count: min(Self.pieceSize, size - offset))
      try file.read(into: piece.mutableBytes, at: offset)
      sum.add(piece.bytes)
    }
    return sum.digest
  }

  /// Reads the end of a large file as far as the list of members goes back.
  private func checkMembers(of file: OpenArchive, size: Int) throws(KlineFault) {
    // The longest comment, the end record, and the two records of zip64.
    var wanted = 65_535 + 22 + 20 + 56
    for _ in 0..<2 {
      input.reset(count: min(size, wanted))
      try file.read(into: input.mutableBytes, at: size - input.count)
      let end = ByteReader(bytes: input.bytes, base: size - input.count)
      let first = try ZipMember.directoryOffset(endingWith: end, head: head(of: file, size: size))
      if first >= end.base { return try checkMembers(size: size, endingWith: end, in: file) }
      wanted = size - first
      guard wanted <= Self.directoryLimit else {
        throw .tooLarge(bytes: UInt64(wanted), limit: UInt64(Self.directoryLimit))
      }
    }
    throw .truncatedZip
  }

  private func checkMembers(size: Int, endingWith end: ByteReader, in file: OpenArchive) throws(KlineFault) {
    for member in try ZipMember.all(endingWith: end, head: head(of: file, size: size)) {
      if end.base == 0, member.uncompressedSize <= Self.heldLimit {
        try extractor.withContent(of: member, in: input.bytes) { (_) throws(KlineFault) in }
      } else {
        try readThrough(member, of: file)
      }
    }
  }

  private func readThrough(_ member: ZipMember, of file: OpenArchive) throws(KlineFault) {
    let stream = try MemberStream(member, of: file)
    piece.reset(count: Self.pieceSize)
    while try stream.read(into: piece.mutableBytes) == piece.count {}
  }

  private func head(of file: OpenArchive, size: Int) -> (Int, Int) -> ByteReader? {
    let bytes = ByteBuffer()
    return { offset, count in
      guard offset >= 0, offset <= size - count else { return nil }
      bytes.reset(count: count)
      do throws(KlineFault) { try file.read(into: bytes.mutableBytes, at: offset) } catch { return nil }
      return ByteReader(bytes: bytes.bytes, base: offset)
    }
  }
}
