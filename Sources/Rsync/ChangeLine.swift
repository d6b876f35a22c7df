import SluiceCore

/// A line of `--out-format='@F %i %l %b %n'`: what happened, the size, the wire bytes, the name.
enum ChangeLine {
  /// The format that `TransferCommand` asks for and this reads.
  static let format = "@F %i %l %b %n"

  /// A plan's format: before the rest the time, to the second as rsync's quick check compares it, and with
  /// `--checksum` the checksum.
  ///
  /// - Parameter comparesChecksums: Whether the transfer compares files by checksum.
  static func planFormat(comparesChecksums: Bool) -> String {
    "@P %M \(comparesChecksums ? "%C " : "")\(format)"
  }

  static func read(_ piece: UnsafeRawBufferPointer) -> FileChange? {
    var scanner = ByteScanner(piece)
    var version: UInt64 = 0
    var mark: SourceMark?
    if scanner.skip("@P ") {
      // Digits, blanks and the marks between them: none of it reads as what follows.
      guard let sum = scanner.take(upTo: "@F ") else { return nil }
      var fingerprint = Fingerprint()
      fingerprint.add(bytes: sum)
      version = fingerprint.value
      mark = SourceMark(printed: sum)
    }
    guard scanner.skip("@F "), let itemized = scanner.take(11), let kind = kind(itemized), scanner.skip(32),
      let size = scanner.integer(), scanner.skip(32), let wire = scanner.integer(), scanner.skip(32),
      !scanner.isAtEnd
    else { return nil }
    // A deletion's name has no size of its own: rsync prints zeros.
    var change = FileChange(
      kind: kind, path: EscapedFileName.decoded(scanner.rest), bytes: size, wireBytes: wire, sourceVersion: version)
    change.source = mark
    return change
  }

  /// Reads the eleven characters of `%i`, `YXcstpoguax` in rsync(1).
  private static func kind(_ itemized: UnsafeRawBufferPointer) -> FileChange.Kind? {
    switch itemized[0] {
    case 42: return itemized.starts(with: "*deleting".utf8) ? .delete : nil
    case 46: return .attributes
    case 60, 62, 99, 104: break
    default: return nil
    }
    switch itemized[1] {
    case 100: return .directory
    case 76: return .link
    case 102, 68, 83: break
    default: return nil
    }
    if itemized[0] == 104 { return .link }
    // All plus signs: nothing of that name was here.
    return itemized[2] == 43 ? .create : .update
  }
}

extension SourceMark {
  /// Reads `2026/11/29-16:34:34 ` and behind it, where checksums are compared, the file's; nil when it is no time.
  ///
  /// The checksum of a file that the source cannot read is all zeros.
  init?(printed: UnsafeRawBufferPointer) {
    var scanner = ByteScanner(printed)
    guard let year = scanner.integer(), scanner.skip(47), let month = scanner.integer(), scanner.skip(47),
      let day = scanner.integer(), scanner.skip(45), let hour = scanner.integer(), scanner.skip(58),
      let minute = scanner.integer(), scanner.skip(58), let second = scanner.integer(), year <= 9999, hour < 24,
      minute < 60, second <= 60, let date = CalendarDay(year: Int(year), month: Int(month), day: Int(day))
    else { return nil }
    scanner.skipBlanks()
    let sum = scanner.word()
    self.init(
      modified: Int64(date.daysSinceEpoch) * 86_400 + hour * 3600 + minute * 60 + second,
      isUnread: sum.map { $0.allSatisfy { $0 == 48 } } ?? false)
  }
}
