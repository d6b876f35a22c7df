/// Turns rsync's standard output into events, whatever the chunking; total, it never fails.
///
/// Needs `LC_ALL=C`, `--no-human-readable` and the `--out-format` of `TransferCommand`. A line that is none of rsync's
/// known forms is handed on as text. Not thread-safe: one owner, the pipe's reader; fold its events per read buffer,
/// they come at up to 10,600 a second.
package struct RsyncOutputParser: Sendable {
  private var splitter = OutputSplitter()
  private var statistics = StatisticsBlock()

  /// A parser for one run of rsync.
  package init() {}

  /// Takes the next bytes of standard output.
  ///
  /// - Parameters:
  ///   - bytes: What the pipe gave, in any chunking.
  ///   - handle: Called for each event, in order.
  package mutating func consume(_ bytes: UnsafeRawBufferPointer, _ handle: (RsyncEvent) -> Void) {
    // Taken out and put back: the splitter's closure needs the block while the splitter itself is being changed.
    var block = statistics
    splitter.consume(bytes) { piece in Self.read(piece, &block, handle) }
    statistics = block
  }

  /// Takes the next bytes of standard output.
  package mutating func consume(_ bytes: some Sequence<UInt8>, _ handle: (RsyncEvent) -> Void) {
    let buffer = Array(bytes)
    buffer.withUnsafeBytes { consume($0, handle) }
  }

  /// Reads what is left after the end of the stream: an unfinished line, an unfinished block of figures.
  package mutating func finish(_ handle: (RsyncEvent) -> Void) {
    var block = statistics
    splitter.finish { piece in Self.read(piece, &block, handle) }
    if let figures = block.takeUnfinished() { handle(.statistics(figures)) }
    statistics = block
  }

  /// The progress record that is still being written, if the unfinished piece already reads as one.
  ///
  /// rsync ends a record only when the next one begins, so this is the newest figure there is; it comes again as an
  /// event later.
  package var provisionalProgress: TransferProgress? {
    splitter.tail.withUnsafeBytes { ProgressRecord($0)?.progress }
  }

  private static func read(
    _ piece: UnsafeRawBufferPointer, _ statistics: inout StatisticsBlock, _ handle: (RsyncEvent) -> Void
  ) {
    if let record = ProgressRecord(piece) {
      handle(.progress(record.progress))
      // Another of rsync's processes may print what it deletes right behind a record, which only the next one ends.
      if !record.rest.isEmpty { read(record.rest, &statistics, handle) }
      return
    }
    if let change = ChangeLine.read(piece) { return handle(.change(change)) }
    switch statistics.take(piece) {
    case .no:
      let line = EscapedFileName.decoded(piece)
      switch ReceiverNote(line) {
      case nil: handle(.text(line))
      case .listed: handle(.listed)
      case .other: break
      }
    case .yes: break
    case .complete(let figures): handle(.statistics(figures))
    }
  }
}

/// What `--debug=recv1` says of the receiver's work; a line for every file among it.
enum ReceiverNote {
  case listed
  case other

  private static let others = [
    "recv_files(", "recv_files phase=", "recv_files finished", "get_local_name count=", "client_run2 waiting on ",
  ]

  init?(_ line: String) {
    // The source has answered the last of what rsync asked for in its first round through the list.
    if line == "recv_files phase=1" {
      self = .listed
    } else if Self.others.contains(where: line.hasPrefix) {
      self = .other
    } else {
      return nil
    }
  }
}

/// `       46505315  11%  160.69MB/s    0:00:00 (xfr#12, to-chk=36/171)`.
struct ProgressRecord {
  let progress: TransferProgress
  /// What stands behind it in the same piece.
  let rest: UnsafeRawBufferPointer

  init?(_ piece: UnsafeRawBufferPointer) {
    var scanner = ByteScanner(piece)
    scanner.skipBlanks()
    guard let bytes = scanner.integer(grouped: true), scanner.skip(32) else { return nil }
    scanner.skipBlanks()
    guard let percent = scanner.integer(), percent <= 100, scanner.skip(37), scanner.skip(32) else { return nil }
    scanner.skipBlanks()
    // Rate and time are only looked at as a sign that this is a record.
    guard let rate = scanner.word(), rate.suffix(2).elementsEqual("/s".utf8), scanner.skip(32) else { return nil }
    scanner.skipBlanks()
    guard let time = scanner.word(), time.contains(58) else { return nil }
    scanner.skipBlanks()
    var progress = TransferProgress(bytes: bytes, percent: Int(percent))
    if scanner.skip(40) { Self.readCounts(&progress, &scanner) }
    scanner.skipBlanks()
    (self.progress, rest) = (progress, scanner.rest)
  }

  /// Reads `xfr#12, to-chk=36/171)`; a half-written one leaves the record without counts.
  private static func readCounts(_ progress: inout TransferProgress, _ scanner: inout ByteScanner) {
    guard scanner.skip("xfr#"), let files = scanner.integer(), scanner.skip(", ") else { return scanner.skipAll() }
    let isGrowing = scanner.skip("ir-chk=")
    guard isGrowing || scanner.skip("to-chk="), let left = scanner.integer(), scanner.skip(47),
      let total = scanner.integer(), scanner.skip(41)
    else { return scanner.skipAll() }
    progress.filesTransferred = Int(files)
    progress.left = Int(left)
    progress.total = Int(total)
    progress.isListGrowing = isGrowing
  }
}
