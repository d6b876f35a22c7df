/// A member of a ZIP file: the one that holds its klines, or any, found through the central directory.
///
/// Format: PKWARE APPNOTE 6.3.10, sections 4.3.6 to 4.3.16 and 4.5.3 (zip64). Nothing in the file is believed before it
/// is checked against the bytes that are there.
struct ZipMember {
  enum Method { case stored, deflate }

  let method: Method
  /// Where the member's data lies in the file.
  let data: Range<Int>
  let uncompressedSize: Int
  let crc: UInt32
  /// The time the archive gives it, greater for a later one; in no zone, as ZIP files have it, and to two seconds.
  let time: Int64
  /// Members before it with the same name: a ZIP file that something was added to keeps the older ones.
  let namesakes: Int
  /// Other members that hold something, but for those a computer's file manager puts in.
  let others: OtherMembers

  /// No kline file is larger: a month of one-second candles has about 350 MB.
  static let sizeLimit: UInt64 = 1 << 30
  /// Real files shrink by 3 to 30; beyond this, and above `bombFloor`, a member is a bomb.
  static let ratioLimit: UInt64 = 200
  static let bombFloor: UInt64 = 16 << 20

  /// Finds the member named like the archive; of several the last, as unzip and Python do.
  ///
  /// - Parameters:
  ///   - name: The member's name, `BTCUSDT-1m-2024-01-01.csv`.
  ///   - end: The file's last bytes, with the whole list of members.
  ///   - head: Reads so many bytes at an offset, where a member's own header is; nil when they are not all there.
  init(
    named name: String, endingWith end: ByteReader, head: (_ offset: Int, _ count: Int) -> ByteReader?
  ) throws(KlineFault) {
    let directory = try CentralDirectory(end, head: head)
    let wanted = Array(name.utf8)
    var offset = directory.offset
    var (found, namesakes, others) = (ZipEntry?.none, -1, OtherMembers())
    for _ in 0..<directory.entryCount {
      let entry = try ZipEntry(end, at: offset)
      offset = entry.end
      // A member in a directory is not the archive's own: `__MACOSX/._NAME.csv` ends in .csv too.
      guard entry.name.elementsEqual(wanted) else {
        if entry.holdsData { others.add(entry.name) }
        continue
      }
      found = entry
      namesakes += 1
    }
    guard let found else { throw .noMember(expected: name) }
    self = try ZipMember(found, namesakes: namesakes, others: others, fileSize: end.end, head: head)
  }

  /// Finds the member in a file that is wholly in memory.
  init(named name: String, in archive: UnsafeRawBufferPointer) throws(KlineFault) {
    let whole = ByteReader(bytes: archive)
    try self.init(named: name, endingWith: whole) { offset, count in
      whole.slice(at: offset, count: count).map { ByteReader(bytes: $0, base: offset) }
    }
  }

  /// All members that can be unpacked, in the directory's order; those that are encrypted, or packed in another way than
  /// this module reads, are left out.
  ///
  /// - Parameters:
  ///   - end: The file's last bytes, with the whole list of members.
  ///   - head: Reads so many bytes at an offset; nil when they are not all there.
  static func all(
    endingWith end: ByteReader, head: (_ offset: Int, _ count: Int) -> ByteReader?
  ) throws(KlineFault) -> [ZipMember] {
    let directory = try CentralDirectory(end, head: head)
    var members: [ZipMember] = []
    var offset = directory.offset
    for _ in 0..<directory.entryCount {
      let entry = try ZipEntry(end, at: offset)
      offset = entry.end
      do throws(KlineFault) {
        members.append(try ZipMember(entry, fileSize: end.end, isBounded: false, head: head))
      } catch {
        switch error {
        case .encryptedMember, .unsupportedMethod: continue
        default: throw error
        }
      }
    }
    return members
  }

  /// Where the list of members begins, as the file's end says.
  static func directoryOffset(endingWith end: ByteReader, head: (Int, Int) -> ByteReader?) throws(KlineFault) -> Int {
    try CentralDirectory(end, head: head).offset
  }

  /// - Parameter isBounded: Whether a member larger than kline files ever are is refused.
  private init(
    _ entry: ZipEntry, namesakes: Int = 0, others: OtherMembers = OtherMembers(), fileSize: Int, isBounded: Bool = true,
    head: (Int, Int) -> ByteReader?
  ) throws(KlineFault) {
    guard entry.flags & 0x1 == 0, entry.flags & 0x40 == 0 else { throw .encryptedMember }
    switch entry.method {
    case 0: method = .stored
    case 8: method = .deflate
    default: throw .unsupportedMethod(Int(entry.method))
    }
    guard entry.uncompressed <= (isBounded ? Self.sizeLimit : UInt64(Int.max)) else {
      throw .tooLarge(bytes: entry.uncompressed, limit: Self.sizeLimit)
    }
    if isBounded, entry.uncompressed > Self.bombFloor, entry.uncompressed / Self.ratioLimit > entry.compressed {
      throw .zipBomb(compressed: entry.compressed, uncompressed: entry.uncompressed)
    }
    guard let local = Int(exactly: entry.localOffset), let count = Int(exactly: entry.compressed),
      local <= fileSize, let own = head(local, 30), own.uint32(at: local) == 0x0403_4b50,
      let nameLength = own.uint16(at: local + 26), let extraLength = own.uint16(at: local + 28)
    else { throw .truncatedZip }
    let start = local + 30 + Int(nameLength) + Int(extraLength)
    guard start <= fileSize, count <= fileSize - start else { throw .truncatedZip }
    if method == .stored, entry.compressed != entry.uncompressed { throw .wrongSize(declared: entry.uncompressed) }
    data = start..<start + count
    uncompressedSize = Int(entry.uncompressed)
    crc = entry.crc
    time = entry.time
    (self.namesakes, self.others) = (namesakes, others)
  }
}

/// Where the list of members begins and how many it has.
private struct CentralDirectory {
  let offset: Int
  let entryCount: Int

  init(_ reader: ByteReader, head: (Int, Int) -> ByteReader?) throws(KlineFault) {
    guard let first = head(0, 4)?.uint32(at: 0) else { throw .notAZip }
    guard let end = Self.endRecord(reader) else { throw first == 0x0403_4b50 ? .truncatedZip : .notAZip }
    guard let disk = reader.uint16(at: end + 4), let count = reader.uint16(at: end + 10),
      let start = reader.uint32(at: end + 16)
    else { throw .truncatedZip }
    if count == .max || start == .max || disk == .max {
      self = try Self.zip64(reader, end: end)
      return
    }
    guard disk == 0 else { throw .multiDiskZip }
    self.init(offset: Int(start), entryCount: Int(count))
  }

  private init(offset: Int, entryCount: Int) {
    self.offset = offset
    self.entryCount = entryCount
  }

  /// The zip64 record, found through its locator right before the end record.
  private static func zip64(_ reader: ByteReader, end: Int) throws(KlineFault) -> CentralDirectory {
    let locator = end - 20
    guard reader.uint32(at: locator) == 0x0706_4b50, let position = reader.uint64(at: locator + 8),
      let record = Int(exactly: position), record <= reader.end, reader.uint32(at: record) == 0x0606_4b50,
      let disk = reader.uint32(at: record + 16), let count = reader.uint64(at: record + 32),
      let start = reader.uint64(at: record + 48), let first = Int(exactly: start), first <= reader.end
    else { throw .truncatedZip }
    guard disk == 0 else { throw .multiDiskZip }
    // An entry has at least 46 bytes: a larger count is a lie that would only make the loop end in a fault.
    let possible = UInt64(reader.end / 46 + 1)
    return CentralDirectory(offset: first, entryCount: Int(min(count, possible)))
  }

  /// The end record's position: the last signature whose comment reaches exactly to the end of the file.
  private static func endRecord(_ reader: ByteReader) -> Int? {
    var position = reader.end - 22
    let first = max(reader.base, position - 65_535)
    while position >= first {
      if reader.uint32(at: position) == 0x0605_4b50, let comment = reader.uint16(at: position + 20),
        position + 22 + Int(comment) == reader.end
      {
        return position
      }
      position -= 1
    }
    return nil
  }
}

/// One entry of the central directory.
private struct ZipEntry {
  let flags: UInt16
  let method: UInt16
  let crc: UInt32
  let compressed: UInt64
  let uncompressed: UInt64
  let localOffset: UInt64
  let name: UnsafeRawBufferPointer
  /// Date and time as one number that grows with them.
  let time: Int64
  /// Where the next entry begins.
  let end: Int

  /// Whether it is a file with content, and no resource fork.
  var holdsData: Bool { uncompressed > 0 && name.last != 47 && !name.starts(with: "__MACOSX/".utf8) }

  init(_ reader: ByteReader, at offset: Int) throws(KlineFault) {
    guard reader.uint32(at: offset) == 0x0201_4b50, let flags = reader.uint16(at: offset + 8),
      let method = reader.uint16(at: offset + 10), let clock = reader.uint16(at: offset + 12),
      let date = reader.uint16(at: offset + 14), let crc = reader.uint32(at: offset + 16),
      let compressed = reader.uint32(at: offset + 20), let uncompressed = reader.uint32(at: offset + 24),
      let nameLength = reader.uint16(at: offset + 28), let extraLength = reader.uint16(at: offset + 30),
      let commentLength = reader.uint16(at: offset + 32), let local = reader.uint32(at: offset + 42),
      let name = reader.slice(at: offset + 46, count: Int(nameLength)),
      let extra = reader.slice(at: offset + 46 + Int(nameLength), count: Int(extraLength))
    else { throw .truncatedZip }
    self.flags = flags
    self.method = method
    self.crc = crc
    self.name = name
    time = Int64(date) << 16 | Int64(clock)
    end = offset + 46 + Int(nameLength) + Int(extraLength) + Int(commentLength)
    var wide = Zip64Fields(extra)
    self.uncompressed = try wide.resolve(uncompressed)
    self.compressed = try wide.resolve(compressed)
    localOffset = try wide.resolve(local)
  }
}

/// The zip64 extra field: 64-bit values, in order, only for those fields that read 0xffffffff.
private struct Zip64Fields {
  private let reader: ByteReader
  private var position: Int?

  init(_ extra: UnsafeRawBufferPointer) {
    let all = ByteReader(bytes: extra)
    var offset = 0
    while let tag = all.uint16(at: offset), let size = all.uint16(at: offset + 2) {
      if tag == 1, let field = all.slice(at: offset + 4, count: Int(size)) {
        reader = ByteReader(bytes: field)
        position = 0
        return
      }
      offset += 4 + Int(size)
    }
    reader = ByteReader(bytes: UnsafeRawBufferPointer(rebasing: extra[0..<0]))
    position = nil
  }

  mutating func resolve(_ narrow: UInt32) throws(KlineFault) -> UInt64 {
    guard narrow == .max else { return UInt64(narrow) }
    guard let offset = position, let value = reader.uint64(at: offset) else { throw .truncatedZip }
    position = offset + 8
    return value
  }
}
