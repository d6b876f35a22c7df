import FoundationEssentials

/// The text of kept sums: a line a directory, then a line for each directory inside.
///
/// Not JSON: with years of days the file is most of what a scan reads, and decoding it took longer than looking at the
/// directories themselves (20 ms of 38 for 2,000 days, now 2).
enum UsageSums {
  /// The first line; another one means another version's file.
  private static let heading = "sluice sums 2\n"

  /// The file's content.
  ///
  /// A name with a line feed is left out, and counted again each time.
  static func text(_ entries: [String: UsageCache.Entry]) -> Data {
    var text = heading
    for (name, entry) in entries {
      let size = entry.size
      guard !name.contains("\n"), !size.directories.contains(where: { $0.path.contains("\n") }) else { continue }
      text += "\(size.bytes) \(size.allocated) \(size.files) \(Int64(entry.measuredAt.timeIntervalSince1970)) "
      text += "\(size.directories.count) \(name)\n"
      for mark in size.directories {
        text +=
          "\(mark.device) \(mark.inode) \(UInt64(bitPattern: mark.changed)) \(mark.size) \(mark.links) \(mark.path)\n"
      }
    }
    return Data(text.utf8)
  }

  /// The sums of a file; none of it when any of it is not as written.
  static func parse(_ data: Data) -> [String: UsageCache.Entry] {
    data.withUnsafeBytes { bytes in
      var reader = Reader(rest: bytes[...])
      guard data.starts(with: heading.utf8) else { return [:] }
      reader.rest = reader.rest.dropFirst(heading.utf8.count)
      var entries: [String: UsageCache.Entry] = [:]
      while !reader.rest.isEmpty {
        guard let (name, entry) = reader.entry() else { return [:] }
        entries[name] = entry
      }
      return entries
    }
  }

  private struct Reader {
    var rest: Slice<UnsafeRawBufferPointer>

    mutating func entry() -> (String, UsageCache.Entry)? {
      var size = TreeSize()
      guard let bytes = number(), let allocated = number(), let files = number(), let time = number(),
        let count = number(), let name = line()
      else { return nil }
      size.hasData = true
      (size.bytes, size.allocated, size.files) = (
        Int64(truncatingIfNeeded: bytes), Int64(truncatingIfNeeded: allocated), Int(truncatingIfNeeded: files)
      )
      for _ in 0..<count {
        guard let device = number(), let inode = number(), let changed = number(), let length = number(),
          let links = number(), let path = line()
        else { return nil }
        size.directories.append(
          DirectoryMark(
            path: path, device: device, inode: inode, changed: Int64(bitPattern: changed),
            size: Int64(truncatingIfNeeded: length), links: links))
      }
      return (name, UsageCache.Entry(size: size, measuredAt: Date(timeIntervalSince1970: Double(time))))
    }

    /// A number and the space after it.
    private mutating func number() -> UInt64? {
      var value: UInt64 = 0
      guard let first = rest.first, first != 32 else { return nil }
      while let byte = rest.first, (48...57).contains(byte) {
        let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
        let (sum, isOver) = tens.addingReportingOverflow(UInt64(byte - 48))
        guard !isTooLarge, !isOver else { return nil }
        value = sum
        rest.removeFirst()
      }
      guard rest.first == 32 else { return nil }
      rest.removeFirst()
      return value
    }

    private mutating func line() -> String? {
      guard let end = rest.firstIndex(of: 10) else { return nil }
      let text = String(validating: rest[..<end], as: UTF8.self)
      rest = rest[(end + 1)...]
      return text
    }
  }
}
