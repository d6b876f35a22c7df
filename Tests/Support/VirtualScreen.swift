/// What a terminal shows after the bytes a program sent: enough of xterm's language for what ncurses sends.
///
/// Every character takes one column; colours are read over. Not a terminal, but a screen a test can search.
package struct VirtualScreen {
  private var cells: [[Character]]
  private var width: Int
  private var height: Int
  private var x = 0
  private var y = 0
  private var last: Character = " "
  /// The first and last row that scroll.
  private var margins: ClosedRange<Int>
  /// Bytes of a sequence or character that has not come whole yet.
  private var rest: [UInt8] = []
  /// What was shown, and where the cursor was, before a full-screen program took the screen; nil when none has it.
  private var before: (cells: [[Character]], x: Int, y: Int)?

  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
    margins = 0...max(0, height - 1)
    cells = Array(repeating: Array(repeating: " ", count: width), count: height)
  }

  /// The lines without trailing blanks, joined by line feeds.
  package var text: String {
    cells.map { row in String(row[..<((row.lastIndex { $0 != " " } ?? -1) + 1)]) }.joined(separator: "\n")
  }

  /// Gives it another size; what lies in both stays.
  package mutating func resize(width newWidth: Int, height newHeight: Int) {
    var fresh = Array(repeating: Array(repeating: Character(" "), count: newWidth), count: newHeight)
    for row in 0..<min(height, newHeight) {
      for column in 0..<min(width, newWidth) { fresh[row][column] = cells[row][column] }
    }
    (cells, width, height, before) = (fresh, newWidth, newHeight, nil)
    (x, y) = (min(x, width - 1), min(y, height - 1))
    margins = 0...max(0, height - 1)
  }

  /// Takes what the program wrote.
  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    let all = rest + Array(bytes)
    var index = 0
    while index < all.count, let next = take(all, from: index) { index = next }
    rest = Array(all[index...])
  }

  /// Takes one character or sequence; nil when it has not come whole.
  private mutating func take(_ bytes: [UInt8], from start: Int) -> Int? {
    switch bytes[start] {
    case 0x1B: return takeEscape(bytes, from: start)
    case 0x0D: x = 0
    case 0x0A: lineFeed()
    case 0x08: x = max(0, x - 1)
    case 0x09: x = min(width - 1, (x / 8 + 1) * 8)
    case ..<0x20, 0x7F: break
    default: return takeCharacter(bytes, from: start)
    }
    return start + 1
  }

  private mutating func takeCharacter(_ bytes: [UInt8], from start: Int) -> Int? {
    let first = bytes[start]
    let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard start + length <= bytes.count else { return nil }
    put(String(decoding: bytes[start..<start + length], as: UTF8.self).first ?? "?")
    return start + length
  }

  private mutating func takeEscape(_ bytes: [UInt8], from start: Int) -> Int? {
    guard start + 1 < bytes.count else { return nil }
    switch bytes[start + 1] {
    case UInt8(ascii: "["):
      guard let end = bytes[(start + 2)...].firstIndex(where: { 0x40...0x7E ~= $0 }) else { return nil }
      control(String(decoding: bytes[start + 2..<end], as: UTF8.self), bytes[end])
      return end + 1
    case UInt8(ascii: "]"):
      guard let end = bytes[(start + 2)...].firstIndex(where: { $0 == 0x07 || $0 == 0x9C || $0 == 0x5C }) else {
        return nil
      }
      return end + 1
    case UInt8(ascii: "("), UInt8(ascii: ")"): return start + 3 <= bytes.count ? start + 3 : nil
    case UInt8(ascii: "M"):
      if y == margins.lowerBound { scroll(margins, by: -1) } else { y = max(0, y - 1) }
      return start + 2
    default: return start + 2
    }
  }

  private mutating func control(_ parameters: String, _ final: UInt8) {
    if parameters == "?1049" { return takeScreen(final == UInt8(ascii: "h")) }
    guard parameters.first?.isNumber ?? true else { return }
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let count = max(1, numbers.first ?? 1)
    switch Character(UnicodeScalar(final)) {
    case "H", "f":
      y = min(height, count) - 1
      x = min(width, max(1, numbers.count > 1 ? numbers[1] : 1)) - 1
    case "d": y = min(height, count) - 1
    case "G", "`": x = min(width, count) - 1
    case "A": y = max(0, y - count)
    case "B": y = min(height - 1, y + count)
    case "C": x = min(width - 1, x + count)
    case "D": x = max(0, x - count)
    case "Z": for _ in 0..<count { x = max(0, (x - 1) / 8 * 8) }
    case "K": clear(row: y, numbers.first ?? 0)
    case "J": clearScreen(numbers.first ?? 0)
    case "X": blank(row: y, from: x, to: x + count)
    case "P": shift(by: count)
    case "@": shift(by: -count)
    case "S": scroll(margins, by: count)
    case "T": scroll(margins, by: -count)
    case "M" where margins.contains(y): scroll(y...margins.upperBound, by: count)
    case "L" where margins.contains(y): scroll(y...margins.upperBound, by: -count)
    case "r":
      let bottom = numbers.count > 1 && numbers[1] > 0 ? min(height, numbers[1]) : height
      margins = min(count, bottom) - 1...bottom - 1
      (x, y) = (0, 0)
    case "b": for _ in 0..<count { put(last) }
    default: break
    }
  }

  /// Gives a full-screen program a screen of its own, or shows again what was there before.
  private mutating func takeScreen(_ isTaken: Bool) {
    if isTaken, before == nil {
      before = (cells, x, y)
      clearScreen(2)
    } else if !isTaken, let before {
      (cells, x, y) = before
      self.before = nil
    }
  }

  private mutating func put(_ character: Character) {
    // Past the last column a terminal waits for the next character before it goes on below.
    if x >= width {
      x = 0
      lineFeed()
    }
    cells[y][x] = character
    last = character
    x += 1
  }

  private mutating func lineFeed() {
    if y == margins.upperBound { scroll(margins, by: 1) } else { y = min(height - 1, y + 1) }
  }

  /// Moves rows up, or with a negative count down; what comes in is blank.
  private mutating func scroll(_ rows: ClosedRange<Int>, by count: Int) {
    let blanks = Array(repeating: Array(repeating: Character(" "), count: width), count: min(abs(count), rows.count))
    if count > 0 {
      cells.removeSubrange(rows.lowerBound..<rows.lowerBound + blanks.count)
      cells.insert(contentsOf: blanks, at: rows.upperBound + 1 - blanks.count)
    } else {
      cells.removeSubrange(rows.upperBound + 1 - blanks.count...rows.upperBound)
      cells.insert(contentsOf: blanks, at: rows.lowerBound)
    }
  }

  private mutating func blank(row: Int, from start: Int, to end: Int) {
    for column in max(0, start)..<max(max(0, start), min(width, end)) { cells[row][column] = " " }
  }

  private mutating func clear(row: Int, _ part: Int) {
    blank(row: row, from: part == 0 ? x : 0, to: part == 1 ? x + 1 : width)
  }

  private mutating func clearScreen(_ part: Int) {
    clear(row: y, part)
    let others = part == 0 ? y + 1..<height : part == 1 ? 0..<y : 0..<height
    for row in others { blank(row: row, from: 0, to: width) }
  }

  /// Takes characters out at the cursor, or with a negative count makes room there.
  private mutating func shift(by count: Int) {
    guard x < width else { return }
    let blanks = Array(repeating: Character(" "), count: min(abs(count), width - x))
    if count > 0 {
      cells[y].removeSubrange(x..<x + blanks.count)
      cells[y] += blanks
    } else {
      cells[y].insert(contentsOf: blanks, at: x)
      cells[y].removeLast(blanks.count)
    }
  }
}
