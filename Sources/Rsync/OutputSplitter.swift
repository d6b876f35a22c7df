/// Cuts rsync's standard output into its pieces: whatever stands between carriage returns and line feeds.
///
/// A progress record starts with a carriage return and ends with nothing at all until the next one begins, so the
/// unfinished piece stays readable as `tail`. Empty pieces are dropped. Not thread-safe: one owner, the pipe's reader.
package struct OutputSplitter: Sendable {
  /// A piece longer than this is handed out as it is, so that a stream without line ends cannot eat the memory.
  ///
  /// A path has at most 4,096 bytes and rsync writes at most five for one of them.
  package static let longestPiece = 64 * 1024

  /// What came after the last separator.
  package private(set) var tail: [UInt8] = []

  /// A splitter that has seen nothing yet.
  package init() {}

  /// Takes the next bytes, in any chunking.
  ///
  /// - Parameters:
  ///   - bytes: What the pipe gave; may be empty.
  ///   - piece: Called for each finished piece; its buffer is valid during the call only.
  package mutating func consume(_ bytes: UnsafeRawBufferPointer, _ piece: (UnsafeRawBufferPointer) -> Void) {
    var start = 0
    for index in bytes.indices where bytes[index] == Self.carriageReturn || bytes[index] == Self.lineFeed {
      emit(UnsafeRawBufferPointer(rebasing: bytes[start..<index]), piece)
      start = index + 1
    }
    tail.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start...]))
    if tail.count >= Self.longestPiece { finish(piece) }
  }

  /// Hands out the unfinished piece, if there is one: after the end of the stream.
  package mutating func finish(_ piece: (UnsafeRawBufferPointer) -> Void) {
    emit(UnsafeRawBufferPointer(start: nil, count: 0), piece)
  }

  private mutating func emit(_ rest: UnsafeRawBufferPointer, _ piece: (UnsafeRawBufferPointer) -> Void) {
    guard !tail.isEmpty else {
      if !rest.isEmpty { piece(rest) }
      return
    }
    tail.append(contentsOf: rest)
    tail.withUnsafeBytes(piece)
    tail.removeAll(keepingCapacity: true)
  }

  private static let carriageReturn: UInt8 = 13
  private static let lineFeed: UInt8 = 10
}
