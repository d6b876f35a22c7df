import Glibc

/// The rows of a ZIP member, some thousands at a time.
///
/// One thread at a time.
final class MemberRows {
  private let stream: MemberStream
  private let parser: KlineParser
  private let text = ByteBuffer()
  private var state = KlineTextState()
  /// Bytes of an unfinished line, at the start of the text.
  private var carried = 0
  private var isOver = false

  /// Some ten thousand rows; no line may be longer.
  private static let pieceSize = 1 << 20

  init(_ member: ZipMember, of file: OpenArchive, parser: KlineParser) throws(KlineFault) {
    stream = try MemberStream(member, of: file)
    self.parser = parser
    text.reset(count: Self.pieceSize)
  }

  /// Rows the parser refused so far.
  var refused: RefusedRows { state.refused }
  /// The lines of the rows that came last.
  var lines: LineNumbers { state.lines }

  /// Adds some rows at the end of the columns.
  ///
  /// - Returns: false when there was nothing more, and the member is as a whole what it declares to be.
  func next(into columns: KlineColumns) throws(KlineFault) -> Bool {
    if isOver { return false }
    let room = UnsafeMutableRawBufferPointer(rebasing: text.mutableBytes[carried...])
    let count = try stream.read(into: room)
    isOver = count < room.count
    let filled = carried + count
    let whole = isOver ? filled : try Self.lastLineEnd(text.bytes, filled, line: state.line)
    // Reading a number ends at this byte, should the last line end without a line feed.
    if isOver { text.endBytes(at: filled) }
    try parser.parse(UnsafeRawBufferPointer(rebasing: text.bytes[..<whole]), &state, isLast: isOver, into: columns)
    carried = filled - whole
    if carried > 0, let start = text.mutableBytes.baseAddress { memmove(start, start + whole, carried) }
    return true
  }

  private static func lastLineEnd(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, line: Int
  ) throws(KlineFault) -> Int {
    var end = count
    while end > 0, bytes[end - 1] != 10 { end -= 1 }
    guard end > 0 else { throw .lineTooLong(line: line) }
    return end
  }
}
