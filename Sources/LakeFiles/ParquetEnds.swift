import CLinux
import Glibc

/// What the two ends of a Parquet file say: the magic word at each, and before the last one the footer's length.
///
/// Format: https://parquet.apache.org/docs/file-format/. An encrypted footer has a magic word of its own.
package enum ParquetEnds {
  /// What is wrong with them.
  package enum Fault: Error, Equatable {
    case unreadable(errno: Int32)
    case tooShort(bytes: Int64)
    case noMagicAtStart
    case noMagicAtEnd
    case footerBeyondStart(bytes: UInt32)
  }

  private static let magic = Array("PAR1".utf8)
  private static let encryptedMagic = Array("PARE".utf8)

  /// Looks at an open file; reads twelve bytes of it.
  ///
  /// - Throws: What is wrong with its ends.
  package static func check(_ descriptor: Int32) throws(Fault) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno: errno) }
    let size = Int(status.st_size)
    guard size >= 12 else { throw .tooShort(bytes: Int64(size)) }
    let start = try bytes(4, at: 0, descriptor)
    let end = try bytes(8, at: size - 8, descriptor)
    guard start == magic || start == encryptedMagic else { throw .noMagicAtStart }
    guard Array(end[4...]) == magic || Array(end[4...]) == encryptedMagic else { throw .noMagicAtEnd }
    let footer = end[..<4].enumerated().reduce(UInt32(0)) { $0 | UInt32($1.element) << (8 * UInt32($1.offset)) }
    // Magic, footer, its length, magic.
    guard footer > 0, Int(footer) <= size - 12 else { throw .footerBeyondStart(bytes: footer) }
  }

  /// What is wrong with a file of a directory; nil when its ends are as they should be, or it is gone by now.
  ///
  /// Links are not followed; reads twelve bytes of it, and blocks.
  package static func fault(of name: FileName, in directory: DirectoryDescriptor) -> Fault? {
    let file = name.withCString {
      sluice_openat(directory.descriptor, $0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0)
    }
    guard file >= 0 else { return errno == ENOENT ? nil : .unreadable(errno: errno) }
    defer { close(file) }
    do throws(Fault) {
      try check(file)
      return nil
    } catch {
      return error
    }
  }

  private static func bytes(_ count: Int, at offset: Int, _ descriptor: Int32) throws(Fault) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    let got = pread(descriptor, &buffer, count, offset)
    guard got >= 0 else { throw .unreadable(errno: errno) }
    guard got == count else { throw .tooShort(bytes: Int64(offset + got)) }
    return buffer
  }
}
