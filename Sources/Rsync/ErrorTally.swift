/// rsync's error output while it comes: all of it counted, its beginning and its end kept.
///
/// A transfer may complain about every file there is. Not thread-safe: one owner, the pipe's reader.
package struct ErrorTally: Sendable {
  /// Bytes kept of the beginning, and of the end.
  static let kept = 65_536
  /// How many paths are told apart, so that a source which never stops complaining cannot fill the memory.
  static let countedPaths = 1_000_000

  private var head: [UInt8] = []
  private var tail: [UInt8] = []
  private var line: [UInt8] = []
  private var paths: Set<Int> = []

  /// Files that were listed as fetched and then not put in place.
  package private(set) var discarded = 0

  /// Nothing was said yet.
  package init() {}

  /// Different files that were named so far, at most `countedPaths`.
  package var pathCount: Int { paths.count }

  /// Takes the next bytes of the error output, in any chunking.
  package mutating func consume(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      keep(byte)
      if byte == UInt8(ascii: "\n") { endLine() } else if line.count < Self.kept { line.append(byte) }
    }
  }

  /// Takes what is left after the end of the output.
  package mutating func finish() { endLine() }

  /// What is kept: the whole, or whole lines of its beginning and its end.
  package var text: String {
    guard !tail.isEmpty else { return String(decoding: head, as: UTF8.self) }
    guard isCut else { return String(decoding: head + tail, as: UTF8.self) }
    let newline = UInt8(ascii: "\n")
    let first = head[..<(head.lastIndex(of: newline).map { $0 + 1 } ?? 0)]
    let last = tail.suffix(Self.kept)
    return String(decoding: first, as: UTF8.self)
      + String(decoding: last[((last.firstIndex(of: newline) ?? last.startIndex - 1) + 1)...], as: UTF8.self)
  }

  private var isCut = false

  private mutating func keep(_ byte: UInt8) {
    guard head.count == Self.kept else { return head.append(byte) }
    tail.append(byte)
    guard tail.count == 2 * Self.kept else { return }
    tail.removeFirst(Self.kept)
    isCut = true
  }

  private mutating func endLine() {
    defer { line.removeAll(keepingCapacity: true) }
    guard !line.isEmpty else { return }
    let text = String(decoding: line, as: UTF8.self)
    if ErrorOutput.tellsDiscarded(text) { discarded += 1 }
    guard paths.count < Self.countedPaths, let path = ErrorOutput.path(text[...]) else { return }
    paths.insert(path.hashValue)
  }
}
