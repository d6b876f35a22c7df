import Glibc
package import SluiceCore

/// What was found in one file that could be read.
package struct KlineFileContent: Sendable, Equatable {
  /// Size and time of change of the file that was read.
  package var stamp: ContentStamp
  /// SHA-256 of the whole archive: 64 lower-case hexadecimal digits.
  package var sha256: String
  /// What the check of its rows found.
  package var report: RowReport
  /// Sums over the rows that stay, to know them again in a warehouse.
  package var figures: KlineFigures
  /// When the file's entry had last changed when it was opened, nanoseconds since 1970: a file of the same size and time
  /// may hold other bytes, but nobody can set this back.
  package var changed: Int64 = 0
}

/// A file that can be read as klines.
package enum KlineFileReading {
  /// Its rows are in the columns.
  case whole(KlineFileContent)
  /// Too large to be held; nothing of its content was looked at yet.
  case large(LargeKlineFile)
}

/// Reads kline archives from disk into columns, one after the other.
///
/// Owns its buffers; one thread at a time. Blocks in the calls that read.
package final class KlineFileReader {
  private let input = ByteBuffer()
  private let extractor = ZipExtractor()
  private let parser = KlineParser()
  private let partRows: Int
  private let wholeLimit: Int
  private let now: () -> Int64
  /// No archive is larger: the largest, a month of one-second candles, has 110 MB.
  private static let archiveLimit: Int64 = 1 << 30
  /// The end of a file too large to be held; the list of its members must lie in it.
  private static let tailSize = 256 << 10
  /// A month of one-minute candles has 5 MB.
  package static let usualLimit = 8 << 20

  /// A reader with empty buffers.
  ///
  /// - Parameters:
  ///   - partRows: How many rows a part of a large file should have at most.
  ///   - wholeLimit: Bytes, packed or not, up to which a file is read in one go.
  ///   - now: Milliseconds since 1970: candles that close later are refused.
  package init(partRows: Int = 100_000, wholeLimit: Int = usualLimit, now: @escaping () -> Int64 = { .max }) {
    self.partRows = partRows
    self.wholeLimit = wholeLimit
    self.now = now
  }

  /// Adds the checked rows of an archive at the end of the columns, or opens an archive that is too large for that.
  ///
  /// - Parameters:
  ///   - path: The ZIP file.
  ///   - fileName: Its last component; the member is named like it.
  ///   - archive: What the name says.
  ///   - columns: Gets the rows; unchanged when this throws.
  ///   - fillGaps: Whether holes inside a day are filled.
  ///   - accepted: The hash of a file that is taken whatever its `.CHECKSUM` says.
  /// - Throws: `KlineFault` when the file as a whole is bad.
  package func read(
    path: String, fileName: String, archive: KlineArchiveName, into columns: KlineColumns, fillGaps: Bool = false,
    accepted: String? = nil
  ) throws(KlineFault) -> KlineFileReading {
    let file = try OpenArchive(path: path, limit: Self.archiveLimit)
    let isHeld = file.stamp.size <= wholeLimit
    let sha256 = isHeld ? try load(file) : try digest(file)
    if sha256.hex != accepted { try verify(sha256, checksumPath: path + ".CHECKSUM") }
    let name = fileName.dropLast(4) + ".csv"
    let member = isHeld ? try ZipMember(named: String(name), in: input.bytes) : try memberAtEnd(String(name), of: file)
    guard !isHeld || member.uncompressedSize > wholeLimit else {
      let (report, figures) = try rows(of: member, archive, into: columns, fillGaps: fillGaps)
      return .whole(
        KlineFileContent(
          stamp: file.stamp, sha256: sha256.hex, report: report, figures: figures, changed: file.changed))
    }
    // Not even a year of such candles comes near: whatever fills the file, it is not klines.
    guard let length = archive.interval.milliseconds, length <= 86_400_000 else {
      throw .tooLarge(bytes: UInt64(member.uncompressedSize), limit: UInt64(wholeLimit))
    }
    input.reset(count: 0)
    return .large(
      LargeKlineFile(
        file, member, sha256: sha256.hex, archive: archive, parser: parser, rows: partRows, fillGaps: fillGaps,
        now: now()))
  }

  /// When an archive was published, as its member's time says: a number that is greater for a later one.
  ///
  /// nil when the archive cannot be read.
  package func publicationTime(path: String, fileName: String) -> Int64? {
    do throws(KlineFault) {
      let file = try OpenArchive(path: path, limit: Self.archiveLimit)
      return try memberAtEnd(fileName.dropLast(4) + ".csv", of: file).time
    } catch {
      return nil
    }
  }

  /// An archive's own hash and stamp, and what its `.CHECKSUM` file says against it.
  ///
  /// - Throws: `KlineFault` when the archive cannot be read.
  package func hash(path: String) throws(KlineFault) -> (sha256: String, stamp: ContentStamp, objection: KlineFault?) {
    let file = try OpenArchive(path: path, limit: Self.archiveLimit)
    let sha256 = try digest(file)
    do throws(KlineFault) {
      try verify(sha256, checksumPath: path + ".CHECKSUM")
      return (sha256.hex, file.stamp, nil)
    } catch {
      return (sha256.hex, file.stamp, error)
    }
  }

  private func rows(
    of member: ZipMember, _ archive: KlineArchiveName, into columns: KlineColumns, fillGaps: Bool
  ) throws(KlineFault) -> (RowReport, KlineFigures) {
    let base = columns.count
    do throws(KlineFault) {
      let parsed = try extractor.withContent(of: member, in: input.bytes) {
        (text) throws(KlineFault) in try parser.parse(text, into: columns)
      }
      var report = RowCheck.apply(
        to: columns, from: base, archive: archive, text: parsed, fillGaps: fillGaps, now: now())
      (report.namesakes, report.otherMembers) = (member.namesakes, member.others)
      if let fault = report.fault(archive) { throw fault }
      return (report, KlineFigures(of: columns, rows: base..<columns.count))
    } catch {
      columns.truncate(to: base)
      throw error
    }
  }

  /// Compares with the `.CHECKSUM` file, when there is one.
  private func verify(_ actual: SHA256Digest, checksumPath: String) throws(KlineFault) {
    guard let declared = try Self.declared(checksumPath), declared != actual else { return }
    throw .wrongChecksum(declared: declared.hex, actual: actual.hex)
  }

  /// Whether a `.CHECKSUM` file leaves a doubt about an archive of that hash: it names another, or cannot be read.
  ///
  /// Reads that small file alone; false where there is none.
  package static func isDoubted(sha256: String, checksumPath: String) -> Bool {
    do throws(KlineFault) {
      return try declared(checksumPath).map { $0.hex != sha256 } ?? false
    } catch {
      return true
    }
  }

  /// The sum a `.CHECKSUM` file names; nil when there is no such file.
  private static func declared(_ path: String) throws(KlineFault) -> SHA256Digest? {
    guard let descriptor = OpenArchive.open(path) else {
      // Only a file that is not there promises nothing: one that cannot be read was meant to be compared.
      guard errno == ENOENT else { throw .checksumUnread(errno: errno) }
      return nil
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { throw .unreadable(errno: errno) }
    guard let declared = SHA256Digest(checksumFile: bytes[..<count]) else { throw .unreadableChecksum }
    return declared
  }

  /// Reads the whole file; copied, not mapped: a mapped file that rsync cuts short would kill the process.
  private func load(_ file: OpenArchive) throws(KlineFault) -> SHA256Digest {
    input.reset(count: Int(file.stamp.size))
    try file.read(into: input.mutableBytes, at: 0)
    guard file.isUnchanged else { throw .changedWhileRead }
    return SHA256Digest(of: input.bytes)
  }

  /// Reads the whole file without holding it.
  private func digest(_ file: OpenArchive) throws(KlineFault) -> SHA256Digest {
    var sum = SHA256Sum()
    let size = Int(file.stamp.size)
    for offset in stride(from: 0, to: size, by: Self.tailSize) {
      input.reset(count: min(Self.tailSize, size - offset))
      try file.read(into: input.mutableBytes, at: offset)
      sum.add(input.bytes)
    }
    guard file.isUnchanged else { throw .changedWhileRead }
    return sum.digest
  }

  private func memberAtEnd(_ name: String, of file: OpenArchive) throws(KlineFault) -> ZipMember {
    let size = Int(file.stamp.size)
    input.reset(count: min(size, Self.tailSize))
    try file.read(into: input.mutableBytes, at: size - input.count)
    let head = ByteBuffer()
    return try ZipMember(named: name, endingWith: ByteReader(bytes: input.bytes, base: size - input.count)) {
      offset, count in
      guard offset >= 0, offset <= size - count else { return nil }
      head.reset(count: count)
      do throws(KlineFault) { try file.read(into: head.mutableBytes, at: offset) } catch { return nil }
      return ByteReader(bytes: head.bytes, base: offset)
    }
  }
}
