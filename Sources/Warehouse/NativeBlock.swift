import Klines
import SluiceCore

/// A batch as one block of ClickHouse's Native format, made while it is sent.
///
/// Format: number of columns and of rows as LEB128, then per column its name and type as length-prefixed strings and
/// its values, little-endian, strings length-prefixed. One block a request: a body that is cut off is cut inside the
/// block, which servers refuse, while rows before a cut between blocks would stay.
final class NativeBlock: ClickHouseConnection.Body {
  private enum Piece {
    case bytes([UInt8])
    case memory(UnsafeRawBufferPointer)
    /// The same bytes so many times.
    case repeated([UInt8], times: Int)

    var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .memory(let memory): memory.count
      case .repeated(let bytes, let times): bytes.count * times
      }
    }
  }

  let count: Int
  // Keeps the memory alive that the pieces point into.
  private let batch: KlineBatch
  private var pieces: [Piece] = []
  private var index = 0
  private var offset = 0

  /// A block with the columns a table has.
  ///
  /// - Parameters:
  ///   - batch: Must not change until the block is sent.
  ///   - hasMarket: Whether the table has a column for the market.
  ///   - hasVersion: Whether the table has a column for the version.
  init(_ batch: KlineBatch, hasMarket: Bool, hasVersion: Bool) {
    self.batch = batch
    let names = ClickHouseTable.columns.filter {
      ($0.name != "market" || hasMarket) && ($0.name != "version" || hasVersion)
    }
    let rows = batch.segments.reduce(0) { $0 + $1.rows.count }
    var pieces = [Piece.bytes(Self.number(names.count) + Self.number(rows))]
    for column in names {
      pieces.append(.bytes(Self.text(column.name) + Self.text(column.type)))
      for segment in batch.segments { pieces.append(Self.piece(column.source, segment, batch.columns)) }
    }
    self.pieces = pieces
    count = pieces.reduce(0) { $0 + $1.count }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var written = 0
    while written < buffer.count, index < pieces.count {
      let target = UnsafeMutableRawBufferPointer(rebasing: buffer[written...])
      let piece = pieces[index]
      let taken = Self.copy(piece, from: offset, to: target)
      written += taken
      offset += taken
      if offset == piece.count { (index, offset) = (index + 1, 0) }
    }
    return written
  }

  private static func copy(_ piece: Piece, from offset: Int, to target: UnsafeMutableRawBufferPointer) -> Int {
    let taken = min(piece.count - offset, target.count)
    switch piece {
    case .bytes(let bytes): target.copyBytes(from: bytes[offset..<offset + taken])
    case .memory(let memory): target.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[offset..<offset + taken]))
    case .repeated(let bytes, _):
      // Begin in the middle of the pattern where the last call stopped, then copy what is there already.
      var done = 0
      let start = offset % bytes.count
      bytes.withUnsafeBytes { pattern in
        while done < min(taken, bytes.count) {
          target[done] = pattern[(start + done) % bytes.count]
          done += 1
        }
      }
      while done < taken {
        let count = min(done, taken - done)
        // `done` is a whole number of patterns until the end, so a copy of the start goes on where it must.
        UnsafeMutableRawBufferPointer(rebasing: target[done..<done + count])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: target[0..<count]))
        done += count
      }
    }
    return taken
  }

  private static func piece(_ source: ClickHouseTable.Source, _ segment: KlineSegment, _ columns: KlineColumns) -> Piece
  {
    let rows = segment.rows
    switch source {
    case .market: return .repeated(text(segment.series.market.rawValue), times: rows.count)
    case .symbol: return .repeated(text(segment.symbol), times: rows.count)
    case .interval: return .repeated(text(segment.series.interval.rawValue), times: rows.count)
    case .version:
      let bytes = withUnsafeBytes(of: segment.version.littleEndian) { Array($0) }
      return .repeated(bytes, times: rows.count)
    case .whole(let column):
      return .memory(
        UnsafeRawBufferPointer(UnsafeBufferPointer(start: columns[column] + rows.lowerBound, count: rows.count)))
    case .value(let column):
      return .memory(
        UnsafeRawBufferPointer(UnsafeBufferPointer(start: columns[column] + rows.lowerBound, count: rows.count)))
    }
  }

  private static func number(_ value: Int) -> [UInt8] {
    var rest = UInt64(value)
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  private static func text(_ text: String) -> [UInt8] { number(text.utf8.count) + Array(text.utf8) }
}
