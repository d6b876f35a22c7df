package import Glibc

/// A file's size and time of change: what tells, without reading, whether it is another file than before.
package struct FileStamp: Sendable, Hashable {
  package var size: Int64
  /// Nanoseconds since 1970.
  package var modified: Int64

  package init(size: Int64, modified: Int64) {
    self.size = size
    self.modified = modified
  }

  /// The stamp of a regular file; nil when there is none at the path (links are not followed).
  package init?(path: String) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(status)
  }

  /// The stamp out of a `stat` result.
  package init(_ status: stat) {
    size = Int64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }
}

/// What was found in one file that could be read.
package struct KlineFileContent: Sendable, Equatable {
  package var stamp: FileStamp
  package var sha256: String
  package var report: RowReport
  package var figures: KlineFigures
}

/// Reads kline archives from disk into columns, one after the other.
///
/// Owns its buffers; one thread at a time. Blocks in the calls that read.
package final class KlineFileReader {
  private let input = ByteBuffer()
  private let extractor = ZipExtractor()
  private let parser = KlineParser()
  /// No archive is larger: the largest, a month of one-second candles, has 110 MB.
  private static let archiveLimit: Int64 = 1 << 30

  package init() {}

  /// Adds the checked rows of an archive at the end of the columns.
  ///
  /// - Parameters:
  ///   - path: The ZIP file.
  ///   - fileName: Its last component; the member is named like it.
  ///   - archive: What the name says.
  ///   - columns: Gets the rows; unchanged when this throws.
  ///   - fillGaps: Whether holes inside a day are filled.
  /// - Throws: `KlineFault` when the file as a whole is bad.
  package func read(
    path: String, fileName: String, archive: KlineArchiveName, into columns: KlineColumns, fillGaps: Bool = false
  ) throws(KlineFault) -> KlineFileContent {
    let base = columns.count
    do throws(KlineFault) {
      let stamp = try load(path)
      let sha256 = SHA256Digest(of: input.bytes)
      try verify(sha256, checksumPath: path + ".CHECKSUM")
      let member = fileName.dropLast(4) + ".csv"
      let unparsed = try extractor.withMember(named: String(member), of: input.bytes) {
        (text) throws(KlineFault) in try parser.parse(text, into: columns)
      }
      var report = RowCheck.apply(to: columns, from: base, archive: archive, fillGaps: fillGaps)
      report.refused += unparsed
      guard report.rows > 0 else { throw KlineFault.noValidRow(refused: report.refused) }
      let figures = KlineFigures(of: columns, rows: base..<columns.count)
      return KlineFileContent(stamp: stamp, sha256: sha256.hex, report: report, figures: figures)
    } catch {
      columns.truncate(to: base)
      throw error
    }
  }

  /// The SHA-256 of a file's bytes, for a file whose time changed but whose size did not.
  package func sha256(path: String) throws(KlineFault) -> String {
    _ = try load(path)
    return SHA256Digest(of: input.bytes).hex
  }

  /// Compares with the `.CHECKSUM` file, when there is one.
  private func verify(_ actual: SHA256Digest, checksumPath: String) throws(KlineFault) {
    guard let descriptor = Self.open(checksumPath) else { return }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { throw .unreadable(errno: errno) }
    guard let declared = SHA256Digest(checksumFile: bytes[..<count]) else { throw .unreadableChecksum }
    guard declared == actual else { throw .wrongChecksum(declared: declared.hex, actual: actual.hex) }
  }

  /// Reads the whole file; copied, not mapped: a mapped file that rsync cuts short would kill the process.
  private func load(_ path: String) throws(KlineFault) -> FileStamp {
    guard let descriptor = Self.open(path) else { throw .unreadable(errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAZip }
    let stamp = FileStamp(status)
    guard stamp.size <= Self.archiveLimit else {
      throw .tooLarge(bytes: UInt64(stamp.size), limit: UInt64(Self.archiveLimit))
    }
    input.reset(count: Int(stamp.size))
    var offset = 0
    while offset < input.count {
      let count = Glibc.read(
        descriptor, input.mutableBytes.baseAddress.map { $0 + offset }, input.count - offset)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(errno: errno) }
      guard count > 0 else { throw .changedWhileRead }
      offset += count
    }
    var after = stat()
    guard fstat(descriptor, &after) == 0, FileStamp(after) == stamp else { throw .changedWhileRead }
    return stamp
  }

  private static func open(_ path: String) -> Int32? {
    // Without O_NONBLOCK a fifo of that name would block for ever.
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    return descriptor >= 0 ? descriptor : nil
  }
}
