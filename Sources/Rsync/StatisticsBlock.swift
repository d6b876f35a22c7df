/// The figures of `--info=stats2` while their lines come in.
struct StatisticsBlock: Sendable {
  /// What a line was to the block.
  enum Reading {
    case no
    case yes
    case complete(TransferStatistics)
  }

  private var figures = TransferStatistics()
  private var hasBegun = false

  /// Takes a line; everything but rsync's own labels is none of it.
  mutating func take(_ line: UnsafeRawBufferPointer) -> Reading {
    // The commonest lines are not figures: leave before any text is made.
    guard let first = line.first, Self.firstBytes.contains(first) else { return .no }
    var scanner = ByteScanner(line)
    if scanner.skip("Number of files: ") {
      hasBegun = true
      figures = TransferStatistics()
      figures.entries = count(&scanner)
      figures.regularFiles = detail("(reg: ", &scanner)
      return .yes
    }
    guard hasBegun else { return .no }
    if scanner.skip("total size is ") {
      hasBegun = false
      return .complete(figures)
    }
    return takeFigure(&scanner) ? .yes : .no
  }

  /// The figures so far, when the block broke off.
  mutating func takeUnfinished() -> TransferStatistics? {
    guard hasBegun else { return nil }
    hasBegun = false
    return figures
  }

  private mutating func takeFigure(_ scanner: inout ByteScanner) -> Bool {
    if scanner.skip("Number of created files: ") {
      figures.created = count(&scanner)
    } else if scanner.skip("Number of deleted files: ") {
      figures.deleted = count(&scanner)
      figures.deletedFiles = detail("(reg: ", &scanner)
    } else if scanner.skip("Number of regular files transferred: ") {
      figures.filesTransferred = count(&scanner)
    } else if scanner.skip("Total file size: ") {
      figures.totalBytes = scanner.integer(grouped: true) ?? 0
    } else if scanner.skip("Total transferred file size: ") {
      figures.transferredBytes = scanner.integer(grouped: true) ?? 0
    } else if scanner.skip("Literal data: ") {
      figures.literalBytes = scanner.integer(grouped: true) ?? 0
    } else if scanner.skip("Matched data: ") {
      figures.matchedBytes = scanner.integer(grouped: true) ?? 0
    } else if scanner.skip("Total bytes sent: ") {
      figures.wireBytesSent = scanner.integer(grouped: true) ?? 0
    } else if scanner.skip("Total bytes received: ") {
      figures.wireBytesReceived = scanner.integer(grouped: true) ?? 0
    } else {
      return scanner.skip("File list ") || scanner.skip("sent ")
    }
    return true
  }

  private func count(_ scanner: inout ByteScanner) -> Int { Int(scanner.integer(grouped: true) ?? 0) }

  private func detail(_ label: StaticString, _ scanner: inout ByteScanner) -> Int {
    scanner.skipBlanks()
    return scanner.skip(label) ? count(&scanner) : 0
  }

  /// N, T, L, M, F, s, t.
  private static let firstBytes: Set<UInt8> = [78, 84, 76, 77, 70, 115, 116]
}
