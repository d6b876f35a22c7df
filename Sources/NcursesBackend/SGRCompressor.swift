/// Shortens ncurses' output without changing what the screen shows, for links where every byte counts.
///
/// Joins SGR sequences (select graphic rendition: colours and attributes) that follow each other, and drops repeated
/// switches of the character set. ncurses sets each look from scratch and in pieces: `ESC [39m ESC (B ESC [0;1m ESC [94m` is `ESC [0;1;94m`. About
/// half of the bytes of a changed figure are such pieces.
struct SGRCompressor {
  /// Whether the terminal is known to draw letters, not lines, for letters.
  private var drawsLetters = false
  /// Parameters of SGR sequences that are held back until text follows.
  private var waiting: [ArraySlice<UInt8>] = []

  private static let escape: UInt8 = 0x1B
  /// How many parameters of one sequence the oldest terminals read.
  private static let longest = 16

  /// Forgets the terminal's state, for when something else may have written to it.
  mutating func reset() { drawsLetters = false }

  /// The bytes with the same effect; sequences that are cut off at the end are passed on as they are.
  mutating func compress(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == Self.escape, index + 1 < bytes.count else {
        settle(into: &result)
        result.append(bytes[index])
        index += 1
        continue
      }
      switch bytes[index + 1] {
      case UInt8(ascii: "(") where index + 2 < bytes.count:
        let isLetters = bytes[index + 2] == UInt8(ascii: "B")
        if !isLetters || !drawsLetters {
          settle(into: &result)
          result += bytes[index..<index + 3]
        }
        drawsLetters = isLetters
        index += 3
      case UInt8(ascii: "["):
        if let end = lookEnd(bytes, from: index + 2) {
          take(bytes[index + 2..<end], into: &result)
          index = end + 1
        } else {
          fallthrough
        }
      default:
        settle(into: &result)
        result += bytes[index...index + 1]
        index += 2
      }
    }
    settle(into: &result)
    return result
  }

  /// Where the `m` of a plain look change is; nil for every other sequence.
  private func lookEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ";"): index += 1
      case UInt8(ascii: "m"): return index
      default: return nil
      }
    }
    return nil
  }

  private mutating func take(_ look: ArraySlice<UInt8>, into result: inout [UInt8]) {
    let first = look.prefix { $0 != UInt8(ascii: ";") }
    if first.isEmpty || first.elementsEqual([UInt8(ascii: "0")]) {
      // A reset: what was held back would not be seen.
      waiting = [look]
      return
    }
    func length(_ look: ArraySlice<UInt8>) -> Int { look.reduce(1) { $0 + ($1 == UInt8(ascii: ";") ? 1 : 0) } }
    if waiting.reduce(length(look), { $0 + length($1) }) > Self.longest { settle(into: &result) }
    // An empty piece means 0, which would read as nothing between two others.
    if waiting.last?.isEmpty ?? false { waiting = [[UInt8(ascii: "0")]] }
    waiting.append(look)
  }

  /// Writes what waits as one sequence.
  private mutating func settle(into result: inout [UInt8]) {
    guard !waiting.isEmpty else { return }
    result += [Self.escape, UInt8(ascii: "[")]
    result += waiting.joined(separator: [UInt8(ascii: ";")])
    result.append(UInt8(ascii: "m"))
    waiting = []
  }
}
